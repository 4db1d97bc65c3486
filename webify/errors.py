"""All that webify raises on purpose.

WebifyError                 500, exit code 1
├── SettingsWrong           the site's own configuration: exit code 2
│   └── DataFolderHeld      another server serves this data folder
├── NotFound                404
│   ├── ToolUnknown
│   ├── CommandUnknown
│   ├── RunUnknown
│   ├── FileUnknown
│   └── TableUnknown
├── ConfirmationNeeded      409, a call that changes something was not confirmed
├── ValuesRefused           422, carries `fields`: address -> sentence
├── NotComparable           422, runs that cannot be compared with each other
├── ToolUnusable            409, a tool that could not be described or started
├── UploadRefused           413
├── NotResumed              500, a run that waited cannot be started by a later server
├── TooBusy                 503, more work was asked for than the site does at once
├── ReadingOnly             503, nothing can be written: the site is in reading mode
├── StoreUnusable           503, the database of the history cannot be read or written just now
└── RequestRefused          403, a request that did not come from our own pages
"""

from __future__ import annotations

from collections.abc import Mapping


class WebifyError(Exception):
    """Something that a person can mend; the message is a sentence for them."""

    status = 500
    exit_code = 1


class SettingsWrong(WebifyError):
    """The configuration, or an option of the command line, cannot be used."""

    exit_code = 2


class DataFolderHeld(SettingsWrong):
    """Another server serves the same data folder."""


class NotFound(WebifyError):
    """The thing asked for is not there."""

    status = 404


class ConfirmationNeeded(WebifyError):
    """A call destroys or changes something, and nobody has confirmed it with these answers.

    call    what tells this call from all others
    """

    status = 409

    def __init__(self, sentence: str, call: str) -> None:
        """Keep what the call does."""
        super().__init__(sentence)
        self.call = call


class ToolUnknown(NotFound):
    """No tool of this name."""


class CommandUnknown(NotFound):
    """The tool has no such command."""


class RunUnknown(NotFound):
    """No run of this id."""


class FileUnknown(NotFound):
    """The run has no such file."""


class TableUnknown(NotFound):
    """The run has no such table."""


class NotComparable(WebifyError):
    """Two runs that cannot be compared with each other."""

    status = 422


class ToolUnusable(WebifyError):
    """The tool could not be described, so it cannot be run from a form."""

    status = 409


class UploadRefused(WebifyError):
    """An upload is too large, too many, or not what its name says."""

    status = 413


class StoreUnusable(WebifyError):
    """The database of the history cannot be read or written just now."""

    status = 503


class NotResumed(WebifyError):
    """A run that waited when the server ended cannot be started as it was asked for."""


class ReadingOnly(WebifyError):
    """Nothing can be written just now, so nothing is started."""

    status = 503


class TooBusy(WebifyError):
    """Too much was asked for at the same time; a little later it is done."""

    status = 503


class RequestRefused(WebifyError):
    """The request did not come from one of our own pages."""

    status = 403


class ValuesRefused(WebifyError):
    """Answers that need another look: `fields` holds a sentence for each address.

    The address "" stands for the form as a whole.
    """

    status = 422

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Keep the sentences, all at once."""
        count = len(fields)
        super().__init__(
            "1 answer needs another look" if count == 1 else f"{count} answers need another look"
        )
        self.fields = dict(fields)
