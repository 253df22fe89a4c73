"""What a server or peer can do (XEP-0030), asked once in a binding."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from backendd.core import jid as jids
from backendd.xmpp.names import DATA_NS, DISCO_INFO, LANG

_FORM = f"{{{DATA_NS}}}x"
_QUERY = f"{{{DISCO_INFO}}}query"
_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Identity:
    """What kind of entity answers."""

    category: str
    type: str
    name: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class DiscoInfo:
    """The answer of one entity; `forms` are its extensions (XEP-0128) as they came."""

    identities: tuple[Identity, ...]
    features: frozenset[str]
    forms: tuple[Element, ...] = ()

    def has_identity(self, category: str, kind: str) -> bool:
        """Return whether the entity is one of this kind."""
        return any(one.category == category and one.type == kind for one in self.identities)


class Ask(Protocol):
    """Asks an entity by iq of type get."""

    def __call__(self, to: str, payload: Element, timeout: float) -> Awaitable[Element]: ...


def decode(iq: Element) -> DiscoInfo:
    """Return what a result of disco#info says."""
    query = iq.find(_QUERY)
    if query is None:
        return DiscoInfo((), frozenset())
    identities = tuple(
        Identity(
            each.get("category", ""), each.get("type", ""), each.get("name", ""), each.get(LANG, "")
        )
        for each in query.iterfind(f"{{{DISCO_INFO}}}identity")
    )
    features = frozenset(each.get("var", "") for each in query.iterfind(f"{{{DISCO_INFO}}}feature"))
    return DiscoInfo(identities, features - {""}, tuple(query.iterfind(_FORM)))


class Discovery:
    """The answers of one binding, by address; failures aren't kept."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, DiscoInfo] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def info(self, jid: str, *, timeout: float = 15.0) -> DiscoInfo:
        """Return what `jid` can do; raises what a request does."""
        key = jids.received(jid).full
        if key in self._known:
            return self._known[key]
        # Those who ask at the same time share one question.
        async with self._locks[key]:
            if key not in self._known:
                answer = decode(await self._ask(key, Element(_QUERY), timeout))
                if len(self._known) >= _KEPT:
                    self.forget()
                self._known[key] = answer
            return self._known[key]

    def forget(self) -> None:
        """Ask anew from now on: another binding may find another server."""
        self._known.clear()
        self._locks.clear()
