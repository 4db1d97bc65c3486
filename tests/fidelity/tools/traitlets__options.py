from traitlets import Bool, Enum, Float, Integer, List, Unicode
from traitlets.config import Application


class Go(Application):
    """Go."""

    name = "go"


class Tool(Application):
    """Every kind of option."""

    name = "tool"
    text = Unicode("", help="Any text.").tag(config=True)
    integer = Integer(1, help="A whole number.").tag(config=True)
    number = Float(1.0, help="A number.").tag(config=True)
    bounded = Integer(1, min=0, max=99, help="A range.").tag(config=True)
    flag = Bool(False, help="A flag.").tag(config=True)
    choice = Enum(["red", "blue"], default_value="red", help="One of two.").tag(config=True)
    repeat = List(Unicode(), help="Again and again.").tag(config=True)
    preset = Unicode("7", help="A default.").tag(config=True)
    password = Unicode("", help="A secret.").tag(config=True)
    subcommands = {"go": (Go, "Go.")}
    aliases = {
        name: f"Tool.{name}"
        for name in (
            "text",
            "integer",
            "number",
            "bounded",
            "choice",
            "repeat",
            "preset",
            "password",
        )
    }
    flags = {"flag": ({"Tool": {"flag": True}}, "A flag.")}


Tool.launch_instance()
