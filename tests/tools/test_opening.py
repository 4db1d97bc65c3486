"""Commands that are known by name only: read ahead, and at once for who asks."""

from __future__ import annotations

import threading
from dataclasses import replace

from tests.runs.bench import until
from webify.model.command import Command
from webify.tools.opening import Choose, Opening, Path


class Program:
    """A program that is asked for its commands, one at a time when it is told to go on."""

    def __init__(self, *names: str, deaf: str = "") -> None:
        self.root = Command("root", commands=tuple(Command(name, lazy=True) for name in names))
        self.deaf = deaf
        self.asked: list[Path] = []
        self.go_on = threading.Event()
        self.closing = threading.Event()
        self.opening = Opening(self.read, self.closing)

    def read(self, _slug: str, choose: Choose) -> bool:
        while (path := choose(self.root)) is not None:
            self.asked.append(path)
            assert self.go_on.wait(20)
            known = {*path} - {self.deaf}
            commands = [
                replace(each, lazy=each.lazy and each.name not in known)
                for each in self.root.commands
            ]
            self.root = replace(self.root, commands=tuple(commands))
        return True


def test_who_asks_for_a_command_waits_for_no_other_than_the_one_at_hand() -> None:
    program = Program("a", "b", "c", "d")
    program.opening.ahead("tool")
    until(lambda: program.asked)
    visitor = threading.Thread(target=program.opening.along, args=("tool", ("d",)))
    visitor.start()
    until(lambda: program.opening._visits["tool"])
    program.go_on.set()
    visitor.join(20)
    until(lambda: len(program.asked) == 4)
    program.opening.close()
    assert program.asked == [("a",), ("d",), ("b",), ("c",)]


def test_command_that_stays_unknown_is_asked_for_once() -> None:
    program = Program("a", "b", deaf="a")
    program.go_on.set()
    program.opening.ahead("tool")
    until(lambda: program.opening._worker is None)
    assert program.asked == [("a",), ("b",)]


def test_nothing_more_is_read_once_the_site_ends() -> None:
    program = Program("a", "b")
    program.opening.ahead("tool")
    until(lambda: program.asked)
    program.closing.set()
    program.go_on.set()
    program.opening.close()
    assert program.asked == [("a",)]
