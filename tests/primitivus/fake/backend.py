"""A backend that owns its name on a private bus."""

from backendd.api.link import Link
from backendd.api.names import (
    BLOG,
    BUS_NAME,
    FILES,
    MANAGER,
    MESSAGES,
    PROFILE,
    ROOMS,
    ROOT_PATH,
    ROSTER,
    SERVICES,
)
from backendd.api.records import Configuration
from backendd.bus.dispatcher import Bus
from tests.primitivus.fake.account import ALICE, Account, Calls
from tests.primitivus.fake.blog import FakeBlog
from tests.primitivus.fake.files import FakeFiles
from tests.primitivus.fake.manager import FakeManager
from tests.primitivus.fake.messages import FakeMessages
from tests.primitivus.fake.profile import FakeProfile
from tests.primitivus.fake.rooms import FakeRooms
from tests.primitivus.fake.roster import FakeRoster
from tests.primitivus.fake.services import FakeServices

SERVED = {
    PROFILE: FakeProfile,
    ROSTER: FakeRoster,
    MESSAGES: FakeMessages,
    ROOMS: FakeRooms,
    SERVICES: FakeServices,
    FILES: FakeFiles,
    BLOG: FakeBlog,
}


class FakeBackend:
    """Owns the name of the backend on a private bus."""

    def __init__(self, address):
        self.address = address
        # All accounts; the first is the default one.
        self.profiles = []
        self.made = None
        # What servers ask for to make an account.
        self.registrations = {}
        self.asked = []  # for what they ask, and how they are reached
        self.registered = None
        # What comes inside of these forms, by address.
        self.media = {}
        self.warnings = []
        self.data_directory = "/home/alice/.local/share/primitivus"
        self.quiet_time = (0, 0)
        self.configuration = Configuration()
        self.frontends = Calls()

    async def start(self):
        self.link = await Link.open(self.address)
        self.bus = Bus(self.link)
        self.manager_exported = self.bus.export(ROOT_PATH, MANAGER, [FakeManager(self)])
        for profile in self.profiles:
            self._export(profile)
        await self.link.request_name(BUS_NAME)

    def set_quiet_time(self, start, end):
        self.quiet_time = (start, end)
        self.manager_exported.properties_changed("QuietTime")

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
        profile.exported = {
            interface: self.bus.export(profile.path, interface, [served(profile)])
            for interface, served in SERVED.items()
        }
