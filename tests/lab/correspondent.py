"""Somebody else on the XMPP network: a small client for one account, for tests and the demo."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from xml.etree.ElementTree import Element, SubElement

from slixmpp import JID, ClientXMPP

from tests.lab.patience import PATIENCE_S

_PLUGINS = (
    "xep_0030",  # what it can do
    "xep_0085",  # chat states
    "xep_0184",  # receipts: answered by the plugin itself
    "xep_0199",  # pings
    "xep_0333",  # displayed markers
)


_PUBSUB = "http://jabber.org/protocol/pubsub"
_FORM = "jabber:x:data"
_ATOM = "http://www.w3.org/2005/Atom"
_MICROBLOG = "urn:xmpp:microblog:0"


@dataclass(frozen=True, slots=True)
class Received:
    """A message that arrived: its sender's JID, its `id` attribute and its text.

    The JID is bare, or that of an occupant of a room.
    """

    sender: str
    message_id: str
    body: str


class Correspondent:
    """A client that is online from `connect` to `close` and befriends whoever asks."""

    def __init__(self, jid: str, password: str, *, port: int, ca_file: Path) -> None:
        self.jid = jid
        self.received: list[Received] = []
        """All messages with a text, in order of arrival."""
        self.on_message: Callable[[Received], None] = lambda _: None
        """Called for each message with a text."""
        self.on_said: Callable[[Received], None] = lambda _: None
        """Called for what others say in the room it is in."""
        self._port = port
        self._changed = asyncio.Event()
        self._problem = ""
        self._online = False
        self._room = ""
        self._client = ClientXMPP(jid, password)
        self._client.ca_certs = ca_file
        self._client.enable_direct_tls = False  # a given port is tried with direct TLS first
        for plugin in _PLUGINS:
            self._client.register_plugin(plugin)
        for event, handler in (
            ("session_start", self._on_session),
            ("message", self._on_message),
            ("roster_update", self._on_change),
            ("changed_subscription", self._on_change),
            ("changed_status", self._on_change),
            ("failed_all_auth", self._on_problem),
            ("connection_failed", self._on_problem),
        ):
            self._client.add_event_handler(event, handler)

    async def connect(self) -> Self:
        """Return when it is online and its contacts can see it."""
        self._client.connect("127.0.0.1", self._port)
        await self._until(lambda: self._online, "online")
        return self

    async def close(self) -> None:
        """Leave; messages to it are then kept by the server."""
        await self._client.disconnect()

    def send(self, to: str, body: str) -> str:
        """Send a message; return its `id` attribute."""
        message = self._client.make_message(mto=to, mbody=body, mtype="chat")
        message["markable"] = True
        message["request_receipt"] = True
        message.send()
        return str(message["id"])

    async def open_room(self, room: str, nick: str) -> None:
        """Make a room that all may find, enter and give a topic; return when it is ready."""
        entry = self._client.make_presence(pto=f"{room}/{nick}")
        entry.append(Element("{http://jabber.org/protocol/muc}x"))
        entry.send()
        self._room = f"{room}/{nick}"
        ready = self._client.make_iq_set(ito=room)
        query = Element("{http://jabber.org/protocol/muc#owner}query")
        form = SubElement(query, "{jabber:x:data}x", type="submit")
        for var, value in (
            ("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig"),
            ("muc#roomconfig_changesubject", "1"),
            ("muc#roomconfig_publicroom", "1"),
        ):
            field = SubElement(form, "{jabber:x:data}field", var=var)
            SubElement(field, "{jabber:x:data}value").text = value
        ready.append(query)
        answered: Any = ready
        await answered.send()

    def say(self, body: str) -> None:
        """Say something in the room it is in."""
        room = self._room.partition("/")[0]
        self._client.make_message(mto=room, mbody=body, mtype="groupchat").send()

    def tell_typing(self, to: str) -> None:
        """Say that it is writing to `to`."""
        state = self._client.make_message(mto=to, mtype="chat")
        state["chat_state"] = "composing"
        state.send()

    def tell_displayed(self, message: Received) -> None:
        """Say that a message was read."""
        self._client.plugin["xep_0333"].send_marker(
            JID(message.sender), message.message_id, "displayed"
        )

    async def open_blog(self) -> None:
        """Have a blog of its own that anybody may read."""
        options = (("FORM_TYPE", f"{_PUBSUB}#node_config"), ("pubsub#access_model", "open"))
        pubsub = Element(f"{{{_PUBSUB}}}pubsub")
        SubElement(pubsub, f"{{{_PUBSUB}}}create", node=_MICROBLOG)
        form = SubElement(SubElement(pubsub, f"{{{_PUBSUB}}}configure"), f"{{{_FORM}}}x")
        form.set("type", "submit")
        for var, value in options:
            field = SubElement(form, f"{{{_FORM}}}field", var=var)
            SubElement(field, f"{{{_FORM}}}value").text = value
        await self._ask(pubsub)

    async def publish(self, id: str, title: str, text: str, time: str) -> None:
        """Write an entry into its blog, as of a time (RFC 3339)."""
        pubsub = Element(f"{{{_PUBSUB}}}pubsub")
        publish = SubElement(pubsub, f"{{{_PUBSUB}}}publish", node=_MICROBLOG)
        entry = SubElement(SubElement(publish, f"{{{_PUBSUB}}}item", id=id), f"{{{_ATOM}}}entry")
        said = {"title": title, "content": text, "id": id, "published": time, "updated": time}
        for name, value in said.items():
            SubElement(entry, f"{{{_ATOM}}}{name}").text = value
        await self._ask(pubsub)

    async def befriend(self, jid: str) -> None:
        """Ask `jid`, who must let it, and return when each sees the other."""
        self._client.send_presence_subscription(pto=jid)
        roster = self._client.client_roster
        await self._until(lambda: roster[jid]["subscription"] == "both", f"a friend of {jid}")

    async def wait_online(self, jid: str) -> None:
        """Return once a contact is online with some client."""
        roster = self._client.client_roster
        await self._until(lambda: bool(roster[jid].resources), f"seeing {jid} online")

    async def wait_for(self, body: str) -> Received:
        """Return the first message with this text once it is here."""
        await self._until(lambda: any(m.body == body for m in self.received), f"told {body!r}")
        return next(m for m in self.received if m.body == body)

    async def _ask(self, payload: Element) -> None:
        stanza: Any = self._client.make_iq_set(sub=payload)
        await stanza.send()

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
                    if self._problem:
                        raise AssertionError(f"{self.jid} can't connect: {self._problem}")
        except TimeoutError:
            raise AssertionError(f"{self.jid} is not {what} after {PATIENCE_S} s") from None

    async def _on_session(self, _: Any) -> None:
        await self._client.get_roster()
        self._client.send_presence()
        self._online = True
        self._changed.set()

    def _on_message(self, stanza: Any) -> None:
        if stanza["type"] == "groupchat":
            self._on_room(stanza)
            return
        if stanza["type"] not in ("chat", "normal") or not stanza["body"]:
            return
        message = Received(stanza["from"].bare, stanza["id"], stanza["body"])
        self.received.append(message)
        self._changed.set()
        self.on_message(message)

    def _on_room(self, stanza: Any) -> None:
        sender = stanza["from"]
        is_news = stanza.xml.find("{urn:xmpp:delay}delay") is None
        if stanza["body"] and sender.resource and sender.full != self._room and is_news:
            self.on_said(Received(sender.full, stanza["id"], stanza["body"]))

    def _on_change(self, _: Any) -> None:
        self._changed.set()

    def _on_problem(self, why: Any) -> None:
        self._problem = str(why)
        self._changed.set()
