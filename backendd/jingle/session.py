"""A session, with the contents that are in it: what may be said when (XEP-0166 section 6)."""

import secrets
from collections.abc import Sequence
from typing import Final, Self
from xml.etree.ElementTree import Element

from backendd.api.tuples import NamedTuple
from backendd.core import xml
from backendd.jingle import elements, reasons, refusals
from backendd.jingle.elements import Content, Role, Said
from backendd.jingle.events import Ended, Event, Noted
from backendd.jingle.names import FILES
from backendd.jingle.negotiation import Negotiation, State
from backendd.jingle.reasons import SUCCESS, Reason
from backendd.jingle.refusals import Refused

MOST: Final = 500
"""Contents that there may ever have been in one session."""

_NEWS = ((FILES, "checksum"), (FILES, "received"))


def new_id() -> str:
    """Return an id that no other session has."""
    return secrets.token_hex(12)


class Heard(NamedTuple):
    """What the other side's word means, and of which content."""

    of: Negotiation
    event: Event


class Session:
    """One of the two sides of a session: what it says are elements to send, what it hears events.

    `own` is our full JID, `role` the side we are.
    """

    def __init__(self, sid: str, own: str, role: Role) -> None:
        self.sid = sid
        self.own = own
        self.role = role
        self.state = State.PENDING
        self._contents: dict[tuple[str, str], Negotiation] = {}
        self._has_succeeded = False

    @classmethod
    def begin(cls, own: str, sid: str = "") -> Self:
        """Return a session of ours, with a new id where none is given."""
        return cls(sid or new_id(), own, "initiator")

    @property
    def standing(self) -> Sequence[Negotiation]:
        """The contents that neither side has done with."""
        return [each for each in self._contents.values() if each.state is not State.ENDED]

    def add(self, contents: Sequence[Content], *, is_added: bool = False) -> Sequence[Negotiation]:
        """Return what contents become that come in; Refused where there is no place for them."""
        if len(self._contents) + len(contents) > MOST:
            raise Refused("resource-constraint")
        keys = [each.key for each in contents]
        taken = [each.content.key for each in self.standing]
        if len({*keys, *taken}) < len(keys) + len(taken):
            raise Refused("bad-request")
        made = [Negotiation(self.sid, self.role, each, is_added=is_added) for each in contents]
        self._contents |= zip(keys, made, strict=True)
        return made

    # -- what we say

    def initiate(self, of: Negotiation, description: Element, transport: Element) -> Element:
        """Return what offers a file, or asks for it."""
        return self._say("session-initiate", of, description, transport)

    def accept(self, of: Negotiation, description: Element, transport: Element) -> Element:
        """Return what takes a file; of a session that they began the first one begins it."""
        is_first = self.role == "responder" and self.state is State.PENDING
        if is_first:
            self.state = State.ACTIVE
        if of.state is State.PENDING:
            of.state = State.ACTIVE
        action = "session-accept" if is_first else "content-accept"
        return self._say(action, of, description, transport)

    def leave(self, of: Negotiation, reason: Reason) -> Sequence[Element]:
        """Return what says that we have done with a content, and with the session after the last.

        Of a file that came they know already.
        """
        self._has_succeeded |= reason.is_success
        is_known = reason.is_success and of.state is State.ACTIVE
        is_last = all(each is of for each in self.standing)
        is_said_by_the_end = is_last and (reason.is_success or not self._has_succeeded)
        said = [] if is_known or is_said_by_the_end else [of.leave(reason)]
        of.state = State.ENDED
        return [*said, *self.close(reason)]

    def close(self, reason: Reason) -> Sequence[Element]:
        """Return what ends the session where nothing stands of it any more, else nothing."""
        if self.state is State.ENDED or self.standing:
            return []
        self.state = State.ENDED
        why = SUCCESS if self._has_succeeded else reason
        return [elements.encode("session-terminate", self.sid, [reasons.encode(why)])]

    def _say(
        self, action: str, of: Negotiation, description: Element, transport: Element
    ) -> Element:
        content = elements.encode_content(of.content, description=description, transport=transport)
        role = self.role if action.startswith("session-") else None
        return elements.encode(action, self.sid, [content], role=role, by=self.own)

    # -- what we hear

    def hear(self, said: Said) -> Sequence[Heard]:
        """Return what the other side's word means; Refused."""
        if self.state is State.ENDED:
            raise refusals.unknown_session()
        match said.action:
            case "session-initiate":
                raise refusals.out_of_order()
            case "session-terminate":
                return self.end(said.reason or Reason("general-error"))
            case "session-info":
                return self._noted(said)
            case "session-accept" if self.role == "responder" or self.state is not State.PENDING:
                raise refusals.out_of_order()
        heard = self._of_contents(said)
        if said.action == "session-accept":
            self.state = State.ACTIVE
        return heard

    def end(self, reason: Reason) -> Sequence[Heard]:
        """Have all of it ended for `reason`, and return what that means."""
        ended = self.standing
        self.state = State.ENDED
        for each in ended:
            each.state = State.ENDED
        return [Heard(each, Ended(reason)) for each in ended]

    def _of_contents(self, said: Said) -> Sequence[Heard]:
        found = [(self._find(each.creator, each.name), each) for each in said.contents]
        if not found:
            raise Refused("bad-request")
        heard: list[Heard] = []
        for of, content in found:
            if of is None:
                raise Refused("bad-request")
            event = of.hear(said, content)
            heard += [] if event is None else [Heard(of, event)]
        return heard

    def _noted(self, said: Said) -> Sequence[Heard]:
        info = said.info
        if info is None:
            return []  # a ping
        if xml.split(info.tag) not in _NEWS:
            raise Refused("feature-not-implemented", "unsupported-info")
        of = self._find(info.get("creator", ""), info.get("name", ""))
        if of is None and len(self._contents) == 1:
            (of,) = self._contents.values()  # where there is only one, they needn't say
        return [] if of is None else [Heard(of, Noted(info))]

    def _find(self, creator: str, name: str) -> Negotiation | None:
        """Return the content that something is said of; some get its creator wrong."""
        named = (each for each in self._contents.values() if each.content.name == name)
        return self._contents.get((creator, name)) or next(named, None)
