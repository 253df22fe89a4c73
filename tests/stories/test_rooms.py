"""Two people in a room, each in a terminal of their own."""

import pytest

from tests.lab.server import DOMAIN

pytestmark = pytest.mark.components


async def enter(terminal, line, count):
    await terminal.wait_for("NORMAL|INSERT")
    terminal.press("esc")
    terminal.submit(line)
    await terminal.wait_for(f"{count} here")


def say(terminal, text):
    terminal.press("esc", "i")
    terminal.submit(text)
    terminal.press("esc")


async def test_two_meet_in_a_room_talk_change_nicks_talk_alone_and_leave(server, user, tui):
    room = f"garden@conference.{DOMAIN}"
    await user(server, "alice")
    await user(server, "bob")
    hers, his = await tui("-p", "alice"), await tui("-p", "bob")
    await enter(hers, f":create-room {room} public", 1)
    await enter(his, f":join {room} robert", 2)
    await hers.wait_for("2 here")
    await hers.wait_for("● robert")
    say(his, "what grows here?")
    await hers.wait_for(r"robert +what grows here\?")
    say(hers, "beans")
    await his.wait_for("alice +beans")
    await hers.wait_for("me +beans.*✓")
    his.press("esc")
    his.submit(":nick bob the gardener")
    await his.wait_for("your nick in garden is now bob the gardener")
    await hers.wait_for("bob the gardener")
    await hers.wait_gone("● robert")
    hers.press("esc", "i", "b", "tab")
    await hers.wait_for("> bob the gardener:")
    hers.submit("come and see")
    await his.wait_for("bob the gardener: come and see")
    his.press("esc")
    his.submit(":query alice")
    await his.wait_for(f"{room}/alice")
    say(his, "only for you")
    await hers.wait_for("1 unread")
    hers.press("esc")
    hers.submit(":chat 'bob the gardener'")
    await hers.wait_for("bob the gar.* only for you")
    his.press("esc")
    his.submit(":chat garden")
    await his.wait_for("2 here")
    his.press("esc")
    his.submit(":leave")
    await his.wait_for("You are not in this room")
    assert "come and see" in his.text
    hers.press("esc")
    hers.submit(":chat garden")
    await hers.wait_for("1 here")
    await enter(his, ":join", 2)
    say(his, "back again")
    await hers.wait_for(r"bob the gar\S* +back again")
    hers.press("esc")
    hers.submit(":topic about beans")
    await his.wait_for("alice set the topic: about beans")
    await hers.wait_for("you set the topic: about beans")
    hers.press("esc")
    hers.submit(":kick 'bob the gardener' too loud")
    await his.wait_for("You are not in this room: you were kicked out of .* by alice")
    await hers.wait_for("1 here")
    await enter(his, ":join", 2)
    await his.wait_for(r"\d\d:\d\d +you were kicked out of")
