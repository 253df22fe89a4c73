"""A backend of the tests' own: the real contract on a real bus, and what it answers is scripted."""

from tests.primitivus.fake.account import (
    ALICE,
    BOB,
    MIA,
    MINUTE_US,
    START_US,
    Account,
    Calls,
)
from tests.primitivus.fake.backend import FakeBackend
from tests.primitivus.fake.blog import FakeBlog
from tests.primitivus.fake.files import FakeFiles
from tests.primitivus.fake.manager import FakeManager
from tests.primitivus.fake.messages import FakeMessages
from tests.primitivus.fake.profile import FakeProfile
from tests.primitivus.fake.rooms import FakeRooms
from tests.primitivus.fake.roster import FakeRoster
from tests.primitivus.fake.services import Entity, FakeServices

__all__ = [
    "ALICE",
    "BOB",
    "MIA",
    "MINUTE_US",
    "START_US",
    "Account",
    "Calls",
    "Entity",
    "FakeBackend",
    "FakeBlog",
    "FakeFiles",
    "FakeManager",
    "FakeMessages",
    "FakeProfile",
    "FakeRooms",
    "FakeRoster",
    "FakeServices",
]
