"""Search: everything stored is found by its words, newest first, and nothing is an error."""

import asyncio
import logging
import threading

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, InvalidJid, ProfileLocked
from backendd.core import words
from backendd.core.snippets import ELLIPSIS, LENGTH, snippet
from backendd.features.search import store
from tests.lab import hostile
from tests.lab.hostile import PIECES, steps

BOB, MIA = "bob@x.localhost", "mia@x.localhost"


async def search(home, query, **options):
    return await home.call(names.MESSAGES, "search", query, options)


async def bodies(home, query, **options):
    return [hit.body for hit in await search(home, query, **options)]


async def test_what_was_stored_is_found_newest_first_with_the_place_of_each_word(make_home):
    home = await make_home()
    for peer, body in ((BOB, "Meet at the Café?"), (MIA, "no, the cafe is closed"), (BOB, "well")):
        await home.send(peer, body)
    newest, oldest = await search(home, "CAFE the")
    assert (newest.body, newest.peer) == ("no, the cafe is closed", MIA)
    assert (oldest.body, oldest.peer) == ("Meet at the Café?", BOB)
    found = [oldest.snippet[start : start + length] for start, length in oldest.ranges]
    assert found == ["the", "Café"]


async def test_messages_from_others_are_found_as_soon_as_they_are_told(make_home, make_peer):
    home = await (await make_home()).online()
    peer = await make_peer()
    peer.chat(home.jid, "我在北京工作")
    await home.until_message(peer.jid, "我在北京工作")
    assert await bodies(home, "北京") == ["我在北京工作"]


async def test_a_long_beginning_is_found_among_many_of_its_own_beginning(make_home, monkeypatch):
    monkeypatch.setattr("backendd.features.search.store.NEAREST", 3)
    home = await make_home()
    for body in ("number 1", "numbers 2", "numb 3", "numeral 4", "numbed 5", "numbly 6"):
        await home.send(BOB, body)
    assert await bodies(home, "number*") == ["numbers 2", "number 1"]
    assert await bodies(home, "numbl*", limit=1) == ["numbly 6"]
    assert await bodies(home, "numbe* 1") == ["number 1"]


async def test_one_conversation_or_what_is_older_can_be_searched_alone(make_home):
    home = await make_home()
    ids = [await home.send(peer, f"tea {peer}") for peer in (BOB, MIA, BOB)]
    assert await bodies(home, "tea", peer=MIA) == [f"tea {MIA}"]
    assert await bodies(home, "tea", peer="nobody@x.localhost") == []
    assert [hit.id for hit in await search(home, "tea", limit=2)] == [ids[2], ids[1]]
    assert [hit.id for hit in await search(home, "tea", before=ids[1])] == [ids[0]]
    for wrong in ({"limit": 0}, {"limit": 501}):
        with pytest.raises(InvalidArgument):
            await search(home, "tea", **wrong)
    with pytest.raises(InvalidJid):
        await search(home, "tea", peer="@@")


async def test_what_somebody_wrote_or_what_came_in_a_time_can_be_searched_alone(
    make_home, make_peer
):
    home = await (await make_home()).online()
    bob, mia = await make_peer(), await make_peer()
    bob.chat(home.jid, "tea of bob")
    early = await home.until_message(bob.jid, "tea of bob")
    mia.chat(home.jid, "tea of mia")
    late = await home.until_message(mia.jid, "tea of mia")
    await home.send(bob.jid, "tea of mine")
    assert await bodies(home, "tea", sender=bob.jid) == ["tea of bob"]
    assert await bodies(home, "tea", sender=home.jid) == ["tea of mine"]
    assert await bodies(home, "tea", sender=home.jid, peer=mia.jid) == []
    assert await bodies(home, "tea", until=late.time) == ["tea of bob"]
    assert await bodies(home, "tea", since=late.time) == ["tea of mine", "tea of mia"]
    assert await bodies(home, "te*", since=early.time, until=late.time) == ["tea of bob"]
    with pytest.raises(InvalidJid):
        await search(home, "tea", sender="@\n")


