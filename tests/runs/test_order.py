"""What an order says, and what a tool finds in its environment."""

from __future__ import annotations

from pathlib import Path

from tests.runs.bench import Bench
from webify.model.recipe import Recipe
from webify.runs.order import Label, Order, Plan

SAY_ENCODINGS = """
import codecs, os, sys
print(codecs.lookup(os.environ.get("PYTHONIOENCODING", "utf-8-sig")).name)
print("Hüll \\udcff")
"""


def test_words_are_utf_8_in_any_locale_and_no_name_is_too_odd(bench: Bench) -> None:
    done = bench.done(bench.python(SAY_ENCODINGS, env={"LC_ALL": "POSIX"}))
    assert done.out.splitlines()[1] == b"H\xc3\xbcll \xff"


def test_tools_that_read_the_encoding_from_the_environment_find_one(bench: Bench) -> None:
    done = bench.done(bench.python(SAY_ENCODINGS))
    assert done.err == b""
    assert done.out.startswith(b"utf-8")


def test_what_webify_toml_adds_comes_last(bench: Bench, tmp_path: Path) -> None:
    code = "import os; print(os.environ['COLUMNS'], os.environ['HOME'])"
    done = bench.done(bench.python(code, env={"COLUMNS": "40", "HOME": str(tmp_path)}))
    assert done.out.split() == [b"40", str(tmp_path).encode()]


def test_a_label_tells_of_an_order_what_is_needed_to_hand_it_on() -> None:
    warm = Recipe(("python3",), ("a\ttab and ü.py",), 2)
    order = Order("abc", "/runs/abc", Plan(warm.call, warm=warm), {"A": "\t"})
    assert Label.read(order.line()) == Label("abc", warm.key)
    assert Order.read(order.line()) == order
    assert Label.read(b'{"wish": {}}\n') is None
