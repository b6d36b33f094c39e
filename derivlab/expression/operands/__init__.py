"""What stands between operators: numbers, calls, bars, arguments without brackets, what stands behind."""
