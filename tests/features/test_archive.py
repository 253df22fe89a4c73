"""Catching up with the archive, and reading it backwards."""

import asyncio

import pytest

from backendd.api import names
from backendd.core import xml
from backendd.core.messages import (
    CaughtUp,
    ConversationsChanged,
    HistoryAnswered,
    MessagesChanged,
)
from backendd.session.feature import Feature
from backendd.session.part import Part
from tests.lab.prosody import Prosody

pytestmark = pytest.mark.every_server


def numbered(first, last):
    return [f"m{n}" for n in range(first, last)]


async def talk(peer, home_jid, bodies):
    """Have the peer write, and the server store it."""
    for body in bodies:
        peer.chat(home_jid, body, id=f"id-{body}")
    await peer.sync()


async def caught_up(home):
    await home.until(lambda: home.hub.of(CaughtUp))


async def away(home):
    """Leave in such a way that the next stream is a new one."""
    await home.session.disconnect()
    home.hub.events.clear()


async def test_what_came_while_away_is_caught_up_in_order_and_unread(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home(archive_page=10)).online()
    await talk(peer, home.jid, numbered(0, 3))
    await home.until_bodies(peer.jid, numbered(0, 3))
    await away(home)
    await talk(peer, home.jid, numbered(3, 38))
    await home.online()
    await home.until_bodies(peer.jid, numbered(0, 38))
    found = await home.messages(peer.jid)
    assert {m.state for m in found} == {"unread"}
    assert [m.order for m in found] == sorted({m.order for m in found})
    await home.until(lambda: not home.inside.is_syncing)


async def test_a_first_look_brings_the_newest_page_as_read_and_the_rest_on_demand(
    make_home, make_peer
):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    await talk(peer, home.jid, numbered(0, 25))
    await home.online()
    await home.until_bodies(peer.jid, numbered(15, 25))
    assert {m.state for m in await home.messages(peer.jid)} == {"read"}
    assert (await home.page(peer.jid))[1:] == ("server", False)
    await home.until_bodies(peer.jid, numbered(5, 25))
    assert (await home.page(peer.jid))[1] == "server"
    await home.until_bodies(peer.jid, numbered(0, 25))

    async def is_at_end():
        return (await home.page(peer.jid))[1] == "end"

    await home.until(is_at_end)
    # Each page told messages and their conversation; that it is at its end is told as well.
    await home.until(
        lambda: len(home.hub.of(ConversationsChanged)) > len(home.hub.of(MessagesChanged))
    )
    conversation = await home.conversation(peer.jid)
    assert conversation.unread == 0


async def test_what_the_server_kept_for_later_stays_history_where_a_first_look_went_not_so_far(
    make_home, make_peer
):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    await talk(peer, home.jid, numbered(0, 25))
    await home.online()
    peer.chat(home.jid, "live")
    await home.until_message(peer.jid, "live", "unread")
    assert await home.bodies(peer.jid) == [*numbered(15, 25), "live"]
    assert (await home.conversation(peer.jid)).unread == 1
    # Nor is it taken for new when the stream is another.
    await away(home)
    await home.online()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert await home.bodies(peer.jid) == [*numbered(15, 25), "live"]
    while (await home.page(peer.jid))[1] == "server":
        await home.until(lambda: home.hub.of(HistoryAnswered))
        home.hub.events.clear()
    assert await home.bodies(peer.jid) == [*numbered(0, 25), "live"]


async def test_a_page_without_anything_to_show_does_not_end_scrolling_back(make_home, make_peer):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    await talk(peer, home.jid, ["oldest"])
    for number in range(25):
        peer.write(
            f"<message to='{home.jid}' type='chat'><store xmlns='urn:xmpp:hints'/>"
            f"<received xmlns='urn:xmpp:receipts' id='r{number}'/></message>"
        )
    await talk(peer, home.jid, numbered(0, 10))
    await home.online()
    await home.until_bodies(peer.jid, numbered(0, 10))
    assert (await home.page(peer.jid))[1] == "server"
    await home.until_bodies(peer.jid, ["oldest", *numbered(0, 10)])


