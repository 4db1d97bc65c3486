"""A cleo application: a namespace, aliases, one command that cannot be loaded."""

from __future__ import annotations

from cleo.application import Application
from cleo.commands.command import Command
from cleo.helpers import argument, option
from cleo.loaders.factory_command_loader import FactoryCommandLoader


class Lend(Command):
    name = "lend"
    description = "Lend a book to <info>somebody</info>."
    help = "The <comment>{command_name}</comment> command writes a card."
    aliases = ["give"]
    arguments = [
        argument("book", "Its number."),
        argument("reader", "Who takes it.", optional=True, default="me"),
        argument("notes", "What else to write.", optional=True, multiple=True),
    ]
    options = [
        option("days", "d", "For how long.", flag=False, default="21"),
        option("tag", None, "Words to file it by.", flag=False, multiple=True),
        option("colour", "c", "Colour of the card.", flag=False, value_required=False),
        option("token", None, "Key of the archive.", flag=False, default="geheim"),
        option("force", "f", "Even if it is lent."),
    ]

    def handle(self):
        return 0


class Shelf(Command):
    name = "shelf show"
    description = "Show a shelf."
    arguments = [argument("number", "Which.", optional=True)]
    options = [option("tree", "t", "As a tree.")]

    def handle(self):
        return 0


class Plan(Command):
    name = "shelf show plan"
    description = "Show where it stands."

    def handle(self):
        return 0


class Old(Command):
    name = "old"
    hidden = True

    def handle(self):
        return 0


def broken():
    raise ImportError("No module named 'gone'")


if __name__ == "__main__":
    app = Application("desk", "3.1")
    for command in (Lend(), Shelf(), Plan(), Old()):
        app.add(command)
    app.set_command_loader(FactoryCommandLoader({"lost": broken}))
    app.run()
