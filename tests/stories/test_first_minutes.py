"""The first ten minutes of somebody who is new: what they did is there when they come back."""

import sys

import pytest

from tests.lab.server import DOMAIN
from tests.lab.terminal import Terminal
from tests.stories.test_first_run import fill, newcomer, terminal
from tests.stories.test_settings import choose

__all__ = ["newcomer", "terminal"]
pytestmark = pytest.mark.components

ROOM = f"garden@conference.{DOMAIN}"


@pytest.fixture
async def friends(server, meet):
    """Bob, who lets others see him, and carol, who has opened a room."""
    bob, carol = await meet(server, "bob"), await meet(server, "carol")
    await carol.open_room(ROOM, "carol")
    return bob, carol


async def begin(server, terminal):
    """Make a profile that is online."""
    await terminal.wait_for("Welcome: a profile for your XMPP account")
    where = ("127.0.0.1", str(server.port), str(server.ca_file))
    address, password = server.jid("alice"), server.password("alice")
    await fill(terminal, address, password, "home", "", "", *where)
    await terminal.wait_gone("Welcome")
    await terminal.wait_for(r"^ ● home\b")
    terminal.press("esc")


async def test_what_a_newcomer_does_first_is_there_when_they_come_back(
    server, friends, newcomer, terminal
):
    bob, carol = friends
    await begin(server, terminal)
    terminal.submit(f":add {bob.jid} Bobby")
    # They may have answered before that is drawn.
    await terminal.wait_for("was asked to show you their presence|see each other's presence")
    terminal.submit(":chat Bobby")
    await terminal.wait_for("Bobby.*each other's presence|Bobby.*online")
    await terminal.wait_for("INSERT")
    terminal.submit("hello from the new one")
    await bob.wait_for("hello from the new one")
    bob.send(server.jid("alice"), "welcome aboard")
    await terminal.wait_for("Bobby +welcome aboard")
    terminal.press("esc", "v")
    await terminal.wait_for("▸.*welcome aboard")
    terminal.press("+")
    await terminal.wait_for("👍.*me")
    terminal.press("esc")
    terminal.submit(f":join {ROOM}")
    await terminal.wait_for("2 here")
    carol.say("another gardener!")
    await terminal.wait_for("carol +another gardener!")
    terminal.press("esc")
    terminal.submit(":settings")
    await terminal.wait_for("One of: .auto.")
    await choose(terminal, "theme")
    terminal.press("right", "right")
    await terminal.wait_for("theme = light")
    terminal.press("s")
    await terminal.wait_for("saved in")
    terminal.press("q")
    await terminal.wait_gone("Settings")
    terminal.submit(":quit")
    assert await terminal.wait_exit() == 0
    await all_is_there_again(newcomer)


async def all_is_there_again(newcomer):
    command = (sys.executable, "-m", "primitivus")
    size = {"rows": 30, "columns": 100}
    where = {"env": newcomer.env, "cwd": newcomer.scratch.root}
    async with await Terminal.start(command, **where, **size) as again:
        await again.wait_for("NORMAL|INSERT")
        await again.wait_for("garden")
        again.press("esc")
        again.submit(":chat garden")
        await again.wait_for("2 here")
        await again.wait_for("carol +another gardener!")
        again.press("esc")
        again.submit(":chat Bobby")
        await again.wait_for("hello from the new one")
        await again.wait_for("👍.*me")
        await again.wait_for("Bobby.*online")
        again.press("esc")
        again.submit(":set theme")
        await again.wait_for("theme = light")
