"""How one wants conversations to behave: at the top of the list, and how much noise they make."""

import pytest

from tests.primitivus.fake import BOB, MIA

ROOM = "cave@rooms.example.org"


async def test_who_is_pinned_stays_at_the_top_and_that_is_seen(pilot, account):
    account.message(MIA, "later")
    await pilot.until(lambda: pilot.state.account.conversations.peers()[0] == MIA)
    await pilot.command(f"pin {BOB}")
    await pilot.see("bob stays at the top of the list")
    account.message(MIA, "later still")
    await pilot.until(lambda: pilot.state.account.conversation(MIA).unread == 2)
    assert pilot.state.account.conversations.peers()[0] == BOB
    await pilot.command(f"pin {BOB}")
    await pilot.see("bob is sorted by time again")
    assert pilot.state.account.conversations.peers()[0] == MIA


async def test_what_makes_a_noise_is_asked_set_and_seen_where_it_is_unusual(pilot, account):
    await pilot.command("notify")
    await pilot.see("bob: every message makes a noise")
    assert "noise" not in pilot.screen.splitlines()[0]
    await pilot.command("notify mentions")
    await pilot.see("bob: only mentions make a noise")
    assert "only mentions make a noise" in pilot.screen.splitlines()[0]
    assert account.conversations[BOB].notify == "mentions"
    await pilot.command(f"notify none {MIA}")
    await pilot.see("mia: nothing makes a noise")
    assert account.conversations[MIA].notify == "none"
    assert account.conversations[BOB].notify == "mentions"
    await pilot.command("notify usual")
    await pilot.see("bob: every message makes a noise")
    assert "noise" not in pilot.screen.splitlines()[0]


async def test_a_room_that_was_muted_notices_mentions_again_and_no_more(pilot, account):
    account.message(ROOM, "hello", kind="room", sender=f"{ROOM}/ann")
    account.converse(ROOM, notify="mentions")
    await pilot.until(lambda: pilot.state.account.conversation(ROOM).notify == "mentions")
    await pilot.command(f"mute {ROOM}")
    await pilot.see("nothing makes a noise")
    await pilot.command(f"mute {ROOM}")
    await pilot.see("only mentions make a noise")
    assert account.conversations[ROOM].notify == "mentions"


@pytest.mark.parametrize(
    ("name", "key", "told"),
    [
        ("markers", "markers", "told what you have read"),
        ("typing-notices", "typing_out", "told when you type"),
    ],
)
async def test_what_people_are_told_of_one_is_shown_and_changed_by_a_word_alone(
    pilot, account, name, key, told
):
    await pilot.command(name)
    await pilot.see(f"bob is not {told}; :{name} on changes that")
    assert not getattr(account.conversations[BOB], key)
    await pilot.command(f"{name} on")
    await pilot.see(f"bob is {told}")
    assert getattr(account.conversations[BOB], key)
    await pilot.command(name)
    await pilot.see(f"bob is {told}; :{name} off changes that")
    await pilot.command(f"{name} toggle")
    await pilot.see(f"bob is not {told}")


async def test_in_a_room_it_is_those_in_there_who_are_told(pilot, account):
    account.message(ROOM, "hello", kind="room", sender=f"{ROOM}/ann")
    await pilot.command(f"chat {ROOM}")
    await pilot.command("typing-notices on")
    await pilot.see("those in cave are told when you type")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_in_the_list_it_is_set_by_a_key_for_the_one_under_the_cursor(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.command("focus conversations")
    await pilot.press("End", "M")
    await pilot.type("none\n")
    await pilot.see("nothing makes a noise")
    chosen = pilot.state.account.conversations.peers()[-1]
    assert chosen != BOB
    assert account.conversations[chosen].notify == "none"
