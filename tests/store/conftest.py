"""The stores that each test of this folder runs on."""

from __future__ import annotations

from tests.postgres import postgres

__all__ = ["postgres"]
