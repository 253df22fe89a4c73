"""Corrections: what they add to a message, and what is told of them."""

from typing import TypedDict

from backendd.api.tuples import NamedTuple

KIND = "corrections"

MOST = 100
"""How many earlier texts of a message are kept: the first, and the last ones."""


class Edited(TypedDict, total=False):
    """Keys of a message record: whether it said something else before, and what it says waits."""

    edited: bool
    edited_pending: bool


class CorrectionRefused(NamedTuple):
    """A correction of ours is refused, or can't be sent; `why` is a sentence."""

    peer: str
    why: str
