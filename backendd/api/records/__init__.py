"""The records that cross the bus, as plain values (docs/dbus.md says what each key means).

On the bus a record is an `a{sv}`. A key at its default is left out there, and a reader ignores
keys it doesn't know, so that both sides may grow.
"""

from backendd.api.records.blog import (
    BlogNode,
    CommentDraft,
    Discussion,
    Draft,
    Enclosure,
    Entry,
    EntryHit,
    EntryLink,
    ImportedEntry,
    NewEntry,
    Outgoing,
    ReaderRequest,
    Subscription,
)
from backendd.api.records.configuration import Configuration, ConfigurationSetting
from backendd.api.records.files import Transfer
from backendd.api.records.forms import Form, FormField, FormMedia, FormOption, FormRule
from backendd.api.records.messages import Attachment, Conversation, Edit, Hit, Message
from backendd.api.records.profile import Warning
from backendd.api.records.record import MORE, Record, key, name_of
from backendd.api.records.rooms import Affiliation, Ignored, Invitation, Left, Occupant, Room
from backendd.api.records.roster import Contact, Request, Resource
from backendd.api.records.services import (
    ArchivePreferences,
    Challenge,
    EntityTime,
    Execution,
    ExternalService,
    Identity,
    Info,
    Item,
    LastActivity,
    Note,
    SoftwareVersion,
)
from backendd.api.records.vcard import VCard

__all__ = [
    "MORE",
    "Affiliation",
    "ArchivePreferences",
    "Attachment",
    "BlogNode",
    "Challenge",
    "CommentDraft",
    "Configuration",
    "ConfigurationSetting",
    "Contact",
    "Conversation",
    "Discussion",
    "Draft",
    "Edit",
    "Enclosure",
    "EntityTime",
    "Entry",
    "EntryHit",
    "EntryLink",
    "Execution",
    "ExternalService",
    "Form",
    "FormField",
    "FormMedia",
    "FormOption",
    "FormRule",
    "Hit",
    "Identity",
    "Ignored",
    "ImportedEntry",
    "Info",
    "Invitation",
    "Item",
    "LastActivity",
    "Left",
    "Message",
    "NewEntry",
    "Note",
    "Occupant",
    "Outgoing",
    "ReaderRequest",
    "Record",
    "Request",
    "Resource",
    "Room",
    "SoftwareVersion",
    "Subscription",
    "Transfer",
    "VCard",
    "Warning",
    "key",
    "name_of",
]
