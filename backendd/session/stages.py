"""What stanzas pass on their way in: places for features, in an order that the registry sets.

Each place has two halves. `find` runs on the event loop when the stanza arrives and decodes what
needs no database; where it finds nothing the stanza passes by. The other half runs in the
transaction that also says that the stanza is handled. Neither sees a home or anything alive: what
follows is a row, or is noted in the ledger and told after the commit.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, TypeVar
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core.inbound import Arrival, Context, Envelope
from backendd.core.jid import Jid
from backendd.store.ledger import Ledger

T = TypeVar("T")

Unwrap = Callable[[Context, Arrival], Arrival | None]
"""Returns the message inside of one that only carries it, None where that can't be believed."""

Read = Callable[[Context, Envelope], Envelope]
"""Adds what of a message may be stored; called again for one that was opened."""


class MessageStage(Value, Generic[T]):
    """A place that messages pass; `take` returns what the next one gets, None to end it.

    A stage that opens a message returns it with another stanza, and those after it find anew.
    """

    name: str
    find: Callable[[Context, Envelope], T | None]
    take: Callable[[Ledger, Context, Envelope, T], Envelope | None]


class PresenceStage(Value, Generic[T]):
    """A place that presence passes. `store` gets what was found of several, in order."""

    name: str
    find: Callable[[Context, Element, Jid], T | None]
    store: Callable[[Ledger, Context, Sequence[T]], None]


class IqStage(Value, Generic[T]):
    """What settles an iq: a request of `type` whose child is `tag`, which is answered afterwards.

    Or, of the type `answer`, any that answers what no coroutine waits for. `find` raises why a
    request is refused.
    """

    name: str
    type: Literal["get", "set", "answer"]
    tag: str
    find: Callable[[Context, Element], T | None]
    take: Callable[[Ledger, Context, T], None]


class Settled(NamedTuple):
    """An answer, and what stores what it says: whoever has asked has given that along."""

    stanza: Element
    settle: Callable[[Ledger, Element], None]


class Inbound(Value):
    """The orders in which stanzas pass."""

    unwrap: Sequence[Unwrap]
    read: Read
    messages: Sequence[MessageStage[Any]]
    presence: Sequence[PresenceStage[Any]]
    iqs: Sequence[IqStage[Any]]
