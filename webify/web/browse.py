"""The folders of the server, to choose a file or a folder for one field of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webify.errors import FileUnknown
from webify.faces.chain import parameters
from webify.faces.labels import label
from webify.faces.roots import browsable, browsed, place
from webify.faces.uploading import may_upload
from webify.model.command import Kind, Parameter, Root
from webify.web.addresses import path_of
from webify.web.carried import Pairs, browse_address, carried, form_address
from webify.web.folders import Listing, listing
from webify.web.site import site, wants_fragment
from webify.web.tool import Place, place_of

pages = Blueprint("browse", __name__)
LONGEST = 200  # letters that are searched for


@dataclass(frozen=True)
class Look:
    """What one page of it shows.

    answers   those of the form so far
    root      the folder of the site that is open, None where one is still to be chosen
    words     the folders below it, down to the one that is listed
    """

    place: Place
    parameter: Parameter
    answers: Pairs
    root: Root | None
    words: tuple[str, ...] = ()
    q: str = ""
    listing: Listing = field(default_factory=Listing)

    @property
    def what(self) -> str:
        """Return what is looked for: a file, a folder, or either."""
        return browsed(self.parameter)

    @property
    def title(self) -> str:
        """Return what the page is called."""
        return f"Choose a {self.what} for {label(self.parameter)}"

    @property
    def roots(self) -> tuple[Root, ...]:
        """Return the folders of the site that this field may be filled from."""
        return self.parameter.roots or ()

    @property
    def here(self) -> str:
        """Return the path of the folder that is listed."""
        return str(Path(self.root.folder, *self.words)) if self.root else ""

    @property
    def fields(self) -> Pairs:
        """Return what a search sends along."""
        own = {":for": self.parameter.address, ":root": self.root.name if self.root else ""}
        own[":in"] = "/".join(self.words)
        return [*((name, text) for name, text in own.items() if text), *self.answers]

    @property
    def loses(self) -> bool:
        """Say whether the form holds what does not travel: secrets, and files to send."""
        return any(
            each.secret or each.kind is Kind.FILE_IN or may_upload(each)
            for each in parameters(self.place.chain)
            if each.address != self.parameter.address and not each.hidden
        )

    @property
    def form(self) -> str:
        """Return the address of the form as it was left."""
        return form_address(self.place.tool.slug, self.place.path, self.answers)

    def choose(self, path: str) -> str:
        """Return the address of the form with this path in the field."""
        address, several = self.parameter.address, self.parameter.several or self.parameter.repeat
        kept = [(name, text) for name, text in self.answers if name != address or several]
        kept = [(name, text) for name, text in kept if name != address or text]
        switch = [(f"{address}:on", "1")] if self.parameter.optional_value else []
        return form_address(
            self.place.tool.slug, self.place.path, [*kept, *switch, (address, path)]
        )

    def open(self, root: Root | None, words: Sequence[str] = (), q: str = "", page: int = 1) -> str:
        """Return the address of another folder, or of another page of this one."""
        fields = {":for": self.parameter.address, ":root": root.name if root else "?"}
        fields |= {":in": "/".join(words), ":q": q, ":page": str(page) if page > 1 else ""}
        return browse_address(self.place.tool.slug, self.place.path, self.answers, fields)

    def turn(self, page: int) -> str:
        """Return the address of another page of this folder."""
        return self.open(self.root, self.words, self.q, page)


@pages.get("/browse/<slug>")
@pages.get("/browse/<slug>/<path:words>")
def show(slug: str, words: str = "") -> ResponseReturnValue:
    """Show one folder, or those that the site has set, with the answers of the form kept."""
    path = path_of(words)
    place_ = place_of(site().catalog.opened(slug, path), path)
    look = look_of(place_)
    page = "browse_part.html" if wants_fragment() else "browse.html"
    return render_template(page, look=look, tool=place_.tool, fragment=wants_fragment())


def look_of(place_: Place) -> Look:
    """Return what the address asks for; raise FileUnknown where that is not to be looked at."""
    parameter = asked_for(place_, request.args.get(":for", ""))
    answers = carried(place_.chain, request.args.lists())
    root, below = where(parameter, answers)
    look = Look(place_, parameter, answers, root, below, request.args.get(":q", "")[:LONGEST])
    if root is None:
        return look
    asked = request.args.get(":page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    files = look.what != "folder"
    found = listing(root, below, files=files, q=look.q, page=page)
    return Look(place_, parameter, answers, root, below, look.q, found)


def asked_for(place_: Place, address: str) -> Parameter:
    """Return the parameter of this address; raise FileUnknown where it takes no such path."""
    for parameter in parameters(place_.chain):
        if parameter.address == address and browsable(parameter) and not parameter.hidden:
            return parameter
    raise FileUnknown("This field is not filled from folders of the server.")


def where(parameter: Parameter, answers: Pairs) -> tuple[Root | None, tuple[str, ...]]:
    """Return the root and the folder below it that the address names.

    Without any, it is the folder of what stands in the field, else the only root.
    """
    roots = parameter.roots or ()
    name = request.args.get(":root", "")
    if not name:
        texts = [text for address, text in answers if address == parameter.address and text]
        return around(texts[-1] if texts else "", roots)
    if name == "?":
        return None, ()
    root = next((each for each in roots if each.name == name), None)
    if root is None:
        raise FileUnknown(f"This field is not filled from “{name}”.")
    below = request.args.get(":in", "")
    return root, tuple(below.split("/")) if below else ()


def around(text: str, roots: Sequence[Root]) -> tuple[Root | None, tuple[str, ...]]:
    """Return the root and the folder in which a path lies."""
    for root in roots:
        if text and Path(text).is_relative_to(root.folder) and place(text, [root]):
            path = Path(text) if Path(text).is_dir() else Path(text).parent
            if path.is_dir() and path.is_relative_to(root.folder):
                return root, path.relative_to(root.folder).parts
    return (roots[0] if len(roots) == 1 else None), ()
