"""The bookmarks of one profile: as the server has them, and what the user does to them."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace

from backendd.api.contract.rooms import BookmarkChanges
from backendd.api.errors import (
    BackendError,
    NotConnected,
    NotSupported,
    UnknownItem,
    UnknownRoom,
)
from backendd.api.words import WarningWord
from backendd.core import jid
from backendd.core.bookmarks import Bookmark, BookmarksChanged, BookmarkWanted
from backendd.core.conversations import Behaviour
from backendd.core.rooms import RoomPasswordSet
from backendd.features.bookmarks import following, model, places, store, wishes
from backendd.features.bookmarks.changing import Changing
from backendd.features.bookmarks.model import Followed
from backendd.features.bookmarks.places import Place
from backendd.features.bookmarks.wishes import Wishes
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import bookmarks, conversations, rooms
from backendd.store.ledger import Ledger

log = logging.getLogger(__name__)

WARNING: WarningWord = "bookmark"


class Bookmarks(Part):
    """Fetches them on each stream, follows what other clients do, and enters rooms by them.

    A room is entered by its bookmark once: who left it since is not taken back there.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._place: Place | None = None
        self._writing = asyncio.Lock()
        self._changing = Changing()
        self._entered: set[str] = set()
        self._wishes = Wishes(home, self._grant)
        home.events.subscribe(Followed, self._on_followed)
        home.events.subscribe(BookmarkWanted, self._on_wanted)
        home.events.subscribe(RoomPasswordSet, self._on_password)
        home.events.subscribe(BookmarksChanged, lambda _: self._tell_wishes())

    # -- from the server

    async def set_up(self, *, resumed: bool) -> None:
        if not resumed:
            self._place = None  # it may be another server
            self._wishes.renew()
        if self._place is None:
            await self._home.missing.ask("bookmarks", self._fetch)
        self._tell_wishes()

    async def _fetch(self, timeout: float) -> None:
        try:
            while not await self._is_fetched(timeout):
                log.info("%s: bookmarks change meanwhile", self._home.profile.name)
        except NotSupported as error:
            log.info("%s: no bookmarks: %s", self._home.profile.name, error)

    async def _is_fetched(self, timeout: float) -> bool:
        """Store what the server has; False where it may be others by now."""
        home = self._home
        _, told = await home.store.read(bookmarks.keeping)
        place, found = await places.choose(home, timeout)

        def work(ledger: Ledger) -> bool:
            kind, told_now = bookmarks.keeping(ledger)
            if told_now != told:
                return False
            # What is kept in another way, or lost, says nothing of what others have changed.
            is_followed = found and kind == place.kind
            replace = following.replace if is_followed else bookmarks.replace
            replace(ledger, found)
            bookmarks.set_keeping(ledger, place.kind)
            return True

        if not await home.store.write(work):
            return False
        self._place = place
        self._enter(each.room for each in found if each.autojoin)
        return True

    def _on_followed(self, event: Followed) -> None:
        self._enter(room for room in event.enter if not self._changing.tells(room, autojoin=True))
        for room in event.leave:
            if not self._changing.tells(room, autojoin=False):
                self._entered.discard(room)
                self._home.do_soon(self._leave(room), name="leave a room")

    def _enter(self, rooms: Iterable[str]) -> None:
        for room in rooms:
            if room not in self._entered:
                self._entered.add(room)
                self._home.do_soon(self._enter_one(room), name="enter a room")

    async def _enter_one(self, room: str) -> None:
        home = self._home
        bookmark = await self._find(room)
        if bookmark is None or room in home.rooms.joined:
            return
        why = await home.store.read(lambda view: rooms.why_gone(view, room))
        if why:  # to enter it would be to make another
            self._warn(room, f"is bookmarked, but not entered: {why}")
            return
        try:
            await home.enter_room(room, bookmark.nick, bookmark.password)
        except NotConnected:
            self._entered.discard(room)  # it is tried on the next stream
        except BackendError as error:
            self._entered.discard(room)
            self._warn(room, f"is bookmarked, but can't be entered: {error}")
        else:
            home.warnings.settle(WARNING, room)

    async def _leave(self, room: str) -> None:
        try:
            await self._home.leave_room(room)
        except BackendError as error:
            log.info("%s: not left: %s", self._home.profile.name, error)

    # -- from the user

    async def bookmark(self, room: str, changes: BookmarkChanges) -> None:
        """Keep a room, or change how it is kept, on the server first."""
        async with self._writing:
            place, known = self._require(), await self._find(room)
            us = self._home.rooms.joined.get(room)
            new = known or Bookmark(room, nick=us.nick if us is not None else "")
            behaviour = Behaviour(pinned=changes.get("pinned"))
            if behaviour.pinned is not None:
                await self._home.store.write(lambda ledger: store.want(ledger, room, behaviour))
            await self._save(place, known, model.changed(new, changes), behaviour)

    def behaves(self, ledger: Ledger, conversation_id: int, behaviour: Behaviour) -> None:
        room = conversations.peer(ledger, conversation_id).jid
        if bookmarks.find(ledger, room) is not None:
            if behaviour.notify == "":  # what is usual here needn't be so elsewhere
                usual = conversations.notify(ledger, conversation_id)
                behaviour = replace(behaviour, notify=usual)
            store.wish(ledger, room, behaviour)
            ledger.after_commit(self._tell_wishes)

    def _tell_wishes(self) -> None:
        is_place = self._place is not None and self._place.kind == "items"
        if is_place and self._home.stream.is_online:
            self._wishes.tell_soon()

    async def _grant(self, room: str, wanted: Behaviour) -> None:
        """Have a bookmark say how its conversation is to behave."""
        async with self._writing:
            place, known = self._require(), await self._find(room)
            if known is None:
                await self._home.store.write(lambda ledger: store.forget(ledger, room))
            else:
                await self._save(place, known, model.behaving(known, wanted), wanted)

    async def _save(
        self, place: Place, known: Bookmark | None, wanted: Bookmark, told: Behaviour
    ) -> None:
        if wanted == known:
            await self._home.store.write(lambda ledger: following.confirm(ledger, wanted, told))
            return
        with self._changing.of(wanted.room, autojoin=wanted.autojoin):
            await place.save(wanted, lambda ledger, saved: following.keep(ledger, saved, told))

    async def unbookmark(self, room: str) -> None:
        """Keep a room no more, on the server first."""
        async with self._writing:
            place, known = self._require(), await self._find(room)
            if known is None:
                raise UnknownRoom(f"{jid.shown(room)} is not bookmarked")
            with self._changing.of(room, autojoin=False):
                await self._remove(place, known)
        self._home.warnings.settle(WARNING, room)
        self._home.warnings.settle(wishes.WARNING, room)

    async def _remove(self, place: Place, known: Bookmark) -> None:
        try:
            await place.remove(known, lambda ledger: following.forget(ledger, known.room))
        except UnknownItem:  # another client was quicker
            await self._home.store.write(lambda ledger: following.forget_known(ledger, known))

    def _on_wanted(self, event: BookmarkWanted) -> None:
        self._home.do_soon(self._keep(event), name="bookmark a room")

    async def _keep(self, wanted: BookmarkWanted) -> None:
        room = wanted.room
        self._entered.add(room)
        changes: BookmarkChanges = {"autojoin": True}
        if wanted.password:
            changes["password"] = wanted.password
        try:
            await self.bookmark(room, changes)
        except BackendError as error:
            self._warn(room, f"can't be bookmarked: {error}")

    def _on_password(self, event: RoomPasswordSet) -> None:
        self._home.do_soon(self._keep_password(event), name="keep the password of a bookmark")

    async def _keep_password(self, event: RoomPasswordSet) -> None:
        """Have a bookmark let our other clients in still, if that is what it is for."""
        known = await self._find(event.room)
        if known is None or known.password == event.password:
            return
        if not (known.autojoin or known.password):
            return  # it lets nobody in
        try:
            await self.bookmark(event.room, {"password": event.password})
        except BackendError as error:
            self._warn(event.room, f"has another password than its bookmark now: {error}")

    def _warn(self, room: str, sentence: str) -> None:
        self._home.warnings.add(WARNING, room, f"{jid.shown(room)} {sentence}")

    async def _find(self, room: str) -> Bookmark | None:
        return await self._home.store.read(lambda view: bookmarks.find(view, room))

    def _require(self) -> Place:
        if not self._home.stream.is_online:
            raise NotConnected(f'the profile "{self._home.profile.name}" is not online')
        if self._place is None:
            raise NotSupported("the server has no place for bookmarks, or has not answered yet")
        return self._place
