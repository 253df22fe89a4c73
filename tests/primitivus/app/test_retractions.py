"""Taking messages back, and what is left of them on the screen."""

import pytest

from backendd.api.errors import NotAllowed
from backendd.api.records import Attachment, Occupant
from tests.primitivus.fake import BOB

ROOM = "cave@rooms.example.org"


def called(account, name):
    return [call[1:] for call in account.calls if call[0] == name]


async def test_a_key_takes_the_selected_message_back_after_asking_once(pilot, account):
    first = account.message(BOB, "a secret", out=True)
    account.message(BOB, "well?")
    await pilot.see("well?")
    await pilot.press("Esc", "v", "k", "d")
    await pilot.see("Sure? y/N")
    assert "y is yes; n, Enter and Esc are no" in pilot.screen
    await pilot.press("y")
    await pilot.see("(retracted)")
    await pilot.lose("a secret")
    assert called(account, "Retract") == [(first.id,)]


async def test_without_a_yes_nothing_is_taken_back(pilot, account):
    account.message(BOB, "a secret", out=True)
    await pilot.see("a secret")
    await pilot.type("/retract\n")
    await pilot.see("Sure? y/N")
    await pilot.press("Enter")
    await pilot.lose("Sure? y/N")
    assert called(account, "Retract") == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("failed", "It was not sent: it is removed here, for good."),
        ("pending", "If it is on its way, others are asked to as well."),
        ("sent", "Others are asked to, but may have read it."),
    ],
)
async def test_what_becomes_of_a_message_is_told_by_how_far_it_got(pilot, account, state, said):
    account.message(BOB, "a secret", out=True, state=state)
    await pilot.see("a secret")
    await pilot.type("/retract\n")
    await pilot.see("Sure? y/N")
    assert said in " ".join(pilot.screen.replace("│", " ").split())
    assert "Its file" not in pilot.screen


async def test_of_a_file_that_was_sent_it_is_told_that_it_stays_on_the_server(pilot, account):
    file = Attachment(name="letter.txt", url="https://files.example.org/letter.txt")
    account.message(BOB, file.url, out=True, state="sent", more={"attachments": [file]})
    await pilot.see("letter.txt")
    await pilot.type("/retract\n")
    await pilot.see("Its file stays on the server, and in :transfers.")


async def test_only_ones_own_is_taken_back(pilot, account):
    await pilot.command("chat nobody@example.org")
    await pilot.see("this is where it began")
    await pilot.type("/retract\n")
    await pilot.see("no message of yours here to retract")
    await pilot.command(f"chat {BOB}")
    account.message(BOB, "theirs")
    await pilot.see("theirs")
    await pilot.press("Esc", "v", "d")
    await pilot.see("only your own messages can be retracted")


async def test_what_is_left_is_one_line_without_what_stood_with_it(pilot, account):
    message = account.message(BOB, "a secret")
    account.change(message.id, more={"reactions": {"👍": [BOB]}})
    await pilot.see("👍")
    more = {"retracted": True, "retracted_by": BOB, "reactions": {"👍": [BOB]}}
    account.change(message.id, body="", more=more)
    await pilot.see("(retracted)")
    await pilot.lose("👍")
    await pilot.lose("a secret")


async def test_what_is_found_goes_with_the_message(pilot, account):
    message = account.message(BOB, "a secret")
    account.message(BOB, "secretly")
    await pilot.see("secretly")
    await pilot.command("search secret")
    await pilot.see("2 found")
    account.change(message.id, body="", more={"retracted": True})
    await pilot.see("1 found")
    await pilot.lose("a secret")


@pytest.fixture
async def spam(pilot, account):
    account.enter(ROOM)
    account.converse(ROOM, kind="room")
    await pilot.command(f"chat {ROOM}")
    message = account.message(ROOM, "spam", kind="room", sender=f"{ROOM}/eve")
    await pilot.see("spam")
    return message


async def test_a_moderator_takes_back_what_others_said_with_a_reason(pilot, account, spam):
    await pilot.press("Esc", "v")
    await pilot.command("retract spam it is")
    await pilot.see("Sure? y/N")
    await pilot.press("y")
    await pilot.see("(retracted by a moderator: spam")
    assert called(account, "Moderate") == [(ROOM, spam.id, "spam it is")]


async def test_who_may_not_moderate_is_told_so(pilot, account, spam):
    account.room_refusal = NotAllowed("only moderators may do this")
    await pilot.press("Esc", "v", "d")
    await pilot.see("Sure? y/N")
    await pilot.press("y")
    await pilot.see("only moderators may do this")
    await pilot.see("spam")


async def test_who_moderated_and_why_is_told(pilot, account, spam):
    more = {
        "retracted": True, "retracted_by": f"{ROOM}/mod", "moderated": True, "reason": "off topic",
    }  # fmt: skip
    account.change(spam.id, body="", more=more)
    await pilot.see("(retracted by mod, a moderator: off")
    await pilot.see("topic)")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("off topic")
    await pilot.see(f"by {ROOM}/mod")


async def test_who_is_no_moderator_is_told_who_may_before_anything_is_asked(pilot, account, spam):
    account.enter(ROOM, role="participant")
    mia = Occupant(nick="mia", role="moderator")
    account.appear(ROOM, Occupant(nick="alice", role="participant"), mia)
    await pilot.press("Esc")
    await pilot.command("occupants")
    await pilot.see("mia")
    await pilot.press("Esc", "v", "d")
    await pilot.see('only moderators of "cave" may take back what others said: "mia"')
    assert "Sure?" not in pilot.screen
    assert called(account, "Moderate") == []


async def test_where_a_room_can_not_moderate_that_is_told_before_anything_is_asked(
    pilot, account, spam
):
    account.change_room(ROOM, retracts=False, subject="herbs")
    await pilot.see("herbs")
    await pilot.press("Esc", "v", "d")
    await pilot.see('"cave" has no way to take back what others said')
    assert called(account, "Moderate") == []


async def test_who_has_left_a_room_is_told_what_enters_it(pilot, account, spam):
    account.change_room(ROOM, state="out", role="none")
    await pilot.see("not joined")
    await pilot.press("Esc", "v", "d")
    await pilot.see('only who is in "cave" may do that')
    assert called(account, "Moderate") == []
