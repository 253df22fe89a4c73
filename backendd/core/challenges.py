"""What has to be answered before something that we sent gets through (XEP-0158)."""

from collections.abc import Sequence

from backendd.api import records
from backendd.api.tuples import NamedTuple


class Challenged(NamedTuple):
    """Somebody, by a bare address, wants an answer before what we sent there gets through.

    `stanza_id` is that of what we sent, if it had one.
    """

    about: str
    stanza_id: str


class ChallengeDeclined(NamedTuple):
    """The user doesn't answer what was asked about what we sent to a bare address."""

    about: str


class ChallengesChanged(NamedTuple):
    """Challenges came or are different; `gone` ones are answered, or void."""

    challenges: Sequence[records.Challenge]
    gone: Sequence[str]
