"""The contract is one: XML, Protocols, what serves them and the tests' own backend agree."""

import inspect
import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from backendd.api import names
from backendd.api.contract import CONTRACTS
from backendd.api.descriptors import Descriptor
from backendd.api.interfaces import python_name
from backendd.api.introspection import load, load_all
from backendd.api.records import MORE, Record, name_of
from backendd.bus.binding import CALLER, members_of, shape_of
from backendd.bus.further import FURTHER, options_of
from backendd.features.appearance.bus import AppearanceMembers
from backendd.features.archive.bus import ArchiveMembers
from backendd.features.attention.bus import AttentionMembers
from backendd.features.avatars.bus import AvatarMembers, OwnAvatarMembers
from backendd.features.blocking.bus import BlockingMembers
from backendd.features.blog.bus import BlogMembers
from backendd.features.blog_administration.bus import BlogAdministrationMembers
from backendd.features.blog_discovery.bus import BlogDiscoveryMembers
from backendd.features.blog_drafts.bus import DraftMembers
from backendd.features.blog_files.bus import BlogFileMembers
from backendd.features.blog_publishing.bus import PublishingMembers
from backendd.features.blog_readers.bus import ReaderMembers
from backendd.features.bookmarks.bus import BookmarksMembers
from backendd.features.challenges.bus import ChallengesMembers
from backendd.features.commands.bus import CommandsMembers
from backendd.features.comments.bus import CommentMembers
from backendd.features.configuration.bus import ConfigurationMembers
from backendd.features.corrections.bus import CorrectionsMembers
from backendd.features.deletion.bus import DeletionMembers
from backendd.features.directories.bus import DirectoriesMembers
from backendd.features.discussions.bus import DiscussionMembers
from backendd.features.downloads.bus import DownloadsMembers, EntryDownloadsMembers
from backendd.features.frontends.bus import FrontendsMembers
from backendd.features.ignoring.bus import IgnoringMembers
from backendd.features.invitations.bus import InvitationsMembers
from backendd.features.jingle.bus import OffersMembers
from backendd.features.messages.bus import MessagesMembers
from backendd.features.notifications.bus import QuietTimeMembers
from backendd.features.profiles.bus import ManagerMembers, ProfileMembers
from backendd.features.reactions.bus import ReactionsMembers
from backendd.features.registration.bus import AccountMembers, RegistrationMembers
from backendd.features.replies.bus import RepliesMembers
from backendd.features.retractions.bus import ModerationMembers, RetractionsMembers
from backendd.features.room_administration.bus import AdministrationMembers
from backendd.features.rooms.bus import RoomsMembers
from backendd.features.roster.bus import RosterMembers
from backendd.features.search.bus import SearchMembers
from backendd.features.services.bus import ServicesMembers
from backendd.features.storage.bus import StorageMembers
from backendd.features.transfers.bus import TransfersMembers
from backendd.features.typing.bus import TypingMembers
from backendd.features.uploads.bus import UploadMembers
from backendd.features.vcards.bus import VCardMembers
from backendd.registry import CONTRIBUTORS
from tests.primitivus import fake

SERVED = {
    names.BLOG: [
        BlogMembers,
        BlogFileMembers,
        BlogAdministrationMembers,
        ReaderMembers,
        BlogDiscoveryMembers,
        CommentMembers,
        DiscussionMembers,
        DraftMembers,
        EntryDownloadsMembers,
        PublishingMembers,
    ],
    names.FILES: [TransfersMembers, UploadMembers, DownloadsMembers, OffersMembers],
    names.MANAGER: [
        ManagerMembers,
        FrontendsMembers,
        StorageMembers,
        ConfigurationMembers,
        AccountMembers,
        QuietTimeMembers,
    ],
    names.PROFILE: [ProfileMembers],
    names.ROSTER: [RosterMembers, BlockingMembers, AvatarMembers],
    names.ROOMS: [
        RoomsMembers,
        BookmarksMembers,
        InvitationsMembers,
        AdministrationMembers,
        IgnoringMembers,
        ModerationMembers,
    ],
    names.MESSAGES: [
        CorrectionsMembers,
        AppearanceMembers,
        AttentionMembers,
        DeletionMembers,
        MessagesMembers,
        ReactionsMembers,
        RepliesMembers,
        RetractionsMembers,
        SearchMembers,
        TypingMembers,
    ],
    names.SERVICES: [
        ChallengesMembers,
        CommandsMembers,
        ServicesMembers,
        VCardMembers,
        OwnAvatarMembers,
        RegistrationMembers,
        DirectoriesMembers,
        ArchiveMembers,
    ],
}
FAKES = {
    names.BLOG: fake.FakeBlog,
    names.FILES: fake.FakeFiles,
    names.MANAGER: fake.FakeManager,
    names.PROFILE: fake.FakeProfile,
    names.ROOMS: fake.FakeRooms,
    names.ROSTER: fake.FakeRoster,
    names.MESSAGES: fake.FakeMessages,
    names.SERVICES: fake.FakeServices,
}
PLAIN = {
    **dict.fromkeys("ynqiuxt", int),
    "b": bool,
    "h": Descriptor,
    "ah": Sequence[Descriptor],
    "ax": Sequence[int],
    "a{sas}": dict[str, list[str]],
    "a(os)": Sequence[tuple[str, str]],
    "a(xss)": Sequence[tuple[int, str, str]],
}


