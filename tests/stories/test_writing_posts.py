"""Somebody writes a post in one terminal, goes on with it in another, and others read it."""

import asyncio
import sys

import pytest

from tests.backendd.session.peer import Peer
from tests.features.test_publishing import read
from tests.lab.caller import Caller
from tests.lab.patience import PATIENCE_S
from tests.lab.terminal import Terminal

FIRST = "Title: On tea\nTags: tea\nComments: on\n\nGreen *and* black\n"
SECOND = FIRST.replace("Green", "White")


def users_editor(folder, name, text):
    """Return a program that writes this into the file it is called with."""
    (folder / f"{name}.md").write_text(text)
    program = folder / name
    program.write_text(f'#!/bin/sh\ncp "{folder}/{name}.md" "$1"\n')
    program.chmod(0o755)
    return program


async def until_read(peer, owner, text):
    """Return once all that somebody reads in a blog is this one text."""
    async with asyncio.timeout(PATIENCE_S):
        while [each.text for each in (await read(peer, owner)).values()] != [text]:
            pass


async def test_a_post_begun_in_one_terminal_is_published_from_another(server, user, tui, tmp_path):
    alice = await user(server, "alice")
    bob = await Peer(server, "bob").online()
    first, second = (
        users_editor(tmp_path, name, text) for name, text in (("one", FIRST), ("two", SECOND))
    )
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":set editor {first}")
    terminal.submit(":publish On tea")
    await terminal.wait_for("Draft: On tea")
    await terminal.wait_for("Green and black")
    terminal.submit(":disconnect")
    await alice.wait_state("offline")
    terminal.submit(":quit")
    other = await tui("-p", "alice")
    await other.wait_for("NORMAL|INSERT")
    other.press("esc")
    other.submit(f":set editor {second}")
    other.submit(":drafts")
    await other.wait_for("What is being written")
    other.press("enter")
    await other.wait_for("Draft: On tea")
    other.press("e")
    await other.wait_for("White and black")
    other.press("P")
    await other.wait_for("it waits to be published")
    other.submit(":connect")
    await other.wait_for('"On tea" is published')
    await other.wait_gone("it waits to be published")
    ((id, post),) = (await read(bob, server.jid("alice"))).items()
    assert (post.title, post.text, post.tags) == ("On tea", "White and black", ("tea",))
    assert "<em>and</em>" in post.xhtml
    other.submit(f":set editor {first}")
    other.press("e")
    await other.wait_for('A change of a post in "your blog"')
    other.press("P")
    await other.wait_for("Post: On tea")
    await until_read(bob, server.jid("alice"), "Green and black")
    other.submit(":drafts")
    await other.wait_for("nothing is being written")
    await bob.close()
    assert id.startswith("on-tea-")


async def test_what_an_editor_has_written_is_a_draft_where_the_terminal_goes_away(
    server, user, backend, tui, tmp_path
):
    await user(server, "alice")
    (tmp_path / "post.md").write_text(FIRST)
    editor = tmp_path / "slow"
    editor.write_text(
        f'#!/bin/sh\ncp "{tmp_path}/post.md" "$1"\necho "it is written"\ntrap "exit 0" HUP\n'
        "while :; do sleep 1; done\n"
    )
    editor.chmod(0o755)
    command = (sys.executable, "-m", "primitivus")
    async with await Terminal.start(
        command,
        env={**backend.env, "TMPDIR": str(tmp_path)},
        cwd=backend.scratch.root,
        rows=30,
        columns=100,
    ) as terminal:
        await terminal.wait_for("NORMAL|INSERT")
        terminal.press("esc")
        terminal.submit(f":set editor {editor}")
        terminal.submit(":publish")
        await terminal.wait_for("it is written")
        terminal.disconnect()
        await terminal.wait_exit()
    again = await tui("-p", "alice")
    await again.wait_for("NORMAL|INSERT")
    again.press("esc")
    again.submit(":drafts")
    await again.wait_for("On tea")
    (left,) = tmp_path.glob("primitivus-*/post.md")
    assert left.read_text() == FIRST


