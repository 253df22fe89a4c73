"""A backend of the tests' own: the real contract on a real bus, and what it answers is scripted.

python -m tests.primitivus.fake ADDRESS [--locked] [--none] [--history N]
"""

import asyncio
import itertools
from dataclasses import fields, replace
from typing import ClassVar, Unpack

from backendd.api.contract.messages import ConversationChanges
from backendd.api.contract.profile import SettingChanges
from backendd.api.errors import (
    FileError,
    InvalidJid,
    NotAllowed,
    ProfileLocked,
    UnknownMessage,
    UnknownProfile,
    WrongPassword,
)
from backendd.api.link import Link
from backendd.api.names import (
    BUS_NAME,
    DEFAULT_PROFILE,
    MANAGER,
    MESSAGES,
    PROFILE,
    ROOT_PATH,
    ROSTER,
    profile_path,
)
from backendd.api.records import Contact, Conversation, Hit, Message, Request, Warning
from backendd.bus.dispatcher import Bus
from backendd.core import jid
from backendd.core.rooms import Rooms
from tests.lab.patience import PATIENCE_S

ALICE = "alice@example.org"
BOB = "bob@example.org"
MIA = "mia@example.org"
# 22 November 2026, 10:36 UTC
START_US = 1_795_343_760_000_000
MINUTE_US = 60_000_000


class Calls(list):
    """What was called, in order; watchers hear of each."""

    watchers: ClassVar[set] = set()

    def append(self, call):
        super().append(call)
        for watcher in tuple(self.watchers):
            watcher()


class FakeManager:
    def __init__(self, backend):
        self.backend = backend
        self.version = "0"
        self.features = []

    @property
    def default_profile(self):
        return self.backend.profile.name if self.backend.profile else ""

    @property
    def warnings(self):
        return self.backend.warnings

    async def set_default_profile(self, name):
        raise UnknownProfile("there is only one")

    async def create_profile(
        self, name, jid, xmpp_password, profile_password, **options: Unpack[SettingChanges]
    ):
        if "@" not in jid:
            raise InvalidJid(f"{jid} is no JID")
        self.backend.made = (name, jid, xmpp_password, profile_password, options)
        return self.backend.add_profile(name, jid, profile_password).path

    async def delete_profile(self, name):
        raise UnknownProfile("no")

    async def get_profile(self, profile_key):
        for profile in self.backend.profiles:
            if profile_key in (DEFAULT_PROFILE, profile.name):
                return profile.path
        raise UnknownProfile(f"there is no profile called {profile_key}")


