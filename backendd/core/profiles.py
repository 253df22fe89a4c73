"""Profiles: the values of one XMPP account on this backend."""

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value, field


class Settings(Value):
    """How a profile connects, what it tells and notices; see Profile.Settings on the bus."""

    host: str = ""
    port: int = 0
    direct_tls: bool = False
    autoconnect: bool = True
    resource: str = ""
    ca_file: str = ""
    allow_plain: bool = False
    tell_version: bool = True
    highlight: list[str] = field(default_factory=list)
    highlight_everyone: bool = False
    attention: bool = True
    nickname: str = ""
    priority: int = 0


class Profile(Value):
    """A profile as it is stored. `sealed` and `xmpp_password` are of no use without the key.

    `jid` is what the user logs in with, `bound` the bare address that the server gave for it; empty
    before the first login.
    `uuid` is another one after its data was restored; `vault_id` is what its secrets are bound to.
    """

    id: int
    uuid: str
    name: str
    jid: str
    is_default: bool
    sealed: bytes = field(repr=False)
    xmpp_password: bytes = field(repr=False)
    settings: Settings = field(default_factory=Settings)
    show: str = "online"
    status: str = ""
    scram_seen: bool = False
    bound: str = ""
    vault_id: str = ""
    password_worked: bool = False


class ProfileChanged(NamedTuple):
    """Properties of the profile have changed; `properties` are their names on the bus."""

    properties: tuple[str, ...]


class Announced(NamedTuple):
    """The server knows that we are there: from now on it hands over what comes."""


class StreamSetUp(NamedTuple):
    """Every part has done what is due on a stream that stands."""