async def test_in_the_order_of_a_conversation_what_was_fetched_last_does_not_come_first(make_home):
    home = await make_home()
    ids = [await home.send(BOB, f"teapot {number}") for number in range(3)]
    # As what an archive brings: it is stored last, and stands first.
    await home.execute("UPDATE message SET place = -1 WHERE id = ?", ids[2])
    ordered = {"peer": BOB, "in_order": True}
    assert await bodies(home, "teapot", peer=BOB) == ["teapot 2", "teapot 1", "teapot 0"]
    assert await bodies(home, "teapot", **ordered) == ["teapot 1", "teapot 0", "teapot 2"]
    assert await bodies(home, "teapo*", **ordered) == ["teapot 1", "teapot 0", "teapot 2"]
    assert await bodies(home, "teapot", **ordered, before=ids[0]) == ["teapot 2"]
    assert await bodies(home, "teapot", **ordered, limit=1) == ["teapot 1"]
    with pytest.raises(InvalidArgument):
        await search(home, "teapot", in_order=True)


async def test_in_a_room_it_is_whose_account_wrote_that_counts_or_a_nick(make_home):
    home = await make_home()
    await home.send(BOB, "tea")
    room = "garden@rooms.x.localhost"
    await home.execute("UPDATE message SET sender = ?, real_jid = ?", f"{room}/robert", BOB)
    for sender in (BOB, f"{room}/robert"):
        assert await bodies(home, "tea", sender=sender) == ["tea"]
    for sender in (MIA, f"{room}/bob"):
        assert await bodies(home, "tea", sender=sender) == []


async def test_who_opens_a_conversation_does_not_wait_for_a_search(make_home, monkeypatch):
    home = await make_home()
    await home.send(BOB, "tea")
    find, may_go_on = store.find, threading.Event()

    def find_late(*args, **options):
        may_go_on.wait()
        return find(*args, **options)

    monkeypatch.setattr("backendd.features.search.store.find", find_late)
    searching = asyncio.get_running_loop().create_task(bodies(home, "tea"))
    page = await home.call(names.MESSAGES, "list", BOB, {})
    assert [message.body for message in page[0]] == ["tea"]
    assert not searching.done()
    may_go_on.set()
    assert await searching == ["tea"]


@pytest.mark.parametrize(
    "query",
    ["", '"', "*", "AND", "a OR", "NEAR(", "words:", "-a", "^a", "(", "'", '"" a*', "\x00", "a\\"],
)
async def test_nothing_that_is_typed_is_a_syntax_error(make_home, query):
    home = await make_home()
    await home.send(BOB, "or NEAR and words a")
    assert isinstance(await search(home, query), list)


async def test_a_locked_profile_tells_nothing(make_home):
    home = await make_home()
    await home.send(BOB, "secret")
    await home.session.lock()
    with pytest.raises(ProfileLocked):
        await search(home, "secret")


async def test_what_is_gone_or_different_is_not_found_any_more(make_home):
    home = await make_home()
    first = await home.send(BOB, "apple pie")
    await home.send(BOB, "apple juice")
    await home.execute("UPDATE message SET body = 'pear pie' WHERE id = ?", first)
    assert await bodies(home, "apple") == ["apple juice"]
    assert await bodies(home, "pear") == ["pear pie"]
    await home.execute("DELETE FROM message WHERE id = ?", first)
    assert await bodies(home, "pie") == []


async def test_another_profile_finds_nothing_of_this_one(make_home, tmp_path):
    home, other = await make_home(), await make_home()
    await home.send(BOB, "mine")
    assert await bodies(other, "mine") == []


async def unindexed(home):
    """Have the database as it was before there was an index, and open it anew."""
    await home.execute("UPDATE word_index SET version = 0")
    await home.leave()


async def indexed(home):
    """Return once the background has done its work."""
    while await home.count("indexed"):
        pass


async def test_a_database_from_before_is_indexed_in_the_background_in_parts(make_home, monkeypatch):
    monkeypatch.setattr("backendd.features.search.service.PART", 2)
    home = await make_home()
    ids = [await home.send(BOB, f"old {number}") for number in range(5)]
    await unindexed(home)
    await home.come_back()
    await home.send(MIA, "old but new")
    await indexed(home)
    found = await bodies(home, "old")
    assert found == ["old but new", *(f"old {number}" for number in range(4, -1, -1))]
    await home.execute("DELETE FROM message WHERE id = ?", ids[0])
    assert "old 0" not in await bodies(home, "old")


