"""What a program has written about itself: its help, its man page, its completion scripts.

One module for each kind of writing.  Each reads a text into pages of facts (facts.py); merging.py
makes one command of what several writings say, the best source for each field.
"""
