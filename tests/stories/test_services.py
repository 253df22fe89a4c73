"""Somebody looks around at their server, and has it do something."""

import pytest

pytestmark = pytest.mark.components


async def test_a_server_is_looked_around_at_and_asked_to_do_something(server, user, tui):
    await user(server, "alice")
    terminal = await tui("-p", "alice")
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(":services")
    await terminal.wait_for("server im")
    await terminal.wait_for("conference")
    terminal.submit(":command")
    await terminal.wait_for("Get uptime")
    terminal.press("enter")
    await terminal.wait_for("[Rr]unning for")
    terminal.submit(":archive")
    await terminal.wait_for("What the server's archive keeps")
    terminal.press("n", "tab", "tab", "tab", "enter")
    await terminal.wait_for("the archive goes by this from now on")
    terminal.submit(":archive")
    await terminal.wait_for(r"\(x\) nothing")
