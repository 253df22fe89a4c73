"""What rooms answer to our presence, and to what they are to be about."""

import asyncio
import secrets
from xml.etree.ElementTree import Element

from backendd.api.errors import Timeout
from backendd.core import jid
from backendd.features.rooms import reasons, stanza
from backendd.features.rooms.model import Answered, Refused, Seen
from backendd.session.home import Home

ASKED_S = 300.0
"""How long a user may take to answer what a room wants to know."""


class Answers:
    """What waits for a room to answer: our presence, one at a time, and subjects."""

    def __init__(self) -> None:
        self._id = ""
        self._nick = ""
        self._old_nick = ""
        self._answer: asyncio.Future[Seen] | None = None
        self._deadline: asyncio.Timeout | None = None
        self._is_asked = False  # the room wants something answered before
        self._said: dict[str, tuple[str, asyncio.Future[None]]] = {}
        # When the room became about what it is about; 0: before we came.
        self.subject_time = 0
        # What the room is about, None before it has told us who came in.
        self._subject: str | None = None

    def begin(self, *, is_there: bool) -> None:
        """Note that the room tells its subject to us who come in, unless it has us already."""
        if not is_there:
            self._subject, self.subject_time = None, 0

    async def ask(
        self, home: Home, address: str, presence: Element, timeout: float, *, old_nick: str = ""
    ) -> Seen:
        """Send our presence to be the occupant at `address`; return as what we are seen then.

        Under the `old_nick` we are seen as long as that isn't answered.
        """
        self._id, self._nick = secrets.token_hex(8), address.partition("/")[2]
        self._old_nick = old_nick
        presence.set("id", self._id)
        answer: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()
        self._answer, self._is_asked = answer, False
        home.stream.send(presence)
        room = address.partition("/")[0]
        try:
            async with asyncio.timeout(timeout) as self._deadline:
                return await answer
        except TimeoutError as error:
            if self._is_asked:
                raise reasons.unanswered(room) from error
            raise Timeout(f"{jid.shown(room)} doesn't answer") from error
        finally:
            self._answer = None

    def await_user(self, stanza_id: str) -> bool:
        """Wait longer, for the user has to answer something first; False where nothing waits.

        `stanza_id` is that of the presence which the room asks about.
        """
        answer = self._answer
        if answer is None or answer.done() or stanza_id != self._id or self._deadline is None:
            return False
        self._is_asked = True
        self._deadline.reschedule(asyncio.get_running_loop().time() + ASKED_S)
        return True

    def give_up(self, room: str) -> None:
        """Wait no longer for who wants something answered that the user doesn't answer."""
        if self._answer is not None and not self._answer.done() and self._is_asked:
            self._answer.set_exception(reasons.unanswered(room))

    async def change(self, home: Home, room: str, subject: str, timeout: float) -> None:
        """Say what a room is to be about; return once it has said so itself.

        Of what it is about already it needn't tell anybody again.
        """
        if subject.strip() == self._subject:
            return
        # Its word for all may have lost the id that ours had.
        stanza_id = secrets.token_hex(8)
        said: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._said[stanza_id] = (subject, said)
        home.stream.send(stanza.encode_subject(room, subject, stanza_id))
        try:
            async with asyncio.timeout(timeout):
                await said
        except TimeoutError as error:
            raise Timeout(f"{jid.shown(room)} doesn't answer") from error
        finally:
            del self._said[stanza_id]

    def hear(self, answered: Answered) -> None:
        """Take what a room says of its subject, also if that isn't waited for."""
        if answered.error is None:
            self.subject_time = 0 if self._subject is None else answered.time
            self._subject = answered.subject
        for stanza_id, (subject, said) in self._said.items():
            if said.done():
                continue
            if answered.error is None and answered.subject == subject.strip():
                said.set_result(None)
            elif answered.error is not None and answered.stanza_id == stanza_id:
                said.set_exception(reasons.of_subject(answered.error, answered.room))

    def see(self, seen: Seen | Refused) -> None:
        """Take what a room says, if it is what is waited for."""
        if self._answer is None or self._answer.done():
            return
        if isinstance(seen, Refused):
            is_ours = seen.stanza_id == self._id or (not seen.stanza_id and seen.nick == self._nick)
            if is_ours:
                error = seen.keeps_nick if self._old_nick else seen.error
                error = reasons.unanswered(seen.room) if self._is_asked else error
                self._answer.set_exception(error)
        elif seen.is_us and seen.occupant is not None and seen.nick != self._old_nick:
            self._answer.set_result(seen)
