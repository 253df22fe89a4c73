"""Retractions: what they leave of a message, and what is told of them."""

import json
from typing import TypedDict

from backendd.api import text
from backendd.api.tuples import NamedTuple

KIND = "retractions"
MODERATION = "moderations"

REASON_LIMIT = 500


class Retracted(TypedDict, total=False):
    """Keys of a message record: that it was taken back, by whom, and why a moderator did."""

    retracted: bool
    retracted_by: str
    moderated: bool
    reason: str


class Moderation(NamedTuple):
    """What a moderator did: who it was, as far as the room says, and for which reason."""

    by: str = ""
    reason: str = ""

    def written(self) -> str:
        """Return it as it is stored until its message is here."""
        return json.dumps(self, ensure_ascii=False)


def read(written: str) -> Moderation:
    """Return a moderation that was written; an empty one where it is damaged."""
    try:
        by, reason = json.loads(written)
    except (TypeError, ValueError):
        return Moderation()
    return Moderation(str(by), cleaned(str(reason)))


def cleaned(reason: str) -> str:
    """Return a reason as it may be shown."""
    return text.clean_line(reason, limit=REASON_LIMIT)


class RetractionRefused(NamedTuple):
    """A retraction of ours is refused, or can't be sent; `why` is a sentence."""

    peer: str
    why: str
