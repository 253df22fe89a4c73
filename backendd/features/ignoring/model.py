"""Whom the user ignores, and what is told of it."""

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from backendd.api import records


class Unheard(TypedDict, total=False):
    """A key of a message record: whether it is of somebody whom the user ignores."""

    ignored: bool


class IgnoredChanged(NamedTuple):
    """Others are ignored in a room than before: all of them."""

    room: str
    ignored: Sequence[records.Ignored]
