"""The Manager interface."""

from typing import Unpack

from backendd.api.contract.manager import FrontendState
from backendd.api.contract.profile import ConnectionSettings, ServerSettings
from backendd.api.errors import (
    FormRejected,
    HostUnreachable,
    InvalidJid,
    UnknownProfile,
)
from backendd.api.names import (
    DEFAULT_PROFILE,
)
from tests.primitivus.fake.services import handed_out


class FakeManager:
    def __init__(self, backend):
        self.backend = backend
        self.version = "0"
        self.features = []

    @property
    def default_profile(self):
        return self.backend.profile.name if self.backend.profile else ""

    @property
    def quiet_time(self):
        return self.backend.quiet_time

    async def set_quiet_time(self, from_hour, to_hour):
        self.backend.set_quiet_time(from_hour, to_hour)

    async def configuration(self):
        return self.backend.configuration

    @property
    def data_directory(self):
        return self.backend.data_directory

    @property
    def warnings(self):
        return self.backend.warnings

    async def set_default_profile(self, name):
        raise UnknownProfile("there is only one")

    async def create_profile(
        self, name, jid, xmpp_password, profile_password, **options: Unpack[ConnectionSettings]
    ):
        if "@" not in jid:
            raise InvalidJid(f"{jid} is no JID")
        self.backend.made = (name, jid, xmpp_password, profile_password, options)
        return self.backend.add_profile(name, jid, profile_password).path

    async def registration_form(self, server, *, kept=False, **options: Unpack[ServerSettings]):
        self.backend.asked.append((server, options))
        if server not in self.backend.registrations:
            raise HostUnreachable(f"no address is known for {server}")
        return self.backend.registrations[server]

    async def registration_media(self, server, uri, **options: Unpack[ServerSettings]):
        return handed_out(self.backend.media, uri)

    async def register_account(self, server, values, **options: Unpack[ServerSettings]):
        if values["username"] == ["bob"]:
            raise FormRejected("username: this name is taken already")
        self.backend.registered = (server, values)
        return f"{values['username'][0]}@{server}"

    async def delete_profile(self, name):
        for profile in self.backend.profiles:
            if profile.name == name:
                self.backend.remove_profile(profile)
                return
        raise UnknownProfile("no")

    async def set_frontend(self, **state: Unpack[FrontendState]):
        self.backend.frontends.append(state)

    async def get_profile(self, profile_key):
        for profile in self.backend.profiles:
            if profile_key in (DEFAULT_PROFILE, profile.name):
                return profile.path
        raise UnknownProfile(f"there is no profile called {profile_key}")