class Account:
    """One profile with its conversations, messages and contacts in plain dictionaries."""

    def __init__(self, backend, name, jid, password):
        self.backend = backend
        self.id = f"id-of-{name}"
        self.name = name
        self.path = profile_path(name)
        self.jid = jid
        self.password = password
        self.full_jid = f"{jid}/here"
        self.state = "online"
        self.syncing = False
        self.next_attempt = 0
        self.last_error = ("", "")
        self.show = "online"
        self.status = ""
        self.server_features = []
        self.settings = {}
        self.missing = []
        self.warnings = []
        self.messages = {}
        self.conversations = {}
        self.contacts = {}
        self.requests = {}
        self.calls = Calls()
        self.tokens = {}
        self.older = "end"  # what lies before all that is stored
        self.revisions = itertools.count(1)
        self.ids = itertools.count(1)
        self.removed = []
        # What listing messages fails with, if it does.
        self.failing = None
        self.answers = asyncio.Event()
        self.refusal = None  # what speaks against any message or draft
        self.answers.set()
        self.listed = asyncio.Event()
        self.listed.set()

    @property
    def has_password(self):
        return bool(self.password)

    async def called(self, *call):
        """Return once it has been called so; AssertionError if it isn't."""
        changed = asyncio.Event()
        Calls.watchers.add(changed.set)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while call not in self.calls:
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            raise AssertionError(f"no {call} in {self.calls}") from None
        finally:
            Calls.watchers.discard(changed.set)

    def become(self, state, error=("", ""), next_attempt=0):
        self.state, self.last_error, self.next_attempt = state, error, next_attempt
        self.profile_exported.properties_changed("State", "LastError", "NextAttempt")

    def protect(self, password):
        self.password = password
        self.profile_exported.properties_changed("HasPassword")

    def answer_older(self, peer, older):
        self.older = older
        self.messages_exported.emit("OlderChanged", peer, older)

    def lack(self, *words):
        self.missing = list(words)
        self.profile_exported.properties_changed("Missing")

    def warn(self, sentence, word="archive"):
        self.warnings.append(Warning(word=word, text=sentence, time=START_US))
        self.profile_exported.properties_changed("Warnings")

    def know(self, jid, **changes):
        contact = replace(
            self.contacts.get(jid, Contact(jid=jid, subscription="both")),
            revision=next(self.revisions),
            **changes,
        )
        self.contacts[jid] = contact
        self.roster_exported.emit("Changed", [contact])

    def ask(self, jid, text=""):
        request = Request(jid=jid, text=text, time=START_US)
        self.requests[jid] = request
        self.roster_exported.emit("RequestsChanged", [request], [])

    def message(self, peer, body, *, out=False, tell=True, **more):
        number = next(self.ids)
        values = {
            "id": number,
            "order": number,
            "peer": peer,
            "kind": "chat",
            "direction": "out" if out else "in",
            "source": "live",
            "type": "message",
            "sender": self.jid if out else peer,
            "body": body,
            "time": START_US + number * MINUTE_US,
            "state": "delivered" if out else "unread",
            "revision": next(self.revisions),
        }
        message = Message(**(values | more))
        self.messages[number] = message
        if tell:
            self.tell(message)
        return message

    def change(self, message_id, **changes):
        message = replace(self.messages[message_id], revision=next(self.revisions), **changes)
        self.messages[message_id] = message
        self.tell(message)
        return message

    def tell(self, *messages):
        for peer in {each.peer for each in messages}:
            mine = [each for each in messages if each.peer == peer]
            self.messages_exported.emit("Changed", peer, mine)
            self.converse(peer, kind=mine[-1].kind)

    def converse(self, peer, **changes):
        """Tell the conversation with `peer` as it is now."""
        record = self.record(peer, **changes)
        self.messages_exported.emit("ConversationsChanged", [record])

    def record(self, peer, **changes):
        old = self.conversations.get(peer, Conversation(peer=peer, kind="chat", notify="all"))
        held = self.of(peer)
        unread = [each for each in held if each.direction == "in" and each.state == "unread"]
        record = replace(
            old,
            unread=len(unread),
            first_unread=unread[0].id if unread else 0,
            last=held[-1] if held else None,
            revision=next(self.revisions),
            **changes,
        )
        self.conversations[peer] = record
        return record

    def of(self, peer):
        return sorted(
            (each for each in self.messages.values() if each.peer == peer),
            key=lambda each: (each.order, each.id),
        )

    def require_unlocked(self):
        if self.state == "locked":
            raise ProfileLocked("the profile password is needed first")


class FakeProfile:
    """The interface Profile of an account."""

    def __init__(self, account):
        self.account = account

    id = property(lambda self: self.account.id)
    name = property(lambda self: self.account.name)
    jid = property(lambda self: self.account.jid)
    full_jid = property(lambda self: self.account.full_jid)
    state = property(lambda self: self.account.state)
    syncing = property(lambda self: self.account.syncing)
    next_attempt = property(lambda self: self.account.next_attempt)
    last_error = property(lambda self: self.account.last_error)
    has_password = property(lambda self: self.account.has_password)
    show = property(lambda self: self.account.show)
    status = property(lambda self: self.account.status)
    server_features = property(lambda self: self.account.server_features)
    settings = property(lambda self: self.account.settings)
    missing = property(lambda self: self.account.missing)
    warnings = property(lambda self: self.account.warnings)

    async def dismiss_warnings(self, word, subject):
        self.account.warnings.clear()
        self.account.profile_exported.properties_changed("Warnings")

    async def unlock(self, profile_password):
        self.account.calls.append(("Unlock", profile_password))
        await self.account.answers.wait()
        if profile_password != self.account.password:
            raise WrongPassword("this is not the profile password")
        if self.account.state == "locked":
            self.account.become("online")

    async def lock(self):
        self.account.become("locked")

    async def connect(self):
        self.account.calls.append(("Connect",))
        self.account.become("online")

    async def disconnect(self):
        self.account.become("offline")

    async def set_presence(self, show, status):
        self.account.show, self.account.status = show, status
        self.account.profile_exported.properties_changed("Show", "Status")

    async def set_settings(self, **changes: Unpack[SettingChanges]):
        if changes.get("ca_file", "").endswith("none.pem"):
            raise FileError("ca_file can't be read: No such file or directory")
        self.account.calls.append(("SetSettings", dict(changes)))
        self.account.settings |= changes
        self.account.profile_exported.properties_changed("Settings")

    async def change_profile_password(self, old, new):
        if old != self.account.password:
            raise WrongPassword("the present profile password is another one")
        self.account.password = new

    async def set_xmpp_password(self, new):
        self.account.calls.append(("SetXmppPassword", new))

    async def set_jid(self, jid):
        if "@" not in jid:
            raise InvalidJid(f"{jid} is no JID")
        self.account.jid = jid
        self.account.profile_exported.properties_changed("Jid")

    async def wait_state(self, states, timeout_ms):
        return self.account.state


