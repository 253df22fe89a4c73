"""The contract as types: one Protocol an interface, its methods as coroutines.

Keys of `options` are keyword arguments with their defaults, keys of `changes` those of a
TypedDict. What serves an interface, and what calls it, is checked against the same Protocol.
"""

from backendd.api.contract.blog import Blog
from backendd.api.contract.files import Files
from backendd.api.contract.manager import Manager
from backendd.api.contract.messages import Messages
from backendd.api.contract.profile import Profile
from backendd.api.contract.rooms import Rooms
from backendd.api.contract.roster import Roster
from backendd.api.contract.services import Services

__all__ = [
    "CONTRACTS",
    "Blog",
    "Files",
    "Manager",
    "Messages",
    "Profile",
    "Rooms",
    "Roster",
    "Services",
]

CONTRACTS: tuple[type, ...] = (Blog, Files, Manager, Messages, Profile, Rooms, Roster, Services)
