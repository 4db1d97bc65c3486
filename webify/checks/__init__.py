"""Checks of a site: what is well, what is not, and what to do; `all.py` has the list."""
