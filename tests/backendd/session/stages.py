"""Stages of OUTBOUND as features to come will have them."""

import asyncio
from collections.abc import Mapping
from typing import Literal
from xml.etree.ElementTree import Element

from backendd.api import names
from backendd.api.errors import NotAllowed, NotSupported
from backendd.api.interfaces import Option
from backendd.bus.further import option_of
from backendd.core import xml
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.part import Part
from backendd.store.ledger import Ledger
from backendd.store.view import View

Seal = Literal["always", "never", "twice"]

NAMESPACE = "urn:example:stage"


class Stage(Part):
    """Marks messages with a number; waits for `gates` and raises `errors`, by their bodies."""

    def __init__(self, home: Home) -> None:
        self.composed: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.errors: dict[str, Exception] = {}
        self.padding = 0

    async def compose(self, composition: Composition) -> None:
        body = xml.child_text(composition.stanza, xml.CLIENT, "body")
        self.composed.append(body)
        if body in self.gates:
            await self.gates[body].wait()
        if body in self.errors:
            raise self.errors[body]
        number = str(len(self.composed))
        composition.stanza.append(
            xml.element(NAMESPACE, "mark", {"number": number}, text="x" * self.padding)
        )


class Ratchet(Part):
    """Puts the text into an element of its own, with a number that must never be used twice.

    It encrypts nothing, but has what encryption has: something stored that goes on with each
    message. `at_work` is called within the transaction. It has an option of Send.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self.at_work = lambda: None
        self.gate = asyncio.Event()
        self.gate.set()
        self.has_keys = True

    def interfaces(self) -> Mapping[str, object]:
        return {names.MESSAGES: RatchetMembers()}

    async def compose(self, composition: Composition) -> None:
        text = xml.child_text(composition.stanza, xml.CLIENT, "body")
        if not text or await self._home.store.read(lambda view: _is_clear(view, composition)):
            return
        await self.gate.wait()
        if not self.has_keys:
            raise NotAllowed("there is no key for this peer")
        number = 1 + await self._home.store.read(_number)
        stanza = Element(xml.MESSAGE, composition.stanza.attrib)
        stanza.append(xml.element(NAMESPACE, "sealed", {"number": str(number)}, text=text[::-1]))
        composition.stanza = stanza

        def store(ledger: Ledger) -> None:
            ledger.db.execute("INSERT INTO ratchet (number) VALUES (?)", (number,))
            self.at_work()

        composition.works.append(store)


class RatchetMembers:
    """The option of Send: how a message is to be sealed."""

    @option_of("send")
    def seal(self, ledger: Ledger, message_id: int, seal: Seal = "always") -> None:
        if seal == "never":
            ledger.db.execute("INSERT INTO clear (message) VALUES (?)", (message_id,))
        if seal == "twice":
            raise NotSupported("nothing can be sealed twice")


SEAL = Option("seal", "s", '"always"', "always, never, twice")


class Turns(Part):
    """Composes one at a time in all lanes, as what has one state for all of them does.

    `errors` are raised by their bodies, after a turn was taken. `at_work` is called within the
    transaction.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._turn = asyncio.Lock()
        self.errors: dict[str, Exception] = {}
        self.at_work = lambda: None

    async def compose(self, composition: Composition) -> None:
        await self._turn.acquire()
        self._home.tasks.start(self._end_turn(composition), name="end a turn")
        composition.works.append(lambda ledger: self.at_work())
        body = xml.child_text(composition.stanza, xml.CLIENT, "body")
        if body in self.errors:
            raise self.errors[body]

    async def _end_turn(self, composition: Composition) -> None:
        await composition.closed.wait()
        self._turn.release()


def _is_clear(view: View, composition: Composition) -> bool:
    query = "SELECT 1 FROM clear WHERE message = ?"
    return view.db.execute(query, (composition.message,)).fetchone() is not None


def _number(view: View) -> int:
    return int(view.db.execute("SELECT coalesce(max(number), 0) FROM ratchet").fetchone()[0])


STAGE = Feature("stage", Stage)
RATCHET = Feature("ratchet", Ratchet)
TURNS = Feature("turns", Turns)
