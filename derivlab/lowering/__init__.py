"""Tree to torch, NumPy, SymPy and Python source."""
