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
    await jp.ok("blog", "import", "blog.atom", "/copy", "--wait")
    assert (await jp.ok("blog", "outgoing")).output == ""
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
    await jp.ok("roster", "add", bob, "--name", "Bobby")
    await jp.ok("blog", "access", "/diary", "whitelist", "--member", "bobby")
    ended = await jp("blog", "access", "/diary", "whitelist", "--member", "nobody")
    assert (ended.code, "no contact or room is called so" in ended.errors) == (2, True)
    ended = await jp("blog", "access", "/diary", "whitelist", "--member", "")
    assert (ended.code, "is nobody's" in ended.errors) == (2, True)
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


async def test_an_entry_is_begun_looked_at_and_published(jp, alice):
    saved = await jp.ok("blog", "save-draft", "Of *tea*", "--title", "Tea", "--tag", "a", "--json")
    id = saved.record["id"]
    assert (await jp.ok("blog", "draft", id)).output == "Tea\n\nOf *tea*\n"
    again = await jp.ok("blog", "save-draft", "Of **tea**", "--draft", id, "--json")
    assert again.record["id"] == id
    assert (await jp.ok("blog", "draft", id)).output == "Of **tea**\n"
    assert (await jp("blog", "draft", "nowhere")).code == 1
    assert (await jp.ok("blog", "preview", "Of **tea**")).output == "Of tea\n"
    assert "<strong>tea</strong>" in (await jp.ok("blog", "preview", "**tea**", "--html")).output
    posted = (await jp.ok("blog", "post", "-", "--draft", id, "--wait", given="Of tea")).output
    assert (await jp.ok("blog", "drafts")).output == ""
    entry = posted.strip()
    await jp.ok("blog", "draft-comment", entry, "I thi")
    assert "I thi" in (await jp.ok("blog", "comment-drafts")).output
    await jp.ok("blog", "comment", entry, "I think so", "--clear-draft", "--wait")
    assert (await jp.ok("blog", "comment-drafts")).output == ""


async def test_who_said_something_to_a_post_is_told_and_may_be_muted(jp, alice, server, user):
    await user(server, "bob")
    entry = (await jp.ok("blog", "post", "Of tea", "--wait")).output.strip()
    uri = (await jp.ok("blog", "list", "--fields", "uri")).output.strip()
    await jp.ok("-p", "bob", "blog", "comment", uri, "with milk?", "--wait")
    watched = ("watch", "Blog.DiscussionsChanged", "--count", "1", "--limit", "20s")
    if not (found := (await jp.ok("blog", "discussions", "--json")).records):
        await jp(*watched)
        found = (await jp.ok("blog", "discussions", "--json")).records
    assert (found[0]["unread"], found[0]["last"]["title"]) == (1, "with milk?")
    assert "bob" in (await jp.ok("blog", "discussions")).output
    await jp.ok("blog", "notify-comments", entry, "none")
    assert (await jp.ok("blog", "discussions", "--fields", "notify")).output == "none\n"
    place = f"{found[0]['comments_service']}/{found[0]['comments_node']}"
    await jp.ok("blog", "mark-read", place)
    (muted,) = (await jp.ok("blog", "discussions", "--json")).records
    assert muted.get("unread", 0) == 0


# ejabberd tells it to who isn't looking with the next that it has to tell.
async def test_who_has_come_to_like_a_post_is_told_until_that_was_seen(jp, alice, server, user):
    await user(server, "bob")
    entry = (await jp.ok("blog", "post", "Of tea", "--wait")).output.strip()
    uri = (await jp.ok("blog", "list", "--fields", "uri")).output.strip()
    await jp.ok("-p", "bob", "blog", "like", uri)
    while not (found := (await jp.ok("blog", "discussions", "--json")).records):
        await jp.ok("watch", "Blog.DiscussionsChanged", "--count", "1", "--limit", "1s")
    bob = server.jid("bob")
    assert [(each["new_likes"], each["new_likers"]) for each in found] == [(1, [bob])]
    assert bob in (await jp.ok("blog", "discussions")).output
    await jp.ok("blog", "see-likes", entry)
    assert (await jp.ok("blog", "discussions")).output == ""
    assert (await jp.ok("blog", "list", "--fields", "likes")).output == "1\n"


