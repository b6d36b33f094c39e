"""Exact formulas by SymPy, under a budget of time and memory."""
