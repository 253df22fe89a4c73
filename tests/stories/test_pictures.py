"""Somebody sends a picture; who fetches it sees it in the terminal."""

import pytest

from backendd.api import names
from tests.lab.pictures import encoded, two_halves

# The colours of the picture, as near as it takes them.
RED, BLUE = "cb0000", "0000cb"
WHOLE = {RED: 40 * 5, BLUE: 40 * 5}

pytestmark = pytest.mark.components


def painted(terminal):
    """Return how many cells the terminal shows in the colours of the picture."""
    screen = terminal.emulator
    cells = [screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns)]
    return {colour: sum(cell.bg == colour for cell in cells) for colour in WHOLE}


async def test_a_picture_is_fetched_and_seen_and_stays_whole_when_one_scrolls(
    server, user, tui, backend, tmp_path
):
    backend.env["COLORTERM"] = "truecolor"
    alice, bob = await user(server, "alice"), await user(server, "bob")
    file = tmp_path / "summit.png"
    file.write_bytes(encoded(two_halves()))
    his = await tui("-p", "bob")
    await his.wait_for("NORMAL|INSERT")
    await alice.send(server.jid("bob"), "look")
    await alice.call(names.FILES, "Send", "ssa{sv}", server.jid("bob"), str(file), {})
    his.press("esc")
    his.submit(f":chat {server.jid('alice')}")
    await his.wait_for(r"summit\.png")
    assert sum(painted(his).values()) == 0
    his.press("esc", "v", "S")
    await his.wait_for(r"is here \(:open\)")
    await his.wait_until(lambda: painted(his) == WHOLE, "the picture")
    for number in range(30):
        await alice.send(server.jid("bob"), f"line {number}")
    # What comes once one is at the end doesn't move what nobody has seen yet.
    await bob.wait_for(server.jid("alice"), lambda each: each["body"] == "line 29")
    his.press("esc", "G")
    await his.wait_for("line 29")
    assert sum(painted(his).values()) == 0
    for _ in range(30):
        his.press("up")
    await his.wait_for("look")
    await his.wait_until(lambda: painted(his) == WHOLE, "the picture again")
    his.press("p")
    await his.wait_for("─ summit.png ─")
    his.press("esc")
    await his.wait_gone("─ summit.png ─")
    await his.wait_until(lambda: painted(his) == WHOLE, "the picture among the messages")
