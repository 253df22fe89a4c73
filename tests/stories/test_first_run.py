"""Somebody starts `primitivus` for the first time: nothing runs, nothing is set up."""

import sys

import pytest

from tests.lab.backend import Backend
from tests.lab.terminal import Terminal


@pytest.fixture
async def newcomer(bus, scratch):
    """A home in which no backend has ever run; the one that is started is stopped again."""
    home = Backend(scratch, bus.address)
    yield home
    code, _, errors = await home.run("stop")
    assert code == 0, errors


@pytest.fixture
async def terminal(newcomer):
    command = (sys.executable, "-m", "primitivus")
    size = {"rows": 30, "columns": 100}
    async with await Terminal.start(
        command, env=newcomer.env, cwd=newcomer.scratch.root, **size
    ) as started:
        yield started


async def fill(terminal, address, password, *more):
    """Fill in the form, and what is folded if there is `more`; the last Enter sends it off."""
    terminal.submit(address)
    if not more:
        terminal.submit(password)
        return
    terminal.write(password)
    terminal.press("tab")
    for field in more:
        terminal.submit(field)


async def test_making_a_profile_leads_to_the_first_message(server, meet, newcomer, terminal):
    bob = await meet(server, "bob")
    await terminal.wait_for("Welcome: a profile for your XMPP account")
    address, password = server.jid("alice"), server.password("alice")
    where = ("127.0.0.1", str(server.port), str(server.ca_file))
    await fill(terminal, address, password, "home", "sesame", "sesame", *where)
    await terminal.wait_gone("Welcome")
    await terminal.wait_for(r"^ ?. home\b")
    assert password not in terminal.text
    terminal.press("esc")
    terminal.submit(f":chat {bob.jid}")
    terminal.submit("my first message")
    await bob.wait_for("my first message")
    terminal.press("esc")
    terminal.submit(":quit")
    assert await terminal.wait_exit() == 0
    code, output, _ = await newcomer.run("status")
    assert code == 0
    assert "home" in output
    assert "online" in output


async def test_mistakes_in_the_form_are_said_and_nothing_typed_is_lost(server, terminal):
    await terminal.wait_for("Welcome")
    await fill(terminal, "no address@", "secret")
    await terminal.wait_for("no address@. isn't")
    assert "Welcome" in terminal.text
    assert "no address@" in terminal.text


async def test_a_wrong_xmpp_password_is_told_where_the_eyes_are(server, terminal):
    await terminal.wait_for("Welcome")
    where = ("127.0.0.1", str(server.port), str(server.ca_file))
    await fill(terminal, server.jid("alice"), "wrong", "home", "", "", *where)
    await terminal.wait_gone("Welcome")
    await terminal.wait_for("(?i)refuse.*password|password.*refuse")


async def test_a_mistyped_address_is_mended_without_leaving(server, terminal):
    await terminal.wait_for("Welcome")
    where = ("127.0.0.1", str(server.port), str(server.ca_file))
    address = server.jid("alice")
    await fill(terminal, f"x{address}", server.password("alice"), "home", "", "", *where)
    await terminal.wait_for(":account the address")
    terminal.press("esc")
    terminal.submit(":account")
    await terminal.wait_for(f"XMPP address +x{address}")
    terminal.press("C-a", "C-d")
    await terminal.wait_for(f"XMPP address +{address}")
    terminal.press(*["enter"] * 6)
    await terminal.wait_for("stored; online")
