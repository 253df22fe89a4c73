"""Rooms in one view: somebody invites, one enters, keeps, finds others, leaves and comes back."""

import pytest

from backendd.api import names
from tests.lab.server import DOMAIN

pytestmark = pytest.mark.components

SERVICE = f"conference.{DOMAIN}"
GARDEN, KITCHEN = f"garden@{SERVICE}", f"kitchen@{SERVICE}"


async def rooms(terminal):
    terminal.press("esc")
    terminal.submit(":rooms")
    await terminal.wait_for(r"Rooms \(|You are in no room")


async def test_one_is_invited_enters_keeps_finds_another_room_and_leaves(server, user, tui):
    alice, bob = await user(server, "alice"), await user(server, "bob")
    for room, topic in ((GARDEN, "roses"), (KITCHEN, "soup")):
        await bob.call(names.ROOMS, "Join", "ssa{sv}", room, "bob", {"public": True})
        await bob.call(names.ROOMS, "SetSubject", "ss", room, topic)
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    await rooms(terminal)
    await terminal.wait_for("You are in no room")

    await bob.call(names.ROOMS, "Invite", "sss", GARDEN, server.jid("alice"), "at five")
    await terminal.wait_for(r"Rooms \(0, 1 invites you\)")
    await terminal.wait_for(r"garden .*invites you: at five")
    terminal.press("enter")
    await terminal.wait_for("Enter it, and keep it")
    terminal.press("down", "enter")
    await terminal.wait_for("INSERT")
    await terminal.wait_for("roses")

    await rooms(terminal)
    await terminal.wait_for(r"You are there \(1\)")
    await terminal.wait_for(r"garden .*2 here, roses")
    await terminal.wait_for("bookmarked, entered when")
    terminal.press("s")
    await terminal.wait_for(f"Services: {SERVICE}")
    await terminal.wait_for("kitchen")
    await terminal.wait_for(r"▸\+ (garden|kitchen)")
    if "▸+ garden" in terminal.text:
        terminal.press("j")
        await terminal.wait_for(r"▸\+ kitchen")
    terminal.press("J")
    await terminal.wait_for("soup")

    await rooms(terminal)
    await terminal.wait_for(r"You are there \(2\)")
    await bob.call(names.MESSAGES, "Send", "ss", KITCHEN, "alice: taste this")
    await terminal.wait_for(r"@1 +kitchen")
    terminal.press("G", "x")
    await terminal.wait_for(r"Where you were \(1\)")
    terminal.press("g", "g", "t")
    await terminal.wait_for("not entered when you connect")
    terminal.press("e")
    await terminal.wait_for("Enter it when you connect")
    terminal.press("C-u")
    terminal.write("Roses")
    terminal.press("enter", "enter", "enter")
    await terminal.wait_for("the bookmark of .* is changed")
    told = await alice.call(names.ROOMS, "List")
    (kept,) = (each for each in told if each.get("bookmarked"))
    assert (kept["room"], kept["name"], kept.get("autojoin", False)) == (GARDEN, "Roses", False)
