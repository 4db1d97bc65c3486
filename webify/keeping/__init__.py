"""Housekeeping of a data folder: who holds it, whether there is room, and what goes when."""
