"""The Roster interface."""

from backendd.api.errors import UnknownItem
from backendd.api.names import ROSTER
from tests.primitivus.fake.services import handed_out


class FakeRoster:
    """The interface Roster of an account."""

    def __init__(self, account):
        self.account = account

    async def list(self):
        self.account.require_unlocked()
        return list(self.account.contacts.values())

    async def resources(self):
        self.account.require_unlocked()
        return list(self.account.clients)

    async def requests(self):
        self.account.require_unlocked()
        return list(self.account.requests.values())

    async def set(self, jid, name, groups):
        self.account.know(jid, name=name, groups=groups)

    async def remove(self, jid):
        self.account.contacts.pop(jid, None)
        self.account.emit(ROSTER, "Removed", [jid])

    async def subscribe(self, jid, *, text=""):
        self.account.calls.append(("Subscribe", jid, *filter(None, (text,))))
        self.account.know(jid, ask=True)

    async def unsubscribe(self, jid):
        self.account.calls.append(("Unsubscribe", jid))
        self.account.know(jid, subscription="from")

    async def approve(self, jid):
        self.account.calls.append(("Approve", jid))
        self.account.requests.pop(jid, None)
        self.account.emit(ROSTER, "RequestsChanged", [], [jid])

    async def deny(self, jid):
        self.account.calls.append(("Deny", jid))
        self.account.requests.pop(jid, None)
        self.account.emit(ROSTER, "RequestsChanged", [], [jid])

    async def block(self, jid, *, report=""):
        if self.account.refusal:
            raise self.account.refusal
        self.account.calls.append(("Block", jid, report))
        self.account.block(*self.account.blocked, jid)

    async def unblock(self, jid):
        self.account.calls.append(("Unblock", jid))
        if jid not in self.account.blocked:
            raise UnknownItem(f"{jid} is not blocked")
        self.account.block(*(each for each in self.account.blocked if each != jid))

    async def blocked(self):
        self.account.require_unlocked()
        return self.account.blocked

    async def avatar(self, jid):
        return handed_out(self.account.pictures, jid, "has no picture")