def protocol_of(interface):
    return next(each for each in CONTRACTS if each.__name__ == interface.rpartition(".")[2])


METHODS = [
    (interface, method) for interface in SERVED for method in load(interface).methods.values()
]
ids = [f"{interface.rpartition('.')[2]}.{method.name}" for interface, method in METHODS]


def is_of(signature, hint):
    """Return whether values of a D-Bus type are what a type hint says."""
    if signature in PLAIN:
        return hint == PLAIN[signature]
    if signature in ("s", "o"):
        return hint is str or bool(words(hint))
    if signature == "as":
        return get_origin(hint) is Sequence and is_of("s", *get_args(hint))
    if signature == "a{ss}":
        return hint == dict[str, str]
    if signature == "aa{sv}":
        return get_origin(hint) in (Sequence, list) and issubclass(get_args(hint)[0], Record)
    if signature == "a{sv}":
        return not isinstance(hint, type) or issubclass(hint, Record)
    return False


def without_none(hint):
    """Return what a type hint says besides None."""
    (given,) = [each for each in get_args(hint) if each is not type(None)]
    return given


def words(hint):
    """Return the fixed words that a type hint names, if it does."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return [word for part in get_args(hint) for word in words(part)]


def subclasses(kind):
    found = kind.__subclasses__()
    return [*found, *(each for one in found for each in subclasses(one))]


def returned(signature, hint):
    """Return whether what a coroutine returns is what the out arguments say."""
    if not signature:
        return hint is type(None)
    if signature == "aa{sv}a{sv}":
        return get_origin(hint) is tuple and is_of("aa{sv}", get_args(hint)[0])
    if signature == "ss":
        return hint == tuple[str, str]
    if signature == "a{sv}b":
        return get_origin(hint) is tuple and get_args(hint)[1] is bool
    if signature == "st":
        return hint == tuple[str, int]
    if signature == "sas":
        return hint == tuple[str, Sequence[str]]
    if signature == "ua(xss)":
        return hint == tuple[int, Sequence[tuple[int, str, str]]]
    return is_of(signature, hint)


def test_every_interface_is_a_protocol():
    assert set(load_all()) == set(SERVED)
    assert {each.__name__ for each in CONTRACTS} == {name.rpartition(".")[2] for name in SERVED}


@pytest.mark.parametrize("interface", SERVED)
def test_a_protocol_has_the_methods_of_its_xml_and_no_other(interface):
    written = {python_name(name) for name in load(interface).methods}
    setters = {
        f"set_{python_name(each.name)}"
        for each in load(interface).properties.values()
        if each.is_writable
    }
    assert set(members_of(protocol_of(interface))) == written
    served = {name for part in SERVED[interface] for name in members_of(part)}
    assert served == written | setters
    assert set(members_of(FAKES[interface])) == written | setters


@pytest.mark.parametrize(("interface", "method"), METHODS, ids=ids)
def test_a_method_takes_and_returns_what_its_xml_says(interface, method):
    function = getattr(protocol_of(interface), python_name(method.name))
    shape, hints = shape_of(method), get_type_hints(function)
    known = members_of(protocol_of(interface))[python_name(method.name)]
    assert (known.positional, known.options) == (shape.positional, shape.keywords)
    for name, argument in zip(shape.positional, method.in_args, strict=False):
        assert is_of(argument.signature, hints[name]), name
    assert returned(method.out_signature, hints["return"])


@pytest.mark.parametrize(("interface", "method"), METHODS, ids=ids)
def test_an_option_has_its_type_and_its_default_in_both(interface, method):
    function = getattr(protocol_of(interface), python_name(method.name))
    parameters, hints = inspect.signature(function).parameters, get_type_hints(function)
    for name, option in (method.keyed.options if method.keyed else {}).items():
        assert option.doc, name
        if name in parameters:
            there = parameters[name].default
            # A list that can be nobody else's is a tuple in Python.
            assert option.default == (list(there) if isinstance(there, tuple) else there), name
            # What has no default is another thing than anything that can be given.
            given = hints[name] if there is not None else without_none(hints[name])
            assert is_of(option.signature, given), name
        else:
            (keys,) = get_args(hints[method.keyed.name])
            assert is_of(option.signature, get_type_hints(keys)[name]), name
            is_optional = method.keyed.name != "changes"
            assert (option.default is not None) == is_optional, name


@pytest.mark.parametrize(("interface", "method"), METHODS, ids=ids)
def test_what_serves_a_method_is_as_its_protocol_says(interface, method):
    name = python_name(method.name)
    wanted = getattr(protocol_of(interface), name)
    (part,) = [each for each in SERVED[interface] if name in members_of(each)]
    found = getattr(part, name)
    hints, there = get_type_hints(wanted), get_type_hints(found)
    for injected in (CALLER, FURTHER):
        there.pop(injected, None)
    taken = further_options(interface, name)
    there |= {option: get_type_hints(take)[option] for option, take in taken.items()}
    further_defaults = [defaults(take) for take in taken.values()]
    assert {k: v for each in (defaults(found), *further_defaults) for k, v in each.items()} == (
        defaults(wanted)
    )
    assert {key: hint for key, hint in there.items() if key != "return"} == {
        key: hint for key, hint in hints.items() if key != "return"
    }
    assert returned(method.out_signature, there["return"])
    imitated = getattr(FAKES[interface], name)
    assert defaults(imitated) == defaults(wanted)
    assert members_of(FAKES[interface])[name].positional == members_of(part)[name].positional


def further_options(interface, name):
    """Return what takes options of a method that other features have of it."""
    return {
        option: each.take
        for part in SERVED[interface]
        for option, each in options_of(part).items()
        if each.method == name
    }


def defaults(function):
    return {
        each.name: each.default
        for each in inspect.signature(function).parameters.values()
        if each.default is not each.empty
    }


CONTRIBUTED = [
    (each.to, name, hint)
    for each in CONTRIBUTORS
    for name, hint in get_type_hints(each.keys).items()
]
KINDS = {kind.__name__: kind for kind in subclasses(Record)}
RECORDS = {name: keys for each in load_all().values() for name, keys in each.records.items()}


def test_every_record_is_written_down_once():
    written = [name for each in load_all().values() for name in each.records]
    assert sorted(written) == sorted(KINDS)


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_has_the_keys_of_its_xml_with_their_types(name):
    added = {key for to, key, _ in CONTRIBUTED if to is KINDS[name]}
    written = [(key.name, key.signature) for key in RECORDS[name] if key.name not in added]
    inherited = {each.name for base in KINDS[name].__mro__[1:-2] for each in fields(base)}
    declared = [
        (name_of(each), each.metadata["signature"])
        for each in fields(KINDS[name])
        if each.name not in {*inherited, MORE}
    ]
    assert written == declared


@pytest.mark.parametrize(("to", "name", "hint"), CONTRIBUTED)
def test_what_features_add_to_a_record_is_written_down_with_its_type(to, name, hint):
    written = {key.name: key.signature for key in RECORDS[to.__name__]}
    assert is_of(written[name], hint)
    assert name not in {each.name for each in fields(to)}


@pytest.mark.parametrize("name", RECORDS)
def test_a_key_of_fixed_words_is_written_with_all_of_them(name):
    hints = get_type_hints(KINDS[name])
    for key in RECORDS[name]:
        for word in words(hints.get(key.name, str)):
            assert re.search(rf"\b{word}\b", key.doc) or "as of" in key.doc, (key.name, word)
