"""`jp blog`: what is read and written in blogs from a shell."""

import pytest

from tests.lab.correspondent import Correspondent


@pytest.fixture
async def bob(server, user, meet) -> Correspondent:
    """Somebody with a blog, whom the user, alice, may read."""
    bob = await meet(server, "bob")
    await bob.open_blog()
    await bob.publish("trains", "On trains", "They are late.", "2026-01-01T10:00:00Z")
    await user(server, "alice")
    return bob


@pytest.fixture
async def alice(server, user):
    """The user."""
    return await user(server, "alice")


async def posted(jp, *words, given=""):
    """Return what an entry is called that is written and published."""
    return (await jp.ok("blog", "post", *words, "--wait", given=given)).output.strip()


async def test_somebody_s_blog_is_listed_and_an_entry_read_by_the_name_that_stands_there(jp, bob):
    listed = await jp.ok("blog", "list", bob.jid)
    assert f"{bob.jid}/trains" in listed.output
    read = await jp.ok("blog", "read", f"{bob.jid}/trains", "--mark")
    assert "On trains" in read.output
    assert "They are late." in read.output
    (uri,) = (await jp.ok("blog", "list", bob.jid, "--fields", "uri")).output.splitlines()
    assert "They are late." in (await jp.ok("blog", "read", uri)).output
    assert (await jp.ok("blog", "list", bob.jid, "--since", "2026-01-15")).output == ""


async def test_a_list_ends_where_it_is_told_to(jp, alice):
    for each in ("first", "second", "third"):
        await posted(jp, each)
    listed = (await jp.ok("blog", "list", "--limit", "2", "--fields", "body,title")).output
    assert listed.index("third") < listed.index("second")
    assert "first" not in listed


async def test_what_is_posted_is_listed_found_and_retracted(jp, alice, server):
    name = await posted(
        jp, "They **are** late.", "--title", "On trains", "--tag", "rail", "--tag", "#time"
    )
    read = (await jp.ok("blog", "read", name, "--json")).record
    assert (read["title"], read["body"]) == ("On trains", "They are late.")
    assert set(read["tags"]) == {"rail", "time"}
    assert read["service"] == server.jid("alice")
    for words in (("list",), ("timeline",), ("search", "late"), ("search", "#rail")):
        assert "On trains" in (await jp.ok("blog", *words)).output
    assert (await jp.ok("blog", "search", "early")).output == ""
    await jp.ok("blog", "retract", name, "--wait")
    assert (await jp.ok("blog", "list")).output == ""
    ended = await jp("blog", "read", name)
    assert (ended.code, ended.output) == (1, "")


async def test_a_text_comes_from_a_pipe_or_a_file_and_stays_as_it_is_where_it_is_plain(jp, alice):
    (jp.directory / "post.md").write_text("# Heading\n\nfrom a *file*\n")
    first = await posted(jp, "@post.md")
    second = await posted(jp, "-", "--plain", given="as it *is*\n")
    assert "from a file" in (await jp.ok("blog", "read", first)).output
    assert "as it *is*" in (await jp.ok("blog", "read", second)).output


async def test_the_same_token_publishes_once(jp, alice):
    words = ("blog", "post", "only once", "--token", "weekly-1", "--json")
    assert (await jp.ok(*words)).record == (await jp.ok(*words)).record
    assert len((await jp.ok("blog", "list", "--json")).records) == 1


@pytest.mark.components
async def test_files_come_with_an_entry(jp, alice):
    (jp.directory / "timetable.txt").write_text("never\n")
    name = await posted(jp, "all of it", "--file", "timetable.txt")
    read = (await jp.ok("blog", "read", name, "--json")).record
    assert [each["title"] for each in read["attachments"]] == ["timetable.txt"]
    assert "timetable.txt" in (await jp.ok("blog", "read", name)).output


async def test_an_entry_for_some_people_is_not_published_in_a_blog_for_all(jp, alice):
    await posted(jp, "for all of you")
    ended = await jp("blog", "post", "for us", "--access", "presence")
    assert (ended.code, ended.output) == (1, "")
    assert "open" in ended.errors
    other = ("--node", "diary", "--access", "presence")
    name = await posted(jp, "for us", *other)
    assert name == "/diary/" + name.rpartition("/")[2]
    assert "for us" in (await jp.ok("blog", "list", "/diary")).output
    await posted(jp, "for us as well", *other)
    assert "for us" not in (await jp.ok("blog", "list")).output


async def test_wrong_input_ends_with_2_and_a_sentence(jp):
    for words in (
        ("read", ""),
        ("read", "/"),
        ("read", "xmpp:a@b"),
        ("read", "xmpp:?;node=x;item=y"),
        ("list", "/"),
        ("list", "a@b", "--since", "soon"),
        ("list", "a@b", "--limit", "0"),
        ("post",),
        ("post", "x", "--access", "friends"),
        ("post", "x", "--file", "nowhere"),
        ("retract",),
    ):
        ended = await jp("blog", *words)
        assert (ended.code, ended.output) == (2, ""), (words, ended)
        assert ended.errors.startswith("jp: ")
