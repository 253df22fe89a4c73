"""`jp blog`: what is read and written in blogs from a shell."""

import re

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


async def test_in_a_narrow_terminal_the_name_of_an_entry_is_still_whole(jp, alice):
    name = await posted(jp, "They are late.", "--title", "On the lateness of trains")
    terminal = await jp.in_terminal("blog", "list", columns=70)
    await terminal.wait_for(f"{re.escape(name)} .*On the")
    assert await terminal.wait_exit() == 0
    await terminal.close()


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
    first = await posted(jp, "-", "--input", "post.md")
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


async def test_an_entry_is_changed_in_parts(jp, alice):
    name = await posted(jp, "They *are* late.", "--title", "Trains", "--tag", "rail")
    await jp.ok("blog", "edit", name, "They are **early**.", "--wait")
    await jp.ok("blog", "edit", name, "--title", "On trains", "--tag", "", "--wait")
    read = (await jp.ok("blog", "read", name, "--json")).record
    assert (read["title"], read["body"]) == ("On trains", "They are early.")
    assert not read.get("tags")
    await jp.ok("blog", "edit", name, "-", "--wait", given="from a pipe\n")
    assert "from a pipe" in (await jp.ok("blog", "read", name)).output
    ended = await jp("blog", "edit", name)
    assert (ended.code, ended.output) == (2, "")
    assert "what is to be different?" in ended.errors


def an_editor(jp, script):
    """Have this be done by the editor of the user, whose file is `$1`."""
    editor = jp.directory / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    jp.env["VISUAL"] = str(editor)


async def test_in_a_terminal_its_text_is_opened_in_the_editor(jp, alice):
    name = await posted(jp, "They **are** late.", "--title", "Trains")
    an_editor(jp, 'sed -i "s/late/early/" "$1"; echo "edited ${1##*.}"')
    terminal = await jp.in_terminal("blog", "edit", name, "--wait")
    await terminal.wait_for("edited md")
    assert await terminal.wait_exit() == 0
    await terminal.close()
    assert "They are early." in (await jp.ok("blog", "read", name)).output
    an_editor(jp, "exit 0")
    terminal = await jp.in_terminal("blog", "edit", name)
    await terminal.wait_for("nothing was changed")
    assert await terminal.wait_exit() == 0
    await terminal.close()


async def test_what_the_editor_wrote_stays_where_it_can_not_be_published(jp, alice):
    name = await posted(jp, "They are late.")
    jp.env["TMPDIR"] = str(jp.directory)
    an_editor(jp, 'echo "hours of work" > "$1"; exit 3')
    terminal = await jp.in_terminal("blog", "edit", name)
    await terminal.wait_for("ended with 3")
    assert await terminal.wait_exit() == 1
    await terminal.close()
    (left,) = jp.directory.glob("jp-*/entry.md")
    assert left.read_text() == "hours of work\n"


async def test_an_entry_is_commented_on_and_liked(jp, alice):
    name = await posted(jp, "They are late.", "--title", "Trains")
    said = await jp.ok("blog", "comment", name, "how late?", "--wait")
    comment = said.output.strip()
    await jp.ok("blog", "comment", name, "two hours", "--parent", comment, "--wait")
    listed = (await jp.ok("blog", "comments", name, "--json")).records
    assert [each["title"] for each in listed] == ["two hours", "how late?"]
    assert listed[0]["parent"] == listed[1]["id"]
    assert comment in (await jp.ok("blog", "comments", name)).output
    assert "how late?" in (await jp.ok("blog", "read", comment)).output
    await jp.ok("blog", "like", name)
    assert (await jp.ok("blog", "read", name, "--json")).record["liked"]
    await jp.ok("blog", "like", name, "--undo")
    assert not (await jp.ok("blog", "read", name, "--json")).record.get("liked")
    await jp.ok("blog", "retract", comment, "--wait")
    listed = (await jp.ok("blog", "comments", name, "--json")).records
    assert [each["title"] for each in listed] == ["two hours"]


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
        ("comment", "x"),
        ("access", "a@b", "friends"),
        ("access", "--member", "a@b"),
        ("export",),
        ("import", "nowhere"),
        ("create", "/"),
    ):
        ended = await jp("blog", *words)
        assert (ended.code, ended.output) == (2, ""), (words, ended)
        assert ended.errors.startswith("jp: ")
