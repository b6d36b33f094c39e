"""Derivatives by PyTorch's autograd, and by Taylor propagation for high orders."""
