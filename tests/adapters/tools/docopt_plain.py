"""Usage: words.py [options] [--] <number>
       words.py [options] --list-languages
       words.py --convert=FILE [--password=<key>] [--tag=<t>]...
       words.py --help

Numbers as words.

Options:
  -l LANG --lang=LANG   Language
                        of the words [default: en]
  -q, --quiet           Say nothing.
  --list-languages      Show what there is.
  -c FILE, --convert=FILE  A whole file.
  --password=<key>      Key of the archive [default: geheim].
  -t <t> --tag=<t>      Words to file it by [default: a b].
  --help                Show this.
"""

from docopt import docopt

if __name__ == "__main__":
    print(docopt(__doc__))
