"""`jp blog`: all that is new, what is found where, and changes that others were quicker with."""

import asyncio

import pytest

from tests.lab.patience import PATIENCE_S
from tests.stories.test_jp_blog import posted


@pytest.fixture
async def alice(server, user):
    """The user."""
    return await user(server, "alice")


@pytest.fixture
async def laptop(server, backend, alice, jp):
    """Call it with words to run `jp` for another client of the account of the user."""
    await backend.add_profile(
        *("laptop", server.jid("alice"), server.password("alice")),
        port=server.port,
        ca_file=server.ca_file,
    )

    async def run(*words):
        return await jp.ok("-p", "laptop", *words)

    await run("profile", "wait", "online", "--limit", "1m")
    return run


async def until(jp, words, is_so):
    """Return what `jp` prints once it is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so(said := (await jp.ok(*words)).output):
            await jp.ok("watch", "Blog", "--count", "1", "--limit", "200ms")
    return said


async def titles(jp, *words):
    return (await jp.ok("blog", *words, "--fields", "title")).output.splitlines()


async def test_all_that_is_new_is_listed_the_newest_first(jp, alice, meet, server):
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    for each in (bob, carol):
        await each.open_blog()
        await jp.ok("blog", "subscribe", each.jid)
    await posted(jp, "They grow.", "--title", "Beans")
    await bob.publish("old", "Last year", "It rained.", "2025-11-01T10:00:00Z")
    await carol.publish("mid", "On trains", "They are late.", "2026-01-01T10:00:00Z")
    await bob.publish("new", "This year", "It rains.", "2026-02-01T10:00:00Z")
    known = ("blog", "timeline", "--fields", "title")
    everything = ["Beans", "This year", "On trains", "Last year"]
    await until(jp, known, lambda said: said.splitlines() == everything)
    assert await titles(jp, "timeline", "--limit", "2") == everything[:2]
    assert await titles(jp, "timeline", "--since", "2026-01-15") == everything[:2]
    assert await titles(jp, "timeline", "--limit", "3", "--since", "2026-01-01") == everything[:3]
    await jp.ok("blog", "read", f"{bob.jid}/new", "--mark")
    unread = await titles(jp, "timeline", "--unread")
    assert unread == ["On trains", "Last year"]
    await jp.ok("blog", "mark-read", bob.jid)
    assert await titles(jp, "timeline", "--unread") == ["On trains"]
    assert f"{carol.jid}/mid" in (await jp.ok("blog", "timeline", "--unread")).output
    await jp.ok("blog", "unsubscribe", carol.jid)
    assert "On trains" not in await titles(jp, "timeline")


async def test_it_is_searched_where_and_when_it_is_said(jp, alice, meet, server):
    bob = await meet(server, "bob")
    await bob.open_blog()
    await jp.ok("blog", "subscribe", bob.jid)
    await bob.publish("old", "Rain in May", "Much.", "2025-05-01T10:00:00Z")
    await posted(jp, "Much *rain* here", "--title", "Rain today")
    await posted(jp, "and rain", "--title", "Rain of the diary", "--node", "diary")
    everything = ["Rain of the diary", "Rain today", "Rain in May"]
    words = ("blog", "search", "rain", "--fields", "title")
    await until(jp, words, lambda said: said.splitlines() == everything)
    for options, found in (
        (("--service", bob.jid), everything[2:]),
        (("--service", server.jid("alice")), everything[:2]),
        (("--service", server.jid("alice"), "--node", "diary"), everything[:1]),
        (("--before", "2026-01-01"), everything[2:]),
        (("--limit", "2"), everything[:2]),
        (("--before", "2025-01-01"), []),
    ):
        assert await titles(jp, "search", "rain", *options) == found, options


async def test_a_change_that_somebody_was_quicker_with_is_published_where_that_is_said(jp, laptop):
    entry = await posted(jp, "It rains.", "--title", "Weather")
    await jp.ok("profile", "disconnect")
    await jp.ok("blog", "edit", entry, "--title", "Mine")
    await laptop("blog", "list")
    await laptop("blog", "edit", entry, "--title", "Theirs", "--wait")
    await jp.ok("profile", "connect")
    failed = ("blog", "unpublished", "--fields", "state,title")
    await until(jp, failed, "failed\tMine\n".__eq__)
    assert "changed elsewhere" in (await jp.ok("blog", "unpublished")).output
    assert "Theirs" in (await jp.ok("blog", "read", entry, "--published")).output
    await jp.ok("blog", "retry", entry)
    await until(jp, failed, "failed\tMine\n".__eq__)
    assert "Theirs" in (await jp.ok("blog", "read", entry, "--published")).output
    await jp.ok("blog", "retry", entry, "--anyway")
    await until(jp, failed, "".__eq__)
    assert await titles(jp, "list") == ["Mine"]
    mine = ("-p", "laptop", "blog", "list", "--fields", "title")
    await until(jp, mine, "Mine\n".__eq__)


@pytest.mark.components
async def test_what_was_refused_is_published_once_more_when_it_is_let(jp, server, alice, user):
    server.add_account("librarian")
    await user(server, "librarian")
    blog = f"pubsub.{server.domain}/garden"
    words = ("-p", "librarian", "blog")
    await jp.ok(*words, "create", blog, "--title", "The garden", "--description", "What grows")
    assert "What grows" in (await jp.ok("blog", "info", blog)).output
    place = ("--service", f"pubsub.{server.domain}", "--node", "garden")
    assert (await jp("blog", "post", "Of beans", *place, "--wait")).code == 1
    (refused,) = (await jp.ok("blog", "unpublished", "--json")).records
    assert refused["state"] == "failed"
    await jp.ok(*words, "writers", blog, "publishers", "--member", server.jid("alice"))
    await jp.ok("blog", "retry", refused["uri"])
    await until(jp, ("blog", "unpublished"), "".__eq__)
    assert "Of beans" in (await jp.ok(*words, "list", blog)).output


async def test_what_is_begun_is_kept_as_it_is_said(jp, alice):
    saved = await jp.ok("blog", "save-draft", "as it *is*", "--plain", "--comments", "no")
    id = saved.output.strip()
    (draft,) = (await jp.ok("blog", "drafts", "--json")).records
    assert (draft["entry"]["body"], draft["entry"]["comments"]) == ("as it *is*", False)
    seen = str(draft["revision"])
    words = ("blog", "save-draft", "--draft", id, "--revision", seen)
    assert (await jp.ok(*words, "mine")).output == f"{id}\n"
    # It is another one by now.
    other = (await jp.ok(*words, "theirs")).output.strip()
    assert other != id
    assert (await jp.ok("blog", "draft", id)).output == "mine\n"
    assert (await jp.ok("blog", "draft", other)).output == "theirs\n"


async def test_what_is_being_said_to_an_entry_is_kept_and_said_once(jp, alice):
    entry = await posted(jp, "It rains.")
    comment = (await jp.ok("blog", "comment", entry, "Still?", "--wait")).output.strip()
    words = ("blog", "draft-comment", entry)
    for id, text in (("a", "No, it doe"), ("b", "Yes, it does")):
        await jp.ok(*words, text, "--draft-id", id, "--parent", comment)
    (kept,) = (await jp.ok("blog", "comment-drafts", "--json")).records
    assert (kept["text"], kept["draft_id"]) == ("Yes, it does", "b")
    said = ("blog", "comment", entry, "Yes, it does", "--parent", comment, "--draft", "b", "--wait")
    for _ in range(2):
        await jp.ok(*said)
    assert (await jp.ok("blog", "comment-drafts")).output == ""
    assert await titles(jp, "comments", entry) == ["Yes, it does", "Still?"]
    await jp.ok(*words, "No", "--draft-id", "c")
    await jp.ok(*words, "")
    assert (await jp.ok("blog", "comment-drafts")).output == ""
    await jp.ok("blog", "edit", entry, "--comments", "no", "--wait")
    ended = await jp("blog", "comment", entry, "And now?")
    assert (ended.code, ended.output) == (1, ""), ended
