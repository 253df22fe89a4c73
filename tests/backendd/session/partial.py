"""A server that answers only some questions of a set-up, or answers them late or oddly."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from backendd.core import disco, pubsub, xml
from backendd.xmpp.names import IQ
from tests.backendd.xmpp.scripted import DOMAIN, Client, Script, Scripted

ROSTER = "roster"
CARBONS = "carbons"
ARCHIVE = "archive"
PUBSUB = "pubsub"
PRIVATE = "private storage"
SERVER = "disco of the server"
ACCOUNT = "disco of the account"
PEER = "peer@s.localhost"
_WORDS = {
    xml.ROSTER: ROSTER,
    xml.CARBONS: CARBONS,
    xml.MAM: ARCHIVE,
    pubsub.PUBSUB: PUBSUB,
    pubsub.OWNER: PUBSUB,
    disco.ITEMS: PUBSUB,
    "jabber:iq:private": PRIVATE,
}
_NONE = (
    "<error type='cancel'>"
    "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
)
_ERROR = (
    "<iq type='error' id='{id}'{sender}><error type='{kind}'>"
    "<{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in the archive."""

    id: str
    body: str
    stamp: str = "2024-01-01T00:00:00Z"
    message_id: str = ""
    is_ours: bool = False
    room: str = ""  # in which it was said

    def result(self, query_id: str, own: str, archive: str) -> str:
        sender, to = (own, PEER) if self.is_ours else (f"{PEER}/x", own)
        kind = "chat"
        if self.room:
            sender, kind = f"{self.room}/{'me' if self.is_ours else 'x'}", "groupchat"
        message_id = self.message_id or f"id-{self.id}"
        return (
            f"<message{archive}><result xmlns='{xml.MAM}' queryid='{query_id}' id='{self.id}'>"
            f"<forwarded xmlns='{xml.FORWARD}'><delay xmlns='{xml.DELAY}' stamp='{self.stamp}'/>"
            f"<message xmlns='jabber:client' from='{sender}' to='{to}' type='{kind}' "
            f"id='{message_id}'><body>{self.body}</body></message></forwarded></result></message>"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What an archive query wants; `before` is None where it isn't asked for."""

    after: str
    before: str | None
    limit: int


@dataclass
class Page:
    """What an archive answers to a query."""

    kept: list[Kept] = field(default_factory=list)
    is_complete: bool = False
    last: str = ""  # what it says to ask after, where that isn't the last of them


class Partial(Scripted):
    """Answers roster, disco, carbons and archive, but for what is `silent` or `refused`.

    It has the interface of the lab's Prosody as far as homes use it.
    """

    def __init__(self, directory: Path, *, features: str = "") -> None:
        super().__init__(directory, Script(features=features))
        self.silent: set[str] = set()
        self.refused: dict[str | None, tuple[str, str]] = {}  # the condition and type of the error
        self.leaves_open: Callable[[Element], bool] = lambda _: False  # is never answered
        self.clients_can: dict[str, str] = {}  # what others answer to disco#info, by full JID
        self.server_can: tuple[str, ...] = (xml.CARBONS,)
        self.account_can: tuple[str, ...] = (xml.MAM, xml.STANZA_IDS)
        self.pubsub: Callable[[Element], str | None] = lambda _: ""  # None: no such node
        self.asked: list[tuple[str, Element]] = []
        self.queries: list[Asked] = []
        self.archive: list[Kept] = []
        self.page: Callable[[Asked], Page | None] = self.honest_page  # None: no such place
        self._waiting: defaultdict[str, list[tuple[Client, Element]]] = defaultdict(list)

    # -- what a home needs of a server

    @property
    def ca_file(self) -> Path:
        return self.authority.ca_file

    def jid(self, account: str) -> str:
        return f"user@{DOMAIN}"

    def password(self, account: str) -> str:
        return "secret"

    # -- what it was asked

    def count(self, word: str) -> int:
        return sum(1 for each, _ in self.asked if each == word)

    def question(self, word: str) -> Element:
        """The newest question of this kind."""
        return next(iq for each, iq in reversed(self.asked) if each == word)

    def is_seen(self) -> bool:
        """Whether presence came on the newest connection."""
        return any(each.tag == xml.PRESENCE for each in self.client.elements)

    # -- answers

    async def answer(self, word: str) -> None:
        """Answer what was left unanswered, and from now on at once."""
        self.silent.discard(word)
        for client, iq in self._waiting.pop(word, []):
            if not client.writer.is_closing():
                self._answer(client, word, iq)
                await client.writer.drain()

    def honest_page(self, asked: Asked) -> Page:
        """Return what an archive that does as it should has."""
        ids = [kept.id for kept in self.archive]
        if asked.before is not None:
            end = ids.index(asked.before) if asked.before else len(ids)
            start = max(0, end - asked.limit)
            return Page(self.archive[start:end], start == 0)
        start = ids.index(asked.after) + 1 if asked.after else 0
        end = start + asked.limit
        return Page(self.archive[start:end], end >= len(ids))

    def _stanza(self, client: Client, element: Element) -> None:
        if element.tag != IQ or element.get("type") not in ("get", "set"):
            super()._stanza(client, element)
            return
        self.handled += 1
        word = self._word(element)
        self.asked.append((word, element))
        if self.leaves_open(element):
            return
        if word in self.silent:
            self._waiting[word].append((client, element))
        else:
            self._answer(client, word, element)

    def _word(self, iq: Element) -> str:
        namespace = iq[0].tag[1:].partition("}")[0]
        if namespace == disco.INFO:
            to = iq.get("to", "")
            return {DOMAIN: SERVER, self.script.bound or self.jid(""): ACCOUNT}.get(to, to)
        return _WORDS.get(namespace, "")

    def _answer(self, client: Client, word: str, iq: Element) -> None:
        id_ = iq.get("id", "")
        sender = f" from='{iq.get('to')}'" if iq.get("to") else ""
        refused = next((each for each in (word, iq[0].get("node")) if each in self.refused), None)
        if refused is not None:
            condition, kind = self.refused[refused]
            client.send(_ERROR.format(id=id_, sender=sender, condition=condition, kind=kind))
            return
        answers: dict[str, Callable[[Element], str | None]] = {
            ROSTER: lambda _: f"<query xmlns='{xml.ROSTER}' ver='1'><item jid='{PEER}'/></query>",
            SERVER: lambda _: _disco(*self.server_can),
            ACCOUNT: lambda _: _disco(*self.account_can),
            ARCHIVE: lambda iq: self._query(client, iq),
            PUBSUB: lambda iq: self.pubsub(iq),
            PRIVATE: lambda _: _NONE,
        }
        payload = answers[word](iq) if word in answers else self.clients_can.get(word, "")
        if payload is None:
            condition = "item-not-found"
            client.send(_ERROR.format(id=id_, sender=sender, condition=condition, kind="cancel"))
            return
        kind = "error" if payload.startswith("<error") else "result"
        client.send(f"<iq type='{kind}' id='{id_}'{sender}>{payload}</iq>")

    def _query(self, client: Client, iq: Element) -> str | None:
        query = iq[0]
        rsm: Any = query.find(f"{{{xml.RSM}}}set")
        before = rsm.find(f"{{{xml.RSM}}}before")
        asked = Asked(
            rsm.findtext(f"{{{xml.RSM}}}after") or "",
            None if before is None else before.text or "",
            int(rsm.findtext(f"{{{xml.RSM}}}max")),
        )
        self.queries.append(asked)
        page = self.page(asked)
        if page is None:
            return None
        for kept in page.kept:
            own, archive = self.script.bound or self.jid(""), iq.get("to")
            sender = f" from='{archive}'" if archive else ""
            client.send(kept.result(query.get("queryid", ""), own, sender))
        ends = ""
        if page.kept:
            ends = f"<first>{page.kept[0].id}</first><last>{page.kept[-1].id}</last>"
        if page.last:
            ends = f"<first>{page.last}</first><last>{page.last}</last>"
        complete = " complete='true'" if page.is_complete else ""
        return f"<fin xmlns='{xml.MAM}'{complete}><set xmlns='{xml.RSM}'>{ends}</set></fin>"


def _disco(*features: str) -> str:
    found = "".join(f"<feature var='{each}'/>" for each in features)
    return f"<query xmlns='{disco.INFO}'>{found}</query>"
