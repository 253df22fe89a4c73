"""What a web server's answer means, where it isn't the file."""

import math
from collections.abc import Mapping
from http import HTTPStatus

from backendd.api import text
from backendd.api.errors import (
    BackendError,
    HostUnreachable,
    NotAllowed,
    ServerError,
    Timeout,
    TooLarge,
    UnknownItem,
)

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_S = 300  # what takes longer is for the user to decide
_SAID = 200
_MEANINGS: Mapping[int, tuple[type[BackendError], str]] = {
    401: (NotAllowed, "asks for a password, or the permission to it has expired"),
    402: (NotAllowed, "wants to be paid for it"),
    403: (NotAllowed, "doesn't allow it, or the permission to it has expired"),
    404: (UnknownItem, "has no such file, or no longer"),
    410: (UnknownItem, "no longer has the file"),
    411: (ServerError, "refuses uploads of this kind"),
    413: (TooLarge, "refuses the file: it is too large there"),
    414: (ServerError, "takes no address as long as this"),
    415: (NotAllowed, "refuses files of this type"),
    429: (ServerError, "has had too many requests from here"),
    451: (NotAllowed, "may not give the file out, for legal reasons"),
    503: (ServerError, "is overloaded or being worked on"),
    507: (ServerError, "has no room left for it"),
}


class Passing(ServerError, on_bus=False):
    """A server can't do it now; `after_s` is when it says to try again, or 0."""

    def __init__(self, sentence: str, after_s: int = 0) -> None:
        super().__init__(sentence)
        self.after_s = after_s


def may_pass(error: BackendError) -> bool:
    """Return whether the same may go well at another time, with nothing changed here."""
    return isinstance(error, Passing | HostUnreachable | Timeout)


def pause_s(error: BackendError) -> float:
    """Return after how many seconds a server says to try again; 0 where it doesn't say."""
    return error.after_s if isinstance(error, Passing) else 0


def refusal(host: str, status: int, said: str, retry_after: str) -> BackendError:
    """Return what it means that a server answered with `status`, and `said` so in plain text."""
    kind, reason = _MEANINGS.get(status, (ServerError, _by_number(status)))
    said = text.clean_line(said, limit=_SAID)
    sentence = f"{host} {reason}" + (f" ({said})" if said else "")
    if status not in _PASSING:
        return kind(sentence)
    after_s = _seconds(retry_after)
    if after_s > _LONGEST_WAIT_S:
        return kind(f"{sentence}; it says to try again in {math.ceil(after_s / 60)} minutes")
    return Passing(sentence, after_s)


def _by_number(status: int) -> str:
    try:
        meaning = f", {HTTPStatus(status).phrase.lower()}"
    except ValueError:
        meaning = ""
    return f"answers with an error (HTTP {status}{meaning})"


def _seconds(retry_after: str) -> int:
    if not (retry_after.isascii() and retry_after.isdigit()):
        return 0  # or a date, by a clock that isn't ours
    return int(retry_after[:9])