async def test_what_waits_to_be_published_is_counted_by_blog(jp, alice):
    await jp.ok("blog", "post", "already out", "--wait")
    await jp.ok("profile", "disconnect")
    await jp.ok("blog", "post", "later")
    (found,) = (await jp.ok("blog", "outgoing", "--json")).records
    assert (found["pending"], found.get("failed", 0)) == (1, 0)
    await jp.ok("blog", "export", "all.atom")
    ended = await jp("blog", "import", "all.atom", "--wait=100ms")
    assert (ended.code, "still waiting: 1" in ended.errors) == (1, True)


@pytest.mark.components
async def test_a_file_of_an_entry_is_fetched(jp, alice):
    (jp.directory / "tea.txt").write_text("leaves")
    words = ("blog", "post", "See the file", "--file", "tea.txt", "--wait")
    entry = (await jp.ok(*words)).output.strip()
    place = jp.directory / "here"
    place.mkdir()
    fetched = await jp.ok("blog", "fetch", entry, "here", "--wait=30s")
    assert fetched.output == f"{place}/tea.txt\n"
    assert (await jp.ok("blog", "fetch", entry, "--output", "-")).output == "leaves"
    assert (await jp("blog", "fetch", entry, "--number", "2")).code == 1
    plain = (await jp.ok("blog", "post", "no file", "--wait")).output.strip()
    ended = await jp("blog", "fetch", plain)
    assert (ended.code, "no file" in ended.errors) == (1, True)


# Prosody lets nobody be let in.
@pytest.mark.every_server(but=["prosody"])
async def test_who_asks_to_read_a_blog_is_let_in_or_not(server, jp, alice, user):
    for each in ("bob", "carol"):
        await user(server, each)
    await jp.ok("blog", "create", server.jid("alice"), "--access", "authorize")
    for each in ("bob", "carol"):
        await jp.ok("-p", each, "blog", "subscribe", server.jid("alice"))
    wanted = {server.jid("bob"), server.jid("carol")}
    asked = await requests(jp)
    while {each["jid"] for each in asked} != wanted:
        await jp("watch", "Blog.ReaderRequestsChanged", "--count", "1", "--limit", "1s")
        asked = await requests(jp)
    ids = {each["jid"]: each["id"] for each in asked}
    await jp.ok("blog", "accept", ids[server.jid("bob")])
    await jp.ok("blog", "deny", ids[server.jid("carol")])
    assert await requests(jp) == []
    assert (await jp("blog", "accept", ids[server.jid("bob")])).code == 1


async def requests(jp):
    return (await jp.ok("blog", "requests", "--json")).records


@pytest.mark.every_server
async def test_a_reader_is_added_and_taken_out(server, jp, alice):
    await jp.ok("blog", "create", "/diary", "--access", "whitelist")
    await jp.ok("blog", "add-reader", server.jid("bob"), "/diary")
    found = (await jp.ok("blog", "access", "/diary", "--json")).record
    assert found["members"] == [server.jid("bob")]
    await jp.ok("blog", "remove-reader", server.jid("bob"), "/diary")
    assert (await jp.ok("blog", "access", "/diary", "--json")).record.get("members", []) == []


@pytest.mark.every_server
@pytest.mark.components
async def test_a_group_has_a_blog_that_those_write_who_are_named(server, jp, user):
    server.add_account("librarian")
    for each in ("librarian", "bob"):
        await user(server, each)
    service = (await jp.ok("-p", "librarian", "blog", "group-service")).output.strip()
    assert service == f"pubsub.{server.domain}"
    blog = f"{service}/garden"
    await jp.ok("-p", "librarian", "blog", "create", blog, "--title", "The garden")
    assert "The garden" in (await jp.ok("-p", "bob", "blog", "info", blog)).output
    words = ("-p", "librarian", "blog", "writers", blog)
    assert (await jp.ok(*words, "--json")).record["model"] == "publishers"
    post = ("blog", "post", "--service", service, "--node", "garden", "--wait")
    ended = await jp("-p", "bob", *post, "not yet")
    assert ended.code == 1
    await jp.ok(*words, "publishers", "--member", server.jid("bob"))
    assert (await jp.ok(*words, "--json")).record["members"] == [server.jid("bob")]
    await jp.ok("-p", "bob", *post, "Of *beans*")
    listed = (await jp.ok("-p", "librarian", "blog", "list", blog, "--json")).records
    assert [each["body"] for each in listed] == ["Of beans"]
    await jp.ok("-p", "librarian", "blog", "delete", blog, "--yes")
