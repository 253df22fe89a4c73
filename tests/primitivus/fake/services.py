"""The Services interface."""

import os
from dataclasses import dataclass, field

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.errors import FormRejected, NotSupported, UnknownItem
from tests.primitivus.fake.account import START_US

COMMANDS = "http://jabber.org/protocol/commands"


@dataclass
class Entity:
    """What an entity, or a node of it, answers."""

    info: records.Info = field(default_factory=records.Info)
    items: list = field(default_factory=list)
    external: list = field(default_factory=list)
    form: records.Form = field(default_factory=records.Form)
    found: records.Form = field(default_factory=records.Form)
    # What comes inside of its forms, by address.
    media: dict = field(default_factory=dict)
    # What a command answers, one after the other.
    stages: list = field(default_factory=list)


def handed_out(kept, name, lack="is not there"):
    """Return what is kept under a name as a file; UnknownItem."""
    if name not in kept:
        raise UnknownItem(f"{name} {lack}")
    number = os.memfd_create("handed out")
    os.pwrite(number, kept[name], 0)
    return Descriptor(number)


class FakeServices:
    """The interface Services of an account: what it tells stands in `account.entities`."""

    def __init__(self, account):
        self.account = account

    def _entity(self, jid, node=""):
        self.account.require_unlocked()
        try:
            return self.account.entities[jid or "example.org", node]
        except KeyError:
            raise UnknownItem(f"{jid} refuses: item not found") from None

    async def info(self, jid, node):
        self.account.calls.append(("Info", jid, node))
        return self._entity(jid, node).info

    async def items(self, jid, node, *, limit=100, after=""):
        self.account.calls.append(("Items", jid, node, after))
        items = self._entity(jid, node).items
        start = int(after or 0)
        end = start + limit
        return items[start:end], {
            "next": str(end) if end < len(items) else "",
            "total": len(items),
        }

    async def ping(self, jid):
        if held := self.account.held.pop("Ping", None):
            await held.wait()
        self._entity(jid)
        return 12_345

    async def software_version(self, jid):
        self._entity(jid)
        return records.SoftwareVersion(name="Example", version="1.0", os="Plan 9")

    async def last_activity(self, jid):
        self._entity(jid)
        return records.LastActivity(time=START_US)

    async def challenges(self):
        self.account.require_unlocked()
        return list(self.account.challenges.values())

    async def answer_challenge(self, id, values):
        self.account.calls.append(("AnswerChallenge", id, values))
        self.account.settle_challenge(id)
        if values.get("ocr") != ["seal"]:
            raise FormRejected("this isn't what it wanted to hear")

    async def decline_challenge(self, id):
        self.account.calls.append(("DeclineChallenge", id))
        self.account.settle_challenge(id)

    async def media(self, jid, uri):
        return handed_out(self._entity(jid).media, uri)

    async def entity_time(self, jid):
        self._entity(jid)
        return records.EntityTime(time=START_US, offset=-5400)

    async def commands(self, jid):
        return self._entity(jid, COMMANDS).items

    async def execute(self, jid, node, session, action, values):
        self.account.calls.append(("Execute", jid, node, session, action, values))
        answer = self._entity(jid, node).stages.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def register_form(self, jid):
        return self._entity(jid).form

    async def register(self, jid, values, *, remove=False):
        self.account.calls.append(("Register", jid, values, remove))

    async def search_form(self, jid):
        return self._entity(jid).form

    async def search(self, jid, values):
        self.account.calls.append(("Search", jid, values))
        return self._entity(jid).found

    async def archive_preferences(self):
        self.account.require_unlocked()
        return self.account.archive

    async def set_archive_preferences(self, preferences):
        self.account.calls.append(("SetArchivePreferences", dict(preferences)))

    async def external_services(self, jid):
        found = self._entity(jid).external
        if not found:
            raise NotSupported(f"{jid} refuses: service unavailable")
        return found

    async def v_card(self, jid):
        self.account.require_unlocked()
        try:
            return self.account.vcards[jid]
        except KeyError:
            raise UnknownItem(f"{jid} has no vCard") from None

    async def set_v_card(self, vcard):
        self.account.calls.append(("SetVCard", dict(vcard)))

    async def set_avatar(self, image):
        self.account.pictures[""] = os.pread(image.fileno(), 1000, 0)
