"""Archives that don't do as they should: reading them ends, and what may be missing is told."""

import logging
import threading
from dataclasses import replace

import pytest

from backendd.core import xml
from backendd.core.messages import CaughtUp, HistoryAnswered
from backendd.features.archive.results import PAGES
from backendd.inbound import INBOUND
from backendd.session.missing import Patience
from backendd.session.stages import MessageStage
from backendd.store import pages
from tests.backendd.session.partial import ARCHIVE, PEER, Kept, Page, Partial
from tests.lab.patience import PATIENCE_S


@pytest.fixture
async def partial(tmp_path):
    async with Partial(tmp_path / "server") as server:
        yield server


def kept(first, last):
    return [Kept(str(n), f"m{n}") for n in range(first, last)]


def numbered(first, last):
    return [f"m{n}" for n in range(first, last)]


async def known_up_to(make_home, partial, count, **options):
    """Return a home that knows the first `count` messages, and is away."""
    partial.archive = kept(0, count)
    home = await make_home("user", server=partial, **options)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    await home.session.disconnect()
    home.hub.events.clear()
    partial.queries.clear()
    return home


@pytest.mark.parametrize("ring", [{"11": "11"}, {"11": "12", "12": "11"}])
async def test_a_catch_up_ends_with_a_gap_where_the_archive_repeats_itself(
    make_home, partial, ring
):
    home = await known_up_to(make_home, partial, 5, archive_page=10)
    partial.archive = kept(0, 60)

    def page(asked):
        if asked.before is not None:
            return partial.honest_page(asked)
        # One leads to the other, and there is always one more.
        number = int(ring.get(asked.after, "11"))
        return Page(kept(number, number + 1))

    partial.page = page
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert not home.inside.is_syncing
    assert len(partial.queries) < 20
    assert [w.word for w in home.inside.warnings] == ["archive"]
    # The newest page is here, and it is said that something before it may be missing.
    assert (await home.bodies(PEER))[-10:] == numbered(50, 60)
    assert (await home.page(PEER))[2]


async def test_a_catch_up_ends_where_the_archive_answers_each_question_with_the_same_page(
    make_home, partial
):
    home = await known_up_to(make_home, partial, 5)
    partial.page = lambda asked: Page(kept(0, 5))
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(partial.queries) < 10
    assert await home.bodies(PEER) == numbered(0, 5)


async def test_a_catch_up_ends_where_the_archive_leads_on_and_on_without_bringing_anything(
    make_home, partial
):
    home = await known_up_to(make_home, partial, 5)
    partial.page = lambda asked: Page(last=f"{asked.after}x")
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(partial.queries) < 10


async def test_the_next_page_is_asked_for_while_one_is_stored(make_home, partial):
    home = await known_up_to(make_home, partial, 5, archive_page=10)
    is_asked, waited = threading.Event(), []

    def page(asked):
        if asked.after == "14":
            is_asked.set()
        return partial.honest_page(asked)

    def wait(ledger, context, envelope, found):
        waited.append(is_asked.wait(PATIENCE_S))
        return envelope

    def first(context, envelope):
        return envelope.new if envelope.new.body == "m5" else None

    waiting = MessageStage("waits for the next question", first, wait)
    home.inbound = replace(INBOUND, messages=(*INBOUND.messages, waiting))
    await home.restart_with(home.patience)
    partial.archive, partial.page = kept(0, 30), page
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert waited == [True]
    assert await home.bodies(PEER) == numbered(0, 30)


async def test_a_catch_up_ends_where_a_cursor_is_forgotten_as_soon_as_it_is_given(
    make_home, partial
):
    home = await known_up_to(make_home, partial, 5)
    partial.page = lambda asked: Page(kept(3, 8)) if not asked.after else None
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(partial.queries) < 10
    assert await home.bodies(PEER) == numbered(0, 8)


async def test_scrolling_back_ends_with_a_gap_where_the_archive_repeats_itself(make_home, partial):
    home = await known_up_to(make_home, partial, 30, archive_page=10)
    partial.page = lambda asked: Page(kept(20, 30), is_complete=asked.before is None)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    partial.queries.clear()
    assert await home.page(PEER) == (numbered(20, 30), "server", False)

    async def has_gap():
        return await home.inside.store.read(lambda view: pages.page(view, PEER, {}, 50).gaps)

    await home.until(has_gap)
    assert len(partial.queries) < 10


