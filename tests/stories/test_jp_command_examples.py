"""Each example that a command's help shows, and the beginning of docs/cli.md, does what it says."""

import asyncio
import contextlib
import os
import re
import shlex
import signal
import sys
from pathlib import Path

import pytest
from PIL import Image

from backendd.api.tasks import Tasks
from jp import groups

CLI_MD = (Path(__file__).parents[2] / "docs/cli.md").read_text(encoding="utf-8")
GOES_ON = re.compile(r"jp (watch|message wait)\b")  # until somebody says something
REACHES = re.compile(r"jp (profile add|account register)\b")  # a server that nobody finds by name
OWN = ("message edit", "message retract")  # what is about a message of alice's

pytestmark = pytest.mark.components


class Desk:
    """Where alice sits with a shell; bob is another profile, for both to say something."""

    def __init__(self, jp, server):
        self.jp = jp
        self.server = server
        self.ids = {}  # what stands for the ids of an example: those of all, those of a command
        self.alice, self.bob = server.jid("alice"), server.jid("bob")
        commands = jp.directory / "bin"
        commands.mkdir()
        (commands / "jp").write_text(f'#!/bin/sh\nexec {sys.executable} -m jp "$@"\n')
        (commands / "jp").chmod(0o755)
        self.env = jp.env | {"PATH": f"{commands}:{os.environ['PATH']}"}

    async def says(self, who, *words):
        """Return what `jp` prints for alice or bob, as a word."""
        return (await self.jp.ok("-p", who, *words)).output.strip()

    async def befriended(self):
        """Have both be on the rosters, and something be said."""
        for one, other in (("alice", self.bob), ("bob", self.alice)):
            await self.says(one, "roster", "add", other)
        await self.says("bob", "message", "send", self.alice, "the kettle is on", "--wait=20s")
        came = (await self.jp.ok("message", "list", self.bob, "--json")).records
        own = await self.says("alice", "message", "send", self.bob, "is it?", "--wait=20s")
        self.ids = {"42": str(came[0]["id"])} | {f"{each} 42": own for each in OWN}

    async def run(self, example, given=""):
        """Return what an example prints in a shell, where it has to end well."""
        process = await asyncio.create_subprocess_exec(
            *("bash", "-o", "pipefail", "-c", f"exec 2>&1; {self._line(example)}"),
            stdin=-1, stdout=-1, env=self.env, cwd=self.jp.directory, start_new_session=True,
        )  # fmt: skip
        if GOES_ON.match(example):
            return await self._first(process)
        output, _ = await process.communicate(given.encode())
        assert process.returncode == 0, (example, output)
        return output.decode()

    def _line(self, example):
        """Return an example with what is called otherwise here than in it."""
        for written, id in sorted(self.ids.items(), key=lambda each: -len(each[0])):
            if re.search(rf"\b{written}\b", example):
                *before, _ = written.split()
                example = re.sub(rf"\b{written}\b", " ".join((*before, id)), example)
                break
        example = example.replace("example.org", self.server.domain)
        if not REACHES.match(example):
            return example
        at = shlex.quote(str(self.server.ca_file))
        told = f"--host 127.0.0.1 --port {self.server.port} --ca-file {at}"
        line, comment, said = example.partition("#")
        return f"{line} {told} {comment}{said}"

    async def _first(self, process):
        """Return the first line of one that goes on, and end it then."""
        reading = Tasks().start(process.stdout.readline(), name="reading")
        while not reading.done():
            await self.says("bob", "message", "send", self.alice, "is somebody listening?")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        await process.communicate()
        assert process.returncode in (0, 130)
        return (await reading).decode()


@pytest.fixture
async def desk(jp, server, user):
    await user(server, "alice")
    await user(server, "bob")
    for name in ("cat.png", "tree.png", "me.png"):
        Image.new("RGB", (64, 64), "white").save(jp.directory / name)
    (jp.directory / "beans.md").write_text("# Beans\n\nThey *grow*.\n")
    (jp.directory / "downloads").mkdir()
    return Desk(jp, server)


async def _with_files(desk):
    await desk.befriended()
    await desk.says("bob", "file", "send", desk.alice, "cat.png", "--wait")
    came = (await desk.jp.ok("message", "search", "cat", "--json")).records
    own = await desk.says("alice", "file", "send", desk.bob, "tree.png", "--wait")
    desk.ids = {"42": str(came[0]["id"]), "7": own}


async def _with_blogs(desk):
    await desk.befriended()
    await desk.says("alice", "blog", "post", "Peas.", "--wait")
    await desk.says(
        "bob", "blog", "post", "They *grow*.", "--tag", "beans", "--comments", "yes", "--wait"
    )
    (mine,) = (await desk.jp.ok("blog", "list", "--json")).records
    (his,) = (await desk.jp.ok("blog", "list", desk.bob, "--json")).records
    desk.ids = {"a1b2": mine["id"], "c3d4": his["id"]}


async def _without_profiles(desk):
    for name in ("alice", "bob"):
        await desk.says(name, "profile", "remove", name, "--yes")


async def _with_another_name(desk):
    desk.ids = {"register alice": "amy"}  # for there is an alice


PREPARED = {
    "account": _with_another_name,
    "blog": _with_blogs,
    "file": _with_files,
    "profile": _without_profiles,
}


@pytest.mark.parametrize("group", groups.GROUPS)
async def test_the_examples_of_a_group_do_what_they_say(desk, group):
    commands = [each for each in groups.every() if each.group == group]
    examples = [line for each in commands for line in each.examples]
    assert examples
    await PREPARED.get(group, Desk.befriended)(desk)
    for each in _in_order(examples):
        await desk.run(each, given=f"{desk.server.password('alice')}\n\n")


def _in_order(examples):
    """Return examples in an order in which each finds what it is about: what ends it comes last."""
    first, last = ("jp room join", "jp profile add", "jp blog export"), ("jp message retract",)
    return sorted(examples, key=lambda each: (each.startswith(last), not each.startswith(first)))


async def test_who_begins_gets_as_far_as_the_documentation_says(desk, server, user):
    (block,) = re.findall(r"## Begin\n\n```sh\n(.*?)```", CLI_MD, re.DOTALL)
    await _without_profiles(desk)
    first, *others = block.splitlines()
    await desk.run(first, given=f"{server.password('alice')}\n\n")
    await user(server, "bob")
    said = [await desk.run(each) for each in others]
    assert any("online" in each for each in said)
    listed = next(each for each in said if "STATE" in each and "TEXT" in each)
    assert "the kettle is on" in listed
    assert any("garden@conference" in each and "in" in each for each in said)
