"""What moderators, admins and owners of a room do."""

from collections.abc import Mapping, Sequence
from typing import get_args
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.errors import InvalidArgument, NotAllowed, NotConnected, NotSupported, ServerError
from backendd.api.words import Affiliation, Role
from backendd.core import form_records
from backendd.core.answers import fill_in
from backendd.core.conversations import Peer
from backendd.core.fields import Form
from backendd.core.messages import Sent
from backendd.core.rooms import RoomPasswordSet
from backendd.features.room_administration import refusals, stanza, voice
from backendd.features.room_administration.refusals import Reasons
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Ledger
from backendd.xmpp.requests import IqType

_PASSWORD = "muc#roomconfig_roomsecret"


class RoomAdministration(Part):
    """Asks a room, which decides by what we are there; it needn't be one that we are in.

    All raise what a request does, and for what the room refuses UnknownRoom, NotAllowed,
    NotSupported or HostUnreachable, each with a sentence that says why.
    """

    def __init__(self, home: Home) -> None:
        self._home = home

    async def set_role(self, room: str, nick: str, role: Role, reason: str) -> None:
        """Give an occupant a role; UnknownItem where nobody has this nick."""
        if not nick:
            raise InvalidArgument("somebody in a room has a nick")
        wish = stanza.set_role(nick, role, text.clean_line(reason))
        await self._ask("set", room, wish, refusals.ROLE)

    async def request_voice(self, room: str) -> None:
        """Ask the moderators of a room that we are in to let us speak."""
        home, place = self._home, Peer(room, "room")
        if not home.stream.is_online:
            raise NotConnected("who asks to speak in a room has to be there: connect first")

        def work(ledger: Ledger) -> None:
            home.permit(ledger, place)
            voice.ask(ledger, home.own, place)

        await home.store.write(work)
        home.events.publish(Sent(room))

    async def affiliations(
        self, room: str, affiliation: Affiliation | None
    ) -> Sequence[records.Affiliation]:
        """Return who has an affiliation; with None all whose lists the room shows us."""
        if affiliation is not None:
            return await self._affiliations(room, affiliation)
        found, refused = list[records.Affiliation](), list[NotAllowed]()
        lists = [each for each in reversed(get_args(Affiliation)) if each != "none"]
        for each in lists:
            try:
                found += await self._affiliations(room, each)
            except NotAllowed as error:
                refused.append(error)
        if len(refused) == len(lists):
            raise refused[0]
        return found

    async def set_affiliation(
        self, room: str, address: str, affiliation: Affiliation, reason: str
    ) -> None:
        """Give somebody an affiliation, who needn't be there."""
        wish = stanza.set_affiliation(address, affiliation, text.clean_line(reason))
        await self._ask("set", room, wish, refusals.AFFILIATION)

    async def configuration(self, room: str) -> records.Form:
        """Return how a room is set up, as a form to fill in."""
        return form_records.to_record(await self._configuration(room))

    async def configure(self, room: str, answers: Mapping[str, Sequence[str]]) -> None:
        """Set a room up: `answers` by field, what isn't answered stays; FormRejected."""
        filled = fill_in(await self._configuration(room), answers)
        await self._ask("set", room, stanza.configure(filled), refusals.FORM)
        if _PASSWORD in answers:
            password = "".join(answers[_PASSWORD][:1])
            self._home.events.publish(RoomPasswordSet(room, password))

    async def destroy(self, room: str, reason: str, alternate: str) -> None:
        """Destroy a room; who is in it is told why, and of another one to go to."""
        wish = stanza.destroy(text.clean_line(reason), alternate)
        await self._ask("set", room, wish, refusals.OWNER)

    async def _affiliations(
        self, room: str, affiliation: Affiliation
    ) -> Sequence[records.Affiliation]:
        asked = stanza.ask_affiliations(affiliation)
        answer = await self._ask("get", room, asked, refusals.LIST)
        return stanza.decode_affiliations(answer, affiliation)

    async def _configuration(self, room: str) -> Form:
        answer = await self._ask("get", room, stanza.ask_configuration(), refusals.OWNER)
        form = stanza.decode_configuration(answer)
        if form is None:
            raise NotSupported("this room has nothing that could be configured")
        return form

    async def _ask(self, kind: IqType, room: str, payload: Element, reasons: Reasons) -> Element:
        try:
            return await self._home.stream.request(kind, room, payload)
        except ServerError as error:
            raise refusals.explained(error, room, reasons) from error
