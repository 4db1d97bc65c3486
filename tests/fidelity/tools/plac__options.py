import plac


@plac.opt("text", "Any text.", type=str)
@plac.opt("integer", "A whole number.", type=int)
@plac.opt("number", "A number.", type=float)
@plac.opt("choice", "One of two.", choices=["red", "blue"])
@plac.opt("preset", "A default.", abbrev="r")
@plac.opt("password", "A secret.")
@plac.flg("flag", "A flag.")
@plac.pos("item", "An argument.")
@plac.pos("extra", "Another one.")
def tool(
    item,
    extra="",
    text="a",
    integer=1,
    number=1.0,
    choice="red",
    preset="7",
    password="",
    flag=False,
):
    """Every kind of option."""


plac.call(tool)
