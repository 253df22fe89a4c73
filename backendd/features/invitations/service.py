"""Invitations of one profile: those that wait for an answer, and ours to others."""

import uuid
from collections.abc import Sequence

from backendd.api import records, text
from backendd.api.errors import NotAllowed, ServerError, UnknownItem, UnknownRoom
from backendd.api.words import InvitationMethod, WarningWord
from backendd.core import clock, jid
from backendd.core.bookmarks import BookmarksChanged
from backendd.core.messages import RoomEntered
from backendd.features.invitations import stanza, store
from backendd.features.invitations.model import KIND, InvitationRefused
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import bookmarks, outbox, room_passwords
from backendd.store.ledger import Ledger
from backendd.store.outbox import Terms

WARNING: WarningWord = "invitation"

_LANE = "invitations"
_MEMBERS_ONLY = "muc_membersonly"


class Invitations(Part):
    """Keeps invitations until they are answered, here or by being in the room, and sends ours."""

    disco_features = (stanza.DIRECT,)

    def __init__(self, home: Home) -> None:
        self._home = home
        home.events.subscribe(RoomEntered, lambda event: self._settle(event.room))
        home.events.subscribe(BookmarksChanged, self._on_bookmarks)
        home.events.subscribe(InvitationRefused, self._on_refused)

    def _settle(self, room: str) -> None:
        self._home.write_soon(lambda ledger: store.remove_to(ledger, room), name="settle")

    def _on_bookmarks(self, event: BookmarksChanged) -> None:
        def work(ledger: Ledger) -> None:
            for room in event.rooms:
                if bookmarks.find(ledger, room) is not None:
                    store.remove_to(ledger, room)  # another client of ours has accepted it

        self._home.write_soon(work, name="settle")

    def _on_refused(self, event: InvitationRefused) -> None:
        who, where = jid.shown(event.invitee), jid.shown(event.room)
        sentence = f"{who} was not invited to {where}: {event.why}"
        self._home.warnings.add(WARNING, event.invitee, sentence)

    # -- theirs

    async def waiting(self) -> Sequence[records.Invitation]:
        """Return what waits for an answer, oldest first."""
        return await self._home.store.read(store.load)

    async def accept(self, id: str, nick: str) -> None:
        """Return when we are in the room; UnknownItem, and what entering it raises."""
        found = await self._home.store.read(lambda view: _require(store.find(view, id), id))
        await self._home.enter_room(found.room, nick, found.password)
        await self._home.store.write(lambda ledger: store.remove_to(ledger, found.room))

    async def decline(self, id: str, reason: str) -> None:
        """Let an invitation go; a room that has brought it tells who invited us; UnknownItem."""
        now, said = clock.now_us(), text.clean_line(reason)

        def work(ledger: Ledger) -> None:
            found = _require(store.find(ledger, id), id)
            store.remove(ledger, id)
            if not found.direct:
                wish = stanza.encode_decline(found.room, found.from_, said, str(uuid.uuid4()))
                outbox.add(ledger, wish, now, lane=_LANE, terms=Terms(kind=KIND))

        await self._home.store.write(work)

    # -- ours

    async def invite(
        self, room: str, invitee: str, reason: str, method: InvitationMethod | None
    ) -> None:
        """Invite somebody; where only members get in, by the room, which makes them one.

        Raises UnknownRoom, and what discovery does where it has to be asked.
        """
        if method is None:
            method = "mediated" if await self._is_for_members(room) else "direct"
        stanza_id, now, said = str(uuid.uuid4()), clock.now_us(), text.clean_line(reason)

        def work(ledger: Ledger) -> None:
            password = room_passwords.find(ledger, room) if method == "direct" else ""
            if method == "mediated":
                wish = stanza.encode_mediated(room, invitee, said, stanza_id)
            else:
                wish = stanza.encode_direct(room, invitee, said, password, stanza_id)
            store.note_sent(ledger, stanza_id, room, invitee, now)
            terms = Terms(kind=KIND, is_secret=bool(password))
            outbox.add(ledger, wish, now, lane=_LANE, terms=terms)

        await self._home.store.write(work)
        self._home.warnings.settle(WARNING, invitee)

    async def _is_for_members(self, room: str) -> bool:
        try:
            info = await self._home.disco.info(room, anew=True)
        except NotAllowed:
            return True
        except ServerError as error:
            if error.condition == "item-not-found":
                raise UnknownRoom(f"there is no room {jid.shown(room)}") from error
            raise
        return _MEMBERS_ONLY in info.features


def _require(found: records.Invitation | None, id: str) -> records.Invitation:
    if found is None:
        raise UnknownItem(f"there is no invitation {jid.shown(id)}; it may be answered already")
    return found
