"""The scripts of docs/examples that use `jp` do what they say."""

import asyncio
import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.stories.test_scripts import told, waits

__all__ = ["waits"]

EXAMPLES = Path(__file__).parents[2] / "docs/examples"


@pytest.fixture
async def bob(server, user, meet):
    """Whom the user, alice, talks with."""
    await user(server, "alice")
    return await meet(server, "bob")


@pytest.fixture
def path(jp):
    """The PATH with `jp` of this checkout on it."""
    commands = jp.directory / "bin"
    commands.mkdir()
    (commands / "jp").write_text(f'#!/bin/sh\nexec {sys.executable} -m jp "$@"\n')
    (commands / "jp").chmod(0o755)
    return f"{commands}:{os.environ['PATH']}"


@pytest.fixture
def script(jp, path):
    """Run an example; return how it ended, and what it said."""

    async def run(name, *words, given=b"", cwd=jp.directory):
        process = await asyncio.create_subprocess_exec(
            str(EXAMPLES / name), *words, env=jp.env | {"PATH": path}, cwd=cwd,
            stdin=-1, stdout=-1, stderr=-1,
        )  # fmt: skip
        output, errors = await process.communicate(given)
        return process.returncode, output.decode(), errors.decode()

    return run


async def test_a_bot_answers_what_it_knows(waits, path, server, bob):
    await waits("env", f"PATH={path}", str(EXAMPLES / "bot.sh"))
    bob.send(server.jid("alice"), "what can you do?\nreally")
    await bob.wait_for("I know: uptime, disk")
    bob.send(server.jid("alice"), "disk")
    await told(bob, 2)
    assert bob.received[1].body.startswith("Filesystem")


async def test_a_backup_holds_each_message_once(script, server, bob, jp, tmp_path):
    for number in range(3):
        await jp.ok("message", "send", bob.jid, f"number {number}", "--wait")
    for _ in range(2):
        assert await script("backup.sh", bob.jid, str(tmp_path)) == (0, "", "")
    await jp.ok("message", "send", bob.jid, "one more", "--wait")
    assert await script("backup.sh", bob.jid, str(tmp_path)) == (0, "", "")
    (file,) = tmp_path.glob("*.jsonl")
    said = [json.loads(line)["body"] for line in file.read_text().splitlines()]
    assert said == ["number 0", "number 1", "number 2", "one more"]


async def test_an_alert_is_sent_once_and_only_if_there_is_one(script, bob, jp):
    assert await script("alert.sh", bob.jid, "disks") == (0, "", "")
    for _ in range(2):
        assert await script("alert.sh", bob.jid, "disks", given=b"/ is full\n") == (0, "", "")
    await bob.wait_for("disks: / is full")
    await jp.ok("message", "send", bob.jid, "last", "--wait")
    await bob.wait_for("last")
    assert len(bob.received) == 2
    code, _, errors = await script("alert.sh", "nobody at all", given=b"x")
    assert (code, "no contact or room is called so" in errors) == (2, True)


async def test_a_day_becomes_a_page(script, bob, jp, tmp_path):
    await jp.ok("message", "send", bob.jid, "<b>sunny</b>", "--wait")
    assert await script("daily-log.sh", bob.jid, str(tmp_path), "today") == (0, "", "")
    assert await script("daily-log.sh", bob.jid, str(tmp_path), "yesterday") == (0, "", "")
    old, new = sorted(tmp_path.glob("*.html"))
    assert "&lt;b&gt;sunny&lt;/b&gt;" in new.read_text()
    assert "sunny" not in old.read_text()


async def test_a_commit_publishes_the_posts_that_it_adds(script, bob, jp, tmp_path):
    posts = tmp_path / "site" / "posts"
    posts.mkdir(parents=True)
    (posts / "first.md").write_text("# Of *beans*\n\nThey grow.\n")
    (posts / "notes.txt").write_text("no post\n")
    git = f"cd {posts.parent} && git -c user.name=a -c user.email=a@example.org"
    made = await asyncio.create_subprocess_shell(
        f"{git} init -q . && git add . && {git} commit -qm one"
    )
    assert await made.wait() == 0
    for _ in range(2):
        code, _, errors = await script("publish.sh", cwd=posts.parent)
        assert (code, errors) == (0, "")
    listed = (await jp.ok("blog", "list", "--json")).records
    assert [each["title"] for each in listed] == ["Of *beans*"]


async def test_a_blog_becomes_pages_and_a_feed(script, server, bob, jp, tmp_path):
    words = ("--title", "Tea & <b>", "--tag", "tea", "--wait")
    await jp.ok("blog", "post", "With *milk* <script>alert(1)</script>", *words)
    await jp.ok("blog", "post", "Nothing else.", "--plain", "--wait")
    site = tmp_path / "site"
    assert await script("site.sh", server.jid("alice"), str(site)) == (0, "", "")
    index = (site / "index.html").read_text()
    assert "<em>milk</em>" in index
    assert "Tea &amp; &lt;b&gt;</a>" in index
    assert "<script" not in index
    assert index.count("<article") == 2
    pages = {each.name for each in site.glob("*.html")} - {"index.html"}
    assert len(pages) == 2
    assert all(f'href="{name}"' in index for name in pages)
    feed = ElementTree.parse(site / "feed.atom").getroot()
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 2
    assert "Tea & <b>" in [each.findtext("{http://www.w3.org/2005/Atom}title") for each in entries]
