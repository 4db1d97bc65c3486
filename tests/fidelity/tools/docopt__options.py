"""Every kind of option.

Usage:
  tool [options] --needed=TEXT [--count]... [--repeat=TEXT]... [--either | --other] [--] <item> [<items>...]

Options:
  --text=TEXT     Any text.
  --flag          A flag.
  --count         Again and again.
  --repeat=TEXT   Again and again.
  --needed=TEXT   It must be.
  --password=P    A secret.
  --path=FILE     A file.
  --preset=N      A default [default: 7].
  --either        This.
  --other         Or that.
"""

from docopt import docopt

docopt(__doc__)
