"""Readings that could have been others: the notices, and what is noticed where."""