async def test_filling_a_gap_ends_where_the_archive_repeats_itself(make_home, partial):
    home = await known_up_to(make_home, partial, 30, archive_page=10)
    await home.execute("DELETE FROM message WHERE body = 'm25'")
    await home.execute("UPDATE message SET gap = 1 WHERE body = 'm26'")
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    partial.queries.clear()
    partial.page = lambda asked: Page(kept(23, 25))
    assert (await home.page(PEER))[2]
    await home.until(lambda: home.hub.of(HistoryAnswered))  # what lies before is asked for last
    assert len(partial.queries) < 10
    assert (await home.page(PEER))[2]


@pytest.mark.parametrize("is_known", [False, True])
async def test_of_an_archive_that_sends_all_at_once_only_so_much_is_kept_and_the_rest_read_later(
    make_home, partial, is_known
):
    page, count = 2, 90
    if is_known:
        home = await known_up_to(make_home, partial, page, archive_page=page)
    else:
        home = await make_home("user", server=partial, archive_page=page)
    partial.archive = kept(0, count)

    def all_at_once(asked):
        honest = partial.honest_page(replace(asked, limit=count))
        return replace(honest, is_complete=True)

    partial.page = all_at_once
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    if not is_known:
        assert await home.bodies(PEER) == numbered(count - PAGES * page, count)
        while (await home.page(PEER, limit=count))[1] != "end":
            answered = len(home.hub.of(HistoryAnswered))
            await home.until(lambda answered=answered: len(home.hub.of(HistoryAnswered)) > answered)
    assert await home.bodies(PEER) == numbered(0, count)
    assert len(partial.queries) < count / page
    assert list(home.inside.warnings) == []


STAMPS = ["2024-01-01T00:00:00Z", "2023-12-31T23:59:60Z", "2024-01-01t00:00:01z", "", "soon"]


@pytest.mark.parametrize("page", [1, 2, 50])
async def test_a_stamp_that_cannot_be_read_costs_no_message_and_no_place(make_home, partial, page):
    home = await known_up_to(make_home, partial, 1, archive_page=page)
    partial.archive += [Kept(f"s{n}", f"s{n}", stamp) for n, stamp in enumerate(STAMPS)]
    partial.archive.append(Kept("last", "last", "2024-01-01T00:00:02Z"))
    await home.session.connect()
    bodies = ["m0", *(f"s{n}" for n in range(len(STAMPS))), "last"]
    await home.until_bodies(PEER, bodies)
    found = [message.time for message in await home.messages(PEER)]
    midnight = found[0]
    assert found[1:4] == [midnight, midnight, midnight + 1_000_000]
    assert found[-1] == midnight + 2_000_000


async def test_an_archive_without_ids_or_times_is_read_as_well(make_home, partial):
    partial.archive = [Kept("1", "one", ""), Kept("", "two", ""), Kept("3", "three", "")]
    home = await make_home("user", server=partial)
    await home.session.connect()
    await home.until_bodies(PEER, ["one", "two", "three"])


async def test_messages_of_one_second_keep_their_order_over_catch_ups_that_are_broken_off(
    make_home, partial
):
    partial.script.resume = "refuse"
    home = await known_up_to(make_home, partial, 3, archive_page=10)
    partial.archive = kept(0, 60)

    def page(asked):
        if len(partial.queries) in (2, 4):
            partial.client.abort()
        return partial.honest_page(asked)

    partial.page = page
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(partial.clients) == 4
    assert await home.bodies(PEER) == numbered(0, 60)


