"""Words and what they name: functions, constants, variables, products of letters."""
