"""Calling the backend through the Protocols of its contract."""

from typing import cast

import pytest

from backendd.api.contract import Messages, Profile
from backendd.api.errors import UnknownMessage, WrongPassword
from backendd.api.link import Link
from backendd.api.names import BUS_NAME, MESSAGES, PROFILE
from backendd.api.proxy import Proxy
from backendd.api.records import Conversation, Hit, Message
from tests.primitivus.fake import BOB, FakeBackend


@pytest.fixture
async def account(private_bus):
    """A profile of the tests' own backend on a real bus."""
    backend = FakeBackend(private_bus.address)
    account = backend.add_profile(password="sesame")
    await backend.start()
    yield account
    await backend.stop()


@pytest.fixture
async def ask(private_bus, account):
    """What makes a function that calls an interface of the profile."""
    link = await Link.open(private_bus.address)

    def asking(interface):
        async def call(member, signature, args):
            return await link.call(BUS_NAME, account.path, interface, member, signature, args)

        return call

    yield asking
    await link.close()


@pytest.fixture
def messages(ask):
    return cast("Messages", Proxy(MESSAGES, ask(MESSAGES)))


@pytest.fixture
def sent():
    """What was sent, as member and arguments."""
    return []


@pytest.fixture
def recorded(sent):
    """Messages of a backend that keeps what it is sent, and answers nothing."""

    async def ask(member, signature, args):
        sent.append((member, list(args)))
        return ()

    return cast("Messages", Proxy(MESSAGES, ask))


async def test_methods_take_and_return_what_their_protocol_says(messages, account):
    number = await messages.send(BOB, "hello", token="t")
    assert await messages.send(BOB, "hello", token="t") == number
    found, page = await messages.list(BOB, limit=1)
    assert (type(found[0]), found[0].body, page["older"]) == (Message, "hello", "end")
    assert (await messages.get(number)).body == "hello"
    (hit,) = await messages.search("hello", peer=BOB)
    assert (type(hit), hit.ranges) == (Hit, [(0, 5)])
    await messages.set_conversation(BOB, pinned=True)
    (conversation,) = await messages.conversations()
    assert (type(conversation), conversation.pinned) == (Conversation, True)
    assert conversation.last == found[0]
    assert await messages.mark_unread(BOB, from_=number) is None


async def test_what_the_backend_says_against_it_is_raised(messages, ask):
    with pytest.raises(UnknownMessage):
        await messages.get(99)
    profile = cast("Profile", Proxy(PROFILE, ask(PROFILE)))
    with pytest.raises(WrongPassword):
        await profile.unlock("open sesame")


async def test_only_what_was_given_is_sent(recorded, sent):
    await recorded.close(BOB)
    await recorded.list(BOB)
    await recorded.list(BOB, before=7)
    await recorded.set_conversation(BOB, notify="none")
    given = [
        (member, peer, {name: each.value for name, each in keys.items()})
        for member, (peer, keys) in sent
    ]
    assert given == [
        ("Close", BOB, {}),
        ("List", BOB, {}),
        ("List", BOB, {"before": 7}),
        ("SetConversation", BOB, {"notify": "none"}),
    ]


async def test_what_a_method_does_not_take_is_not_sent(recorded, sent):
    with pytest.raises(TypeError, match="have no colour"):
        await recorded.send(BOB, "hello", colour="red")
    with pytest.raises(AttributeError, match="no method for explode"):
        recorded.explode()
    assert not sent