class FakeRoster:
    """The interface Roster of an account."""

    def __init__(self, account):
        self.account = account

    async def list(self):
        self.account.require_unlocked()
        return list(self.account.contacts.values())

    async def requests(self):
        self.account.require_unlocked()
        return list(self.account.requests.values())

    async def set(self, jid, name, groups):
        self.account.know(jid, name=name, groups=groups)

    async def remove(self, jid):
        self.account.contacts.pop(jid, None)
        self.account.roster_exported.emit("Removed", [jid])

    async def subscribe(self, jid, *, text=""):
        self.account.calls.append(("Subscribe", jid))
        self.account.know(jid, ask=True)

    async def unsubscribe(self, jid):
        self.account.calls.append(("Unsubscribe", jid))
        self.account.know(jid, subscription="from")

    async def approve(self, jid):
        self.account.calls.append(("Approve", jid))
        self.account.requests.pop(jid, None)
        self.account.roster_exported.emit("RequestsChanged", [], [jid])

    async def deny(self, jid):
        self.account.calls.append(("Deny", jid))
        self.account.requests.pop(jid, None)
        self.account.roster_exported.emit("RequestsChanged", [], [jid])


def _hit(message, words):
    """Return a message with where it has all of these words, None if it hasn't."""
    at = [message.body.find(word) for word in words]
    if not words or min(at) < 0:
        return None
    known = {each.name: getattr(message, each.name) for each in fields(message)}
    ranges = [(start, len(word)) for start, word in sorted(zip(at, words, strict=True))]
    return Hit(**known, snippet=message.body, ranges=ranges)


