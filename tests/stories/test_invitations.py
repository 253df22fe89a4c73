"""Somebody is invited to a room, answers by keys, keeps the room, and is made to leave."""

import pytest

from tests.lab.server import DOMAIN
from tests.stories.test_rooms import enter

pytestmark = pytest.mark.components


async def test_one_invites_the_other_comes_and_keeps_the_room_until_made_to_leave(
    server, user, tui
):
    room = f"garden@conference.{DOMAIN}"
    for name in ("alice", "bob"):
        await user(server, name)
    hers, his = await tui("-p", "alice"), await tui("-p", "bob")
    await enter(hers, f":create-room {room}", 1)
    await his.wait_for("NORMAL|INSERT")
    hers.press("esc")
    hers.submit(f":invite bob@{DOMAIN} come and see")
    await his.wait_for(r"invites you to garden@.*\(come and see\)")
    his.press("esc")
    his.submit(":next-notification")
    await his.wait_for("Enter it, and keep it")
    his.press("down", "enter")
    await his.wait_for("2 here")
    await hers.wait_for("● bob")
    hers.press("esc")
    hers.submit(":kick bob enough")
    await hers.wait_for("bob had to leave")
    await his.wait_for("You are not in this room: you were kicked out of .* by alice: enough")
