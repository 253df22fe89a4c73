"""One comes back in the morning: the first screen tells what waits, and keys walk through it."""

import asyncio

import pytest

from backendd.api import names
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.components

ROOM = f"garden@conference.{DOMAIN}"


async def go_home(terminal):
    terminal.press("esc", "M-H")
    await terminal.wait_for("Home")


async def test_one_comes_back_sees_what_waits_and_walks_through_all_of_it(server, user, tui):
    alice, bob, carol = [await user(server, name) for name in ("alice", "bob", "carol")]
    for text in ("are you up?", "call me"):
        await bob.send(server.jid("alice"), text)
    await carol.call(names.ROSTER, "Subscribe", "s", server.jid("alice"))
    await bob.call(names.ROOMS, "Join", "ss", ROOM, "bob")
    await bob.call(names.ROOMS, "Invite", "sss", ROOM, server.jid("alice"), "tea")
    lost = await alice.send(f"nobody@x.{DOMAIN}", "into the void")
    await alice.wait_for(
        f"nobody@x.{DOMAIN}", lambda each: (each["id"], each["state"]) == (lost, "failed")
    )
    await alice.wait_for(server.jid("bob"), lambda each: each["body"] == "call me")

    terminal = await tui("-p", "alice")
    await terminal.wait_for(r"what waits for you \(5\)")
    await terminal.wait_for("2 +bob.* are you up\\?")
    await terminal.wait_for("asks to see your presence")
    await terminal.wait_for("invites you to garden")
    await terminal.wait_for('"into the void" was not sent')
    await terminal.wait_for("warning .*nobody@x")
    (told,) = [each for each in await alice.call(names.MESSAGES, "Conversations")
               if each["peer"] == server.jid("bob")]  # fmt: skip
    assert told["unread"] == 2

    terminal.press("enter")
    await terminal.wait_for("INSERT")
    await terminal.wait_for("call me")
    terminal.submit("on my way")
    await bob.wait_for(server.jid("alice"), lambda each: each["body"] == "on my way")
    await go_home(terminal)
    await terminal.wait_for(r"what waits for you \(4\)")
    terminal.press("-")
    await terminal.wait_for(r"what waits for you \(3\)")
    terminal.press("-")
    await terminal.wait_for(r"what waits for you \(2\)")
    terminal.press("D")
    await terminal.wait_for("It won't be sent")
    terminal.submit("yes")
    await terminal.wait_for(r"what waits for you \(1\)")
    await terminal.wait_for("▸!    warning")
    terminal.press("-")
    await terminal.wait_for("Nothing waits for you")


async def test_what_cannot_go_out_is_told_with_why_until_it_is_gone(server, user, tui, meet):
    alice = await user(server, "alice")
    await alice.send(server.jid("bob"), "first")
    await alice.wait_sent(server.jid("bob"), "first")
    await asyncio.to_thread(server.stop)
    await alice.wait_state("waiting")
    await alice.send(server.jid("bob"), "from the train")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("Not connected")
    await go_home(terminal)
    await terminal.wait_for('1 message waits: "from the train"')
    await terminal.wait_for("connection +Not connected")
    await asyncio.to_thread(server.start)
    await terminal.wait_for("Nothing waits for you")
    bob = await meet(server, "bob")
    await bob.wait_for("from the train")
