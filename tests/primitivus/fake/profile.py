"""The Profile interface."""

from typing import Unpack

from backendd.api.contract.profile import SettingChanges
from backendd.api.errors import (
    FileError,
    InvalidJid,
    WrongPassword,
)


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
        self.account.warnings[:] = [
            each
            for each in self.account.warnings
            if word not in ("", each.word) or subject not in ("", each.subject)
        ]
        self.account.properties_changed("Warnings")

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
        self.account.properties_changed("Show", "Status")

    async def set_settings(self, **changes: Unpack[SettingChanges]):
        if changes.get("ca_file", "").endswith("none.pem"):
            raise FileError("ca_file can't be read: No such file or directory")
        self.account.calls.append(("SetSettings", dict(changes)))
        self.account.settings |= changes
        self.account.properties_changed("Settings")

    async def change_profile_password(self, old, new):
        if old != self.account.password:
            raise WrongPassword("the present profile password is another one")
        self.account.password = new

    async def set_xmpp_password(self, new):
        self.account.calls.append(("SetXmppPassword", new))

    async def change_xmpp_password(self, new):
        self.account.calls.append(("ChangeXmppPassword", new))

    async def remove_account(self):
        self.account.calls.append(("RemoveAccount",))
        self.account.become("offline")

    async def set_jid(self, jid):
        if "@" not in jid:
            raise InvalidJid(f"{jid} is no JID")
        self.account.jid = jid
        self.account.properties_changed("Jid")

    async def wait_state(self, states, timeout_ms):
        return self.account.state
