"""Commands.

Usage:
  tool go [--fast]
  tool far away
  tool far back <place>
"""

from docopt import docopt

docopt(__doc__)
