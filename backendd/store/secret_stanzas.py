"""Stanzas of the outbox that have a secret in them: sealed as long as they lie there.

The column that holds them has bytes then, and text else.
"""

from backendd.store.view import View


def stored(view: View, written: str, stanza_id: str, *, is_secret: bool) -> str | bytes:
    """Return a stanza as it is stored."""
    return view.secrets.seal(written, _purpose(stanza_id)) if is_secret else written


def opened(view: View, held: str | bytes, stanza_id: str) -> str:
    """Return a stanza as it was given to `stored`; of a damaged one nothing."""
    return held if isinstance(held, str) else view.secrets.open(held, _purpose(stanza_id))


def _purpose(stanza_id: str) -> str:
    return f"outbox-stanza:{stanza_id}"
