"""Which scripts of a folder are started: those that compare their own words with one for help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.folder import SITE, settled
from webify.tools.scripts import help_words

SH, BASH, FISH = "#!/bin/sh\n", "#!/bin/bash\n", "#!/usr/bin/env fish\n"
PERL, RUBY, NODE = "#!/usr/bin/perl -w\n", "#!/usr/bin/env ruby\n", "#!/usr/bin/env node\n"
LUA, PHP, OTHER = "#!/usr/bin/lua\n", "#!/usr/bin/php\n", "#!/opt/tool/bin/run\n"
PYTHON = "#!/usr/bin/env python3\n"

SPEAKS_ONLY = {
    "comment": SH + "# like others with --help) and -h)\nrm x\n",
    "comment behind": SH + 'rm x # see [ "$1" = "--help" ]\n',
    "to another program": SH + "grep --help >/dev/null\n",
    "joined to another": SH + "du -h|sort\n",
    "quoted to another": SH + 'psql "-h" "$HOST"\npg_dump "--help"\n',
    "printed": SH + 'echo "Try pg_dump --help for more (or -h)"\n',
    "written": SH + "cat <<E\n  pg_dump --help\n  usage: pg_dump [-h|--help]\nE\n",
    "assigned": SH + "OPTIONS=-h\nMORE=--help\n",
    "other letters": SH + 'while getopts "x:y" o; do :; done\n',
    "option of others": SH + 'case "$1" in --host) ;; -x) ;; *) rm x ;; esac\n',
    "perl comment": PERL + "# --help and Getopt::Long are not known\nunlink 'x';\n",
    "perl manual": PERL + "unlink 'x';\n\n=head1 OPTIONS\n\n'--help'\n\n=cut\n",
    "node comment": NODE + "// '--help'\n/* require('yargs')\n '--help' */\nwork()\n",
    "ruby comment": RUBY + "\n=begin\n'--help'\n=end\nwork # '--help'\n",
    "lua comment": LUA + "-- '--help'\nos.remove('x')\n",
    "python comment": PYTHON + "# argparse.ArgumentParser --help\nimport os\nos.remove('x')\n",
    "other": OTHER + "# '--help'\nwork\n",
    "no first line": "case $1 in --help) ;; esac\n",
}
KNOWS = {
    "case": (SH + 'case "$1" in -h|--help) echo x;; esac\n', ("--help", "-h")),
    "case over lines": (SH + "case $a in\n   --help | -h )\n echo;; esac\n", ("--help", "-h")),
    "quoted case": (SH + "case $1 in\n  \"-h\") echo;; '--help') echo;; esac\n", ("--help", "-h")),
    "shortened": (SH + "case $1 in\n  --h|--he|--hel|--help) echo;; esac\n", ("--help",)),
    "wild": (SH + "case $1 in\n  --h*) echo;; -[h?]) echo;; esac\n", ("--help", "-h")),
    "bracket before": (SH + "case $1 in (--help) echo;; esac\n", ("--help",)),
    "short only": (SH + "case $1 in\n-h) echo;; esac\n", ("-h",)),
    "test": (SH + 'if [ "$1" = "--help" ]; then echo; fi\n', ("--help",)),
    "test word": (SH + "test $1 = --help && echo\n", ("--help",)),
    "test with a letter": (SH + '[ x"$1" = x--help ] && echo\n', ("--help",)),
    "test turned": (SH + '[ "--help" = "$1" ] && echo\n', ("--help",)),
    "bash": (BASH + "[[ ${1:-} == '-h' ]] && echo\n", ("-h",)),
    "bash pattern": (BASH + "[[ $1 =~ ^(-h|--help)$ ]] && echo\n", ("-h",)),
    "getopts": (SH + "while getopts :vhx: o; do :; done\n", ("-h",)),
    "getopt": (SH + 'OPTS=$(getopt -o v \\\n  -l verbose,help -- "$@")\n', ("--help",)),
    "fish": (FISH + "argparse h/help v/verbose -- $argv\n", ("-h",)),
    "fish case": (FISH + "switch $argv[1]\n  case -v --help\n    echo\nend\n", ("--help",)),
    "perl": (PERL + "use Getopt::Long;\n", ("--help",)),
    "perl pattern": (PERL + "print 'x' if $ARGV[0] =~ /^--?h(elp)?$/;\n", ("--help",)),
    "perl choice": (PERL + "if (/^(?:--help|-\\?)$/) { usage() }\n", ("--help",)),
    "ruby": (RUBY + "require 'optparse'\n", ("--help",)),
    "ruby when": (RUBY + "when '-h', '--help'\n", ("--help", "-h")),
    "node": (NODE + 'const { program } = require("commander");\n', ("--help",)),
    "php": (PHP + "<?php if (in_array('--help', $argv)) echo 1;\n", ("--help",)),
    "lua": (LUA + 'if arg[1] == "--help" then print(1) end\n', ("--help",)),
    "other": (OTHER + "if word == '--help'\n", ("--help",)),
    "python": (
        PYTHON + "import argparse\nargparse.ArgumentParser().parse_args()\n",
        ("--help",),
    ),
}


@pytest.mark.parametrize("text", SPEAKS_ONLY.values(), ids=SPEAKS_ONLY)
def test_script_that_only_speaks_of_help_knows_none(text: str) -> None:
    assert help_words(text.encode()) == ()


@pytest.mark.parametrize(("text", "words"), KNOWS.values(), ids=KNOWS)
def test_script_that_compares_its_words_with_help_knows_it(
    text: str, words: tuple[str, ...]
) -> None:
    assert help_words(text.encode())[:1] == words[:1]
    assert set(words) <= set(help_words(text.encode()))


@pytest.mark.parametrize("name", ["comment", "joined to another", "written", "to another program"])
def test_script_that_only_speaks_of_help_is_never_started(
    name: str, site: SITE, write: Any, tmp_path: Path
) -> None:
    first, _, rest = SPEAKS_ONLY[name].partition("\n")
    write("night.sh", f"{first}\ntouch {tmp_path / 'worked'}\n{rest}").chmod(0o755)
    assert settled(site()) == {}
    assert not (tmp_path / "worked").exists()


@pytest.mark.parametrize(
    "text", ["case $1 in " + "-h|" * 300_000, "[ x" * 500_000, "=~ " * 400_000]
)
def test_hostile_script_is_read_in_a_moment(text: str) -> None:
    assert help_words((SH + text).encode()) in ((), ("-h",))
