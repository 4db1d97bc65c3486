"""What outlives a run: the history."""
