"""A tool on plac: one function with annotations, varying and named arguments."""

from __future__ import annotations

import plac


@plac.pos("source", "Where from.")
@plac.opt("times", "How often.", type=int, abbrev="n")
@plac.opt("style", "How it looks.", choices=["plain", "fancy"])
@plac.flg("verbose", "Say more.", abbrev="q")
def main(source, target="out", times=1, style="plain", verbose=False, *extra, **settings):
    """Copy one thing to another."""
    print(source, target, times, style, verbose, extra, settings)


if __name__ == "__main__":
    plac.call(main, version="3.2.1")
