"""Text to tree and back: the typed language."""