async def test_offline_the_archive_cannot_be_asked(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    await talk(peer, home.jid, ["one"])
    await home.until_bodies(peer.jid, ["one"])
    await home.session.disconnect()
    assert await home.page(peer.jid) == (["one"], "offline", False)
    (one,) = await home.messages(peer.jid)
    assert (await home.page(peer.jid, before=one.id))[1] == "offline"


async def test_an_empty_archive_is_known_as_well_so_what_comes_next_is_news(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    await away(home)
    await talk(peer, home.jid, ["news"])
    await home.online()
    await home.until_message(peer.jid, "news", "unread")


async def test_live_messages_move_the_cursor_only_after_a_complete_catch_up(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    await home.until(lambda: not home.inside.is_syncing)
    await talk(peer, home.jid, ["one"])
    message = await home.until_message(peer.jid, "one")

    async def cursor():
        return await home.database.read(
            lambda db: db.execute("SELECT cursor FROM archive").fetchone()[0]
        )

    assert await cursor() == message.stanza_id
    await home.execute("UPDATE archive SET caught_up = 0")
    await talk(peer, home.jid, ["two"])
    await home.until_message(peer.jid, "two")
    assert await cursor() == message.stanza_id


# ejabberd 23.01 never says so: its ids are times, and what is after one that is gone comes.
@pytest.mark.every_server(but=["ejabberd"])
async def test_a_cursor_the_archive_has_forgotten_leaves_a_gap_where_both_ends_do_not_meet(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    await talk(peer, home.jid, ["before"])
    await home.until_bodies(peer.jid, ["before"])
    await away(home)
    await talk(peer, home.jid, ["after"])
    # As if all had expired: nothing we know is found there again.
    await home.execute("UPDATE archive SET cursor = 'gone'")
    await home.execute("UPDATE archived SET stanza_id = 'gone'")
    await home.execute("UPDATE message SET dedupe = 'gone', message_id = 'gone'")
    await home.online()
    await home.until_message(peer.jid, "after", "unread")
    assert (await home.page(peer.jid))[2]
    known, first_new, _ = await home.messages(peer.jid)
    assert not (await home.page(peer.jid, before=first_new.id))[2]
    assert not (await home.page(peer.jid, after=first_new.id))[2]
    assert known.id < first_new.id


async def test_a_forgotten_cursor_leaves_no_gap_where_known_messages_are_found_again(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home()).online()
    await talk(peer, home.jid, ["before"])
    await home.until_bodies(peer.jid, ["before"])
    await away(home)
    await talk(peer, home.jid, ["after"])
    await home.execute("UPDATE archive SET cursor = 'gone'")
    await home.online()
    await home.until_bodies(peer.jid, ["before", "after"])
    assert not (await home.page(peer.jid))[2]


async def test_what_comes_live_during_a_catch_up_stands_after_what_is_caught_up(
    make_home, make_peer
):
    peer = await make_peer()
    home = await (await make_home(archive_page=10)).online()
    await talk(peer, home.jid, ["m0"])
    await home.until_bodies(peer.jid, ["m0"])
    await away(home)
    await talk(peer, home.jid, numbered(1, 40))
    # The clock of this machine is behind: live messages seem older than what is caught up.
    await home.execute("UPDATE message SET place = place + ?", 3600 * 10**6)
    asked, go_on = asyncio.Event(), asyncio.Event()
    request = home.inside.stream.request

    async def slow(kind, to, payload, **options):
        if payload.tag == f"{{{xml.MAM}}}query" and home.inside.stream.sm_id:
            found = xml.child(payload, xml.RSM, "set")
            if asked.is_set():
                await go_on.wait()
            asked.set()
            assert found is not None
        return await request(kind, to, payload, **options)

    home.inside.stream.request = slow
    await home.session.connect()
    await home.until(lambda: home.session.is_set_up)
    await talk(peer, home.jid, ["live"])
    await home.until_message(peer.jid, "live")
    go_on.set()
    await home.until_bodies(peer.jid, [*numbered(0, 40), "live"])


async def test_what_the_other_client_wrote_meanwhile_is_in_the_right_place(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home()).online()
    other = await make_peer(home.account, resource="other")
    await away(home)
    await talk(peer, home.jid, ["question"])
    await talk(other, peer.jid, ["answer"])
    await talk(peer, home.jid, ["thanks"])
    await home.online()
    await home.until_bodies(peer.jid, ["question", "answer", "thanks"])
    assert [m.direction for m in await home.messages(peer.jid)] == ["in", "out", "in"]
    assert (await home.until_message(peer.jid, "answer")).state == "sent"


@pytest.fixture
def between():
    """Call it to have `peer` say something between the archive's answer and our presence."""

    async def say(home, peer):
        class Between(Part):
            async def set_up(self, *, resumed):
                await talk(peer, home.jid, ["between"])

        await home.restart_with(more=[Feature("between", lambda _: Between())])

    return say


async def test_what_comes_between_the_archives_answer_and_our_presence_is_not_lost(
    make_home, make_peer, between
):
    peer = await make_peer()
    home = await (await make_home()).online()
    await talk(peer, home.jid, ["before"])
    await home.until_bodies(peer.jid, ["before"])
    await away(home)
    await between(home, peer)
    await home.online()
    await talk(peer, home.jid, ["after"])
    await home.until_bodies(peer.jid, ["before", "between", "after"])
    assert (await home.until_message(peer.jid, "between")).state == "unread"


async def test_what_a_new_profile_finds_is_read_and_what_comes_behind_its_first_look_is_unread(
    make_home, make_peer, between
):
    peer = await make_peer()
    home = await make_home()
    await talk(peer, home.jid, ["just before"])
    await between(home, peer)
    await home.online()
    await talk(peer, home.jid, ["after"])
    await home.until_bodies(peer.jid, ["just before", "between", "after"])
    states = [each.state for each in await home.messages(peer.jid)]
    assert states == ["read", "unread", "unread"]


async def test_references_are_kept_until_scrolling_back_brings_the_message(make_home, make_peer):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    other = await make_peer(home.account, resource="other")
    other.chat(peer.jid, "ours", id="ours-id")
    await other.sync()
    await talk(peer, home.jid, numbered(0, 12))
    peer.write(
        f"<message to='{home.jid}' type='chat'><store xmlns='urn:xmpp:hints'/>"
        "<displayed xmlns='urn:xmpp:chat-markers:0' id='ours-id'/></message>"
    )
    await peer.sync()
    await other.close()
    await home.online()
    await home.until_message(peer.jid, "m11")
    assert "ours" not in await home.bodies(peer.jid)
    assert (await home.page(peer.jid))[1] == "server"
    await home.until_message(peer.jid, "ours", "displayed")


async def test_a_closed_conversation_stays_closed_when_its_past_is_read(make_home, make_peer):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    await talk(peer, home.jid, numbered(0, 15))
    await home.online()
    await home.until_bodies(peer.jid, numbered(5, 15))
    await home.call(names.MESSAGES, "close", peer.jid, {})
    assert (await home.page(peer.jid))[1] == "server"
    await home.until_bodies(peer.jid, numbered(0, 15))
    assert await home.conversation(peer.jid) is None
    await talk(peer, home.jid, ["again"])
    await home.until(lambda: home.conversation(peer.jid))


@pytest.fixture(scope="module")
def without_archive(tmp_path_factory):
    with Prosody(tmp_path_factory.mktemp("bare"), without=["mam"]) as server:
        yield server


async def test_a_server_without_an_archive_works_as_well(make_home, make_peer, without_archive):
    peer = await make_peer(server=without_archive)
    home = await (await make_home(server=without_archive)).online()
    await talk(peer, home.jid, ["live"])
    await home.until_bodies(peer.jid, ["live"])
    assert (await home.page(peer.jid))[1] == "end"
    await away(home)
    await talk(peer, home.jid, ["kept offline"])
    await home.online()
    await home.until_bodies(peer.jid, ["live", "kept offline"])


async def test_when_the_archive_has_answered_it_is_told_what_lies_before(make_home, make_peer):
    peer = await make_peer()
    home = await (await make_home(archive_page=10)).online()
    await talk(peer, home.jid, ["one"])
    await home.until_bodies(peer.jid, ["one"])
    assert (await home.page(peer.jid))[1] == "server"
    await home.until(lambda: home.hub.of(HistoryAnswered))
    assert [(e.peer, e.older) for e in home.hub.of(HistoryAnswered)] == [(peer.jid, "end")]
    assert (await home.page(peer.jid))[1] == "end"


async def test_a_page_that_is_not_the_last_says_that_there_may_be_more(make_home, make_peer):
    peer = await make_peer()
    home = await make_home(archive_page=10)
    await talk(peer, home.jid, numbered(0, 25))
    await home.online()
    await home.until_bodies(peer.jid, numbered(15, 25))
    assert (await home.page(peer.jid))[1] == "server"
    await home.until(lambda: home.hub.of(HistoryAnswered))
    assert [e.older for e in home.hub.of(HistoryAnswered)] == ["server"]
    assert await home.bodies(peer.jid) == numbered(5, 25)
