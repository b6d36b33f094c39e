"""Functions of several variables: partials, directions, critical points, descent, constraints, vector
functions.
"""
