"""Results as files: script, notebook, CSV."""
