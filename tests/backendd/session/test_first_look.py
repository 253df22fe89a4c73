"""What is unread of an archive that is looked at for the first time, in whatever order it comes."""

import pytest

from backendd.api import names
from backendd.core import clock, xml
from backendd.core.messages import CaughtUp
from backendd.session.missing import Patience
from tests.backendd.session.partial import ARCHIVE, PEER, Kept, Partial
from tests.backendd.xmpp.scripted import DOMAIN

HOUR_US = 3600 * 1_000_000
MINE = "user@" + DOMAIN


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


def kept(number, *, ahead_us=0, **more):
    return Kept(str(number), f"m{number}", stamp(ahead_us), **more)


def stamp(ahead_us=0):
    return xml.format_time(clock.now_us() + ahead_us)


def as_it_is_said(number, more=""):
    """Return what the stream brings of a message that the archive has as well."""
    return (
        f"<message from='{PEER}/x' to='{MINE}' type='chat' id='id-{number}'>"
        f"<body>m{number}</body>{more}"
        f"<stanza-id xmlns='urn:xmpp:sid:0' by='{MINE}' id='{number}'/></message>"
    )


def held_up(number, since):
    return as_it_is_said(number, f"<delay xmlns='{xml.DELAY}' from='{DOMAIN}' stamp='{since}'/>")


def carbon(number, which="received"):
    forwarded = as_it_is_said(number).replace("<message", "<message xmlns='jabber:client'", 1)
    if which == "sent":
        forwarded = forwarded.replace(f"from='{PEER}/x' to='{MINE}'", f"from='{MINE}' to='{PEER}'")
    return (
        f"<message from='{MINE}' to='{MINE}/here' type='chat'><{which} xmlns='{xml.CARBONS}'>"
        f"<forwarded xmlns='{xml.FORWARD}'>{forwarded}</forwarded></{which}></message>"
    )


async def look(home, partial, *, said, is_page_first):
    """Have the archive looked at for the first time, and `said` come before that or behind."""
    if is_page_first:
        await home.session.connect()
        await home.until(lambda: home.hub.of(CaughtUp))
        partial.client.send(said)
        await partial.client.writer.drain()
        return
    partial.silent.add(ARCHIVE)
    await home.restart_with(Patience(short_s=0.2))
    await home.session.connect()
    await partial.until(partial.is_seen)
    partial.client.send(said)
    await home.until_message(PEER, partial.archive[-1].body)
    await partial.answer(ARCHIVE)
    await home.until(lambda: home.hub.of(CaughtUp))


async def unread(home):
    return [each.body for each in await home.messages(PEER) if each.state == "unread"]


@pytest.mark.parametrize("ahead_us", [-HOUR_US, 0, HOUR_US])
async def test_what_the_archive_had_is_history_whatever_the_clocks_say(
    make_home, partial, ahead_us
):
    partial.archive = [kept(number, ahead_us=ahead_us) for number in range(3)]
    home = await make_home("user", server=partial)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert await home.bodies(PEER) == ["m0", "m1", "m2"]
    assert await unread(home) == []


@pytest.mark.parametrize("said", [as_it_is_said, carbon])
@pytest.mark.parametrize("is_page_first", [True, False])
async def test_what_is_said_while_one_looks_is_unread_and_what_was_said_before_is_read(
    make_home, partial, said, is_page_first
):
    partial.archive = [kept(0), kept(1)]
    home = await make_home("user", server=partial)
    await look(home, partial, said=said(1), is_page_first=is_page_first)
    message = await home.until_message(PEER, "m1", "unread")
    assert message.source == "live"
    assert await home.bodies(PEER) == ["m0", "m1"]
    assert await unread(home) == ["m1"]


@pytest.mark.parametrize("is_page_first", [True, False])
async def test_what_the_server_held_up_is_history_where_the_archive_has_it(
    make_home, partial, is_page_first
):
    partial.archive = [kept(0, ahead_us=-HOUR_US), kept(1, ahead_us=-HOUR_US)]
    home = await make_home("user", server=partial)
    said = held_up(1, partial.archive[1].stamp)
    await look(home, partial, said=said, is_page_first=is_page_first)
    partial.client.send(as_it_is_said(2))
    await home.until_message(PEER, "m2", "unread")
    assert await home.bodies(PEER) == ["m0", "m1", "m2"]
    assert await unread(home) == ["m2"]


@pytest.mark.parametrize("is_page_first", [True, False])
async def test_what_was_held_up_longer_than_a_first_look_goes_back_is_history_as_well(
    make_home, partial, is_page_first
):
    partial.archive = [kept(number, ahead_us=(number - 9) * HOUR_US) for number in range(5)]
    home = await make_home("user", server=partial, archive_page=2)
    held = "".join(held_up(number, each.stamp) for number, each in enumerate(partial.archive))
    await look(home, partial, said=held, is_page_first=is_page_first)
    partial.client.send(as_it_is_said(5))
    await home.until_message(PEER, "m5", "unread")
    assert await unread(home) == ["m5"]


async def test_what_was_read_here_before_the_stream_brought_it_stays_read(make_home, partial):
    partial.archive = [kept(0), kept(1)]
    home = await make_home("user", server=partial)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    _, last = await home.messages(PEER)
    await home.call(names.MESSAGES, "mark_read", PEER, last.id, {})
    partial.client.send(as_it_is_said(1) + as_it_is_said(2))
    await home.until_message(PEER, "m2", "unread")
    assert await unread(home) == ["m2"]


@pytest.mark.parametrize("is_answer_first", [True, False])
async def test_what_another_client_answers_while_one_looks_is_read(
    make_home, partial, is_answer_first
):
    partial.archive = [kept(0), kept(1), kept(2, is_ours=True)]
    home = await make_home("user", server=partial)
    said = [as_it_is_said(1), carbon(2, "sent")]
    said = said[::-1] if is_answer_first else said
    await look(home, partial, said="".join(said) + as_it_is_said(3), is_page_first=True)
    await home.until_message(PEER, "m3", "unread")
    assert await unread(home) == ["m3"]
