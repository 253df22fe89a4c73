"""Reacting to messages, and what one sees of it."""

from tests.primitivus.fake import BOB


def reactions(account, message):
    return account.messages[message.id].more.get("reactions", {})


async def test_the_selected_message_is_reacted_to_by_a_key_and_the_same_key_takes_it_back(
    pilot, account
):
    first = account.message(BOB, "shall we?")
    account.message(BOB, "well?")
    await pilot.see("well?")
    await pilot.press("Esc", "v", "k", "+")
    await pilot.see("👍 me")
    assert reactions(account, first) == {"👍": [account.jid]}
    await pilot.press("+")
    await pilot.lose("👍")
    assert reactions(account, first) == {}


async def test_a_command_finds_the_emoji_by_its_name(pilot, account):
    message = account.message(BOB, "we won")
    await pilot.see("we won")
    await pilot.type("/react tada\n")
    await pilot.see("🎉 me")
    await pilot.type("/react 🐢\n")
    await pilot.see("🎉 me  🐢 me")
    assert ("React", message.id, ["🎉", "🐢"]) in account.calls


async def test_it_is_told_which_message_got_what_was_not_selected(pilot, account):
    account.message(BOB, "we   won")
    account.message(BOB, "did we?", out=True)
    await pilot.see("did we?")
    await pilot.type("/react tada\n")
    await pilot.see("🎉 to: we won")
    await pilot.see("🎉 me")
    await pilot.type("/react tada\n")
    await pilot.see("🎉 taken back from: we won")


async def test_names_of_emojis_are_completed(pilot, account):
    account.message(BOB, "we won")
    await pilot.see("we won")
    await pilot.press("Esc", "v", "=")
    await pilot.type("party-p")
    await pilot.press("Tab")
    await pilot.see("party-popper")
    await pilot.press("Enter")
    await pilot.see("🎉 me")


async def test_what_is_no_emoji_is_said(pilot, account):
    account.message(BOB, "we won")
    await pilot.see("we won")
    await pilot.type("/react something\n")
    await pilot.see("isn't an emoji")


async def test_a_reaction_of_theirs_shows_and_is_no_new_message(pilot, account):
    message = account.message(BOB, "mine", out=True)
    await pilot.see("mine")
    rung = pilot.terminal.rung
    account.change(message.id, more={"reactions": {"👍": [BOB]}})
    await pilot.see("👍 ")
    assert pilot.terminal.rung == rung
    account.change(message.id, more={})
    await pilot.lose("👍")


async def test_without_any_message_of_theirs_there_is_nothing_to_react_to(pilot, account):
    await pilot.command("chat nobody@example.org")
    await pilot.see("this is where it began")
    await pilot.type("/react +1\n")
    await pilot.see("no message from them")
