"""How stanzas pass: opened on the loop, then each by itself within one transaction.

A batch of stanzas becomes one transaction, together with the number up to which the server may be
told that we have them (XEP-0198): what was acknowledged is on the disk, whatever is killed when.

On the loop each message is unwrapped, and `core/inbound.py` settles once and for all what it is to
us (an `Envelope`: kind, peer, author, direction, way, archive); each stage of INBOUND takes from it
what it needs. In the transaction the stages decide by what is stored, a savepoint a stanza, so that
one that fails costs itself alone. They get a `Context`, frozen when the stanzas came, and touch
nothing that is alive: what follows is a row, or an event after the commit.

Copies end at MATCH; behind it an encryption opens what is new, in the same transaction. Presence is
gathered and written at once; roster pushes, and answers that change what is stored, settle among
the rest. Pages of an archive pass the same stages. Only what answers a query is taken on the loop,
outside of all this.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, InvalidJid
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.core import clock, inbound, xml
from backendd.core.inbound import Arrival, Context, Envelope
from backendd.session.stages import Inbound, IqStage, PresenceStage, Settled
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

_DROPPED = "dropped what a stanza asked for"
_FAILED = BackendError("it can't be stored")

Found = tuple[int, Any]  # the number of a stage, and what it has found


class _Message(NamedTuple):
    """A message, and what the stages have found in it."""

    envelope: Envelope
    found: Sequence[Found]


class _Presence(NamedTuple):
    """A presence, as far as the stages have found something in it."""

    sender: str
    found: Sequence[Found]


class _Iq(NamedTuple):
    """An iq, and what its stage has found in it, or why that refuses it."""

    stanza: Element
    stage: IqStage[Any]
    found: Any
    refusal: BackendError | None = None


_SETTLE: IqStage[Settled] = IqStage(
    "what was asked",
    "answer",
    "",
    lambda context, stanza: None,
    lambda ledger, context, settled: settled.settle(ledger, settled.stanza),
)


@dataclass(slots=True)
class Opened:
    """Stanzas that are ready to pass, in order; `lost` ones are from or to nobody."""

    stanzas: list[_Message | _Presence | _Iq] = field(default_factory=list)
    lost: list[tuple[Element, InvalidJid]] = field(default_factory=list)

    @property
    def peers(self) -> list[str]:
        """Whose conversations the messages belong to, in order and each once."""
        found = (each.envelope.peer for each in self.stanzas if isinstance(each, _Message))
        return list(dict.fromkeys(found))


class Answer(Value):
    """What to answer to a request that has passed: `error`, or that all is well."""

    request: Element
    error: BackendError | None


class Pipeline:
    """Passes stanzas through the stages of `order`."""

    def __init__(self, order: Inbound) -> None:
        self._order = order
        self._iqs: dict[tuple[str, str], IqStage[Any]] = {
            (stage.type, stage.tag): stage for stage in order.iqs
        }

    @property
    def iqs(self) -> frozenset[tuple[str, str]]:
        """The iqs that pass, by type and tag."""
        return frozenset(self._iqs)

    # -- on the loop

    def open(self, context: Context, arrived: Iterable[Element | Arrival | Settled]) -> Opened:
        """Return what came over the stream, or out of an archive, ready to pass.

        What is not as it should be costs nothing but itself.
        """
        opened = Opened()
        for each in arrived:
            stanza = each if isinstance(each, Element) else each.stanza
            try:
                opened.stanzas += self._open(context, each)
            except InvalidJid as error:
                opened.lost.append((stanza, error))
            except Exception:
                log.exception("dropped a stanza that a stage can't take")
        return opened

    def _open(
        self, context: Context, arrived: Element | Arrival | Settled
    ) -> Iterable[_Message | _Presence | _Iq]:
        if isinstance(arrived, Arrival):
            return (self._message(context, arrived),)
        if isinstance(arrived, Settled):
            return (_Iq(arrived.stanza, _SETTLE, arrived),)
        if arrived.tag == xml.MESSAGE:
            arrival = self._unwrap(context, inbound.arrived(context, arrived, clock.now_us()))
            return (self._message(context, arrival),) if arrival is not None else ()
        if arrived.tag == xml.PRESENCE:
            sender, _ = inbound.address(arrived, context.own)
            found = [
                (index, part)
                for index, stage in enumerate(self._order.presence)
                if (part := stage.find(context, arrived, sender)) is not None
            ]
            return (_Presence(sender.bare, found),) if found else ()
        return self._iq(context, arrived)

    def _unwrap(self, context: Context, arrival: Arrival | None) -> Arrival | None:
        for unwrap in self._order.unwrap:
            if arrival is not None:
                arrival = unwrap(context, arrival)
        return arrival

    def _message(self, context: Context, arrival: Arrival) -> _Message:
        envelope = self._order.read(context, inbound.resolve(context, arrival))
        return _Message(envelope, self._find(context, envelope))

    def _find(self, context: Context, envelope: Envelope, start: int = 0) -> list[Found]:
        return [
            (index, part)
            for index, stage in enumerate(self._order.messages)
            if index >= start and (part := stage.find(context, envelope)) is not None
        ]

    def _iq(self, context: Context, stanza: Element) -> Iterable[_Iq]:
        is_request = stanza.get("type") in ("get", "set")
        key = (stanza.get("type", ""), stanza[0].tag) if is_request else ("answer", "")
        stage = self._iqs[key]
        try:
            found = stage.find(context, stanza)
        except BackendError as error:
            return (_Iq(stanza, stage, None, error),)
        except Exception:
            log.exception("an iq can't be taken")
            return (_Iq(stanza, stage, None, _FAILED),)
        return (_Iq(stanza, stage, found),)

    # -- in the transaction

    def run(self, ledger: Ledger, context: Context, opened: Opened) -> list[Answer]:
        """Let each stanza pass; one that can't harms no other. Return what to answer afterwards.

        Presence is gathered until a message of its sender comes, an iq, or the end.
        """
        answers: list[Answer] = []
        presence = _Presences(self._order.presence, ledger, context)
        for each in opened.stanzas:
            if isinstance(each, _Presence):
                presence.add(each)
            elif isinstance(each, _Iq):
                presence.flush()
                answers += self._settle(ledger, context, each)
            elif each.found:
                if each.envelope.sender.bare in presence.senders:
                    presence.flush()
                passing = partial(self._pass, ledger, context, each.envelope, each.found)
                ledger.apart(passing, _DROPPED)
        presence.flush()
        return answers

    def _pass(
        self, ledger: Ledger, context: Context, envelope: Envelope, found: Iterable[Found]
    ) -> None:
        for index, part in found:
            taken = self._order.messages[index].take(ledger, context, envelope, part)
            if taken is None:
                return
            if taken.stanza is not envelope.stanza:  # it was opened
                taken = self._order.read(context, taken)
                self._pass(ledger, context, taken, self._find(context, taken, index + 1))
                return
            envelope = taken

    def _settle(self, ledger: Ledger, context: Context, iq: _Iq) -> Iterable[Answer]:
        error = iq.refusal
        if error is None and iq.found is not None:
            take = partial(iq.stage.take, ledger, context, iq.found)
            error = None if ledger.apart(take, _DROPPED) else _FAILED
        return () if iq.stage.type == "answer" else (Answer(iq.stanza, error),)


class _Presences:
    """Presence on its way into the database: of several stanzas at once."""

    def __init__(
        self, stages: Sequence[PresenceStage[Any]], ledger: Ledger, context: Context
    ) -> None:
        self.senders: set[str] = set()
        self._stages = stages
        self._ledger = ledger
        self._context = context
        self._found: dict[int, list[Any]] = {}

    def add(self, presence: _Presence) -> None:
        self.senders.add(presence.sender)
        for index, part in presence.found:
            self._found.setdefault(index, []).append(part)

    def flush(self) -> None:
        """Store it; where that fails, one by one."""
        for index, found in self._found.items():
            if not self._store(index, found, "presence can't be stored at once"):
                for part in found:
                    self._store(index, [part], _DROPPED)
        self._found.clear()
        self.senders.clear()

    def _store(self, index: int, found: Sequence[Any], complaint: str) -> bool:
        store = partial(self._stages[index].store, self._ledger, self._context, found)
        return self._ledger.apart(store, complaint)
