"""A session about one file: what may be said in it when (XEP-0166 section 6)."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Self
from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.core import xml
from backendd.jingle import elements, reasons, refusals
from backendd.jingle.elements import Content, Role, Said, Senders
from backendd.jingle.names import FILES
from backendd.jingle.reasons import Reason
from backendd.jingle.refusals import Refused


class State(Enum):
    """How far a session is."""

    PENDING = "pending"  # offered, not yet accepted
    ACTIVE = "active"
    ENDED = "ended"


class Accepted(Value):
    """The other side takes the file: `description` says what of it, `transport` how."""

    description: Element | None
    transport: Element


class Informed(Value):
    """The other side says something of the way that is being tried."""

    transport: Element


class WantsOther(Value):
    """The other side wants another way."""

    transport: Element


class Answered(Value):
    """The other side takes the other way that we want; None where it doesn't."""

    transport: Element | None


class Noted(Value):
    """The other side says something of the file."""

    info: Element


class Ended(Value):
    """The other side has ended the session."""

    reason: Reason


Event = Accepted | Informed | WantsOther | Answered | Noted | Ended


class Session:
    """One of the two sides of a session: what it says are elements to send, what it hears events.

    `own` is our full JID, `role` the side we are.
    """

    def __init__(self, sid: str, own: str, role: Role, content: Content) -> None:
        self.sid = sid
        self.own = own
        self.role = role
        self.content = content
        self.state = State.PENDING
        self._is_replacing = False
        self._heard: Mapping[str, Callable[[Said], Event | None]] = {
            "content-reject": self._removed,
            "content-remove": self._removed,
            "description-info": self._described,
            "session-accept": self._accepted,
            "session-info": self._noted,
            "session-initiate": self._began,
            "session-terminate": self._terminated,
            "transport-accept": self._answered,
            "transport-info": self._informed,
            "transport-reject": self._answered,
            "transport-replace": self._wants_other,
        }

    @classmethod
    def begin(cls, own: str, senders: Senders = "initiator") -> Self:
        """Return a session of ours in which a file is going to be offered, or asked for."""
        return cls(secrets.token_hex(12), own, "initiator", Content("initiator", "file", senders))

    @property
    def is_sender(self) -> bool:
        """Whether it is we who have the file."""
        return self.content.senders == self.role

    # -- what we say

    def initiate(self, description: Element, transport: Element) -> Element:
        """Return what offers the file, or asks for it."""
        return self._say("session-initiate", description, transport, signed=True)

    def accept(self, description: Element, transport: Element) -> Element:
        """Return what takes the file."""
        self.state = State.ACTIVE
        return self._say("session-accept", description, transport, signed=True)

    def inform(self, transport: Element) -> Element:
        """Return what says something of the way that is being tried."""
        return self._say("transport-info", None, transport)

    def replace(self, transport: Element) -> Element:
        """Return what asks for another way."""
        self._is_replacing = True
        return self._say("transport-replace", None, transport)

    def accept_transport(self, transport: Element) -> Element:
        """Return what takes the other way that the other side wants."""
        return self._say("transport-accept", None, transport)

    def reject_transport(self, transport: Element) -> Element:
        """Return what refuses the other way that the other side wants."""
        return self._say("transport-reject", None, transport)

    def note(self, info: Element) -> Element:
        """Return what says something of the file."""
        return elements.encode("session-info", self.sid, [info])

    def terminate(self, reason: Reason) -> Element:
        """Return what ends the session."""
        self.state = State.ENDED
        return elements.encode("session-terminate", self.sid, [reasons.encode(reason)])

    def _say(
        self,
        action: str,
        description: Element | None,
        transport: Element | None,
        *,
        signed: bool = False,
    ) -> Element:
        content = elements.encode_content(
            self.content, description=description, transport=transport
        )
        role = self.role if signed else None
        return elements.encode(action, self.sid, [content], role=role, by=self.own)

    # -- what we hear

    def hear(self, said: Said) -> Event | None:
        """Return what the other side's word means, None where it means nothing; Refused."""
        if self.state is State.ENDED:
            raise refusals.unknown_session()
        heard = self._heard.get(said.action)
        if heard is None:
            raise Refused("feature-not-implemented")
        return heard(said)

    def _began(self, said: Said) -> None:
        raise refusals.out_of_order()

    def _described(self, said: Said) -> None:
        self._find(said)

    def _informed(self, said: Said) -> Informed:
        return Informed(self._transport(said))

    def _removed(self, said: Said) -> Ended:
        self._find(said)
        default = Reason("decline" if said.action == "content-reject" else "cancel")
        return self._ended(said.reason or default)

    def _terminated(self, said: Said) -> Ended:
        return self._ended(said.reason or Reason("general-error"))

    def _accepted(self, said: Said) -> Accepted:
        if self.role == "responder" or self.state is not State.PENDING:
            raise refusals.out_of_order()
        content, transport = self._find(said), self._transport(said)
        self.state = State.ACTIVE
        return Accepted(content.description, transport)

    def _noted(self, said: Said) -> Noted | None:
        if said.info is None:
            return None  # a ping
        if xml.split(said.info.tag) not in ((FILES, "checksum"), (FILES, "received")):
            raise Refused("feature-not-implemented", "unsupported-info")
        return Noted(said.info)

    def _ended(self, reason: Reason) -> Ended:
        self.state = State.ENDED
        return Ended(reason)

    def _wants_other(self, said: Said) -> WantsOther:
        transport = self._transport(said)
        if self.state is not State.ACTIVE:
            raise refusals.out_of_order()
        if self._is_replacing and self.role == "initiator":
            raise refusals.tie_break()
        return WantsOther(transport)

    def _answered(self, said: Said) -> Answered:
        if not self._is_replacing:
            raise refusals.out_of_order()
        if said.action == "transport-reject":
            self._find(said)
            transport = None
        else:
            transport = self._transport(said)
        self._is_replacing = False
        return Answered(transport)

    def _find(self, said: Said) -> Content:
        """Return what is said of our content, where it is about that and nothing else."""
        if len(said.contents) != 1 or said.contents[0].name != self.content.name:
            raise Refused("bad-request")
        return said.contents[0]

    def _transport(self, said: Said) -> Element:
        transport = self._find(said).transport
        if transport is None:
            raise Refused("bad-request")
        return transport


def begun(said: Said, own: str) -> Session:
    """Return the session that the other side begins; Refused where it is about no file."""
    if len(said.contents) != 1:
        raise Refused("bad-request" if not said.contents else "not-acceptable")
    content = said.contents[0]
    if content.description is None or content.transport is None:
        raise Refused("bad-request")
    return Session(said.sid, own, "responder", replace(content, creator="initiator"))
