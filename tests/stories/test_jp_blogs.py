"""`jp blog`: blogs themselves, and what waits to be in one, from a shell."""

import pytest

from backendd.api import names
from tests.stories.test_jp_blog import posted


@pytest.fixture
async def alice(server, user):
    """The user."""
    return await user(server, "alice")


async def test_a_blog_goes_into_a_file_and_out_of_it_again(jp, alice):
    for each in ("first", "second"):
        await posted(jp, f"the **{each}** one", "--title", each, "--tag", each)
    before = (await jp.ok("blog", "list", "--json")).records
    await jp.ok("blog", "export", "blog.atom")
    written = (jp.directory / "blog.atom").read_bytes()
    assert written.count(b"<entry") == 2
    ended = await jp("blog", "export", "blog.atom")
    assert ended.code == 1
    assert (jp.directory / "blog.atom").read_bytes() == written
    assert (await jp.ok("blog", "export", "-")).output.count("<entry") == 2
    known = (await jp.ok("blog", "import", "blog.atom", "--json")).records
    assert [each["state"] for each in known] == ["known", "known"]
    dry = await jp.ok("blog", "import", "blog.atom", "/copy", "--dry-run", "--json")
    assert [each["state"] for each in dry.records] == ["new", "new"]
    await jp.ok("blog", "create", "/copy", "--title", "A copy")
    assert (await jp.ok("blog", "list", "/copy")).output == ""
    await jp.ok("blog", "import", "blog.atom", "/copy")
    copy = (await jp.ok("blog", "list", "/copy", "--json")).records
    kept = ("title", "body", "tags", "published")
    assert [[e[key] for key in kept] for e in copy] == [[e[key] for key in kept] for e in before]
    (jp.directory / "no.atom").write_text("nothing of the kind")
    ended = await jp("blog", "import", "no.atom")
    assert (ended.code, ended.output) == (2, "")


async def test_a_blog_is_made_for_some_changed_and_deleted(jp, alice, server):
    diary = f"{server.jid('alice')}/diary"
    await jp.ok("blog", "create", "/diary", "--access", "presence", "--title", "Dear diary")
    assert (await jp.ok("blog", "access", "/diary", "--json")).record["model"] == "presence"
    bob = server.jid("bob")
    await jp.ok("blog", "access", "/diary", "whitelist", "--member", bob)
    found = (await jp.ok("blog", "access", "/diary", "--json")).record
    assert found == {"model": "whitelist", "members": [bob]}
    listed = (await jp.ok("blog", "nodes")).output
    assert diary in listed
    assert "Dear diary" in listed
    ended = await jp("blog", "delete", "/diary")
    assert ended.code == 1
    assert "nothing was done" in ended.errors
    await jp.ok("blog", "delete", diary, "--yes")
    assert diary not in (await jp.ok("blog", "nodes")).output


async def test_a_blog_is_followed_and_what_is_new_there_marked_read(jp, alice, meet, server):
    bob = await meet(server, "bob")
    await bob.open_blog()
    await jp.ok("blog", "subscribe", bob.jid)
    await bob.publish("new", "Brand new", "It is.", "2026-11-01T10:00:00Z")
    (followed,) = (await jp.ok("blog", "subscriptions", "--json")).records
    assert followed["service"] == bob.jid
    await jp.ok("blog", "notify", bob.jid, "none")
    assert (await jp.ok("blog", "subscriptions", "--json")).record["notify"] == "none"
    await jp.ok("blog", "mark-read", bob.jid)
    assert not (await jp.ok("blog", "subscriptions", "--json")).record.get("unread")
    await jp.ok("blog", "unsubscribe", bob.jid)
    assert (await jp.ok("blog", "subscriptions")).output == ""


async def test_what_waits_for_a_connection_is_listed_and_given_up(jp, alice):
    await posted(jp, "the first makes the blog")
    await jp.ok("profile", "disconnect")
    await alice.wait_state("offline")
    for each in ("one", "two", "three"):
        await jp.ok("blog", "post", f"{each} that waits")
    listed = (await jp.ok("blog", "unpublished", "--json")).records
    assert {each["state"] for each in listed} == {"pending"}
    ended = await jp("blog", "post", "for nobody", "--wait=10ms")
    assert ended.code == 1
    assert "is still pending" in ended.errors
    await jp.ok("blog", "discard", listed[0]["uri"])
    assert (await jp.ok("blog", "discard-pending")).output == "3\n"
    assert (await jp.ok("blog", "unpublished")).output == ""


async def test_drafts_are_listed_published_and_forgotten(jp, alice):
    for each in ("first", "second"):
        entry = {"title": each, "markdown": "not done yet"}
        await alice.call(names.BLOG, "SaveDraft", "sssa{sv}a{sv}", "", "", "", entry, {})
    second, first = (await jp.ok("blog", "drafts", "--json")).records
    assert "second" in (await jp.ok("blog", "drafts")).output
    await posted(jp, "done", "--draft", first["id"])
    await jp.ok("blog", "delete-draft", second["id"])
    assert (await jp.ok("blog", "drafts")).output == ""
    assert (await jp("blog", "delete-draft", second["id"])).code == 1
