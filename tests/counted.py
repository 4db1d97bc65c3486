"""`webify serve`, with each statement at its store noted in a file: python -m tests.counted FILE.

What follows FILE goes to webify.  The server itself knows nothing of it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from tests.serving import Site
from webify.__main__ import main


class CountedSite(Site):
    """A site whose statements are counted."""

    def __init__(self, folder: Path, data: Path, *options: str, **environ: str) -> None:
        """Keep what the server will be started with, and where its statements go."""
        super().__init__(folder, data, *options, **environ)
        self.notes = data.with_name(f"{data.name}.statements")
        self.notes.touch()
        self.words[2:3] = ["tests.counted", str(self.notes)]

    @property
    def statements(self) -> list[str]:
        """Return the statements so far, the first words of each."""
        return self.notes.read_text(encoding="utf-8").splitlines()


def note(notes: Path) -> None:
    """Have each statement of this process leave a line."""
    file = notes.open("a", encoding="utf-8", buffering=1)

    def heard(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        file.write(f"{' '.join(statement.split())[:200]}\n")

    event.listen(Engine, "before_cursor_execute", heard)


if __name__ == "__main__":
    note(Path(sys.argv.pop(1)))
    main()