def editor_that(folder, name, change):
    """Return a program that changes the file it is called with by a script of sed."""
    program = folder / name
    program.write_text(f"#!/bin/sh\nsed -i '{change}' \"$1\"\n")
    program.chmod(0o755)
    return program


@pytest.mark.components
async def test_a_file_is_taken_off_a_post_by_an_edit_that_outlives_its_terminal(
    server, user, tui, tmp_path
):
    await user(server, "alice")
    bob = await Peer(server, "bob").online()
    for name in ("rose.txt", "letter.txt"):
        (tmp_path / name).write_text(name)
    files = "".join(f"File: {tmp_path}/{name}\n" for name in ("rose.txt", "letter.txt"))
    first = users_editor(tmp_path, "one", f"Title: On tea\n{files}\nGreen\n")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(f":set editor {first}")
    terminal.submit(":publish")
    await terminal.wait_for("Draft: On tea")
    terminal.press("P")
    await terminal.wait_for('"On tea" is published')
    terminal.submit(f":set editor {editor_that(tmp_path, 'two', '/rose.txt/d')}")
    terminal.press("e")
    await terminal.wait_for('A change of a post in "your blog"')
    await terminal.wait_gone("rose.txt")
    terminal.submit(":quit")
    other = await tui("-p", "alice")
    await other.wait_for("NORMAL|INSERT")
    other.press("esc")
    other.submit(":drafts")
    await other.wait_for("What is being written")
    other.press("enter")
    await other.wait_for('A change of a post in "your blog"')
    await other.wait_for("letter.txt")
    other.press("P")
    await other.wait_for("Post: On tea")
    async with asyncio.timeout(PATIENCE_S):
        while True:
            (post,) = (await read(bob, server.jid("alice"))).values()
            if [each.title for each in post.links] == ["letter.txt"]:
                break
    await bob.close()


@pytest.mark.every_server
async def test_of_two_changes_the_one_that_waited_takes_the_place_of_none_unasked(
    server, user, backend, bus, ready, tmp_path
):
    await user(server, "alice")
    jid, port, ca_file = server.jid("alice"), server.port, server.ca_file
    await backend.add_profile("desk", jid, server.password("alice"), port=port, ca_file=ca_file)
    desk = await Caller.open(bus.address, "desk")
    await desk.wait_state("online")
    bob = await Peer(server, "bob").online()
    here, there = await ready("alice"), await ready("desk")
    here.submit(f":set editor {users_editor(tmp_path, 'one', FIRST)}")
    here.submit(":publish")
    await here.wait_for("Draft: On tea")
    here.press("P")
    await here.wait_for('"On tea" is published')
    there.submit(":blog")
    await there.wait_for("Green and black")
    there.submit(f":set editor {users_editor(tmp_path, 'two', SECOND)}")
    there.press("e")
    await there.wait_for('A change of a post in "your blog"')
    there.submit(":disconnect")
    await desk.wait_state("offline")
    there.press("P")
    await there.wait_for("it waits to be published")
    here.submit(f":set editor {users_editor(tmp_path, 'three', FIRST.replace('Green', 'Red'))}")
    here.press("e")
    await here.wait_for('A change of a post in "your blog"')
    here.press("P")
    await until_read(bob, jid, "Red and black")
    there.submit(":connect")
    await there.wait_for("it was not published: it was changed elsewhere")
    await until_read(bob, jid, "Red and black")
    there.press("R")
    await there.wait_for("The post was changed meanwhile")
    there.submit("l")
    await there.wait_for("As it was changed elsewhere")
    await there.wait_for("Red and black")
    there.press("esc")
    await there.wait_gone("As it was changed elsewhere")
    there.press("R")
    await there.wait_for("The post was changed meanwhile")
    there.submit("p")
    await there.wait_gone("it was not published")
    await until_read(bob, jid, "White and black")
    await desk.close()
    await bob.close()
