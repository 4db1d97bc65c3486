"""usage: desk [--verbose] [--color=<when>] <command> [<args>...]

options:
   --color=<when>  In colours.
   --verbose       Say more.

The commands are:
   add        Add a book.
"""

from docopt import docopt

if __name__ == "__main__":
    print(docopt(__doc__, options_first=True))
