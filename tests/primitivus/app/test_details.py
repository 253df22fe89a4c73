"""All there is to know of a message, in a popup."""

import re

import pytest

from tests.primitivus.fake import BOB

ROOM = "cave@rooms.example.org"


async def test_it_is_told_by_which_ids_a_message_is_known(pilot, account):
    message = account.message(
        BOB, "hello", message_id="of-the-stanza", origin_id="of-bob", stanza_id="of-the-archive"
    )
    await pilot.see("hello")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("of-the-stanza")
    assert re.search(r"origin id +of-bob", pilot.screen)
    assert re.search(r"archive id +of-the-archive", pilot.screen)
    assert re.search(rf"number +{message.id}\b", pilot.screen)


@pytest.mark.parametrize(
    ("state", "told"), [("delivered", "received by"), ("displayed", "seen by")]
)
async def test_it_is_told_who_has_received_and_seen_what_one_said(pilot, account, state, told):
    account.know(BOB, name="Robert")
    account.message(BOB, "hello", out=True, state=state)
    await pilot.see("hello")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see(f"{told} ")
    assert re.search(rf"{told} +Robert", pilot.screen)


async def test_it_is_told_by_which_id_a_room_knows_who_wrote_a_message(pilot, account):
    account.enter(ROOM)
    await pilot.command(f"chat {ROOM}")
    account.message(ROOM, "hello", kind="room", sender=f"{ROOM}/mia", occupant_id="of-mia")
    await pilot.see("hello")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("occupant id")
    assert re.search(r"occupant id +of-mia", pilot.screen)


async def test_it_is_told_whose_account_wrote_a_message_of_a_room(pilot, account):
    account.enter(ROOM)
    await pilot.command(f"chat {ROOM}")
    account.message(ROOM, "hello", kind="room", sender=f"{ROOM}/mia", real_jid=BOB)
    await pilot.see("hello")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("real JID")
    assert re.search(rf"real JID +{BOB}", pilot.screen)


async def test_it_is_told_who_in_a_room_has_seen_a_message_and_reacted_to_it(pilot, account):
    account.enter(ROOM)
    await pilot.command(f"chat {ROOM}")
    more = {
        "displayed_by": [f"{ROOM}/mia", f"{ROOM}/ben"],
        "reactions": {"👍": [f"{ROOM}/mia", f"{ROOM}/alice"]},
        "reactions_own": {"👍": f"{ROOM}/alice"},
    }
    account.message(ROOM, "hello", out=True, kind="room", sender=f"{ROOM}/alice", more=more)
    await pilot.see("hello")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("seen by")
    assert re.search(r"seen by +mia, ben", pilot.screen)
    assert re.search(r"reacted +👍 +mia, me", pilot.screen)
