"""What may be said of one content of a session when (XEP-0166 section 7.2)."""

from collections.abc import Callable, Mapping
from enum import Enum
from xml.etree.ElementTree import Element

from backendd.jingle import elements, reasons, refusals
from backendd.jingle.elements import Content, Role, Said
from backendd.jingle.events import Accepted, Answered, Ended, Event, Informed, WantsOther
from backendd.jingle.reasons import CANCEL, DECLINE, Reason
from backendd.jingle.refusals import Refused

_REMOVALS = ("content-reject", "content-remove")


class State(Enum):
    """How far a session is, or a content of it."""

    PENDING = "pending"  # offered, not yet accepted
    ACTIVE = "active"
    ENDED = "ended"


class Negotiation:
    """One content of a session: what we say of it are elements to send, what we hear events.

    `role` is the side that we are; `is_added` where it came into a session that was there already.
    """

    def __init__(self, sid: str, role: Role, content: Content, *, is_added: bool = False) -> None:
        self.content = content
        self.state = State.PENDING
        self._sid = sid
        self._role = role
        self._is_added = is_added
        self._is_replacing = False
        self._heard: Mapping[str, Callable[[Said, Content], Event | None]] = {
            "content-reject": self._removed,
            "content-remove": self._removed,
            "description-info": self._described,
            "session-accept": self._accepted,
            "transport-accept": self._answered,
            "transport-info": self._informed,
            "transport-reject": self._answered,
            "transport-replace": self._wants_other,
        }

    # -- what we say

    def inform(self, transport: Element) -> Element:
        """Return what says something of the way that is being tried."""
        return self._say("transport-info", transport)

    def replace(self, transport: Element) -> Element:
        """Return what asks for another way."""
        self._is_replacing = True
        return self._say("transport-replace", transport)

    def accept_transport(self, transport: Element) -> Element:
        """Return what takes the other way that the other side wants."""
        return self._say("transport-accept", transport)

    def reject_transport(self, transport: Element) -> Element:
        """Return what refuses the other way that the other side wants."""
        return self._say("transport-reject", transport)

    def note(self, info: Element) -> Element:
        """Return what says something of the file."""
        return elements.encode("session-info", self._sid, [info])

    def leave(self, reason: Reason) -> Element:
        """Return what takes it out of a session that goes on."""
        is_rejected = self._is_added and self.state is State.PENDING and not reason.is_success
        action = "content-reject" if is_rejected else "content-remove"
        self.state = State.ENDED
        said = [elements.encode_content(self.content), reasons.encode(reason)]
        return elements.encode(action, self._sid, said)

    def _say(self, action: str, transport: Element) -> Element:
        content = elements.encode_content(self.content, transport=transport)
        return elements.encode(action, self._sid, [content])

    # -- what we hear

    def hear(self, said: Said, content: Content) -> Event | None:
        """Return what the other side's word on it means, None where it means nothing; Refused."""
        heard = self._heard.get(said.action)
        if heard is None:
            raise Refused("feature-not-implemented")
        if self.state is not State.ENDED:
            return heard(said, content)
        if said.action in _REMOVALS:
            return None  # both sides have done with it
        raise Refused("item-not-found")

    def _described(self, said: Said, content: Content) -> None:
        """Nothing said of a file changes it."""

    def _informed(self, said: Said, content: Content) -> Informed:
        return Informed(_transport(content))

    def _removed(self, said: Said, content: Content) -> Ended:
        reason = said.reason or (DECLINE if said.action == "content-reject" else CANCEL)
        # What has succeeded for them may still be on its way to us.
        if self.state is not State.ACTIVE or not reason.is_success:
            self.state = State.ENDED
        return Ended(reason)

    def _accepted(self, said: Said, content: Content) -> Accepted:
        if self.state is not State.PENDING or self.content.creator != self._role:
            raise refusals.out_of_order()
        transport = _transport(content)
        self.state = State.ACTIVE
        return Accepted(content.description, transport)

    def _wants_other(self, said: Said, content: Content) -> WantsOther:
        transport = _transport(content)
        if self.state is not State.ACTIVE:
            raise refusals.out_of_order()
        if self._is_replacing and self._role == "initiator":
            raise refusals.tie_break()
        return WantsOther(transport)

    def _answered(self, said: Said, content: Content) -> Answered:
        if not self._is_replacing:
            raise refusals.out_of_order()
        transport = None if said.action == "transport-reject" else _transport(content)
        self._is_replacing = False
        return Answered(transport)


def _transport(content: Content) -> Element:
    if content.transport is None:
        raise Refused("bad-request")
    return content.transport
