"""A tool on plac: an object whose methods are its commands."""

from __future__ import annotations

import plac


class Shelf:
    """Keep books."""

    commands = "put", "find"

    @plac.pos("title", "Its name.")
    @plac.flg("front", "At the front.")
    def put(self, title, front=False):
        """Put a book on the shelf."""
        print(title, front)

    def find(self, **words):
        """Find books by what is known of them."""
        print(words)


if __name__ == "__main__":
    plac.call(Shelf())
