"""Comments that are being written: kept for all frontends until they are said."""

import asyncio

import pytest

from backendd.api import names
from backendd.api.errors import InvalidArgument, InvalidJid, TooLarge
from backendd.core.entries import COMMENTS, MICROBLOG, CommentDraftsChanged, Content, Feed
from backendd.core.uris import ItemAddress, encode
from backendd.store import drafts, entries, feeds
from backendd.store.entries import Arrival
from tests.features.test_messages import frontend, options

__all__ = ["frontend"]

BLOG = names.BLOG
BOB = "bob@x.localhost"
TALK = Feed(BOB, f"{COMMENTS}tea")


async def keep(home, text, id="tea", *, service=BOB, **options):
    await home.call(BLOG, "set_comment_draft", service, "", id, text, options)


async def listed(home):
    return await home.call(BLOG, "comment_drafts", {})


async def say(home, text, **options):
    return await home.call(BLOG, "comment", BOB, "", "tea", text, options)


async def post(home, title="On tea"):
    """Have an entry be here, on which there can be comments."""

    def work(ledger):
        feed_id = feeds.ensure(ledger, Feed(BOB, MICROBLOG))
        says = Content(title=title, comments=TALK)
        entries.save(ledger, feed_id, "tea", says, Arrival(home.jid, 1))

    await home.inside.store.write(work)


async def test_a_comment_is_kept_as_it_was_given_also_by_a_daemon_that_crashes(make_home):
    home = await make_home()
    await post(home)
    await keep(home, "black\n\tfor me ", service="Bob@X.Localhost/y", parent="1")
    await keep(home, "hm", "cups")
    await home.crash()
    await home.come_back()
    newer, older = await listed(home)
    assert (newer.id, newer.title, newer.parent, newer.text) == ("cups", "", "", "hm")
    assert (older.service, older.node, older.id) == (BOB, MICROBLOG, "tea")
    assert older.uri == encode(ItemAddress(BOB, MICROBLOG, "tea"))
    assert (older.title, older.parent, older.text) == ("On tea", "1", "black\n\tfor me ")
    assert older.updated > 0


async def test_what_is_kept_again_takes_the_place_of_what_was_there(make_home):
    home = await make_home()
    await keep(home, "a", parent="1")
    await keep(home, "b")
    (found,) = await listed(home)
    assert (found.parent, found.text) == ("", "b")


async def test_an_empty_one_is_none_and_what_becomes_of_them_is_told(make_home):
    home = await make_home()
    await keep(home, "a")
    await keep(home, "")
    await keep(home, "")
    assert await listed(home) == []
    (first,), (second,) = (event.drafts for event in home.hub.of(CommentDraftsChanged))
    assert (first.id, first.text, second.id, second.text) == ("tea", "a", "tea", "")
    assert second.revision > first.revision > 0


async def test_a_comment_that_is_said_is_kept_no_more_from_the_same_step_on(make_home):
    home = await make_home()
    await post(home)
    await keep(home, "a")
    await keep(home, "b", "cups")
    with pytest.raises(InvalidArgument):
        await say(home, " ", clear_draft=True)
    await say(home, "something else")
    assert [each.text for each in await listed(home)] == ["b", "a"]
    id = await say(home, "a", clear_draft=True, token="t")
    assert [each.text for each in await listed(home)] == ["b"]
    # The answer was lost, what was typed is kept again, and then said once more.
    await keep(home, "a")
    assert await say(home, "a", clear_draft=True, token="t") == id
    assert [each.text for each in await listed(home)] == ["b"]


async def test_what_is_kept_stays_where_the_entry_is_gone_and_tells_what_that_was_called(make_home):
    home = await make_home()
    await post(home)
    await keep(home, "a")

    def vanish(ledger):
        feed_id = feeds.ensure(ledger, Feed(BOB, MICROBLOG))
        ledger.db.execute("DELETE FROM entry WHERE feed = ?", (feed_id,))

    await home.inside.store.write(vanish)
    await keep(home, "ab")
    (found,) = await listed(home)
    assert (found.title, found.text) == ("On tea", "ab")


async def test_it_keeps_nothing_that_a_terminal_would_obey(make_home):
    home = await make_home()
    await keep(home, "a\x1b[31m\r\nb")
    assert [each.text for each in await listed(home)] == ["a[31m\nb"]


@pytest.mark.parametrize(
    ("at", "id", "text", "error"),
    [
        ("@", "tea", "a", InvalidJid),
        (BOB, "t" * 5000, "a", TooLarge),
        (BOB, "tea", "a" * 600_000, TooLarge),
    ],
)
async def test_what_can_never_be_said_is_not_kept(make_home, at, id, text, error):
    home = await make_home()
    with pytest.raises(error):
        await keep(home, text, id, service=at)
    assert await listed(home) == []


async def test_they_are_no_more_than_one_message_can_tell(make_home, monkeypatch):
    monkeypatch.setattr(drafts, "LONGEST", 100)
    home = await make_home()
    await keep(home, "a" * 60)
    with pytest.raises(TooLarge, match="drafts"):
        await keep(home, "b" * 60, "cups")
    await keep(home, "c" * 70)
    assert [each.text for each in await listed(home)] == ["c" * 70]


async def test_a_frontend_hears_of_one_what_another_keeps(frontend):
    await frontend.call(BLOG, "SetCommentDraft", "ssssa{sv}", BOB, "", "tea", "hm", options())
    await frontend.until(lambda: frontend.of("CommentDraftsChanged"))
    ((told,),) = frontend.of("CommentDraftsChanged")
    assert [(each["id"], each["text"]) for each in told] == [("tea", "hm")]
    assert await frontend.call(BLOG, "CommentDrafts") == told


async def drafted(home, text, **options):
    """Keep a draft; return its id as it is told."""
    await keep(home, text, **options)
    return next((each.draft_id for each in await listed(home)), "")


async def test_a_draft_that_two_frontends_say_at_the_same_moment_is_said_once(make_home):
    home = await make_home()
    await post(home)
    draft = await drafted(home, "a")
    first, second = await asyncio.gather(
        say(home, "a", draft=draft, token="1"), say(home, "a", draft=draft, token="2")
    )
    assert first == second
    assert await listed(home) == []
    assert await say(home, "a", draft=draft, token="2") == first


async def test_what_is_said_twice_to_others_or_otherwise_is_said_each_time(make_home):
    home = await make_home()
    await post(home)
    draft = await drafted(home, "a")
    said = [
        await say(home, "a", draft=draft),
        await say(home, "a b", draft=draft),
        await say(home, "a", draft=draft, parent=await say(home, "c")),
        await say(home, "a", draft=await drafted(home, "a")),
        await say(home, "a"),
    ]
    assert len(set(said)) == len(said)


async def test_what_was_kept_since_stays_when_an_earlier_draft_is_said(make_home):
    home = await make_home()
    await post(home)
    earlier = await drafted(home, "a")
    later = await drafted(home, "b")
    await say(home, "a", draft=earlier)
    assert [(each.text, each.draft_id) for each in await listed(home)] == [("b", later)]


async def test_a_draft_that_was_said_is_not_kept_behind_it(make_home):
    home = await make_home()
    await post(home)
    assert await drafted(home, "a", draft_id="mine") == "mine"
    await say(home, "a", draft="mine")
    assert await drafted(home, "a", draft_id="mine") == ""
