"""Deleting what was said in a conversation."""

from tests.primitivus.fake import BOB


async def test_a_conversation_is_deleted_by_a_key_of_the_list_after_asking(pilot, account):
    account.message(BOB, "a secret")
    await pilot.see("a secret")
    await pilot.press("Esc")
    await pilot.command("focus conversations")
    await pilot.press("D")
    await pilot.see("gone from here for good")
    await pilot.press("y")
    await account.called("DeleteLocal", BOB)
    await pilot.lose("a secret")
    await pilot.see("is deleted here")


async def test_without_a_yes_nothing_is_deleted(pilot, account):
    account.message(BOB, "a secret")
    await pilot.see("a secret")
    await pilot.type("/delete-conversation\n")
    await pilot.see("Sure? y/N")
    await pilot.press("Enter")
    await pilot.lose("Sure? y/N")
    await pilot.see("a secret")
    assert ("DeleteLocal", BOB) not in account.calls
