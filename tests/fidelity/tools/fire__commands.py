import fire


class Far:
    """Far away."""

    def away(self):
        """Away."""


class Tool:
    """Commands."""

    far = Far

    def go(self, item):
        """Go."""

    def all(self, *items):
        """Go everywhere."""


fire.Fire(Tool)