class FakeMessages:
    def __init__(self, account):
        self.profile = account

    async def send(self, peer, body, *, token="", clear_draft=False, encryption=""):
        profile = self.profile
        profile.calls.append(("Send", peer, body))
        if profile.refusal is not None:
            raise profile.refusal
        if token not in profile.tokens:
            sent = profile.message(peer, body, out=True, state="pending", tell=False)
            profile.tokens[token] = sent.id
            if clear_draft:
                profile.record(peer, draft="")
            profile.tell(sent)
        await profile.answers.wait()
        return profile.tokens[token]

    async def list(self, peer, *, before=0, after=0, around=0, limit=50):
        self.profile.require_unlocked()
        asked = {"before": before, "after": after, "around": around, "limit": limit}
        self.profile.calls.append(("List", peer, {key: at for key, at in asked.items() if at}))
        if self.profile.failing is not None:
            raise self.profile.failing
        held = self.profile.of(peer)
        ids = [each.id for each in held]
        start, end = max(0, len(held) - limit), len(held)
        if before:
            end = ids.index(before)
            start = max(0, end - limit)
        elif after:
            start = ids.index(after) + 1
            end = min(len(held), start + limit)
        elif around:
            middle = ids.index(around)
            start, end = max(0, middle - limit // 2), min(len(held), middle + limit // 2)
        return held[start:end], {"older": "local" if start else self.profile.older}

    async def get(self, id):
        return self._message(id)

    async def search(self, query, *, peer="", before=0, limit=50):
        self.profile.calls.append(("Search", query, peer, before))
        hits = [
            hit
            for message in sorted(self.profile.messages.values(), key=lambda each: -each.id)
            if (not before or message.id < before)
            and peer in ("", message.peer)
            and (hit := _hit(message, query.split()))
        ]
        return hits[:limit]

    async def changes(self, since, *, limit=200):
        self.profile.require_unlocked()
        changed = [each for each in self.profile.messages.values() if each.revision > since]
        return changed, {"removed": [], "revision": since, "more": False}

    async def wait(self, peer, after_id, timeout_ms):
        return []

    async def conversations(self):
        self.profile.require_unlocked()
        await self.profile.listed.wait()
        return [self.profile.record(peer) for peer in self.profile.conversations]

    async def mark_read(self, peer, up_to):
        profile = self.profile
        profile.calls.append(("MarkRead", peer, up_to))
        for each in profile.of(peer):
            if each.id <= up_to and each.state == "unread":
                profile.messages[each.id] = replace(each, state="read")
        profile.converse(peer, read_up_to=up_to)

    async def mark_unread(self, peer, from_):
        profile = self.profile
        for each in profile.of(peer):
            if each.id >= from_ and each.direction == "in":
                profile.messages[each.id] = replace(each, state="unread")
        profile.converse(peer)

    async def react(self, id, emojis):
        message = self._message(id)
        self.profile.calls.append(("React", id, list(emojis)))
        others = {
            emoji: rest
            for emoji, who in message.more.get("reactions", {}).items()
            if (rest := [each for each in who if each != self.profile.jid])
        }
        for emoji in emojis:
            others.setdefault(emoji, []).append(self.profile.jid)
        self.profile.change(id, more={"reactions": others})

    async def set_typing(self, peer, typing):
        self.profile.calls.append(("SetTyping", peer, typing))

    async def set_draft(self, peer, text):
        self.profile.calls.append(("SetDraft", peer, text))
        if self.profile.refusal is not None:
            raise self.profile.refusal
        self.profile.converse(peer, draft=text)

    async def retry(self, id):
        if self._message(id).state != "failed":
            raise NotAllowed("this message has not failed")
        self.profile.change(id, state="pending", error=("", ""))

    async def discard(self, id):
        gone = self.profile.messages.pop(id)
        self.profile.messages_exported.emit("Removed", gone.peer, [id])

    async def set_conversation(self, peer, **changes: Unpack[ConversationChanges]):
        self.profile.converse(peer, **changes)

    async def open(self, peer):
        held = self.profile.conversations.values()
        rooms = Rooms().knowing(each.peer for each in held if each.kind != "chat")
        whom = rooms.peer(jid.correspondent(peer))
        self.profile.converse(whom.jid, kind=whom.kind)
        return whom.jid

    async def close(self, peer):
        self.profile.conversations.pop(peer, None)
        self.profile.messages_exported.emit("ConversationsRemoved", [peer])

    def _message(self, number):
        if number not in self.profile.messages:
            raise UnknownMessage(f"there is no message {number}")
        return self.profile.messages[number]


class FakeBackend:
    """Owns the name of the backend on a private bus."""

    def __init__(self, address):
        self.address = address
        # All accounts; the first is the default one.
        self.profiles = []
        self.made = None
        self.warnings = []

    async def start(self):
        self.link = await Link.open(self.address)
        self.bus = Bus(self.link)
        self.manager_exported = self.bus.export(ROOT_PATH, MANAGER, [FakeManager(self)])
        for profile in self.profiles:
            self._export(profile)
        await self.link.request_name(BUS_NAME)

    async def crash(self):
        """Leave the bus with calls unanswered."""
        await self.link.close()

    async def stop(self):
        await self.bus.stop()
        await self.link.close()

    @property
    def profile(self):
        return self.profiles[0] if self.profiles else None

    @profile.setter
    def profile(self, profile):
        self.profiles = [profile]

    def add_profile(self, name="alice", jid=ALICE, password=""):
        profile = Account(self, name, jid, password)
        self.profiles.append(profile)
        if hasattr(self, "bus"):
            self._export(profile)
        return profile

    def remove_profile(self, profile=None):
        profile = profile or self.profile
        self.bus.unexport(profile.path)
        self.profiles.remove(profile)

    def _export(self, profile):
        path = profile.path
        profile.profile_exported = self.bus.export(path, PROFILE, [FakeProfile(profile)])
        profile.roster_exported = self.bus.export(path, ROSTER, [FakeRoster(profile)])
        profile.messages_exported = self.bus.export(path, MESSAGES, [FakeMessages(profile)])
