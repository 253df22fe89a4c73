"""The interface Rooms."""

from dataclasses import replace
from typing import Unpack

from backendd.api.contract.rooms import BookmarkChanges
from backendd.api.errors import UnknownRoom
from backendd.api.names import ROOMS
from backendd.api.records import Affiliation, Ignored, Left, Occupant, Room


class FakeRooms:
    """The interface Rooms of an account, whose rooms let everybody in."""

    def __init__(self, account):
        self.account = account

    async def join(self, room, nick, *, password="", public=False, bookmark=False):
        self.account.calls.append(("Join", room, nick, password, public))
        if self.account.room_refusal is not None:
            raise self.account.room_refusal
        nick = nick or self.account.jid.partition("@")[0]
        self.account.enter(room, **({"nick": nick} | self.account.made))

    async def leave(self, room):
        self._require(room)
        self.account.calls.append(("Leave", room))
        del self.account.rooms[room]
        self.account.occupants.pop(room, None)
        self.account.emit(ROOMS, "Removed", [room])
        self.account.converse(room, kind="room", joined=False)

    async def moderate(self, room, message_id, reason):
        self._require(room)
        self.account.calls.append(("Moderate", room, message_id, reason))
        if self.account.room_refusal is not None:
            raise self.account.room_refusal
        told = {"retracted": True, "moderated": True, "reason": reason}
        self.account.change(message_id, body="", more=told)

    async def service(self):
        self.account.calls.append(("Service",))
        if self.account.room_refusal is not None:
            raise self.account.room_refusal
        return "rooms.example.org"

    async def list(self):
        self.account.require_unlocked()
        return list(self.account.rooms.values())

    async def occupants(self, room, *, prefix="", limit=0, after=""):
        self._require(room)
        here = sorted(
            self.account.occupants.get(room, {}).values(), key=lambda each: each.nick.casefold()
        )
        found = [
            each
            for each in here
            if each.nick.casefold().startswith(prefix.casefold())
            and (not after or each.nick.casefold() > after.casefold())
        ]
        return found[:limit] if limit else found

    async def set_subject(self, room, subject):
        us = self._require(room)
        self.account.calls.append(("SetSubject", room, subject))
        if self.account.room_refusal is not None:
            raise self.account.room_refusal
        self.account.change_room(room, subject=subject, subject_by=us.nick)

    async def set_nick(self, room, nick):
        old = self._require(room)
        self.account.calls.append(("SetNick", room, nick))
        if self.account.room_refusal is not None:
            raise self.account.room_refusal
        us = self.account.occupants[room].pop(old.nick, Occupant())
        left = Left(nick=old.nick, cause="nick", new_nick=nick)
        self.account.appear(room, replace(us, nick=nick), left=[left])
        self.account.change_room(room, nick=nick)

    async def request_voice(self, room):
        self._ask("RequestVoice", room)

    async def set_role(self, room, nick, role, reason):
        self._ask("SetRole", room, nick, role, reason)
        if role == "none":
            self.account.appear(room, left=[Left(nick=nick, cause="kicked", reason=reason)])
        else:
            known = self.account.occupants[room][nick]
            self.account.appear(room, replace(known, role=role))

    async def affiliations(self, room, affiliation):
        self._ask("Affiliations", room, affiliation)
        known = self.account.affiliations.get(room, {}).values()
        return [each for each in known if affiliation in ("", each.affiliation)]

    async def set_affiliation(self, room, jid, affiliation, reason):
        self._ask("SetAffiliation", room, jid, affiliation, reason)
        known = self.account.affiliations.setdefault(room, {})
        known[jid] = Affiliation(jid=jid, affiliation=affiliation, reason=reason)

    async def configuration(self, room):
        self._ask("Configuration", room)
        return self.account.configuration

    async def configure(self, room, values):
        self._ask("Configure", room, values)

    async def destroy(self, room, reason, *, alternate=""):
        self._ask("Destroy", room, reason, alternate)
        self.account.change_room(room, state="out", error=("UnknownRoom", "it was destroyed"))

    async def bookmark(self, room, **changes: Unpack[BookmarkChanges]):
        self._ask("Bookmark", room, changes)
        known = {key: value for key, value in changes.items() if key in ("name", "autojoin")}
        self.account.change_room(room, bookmarked=True, **known)

    async def unbookmark(self, room):
        self._ask("Unbookmark", room)
        self.account.change_room(room, bookmarked=False, autojoin=False)

    async def invite(self, room, jid, reason, *, method=""):
        self._ask("Invite", room, jid, reason, method)

    async def invitations(self):
        return list(self.account.invitations.values())

    async def accept_invitation(self, id, nick):
        self._ask("AcceptInvitation", id, nick)
        self.account.enter(self.account.invitations[id].room, nick or "alice")
        self.account.settle_invitation(id)

    async def decline_invitation(self, id, reason):
        self._ask("DeclineInvitation", id, reason)
        self.account.settle_invitation(id)

    async def ignore(self, room, occupant_id, *, nick=""):
        self._ask("Ignore", room, occupant_id, nick)
        told = Ignored(room=room, occupant_id=occupant_id, nick=nick)
        self._tell_ignored(room, {**self._ignored(room), occupant_id: told})

    async def unignore(self, room, occupant_id):
        self._ask("Unignore", room, occupant_id)
        rest = {key: each for key, each in self._ignored(room).items() if key != occupant_id}
        self._tell_ignored(room, rest)

    async def ignored(self, room):
        self.account.require_unlocked()
        rooms = [room] if room else list(self.account.ignored)
        return [each for name in rooms for each in self._ignored(name).values()]

    def _ignored(self, room):
        return self.account.ignored.get(room, {})

    def _tell_ignored(self, room, ignored):
        self.account.ignored[room] = ignored
        self.account.emit(ROOMS, "IgnoredChanged", room, list(ignored.values()))
        for each in list(self.account.of(room)):
            more = {key: value for key, value in each.more.items() if key != "ignored"}
            more |= {"ignored": True} if each.occupant_id in ignored else {}
            self.account.change(each.id, more=more)

    def _ask(self, *call):
        self.account.calls.append(call)
        if self.account.room_refusal is not None:
            raise self.account.room_refusal

    def _require(self, room) -> Room:
        if room not in self.account.rooms:
            raise UnknownRoom("it isn't one of your rooms")
        return self.account.rooms[room]
