"""Somebody sends a file by way of the server, who gets it sees it in a terminal by its name."""

import pytest

from backendd.api import names

pytestmark = pytest.mark.components


async def test_a_file_is_seen_found_and_answered_by_its_name(server, user, tui, tmp_path):
    alice = await user(server, "alice")
    await user(server, "bob")
    file = tmp_path / "trip plan.txt"
    file.write_bytes(b"north, then east\n")
    his = await tui("-p", "bob")
    await his.wait_for("NORMAL|INSERT")
    await alice.send(server.jid("bob"), "here is the plan")
    await alice.call(names.FILES, "Send", "ssa{sv}", server.jid("bob"), str(file), {})
    his.press("esc")
    his.submit(f":chat {server.jid('alice')}")
    await his.wait_for(r"trip plan\.txt  17 bytes")
    assert "http" not in his.text
    his.press("esc", "v", "r")
    await his.wait_for("INSERT")
    his.submit("thanks")
    await his.wait_for(r"> alice: trip plan\.txt \(17 bytes\)")
    (hit,) = await alice.call(names.MESSAGES, "Search", "sa{sv}", "trip", {})
    assert hit["snippet"] == "trip plan.txt (17 bytes)"


async def test_a_picture_that_is_on_no_disk_is_sent(server, user, tui, tmp_path):
    alice = await user(server, "alice")
    await user(server, "bob")
    picture = tmp_path / "screen"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(992))
    his = await tui("-p", "bob")
    await his.wait_for("NORMAL|INSERT")
    await alice.send(server.jid("bob"), "show me")
    his.press("esc")
    his.submit(f":chat {server.jid('alice')}")
    await his.wait_for("show me")
    his.press("esc")
    his.submit(f":paste-image cat {picture}")
    await his.wait_for(r'"picture-\d{8}-\d{6}\.png" is sent to')
    await his.wait_for(r"picture-\d{8}-\d{6}\.png  1 kB")
