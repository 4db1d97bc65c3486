import plac


class Tool:
    """Commands."""

    commands = ("go", "all")

    @plac.annotations(item="An argument.")
    def go(self, item):
        """Go."""

    def all(self, *items):
        """Go everywhere."""


if __name__ == "__main__":
    plac.Interpreter.call(Tool)
