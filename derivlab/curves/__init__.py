"""Curves that tell the truth: sampling, points of interest, differentiability."""
