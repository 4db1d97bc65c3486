"""The catalog of tools, and the probe that finds out what each accepts."""
