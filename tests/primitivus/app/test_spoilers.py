"""Spoilers are covered until one wants to see them; what asks for no styles has none."""

import pytest

from tests.primitivus.fake import BOB

SPOILER = {"spoiler": True, "spoiler_about": "the end"}


async def test_a_spoiler_is_covered_until_a_key_shows_it_and_covers_it_again(pilot, account):
    account.message(BOB, "both die", more=SPOILER)
    account.message(BOB, "well?")
    await pilot.see("well?")
    assert "spoiler: the end" in pilot.screen
    assert "both die" not in pilot.screen
    await pilot.press("Esc", "v", "k", "s")
    await pilot.see("both die")
    await pilot.press("s")
    await pilot.lose("both die")


@pytest.mark.parametrize("line", ["i/reveal\n", ":reveal\n"])
async def test_what_a_spoiler_says_to_type_shows_the_newest_in_view(pilot, account, line):
    account.message(BOB, "it rains", more=SPOILER)
    account.message(BOB, "both die", more=SPOILER)
    account.message(BOB, "well?")
    await pilot.see("well?")
    await pilot.press("Esc")
    await pilot.type(line)
    await pilot.see("both die")
    assert "it rains" not in pilot.screen


async def test_a_spoiler_is_shown_that_was_selected_just_now_and_comes_into_view_by_that(
    pilot, account
):
    for number in range(60):
        more = SPOILER if number == 10 else {}
        account.message(BOB, f"message {number}.", out=number == 10, more=more)
    await pilot.until(lambda: pilot.state.conversation.window.last_id == max(account.messages))
    await pilot.press("Esc", "G")
    await pilot.see("message 59.")
    await pilot.press("v", *["Up"] * 49, "s")
    await pilot.see("message 10.")


async def test_the_list_of_conversations_does_not_tell_it(pilot, account):
    account.message(BOB, "both die", more=SPOILER)
    await pilot.see("spoiler: the end")
    pilot.resize(200, 30)
    await pilot.until(lambda: len(pilot.terminal.rows[0]) == 200)
    await pilot.see("spoiler: the end")
    assert "both die" not in pilot.screen


async def test_one_sends_a_spoiler_about_something_or_a_text_without_styles(pilot, account):
    await pilot.type("/spoiler the end | both die\n")
    await pilot.see("spoiler: the end")
    await pilot.type("/spoiler it rains\n")
    await pilot.type("/plain *not strong*\n")
    await pilot.see("*not strong*")
    said = {each.body: each.more for each in account.messages.values()}
    assert said["both die"] == SPOILER
    assert said["it rains"] == {"spoiler": True}
    assert said["*not strong*"] == {"unstyled": True}
    styles = {style for row in pilot.terminal.styles for style, text in row if "strong" in text}
    assert styles == {"message.body.own"}


async def test_where_there_is_none_it_is_said(pilot, account):
    account.message(BOB, "nothing here")
    await pilot.see("nothing here")
    await pilot.press("Esc", "v", "s")
    await pilot.see("no spoiler here")
