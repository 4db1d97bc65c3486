"""The word that somebody confirmed one call: signed, and worth nothing for other answers."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

SECONDS = 3600  # for which it holds


def word_for(call: str) -> str:
    """Return what the button of a confirmation sends; it holds nothing of the call itself."""
    return _signer(call).dumps("sure")


def is_sure(call: str, word: str) -> bool:
    """Say whether a word confirms this call."""
    try:
        _signer(call).loads(word, max_age=SECONDS)
    except BadSignature:
        return False
    return True


def _signer(call: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"sure {call}")
