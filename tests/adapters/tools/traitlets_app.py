"""A traitlets application: aliases and flags of all kinds, sub-commands by class and by name."""

from traitlets import (
    Bool,
    CaselessStrEnum,
    Dict,
    Enum,
    Float,
    Int,
    List,
    Unicode,
    Union,
    default,
)
from traitlets.config import Application, Configurable


class Card(Configurable):
    """What is written."""

    colour = CaselessStrEnum(["Red", "Blue"], "Red", help="Colour of the card.").tag(config=True)
    width = Float(0.5, min=0.0, max=1.0, help="Share of the page.").tag(config=True)
    token = Unicode("geheim", help="Key of the archive.").tag(config=True)
    own = Unicode(help="Worked out.").tag(config=True)

    @default("own")
    def _own_default(self):
        raise RuntimeError("asked while it was described")


class Lend(Application):
    name = "desk-lend"
    description = "Lend a book."
    days = Int(21, min=1, help="For how long.").tag(config=True)
    aliases = {("d", "days"): "Lend.days"}
    flags = {("f", "force"): ({"Lend": {"days": 99}}, "Even if it is lent.")}

    def __init__(self, **kwargs):
        raise RuntimeError("made while it was described")


class Desk(Application):
    name = "desk"
    version = "0.9"
    description = "The desk of a library."
    examples = "desk lend 12"
    classes = [Card]
    tags = List(Unicode(), ["a"], help="Words to file by.").tag(config=True)
    sizes = List(Int(), help="Sizes.").tag(config=True)
    level = Union([Enum([0, 10]), Enum(["LOW", "HIGH"])], default_value=10, help="How much.").tag(
        config=True
    )
    names = Dict(help="Names by key.").tag(config=True)
    kept = Bool(True, help="Keep it.").tag(config=True)
    out = Unicode("out.txt", help="Where to write.").tag(config=True)
    aliases = {
        "colour": "Card.colour",
        "width": ("Card.width", "How wide."),
        "token": "Card.token",
        "own": "Card.own",
        "tag": "Desk.tags",
        "size": "Desk.sizes",
        "level": "Desk.level",
        "name": "Desk.names",
        "kept": "Desk.kept",
        ("o", "out-file"): "Desk.out",
    }
    flags = {
        "debug": ({"Desk": {"level": 0}}, "Say more."),
        "loud": ({"Card": {"colour": "Red"}}, "In red."),
        "no-loud": ({"Card": {"colour": "Blue"}}, "In blue."),
        "out-file": ({"Desk": {"out": "-"}}, "To the screen."),
        "y": ({"Desk": {"kept": False}}, "Answer yes."),
        "yes": ({"Desk": {"kept": False}}, "Answer yes."),
    }
    subcommands = {"lend": (Lend, "Lend a book."), "lost": ("gone.module.App", "Not there.")}


if __name__ == "__main__":
    Desk.launch_instance()