async def test_what_is_below_a_first_look_keeps_its_order_and_is_history(make_home, partial):
    partial.script.acknowledges = False
    partial.script.resume = "refuse"
    home = await make_home("user", server=partial, archive_page=10)
    partial.silent.add(ARCHIVE)
    await home.restart_with(Patience(short_s=0.2))
    await home.send(PEER, "mine")
    await home.session.connect()
    await partial.until(lambda: partial.messages == ["mine"])
    (sent,) = await home.messages(PEER)
    stamp = xml.format_time(sent.time // 1_000_000 * 1_000_000)
    # All of it in one second, ours in the middle, and more than a page after it.
    partial.archive = [
        *(Kept(str(n), f"m{n}", stamp) for n in range(15)),
        Kept("15", "mine", stamp, sent.message_id, is_ours=True),
        *(Kept(str(n), f"m{n}", stamp) for n in range(16, 40)),
    ]
    partial.silent.discard(ARCHIVE)
    partial.script.acknowledges = True
    home.cut()
    await home.until(lambda: home.hub.of(CaughtUp))
    assert await home.bodies(PEER) == [*numbered(0, 15), "mine", *numbered(16, 40)]
    assert {m.state for m in await home.messages(PEER) if m.body in numbered(0, 15)} == {"read"}
    await home.send(PEER, "after")
    await partial.until(lambda: "after" in partial.messages)
    assert partial.messages == ["mine", "after"]


async def test_a_disk_that_is_full_amid_a_catch_up_ends_the_connection_which_says_so(
    make_home, partial
):
    home = await known_up_to(make_home, partial, 5)
    partial.archive = [*kept(0, 5), *(Kept(str(n), f"m{n}" + "x" * 9000) for n in range(5, 60))]
    await home.execute("PRAGMA max_page_count = 1")  # SQLite takes it as: no larger than now
    await home.session.connect()
    await home.until(lambda: home.inside.stream.last_error[0] == "StorageError")
    assert not home.inside.is_syncing
    await home.execute("PRAGMA max_page_count = 100000")
    await home.until(lambda: home.hub.of(CaughtUp))
    assert len(await home.bodies(PEER)) == 60
    assert not home.inside.is_syncing


async def test_what_can_not_be_stored_of_an_archive_for_a_fault_of_ours_is_told_and_tried_again(
    make_home, partial, caplog
):
    caplog.set_level(logging.CRITICAL, logger="backendd.features.archive.catching_up")
    home = await known_up_to(make_home, partial, 5)
    await home.restart_with(Patience(0.2, 0.2))  # each time longer, and so long enough at last
    await home.execute(
        "CREATE TRIGGER fault BEFORE INSERT ON archive WHEN NEW.cursor <> '' "
        "BEGIN SELECT RAISE(ABORT, 'fault'); END"
    )
    await home.session.connect()
    await home.until(lambda: [w.word for w in home.inside.warnings] == ["archive"])
    await home.until(lambda: not home.inside.is_syncing)
    assert home.inside.stream.is_online
    await home.execute("DROP TRIGGER fault")
    await home.until(lambda: home.hub.of(CaughtUp))
    assert list(home.inside.warnings) == []
    await home.until(lambda: not home.inside.missing.words)


async def test_what_asked_for_older_messages_is_told_when_the_archive_refuses(make_home, partial):
    home = await known_up_to(make_home, partial, 5)
    await home.session.connect()
    await home.until(lambda: home.hub.of(CaughtUp))
    partial.refused[ARCHIVE] = ("internal-server-error", "wait")
    assert (await home.page(PEER))[1] == "server"
    await home.until(lambda: home.hub.of(HistoryAnswered))
    assert [(e.peer, e.older) for e in home.hub.of(HistoryAnswered)] == [(PEER, "offline")]
    # And asked anew it is answered anew.
    del partial.refused[ARCHIVE]
    assert (await home.page(PEER))[1] == "server"
    await home.until(lambda: [e.older for e in home.hub.of(HistoryAnswered)] == ["offline", "end"])


async def test_what_is_scrolled_to_stands_below_what_is_still_caught_up(make_home, partial):
    home = await known_up_to(make_home, partial, 3, archive_page=10)
    partial.silent.add(ARCHIVE)
    partial.archive = kept(0, 40)
    asked = partial.count(ARCHIVE)
    await home.session.connect()
    await partial.until(lambda: partial.count(ARCHIVE) > asked)
    partial.client.send(
        f"<message from='{PEER}/x' to='{partial.jid('')}' type='chat' id='id-40'><body>m40</body>"
        f"<stanza-id xmlns='urn:xmpp:sid:0' by='{partial.jid('')}' id='40'/></message>"
    )
    partial.archive = kept(0, 41)
    await home.until_message(PEER, "m40")
    await home.page(PEER)
    await partial.answer(ARCHIVE)
    await home.until(lambda: home.hub.of(HistoryAnswered))
    await home.until_bodies(PEER, numbered(0, 41))
    unread = [m.body for m in await home.messages(PEER) if m.state == "unread"]
    assert unread == numbered(3, 41)
