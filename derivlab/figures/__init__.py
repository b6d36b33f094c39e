"""Results to plotly figures as plain dicts; nothing is computed here."""