class Told(logging.Handler):
    """What a logger says, and an event for who waits for it."""

    def __init__(self):
        super().__init__()
        self.event = asyncio.Event()
        self.sentences = []

    def emit(self, record):
        self.sentences.append(record.getMessage())
        self.event.set()


async def test_very_long_messages_are_indexed_in_parts_of_their_own(make_home, monkeypatch):
    monkeypatch.setattr("backendd.features.search.store.AT_ONCE", 10)
    home = await make_home()
    for number in range(4):
        await home.send(BOB, f"old {'and long' * number} {number}")
    await unindexed(home)
    await home.come_back()
    await indexed(home)
    assert len(await bodies(home, "old")) == 4


async def test_what_could_not_be_indexed_is_when_the_database_works_again(
    make_home, monkeypatch, caplog
):
    caplog.set_level(logging.CRITICAL, logger="backendd.store.database")
    told = Told()
    monkeypatch.setattr("backendd.features.search.service.log.handlers", [told])
    monkeypatch.setattr("backendd.features.search.service.AGAIN_S", 0.1)
    home = await make_home()
    for number in range(3):
        await home.send(BOB, f"old {number}")
    await unindexed(home)
    await home.come_back(is_writable=False)
    await told.event.wait()
    await home.set_writable(is_writable=True)
    await indexed(home)
    assert await bodies(home, "old") == ["old 2", "old 1", "old 0"]
    assert len(told.sentences) == 1


async def test_what_is_not_indexed_yet_can_be_changed_and_removed(make_home):
    home = await make_home()
    ids = [await home.send(BOB, f"old {number}") for number in range(3)]
    await unindexed(home)
    await home.come_back()
    await home.inside.tasks.stop()  # the background is slow
    await home.execute("INSERT OR REPLACE INTO indexed (profile, low) VALUES (1, ?)", ids[-1])
    await home.execute("INSERT INTO message_words (message_words) VALUES ('delete-all')")
    await home.execute("UPDATE message SET body = 'new 0' WHERE id = ?", ids[0])
    await home.execute("DELETE FROM message WHERE id = ?", ids[1])
    while await home.inside.store.write(lambda ledger: store.extend(ledger, 1)):
        pass
    assert await bodies(home, "old") == ["old 2"]
    assert await bodies(home, "new") == ["new 0"]
    await home.execute("INSERT INTO message_words (message_words) VALUES ('integrity-check')")


def test_a_snippet_shows_what_was_found_on_one_line():
    body = "x " * 200 + "the\nneedle here " + "y " * 200
    text, ranges = snippet(body, words.parse("needle"))
    assert len(text) <= LENGTH + 2
    assert text.startswith(ELLIPSIS)
    assert text.endswith(ELLIPSIS)
    ((start, length),) = ranges
    assert text[start : start + length] == "needle"
    assert "the needle here" in text


@pytest.mark.parametrize("filler", ["lorem ipsum ", "needles ", "日", "x", "\n"])
def test_what_is_far_down_a_very_long_message_is_shown_in_its_snippet(filler):
    body = f"{hostile.body(filler, 200_000)} the Needle here {hostile.body(filler, 50_000)}"
    text, ranges = snippet(body, words.parse("needle"))
    assert [text[start : start + length] for start, length in ranges] == ["Needle"]
    assert "the Needle here" in text


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("query", ["needle", "a", "x*", "日"])
def test_what_a_snippet_costs_has_an_end(piece, query):
    terms = words.parse(query)
    short, long = (hostile.body(piece, length) + " needle" for length in (50_000, 250_000))
    snippet(long, terms)  # what is made once, of the terms and of each character
    assert steps(lambda: snippet(long, terms)) < 1.5 * steps(lambda: snippet(short, terms))


async def test_a_long_beginning_is_found_in_very_long_messages(make_home):
    home = await make_home()
    for number in range(3):
        await home.send(BOB, f"{'numb ' * 20_000} {'numbers' if number else 'numbness'} {number}")
    found = await search(home, "number*")
    assert [hit.body[-1] for hit in found] == ["2", "1"]


async def test_what_was_salvaged_of_a_damaged_database_is_found(make_home):
    home = await make_home()
    await home.send(BOB, "still here")
    await home.leave()
    with home.path.open("r+b") as file:
        file.write(b"no database at all")
    await home.come_back()
    await home.send(BOB, "here again")
    await indexed(home)
    assert await bodies(home, "here") == ["here again", "still here"]
