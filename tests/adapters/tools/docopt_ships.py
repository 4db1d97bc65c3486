"""Ships and mines.

Moves them over the board.

Usage:
  ships.py ship new <name>...
  ships.py ship <name> move <x> <y> [--speed=<kn>]
  ships.py [-v...] ship shoot <x> <y>
  ships.py mine (set|remove) <x> <y> [--moored | --drifting]
  ships.py log [--] [<file>...]
  ships.py log all
  ships.py -h | --help
  ships.py --version

Options:
  -h --help           Show this screen.
  --version           Show the version.
  -s <kn>, --speed=<kn>  Speed in knots,
                      on open water [default: 10].
  --moored            Moored (anchored) mine.
  --drifting          Drifting mine.
  -v                  Say more.

Commands:
  ship    What floats.
  mine    What does not move.

Arguments:
  <x>     How far to the right.
"""

from docopt import docopt

if __name__ == "__main__":
    print(docopt(__doc__, version="Naval Fate 2.0"))
