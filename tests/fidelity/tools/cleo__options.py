from cleo.application import Application
from cleo.commands.command import Command
from cleo.helpers import argument, option


class Go(Command):
    name = "go"
    description = "Go."
    arguments = [
        argument("item", "An argument."),
        argument("items", "More.", optional=True, multiple=True),
    ]
    options = [
        option("text", None, "Any text.", flag=False),
        option("flag", None, "A flag."),
        option("repeat", None, "Again and again.", flag=False, multiple=True),
        option("maybe", None, "With or without a value.", flag=False, value_required=False),
        option("preset", None, "A default.", flag=False, default="7"),
        option("password", None, "A secret.", flag=False),
        option("path", None, "A file.", flag=False),
    ]

    def handle(self):
        return 0


class Away(Command):
    name = "far away"
    description = "Far away."
    arguments = [argument("extra", "Another one.", optional=True)]

    def handle(self):
        return 0


application = Application()
application.add(Go())
application.add(Away())
application.run()
