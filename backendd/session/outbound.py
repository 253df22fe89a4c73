"""OUTBOUND: what an outgoing stanza gets, stage by stage, before it is written the first time.

It passes them once, in a task for its lane. What a stage stores is committed with the bytes that
are written; one that raises fails that row, and nothing of it is sent, unless what it raises
passes (`core/passing.py`): then it is composed again later. A stage may wait, for a key or for a
room that lets us in: only its lane waits with it. One with a state that all lanes share takes
turns, until the composition of the one before is `closed`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from backendd.core.encoding import decode
from backendd.store.ledger import Ledger
from backendd.store.outbox import Out


@dataclass(eq=False, slots=True)
class Composition:
    """A stanza while stages add to it, or put another in its place.

    `message` is the message it carries, if any; `corrects` the one of ours that it has say
    something else. `works` are done in the transaction that makes it final. `closed` is set once
    that is committed, or given up: then what was composed is void.
    """

    stanza: Element
    message: int | None
    works: list[Callable[[Ledger], None]] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    corrects: int | None = None

    @property
    def says(self) -> int | None:
        """The message whose text it has, if any."""
        return self.corrects if self.message is None else self.message


Stage = Callable[[Composition], Awaitable[None]]


class Outbound:
    """The stages of one profile, in the order of the registry."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = stages

    async def compose(self, row: Out) -> Composition:
        """Return what is written of `row`; one that was written before is as it was.

        Raises what a stage raises: then `row` must not be sent, or not yet where that passes.
        """
        composition = Composition(decode(row.stanza), row.message)
        try:
            if not row.is_composed:
                for stage in self._stages:
                    await stage(composition)
        except BaseException:
            composition.closed.set()
            raise
        return composition
