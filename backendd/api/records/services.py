"""Services: what they are, and what they have."""

from backendd.api.records.forms import Form
from backendd.api.records.record import Record, key
from backendd.api.words import Archived, CommandStatus, NextAction, NoteType


class Identity(Record):
    """What kind of entity something is."""

    category: str = key("s", "")
    type: str = key("s", "")
    name: str = key("s", "")


class Info(Record):
    """What an entity, or a node of it, is and can do."""

    identities: list[Identity] = key("aa{sv}", [])
    features: list[str] = key("as", [])
    forms: list[Form] = key("aa{sv}", [])


class Item(Record):
    """Something that an entity has: another entity, a node, a command."""

    jid: str = key("s", "")
    node: str = key("s", "")
    name: str = key("s", "")


class SoftwareVersion(Record):
    """What program an entity says it is."""

    name: str = key("s", "")
    version: str = key("s", "")
    os: str = key("s", "")


class LastActivity(Record):
    """Since when somebody is away, or a service runs."""

    time: int = key("x", 0)
    status: str = key("s", "")


class EntityTime(Record):
    """What time it is where an entity is, by its own clock."""

    time: int = key("x", 0)
    offset: int = key("x", 0)


class ExternalService(Record):
    """A service beside XMPP, as STUN and TURN."""

    host: str = key("s", "")
    port: int = key("q", 0)
    type: str = key("s", "")
    transport: str = key("s", "")
    name: str = key("s", "")
    restricted: bool = key("b", False)


class Note(Record):
    """What is told of a stage of a command."""

    type: NoteType = key("s", "info")
    text: str = key("s", "")


class Execution(Record):
    """Where a command stands, and how it may go on."""

    session: str = key("s", "")
    status: CommandStatus = key("s", "completed")
    actions: list[NextAction] = key("as", [])
    default: NextAction = key("s", "")
    notes: list[Note] = key("aa{sv}", [])
    form: Form | None = key("a{sv}", None)


class Challenge(Record):
    """What has to be answered before something that was sent gets through."""

    id: str = key("s", "")
    jid: str = key("s", "")
    about: str = key("s", "")
    text: str = key("s", "")
    url: str = key("s", "")
    form: Form | None = key("a{sv}", None)
    time: int = key("x", 0)


class ArchivePreferences(Record):
    """What the account's archive keeps, and of whom it does or doesn't whatever `default` says."""

    default: Archived = key("s", "")
    always: list[str] = key("as", [])
    never: list[str] = key("as", [])
