"""Read a growing text into blocks: the protocol of the readers, their list, and Reading."""

from __future__ import annotations

from webify.readers.reading import Reading
from webify.readers.shapes import READERS, Answer, Body, Reader, Taken

__all__ = ["READERS", "Answer", "Body", "Reader", "Reading", "Taken"]
