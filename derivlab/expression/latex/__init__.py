"""LaTeX as it is pasted: commands, their layout, and the words and environments in it."""
