"""Piecewise formulas, conditions and sets: braces, cases, restrictions, choices in the line."""
