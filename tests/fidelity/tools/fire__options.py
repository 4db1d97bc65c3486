import fire


def tool(
    needed,
    text="a",
    integer=1,
    number=1.0,
    switch=False,
    preset="7",
    password="",
    path="x",
):
    """Every kind of option.

    Args:
        text: Any text.
    """


fire.Fire(tool)
