"""Answering messages, what one sees of it, and going to what was answered."""

import pytest

from backendd.api.errors import TooLarge
from tests.primitivus.fake import BOB


def answered(account):
    return [each.more.get("reply_to") for each in account.messages.values() if each.body == "so do"]


async def test_a_key_answers_the_selected_message_and_says_so_above_the_line(pilot, account):
    first = account.message(BOB, "shall we?")
    account.message(BOB, "well?")
    await pilot.see("well?")
    await pilot.press("Esc", "v", "k", "r")
    await pilot.see("reply to bob: shall we?")
    await pilot.type("so do\n")
    await pilot.see("> bob: shall we?")
    await pilot.lose("reply to bob")
    assert answered(account) == [first.id]


@pytest.mark.parametrize("ahead", ["vr", ":reply\n"])
async def test_what_is_typed_ahead_is_for_the_messages_of_what_is_being_opened(pilot, ahead):
    keys = ["Enter" if letter == "\n" else letter for letter in ahead]
    await pilot.press("M-2", "Esc", *keys)
    await pilot.see("reply to mia: an older one")


async def test_a_command_answers_the_newest_of_theirs_at_once(pilot, account):
    newest = account.message(BOB, "well?")
    account.message(BOB, "mine", out=True)
    await pilot.see("mine")
    await pilot.type("/reply so do\n")
    await pilot.see("> bob: well?")
    assert answered(account) == [newest.id]


async def test_an_answer_is_left_with_escape_and_the_text_stays(pilot, account):
    account.message(BOB, "well?")
    await pilot.see("well?")
    await pilot.type("/reply\n")
    await pilot.see("reply to bob: well?")
    await pilot.type("so do")
    await pilot.press("Esc", "Esc")
    await pilot.lose("reply to bob")
    await pilot.press("i", "Enter")
    await pilot.until(lambda: answered(account) == [None])


@pytest.mark.parametrize(
    ("keymap", "key"), [("primitivus", "C-c"), ("vi", "C-c"), ("emacs", "M-k")]
)
async def test_who_discards_what_is_not_typed_leaves_the_answer_first(account, fly, keymap, key):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.type("/reply\n")
    await pilot.see("reply to bob: have you seen this?")
    await pilot.type("so do")
    await pilot.press(key)
    await pilot.lose("so do")
    assert pilot.shows("reply to bob: have you seen this?")
    await pilot.press(key)
    await pilot.lose("reply to bob")
    assert not pilot.shows(":quit leaves")
    await pilot.press(key)
    await pilot.see(":quit leaves")
    await pilot.type("so do\n")
    await pilot.until(lambda: answered(account) == [None])


async def test_an_answer_that_is_refused_is_still_one(pilot, account):
    newest = account.message(BOB, "well?")
    await pilot.see("well?")
    account.refusal = TooLarge("this is too long")
    await pilot.type("/reply so do\n")
    await pilot.see("this is too long")
    await pilot.see("reply to bob: well?")
    account.refusal = None
    await pilot.press("Enter")
    await pilot.until(lambda: answered(account) == [newest.id])


async def test_one_goes_to_what_was_answered_and_back(pilot, account):
    first = account.message(BOB, "the first one", state="read")
    for number in range(60):
        account.message(BOB, f"line {number}", state="read")
    more = {"reply_to": first.id, "quote": "the first one", "quote_sender": BOB}
    account.message(BOB, "to that", more=more)
    await pilot.see("> bob: the first one")
    assert " the first one" not in pilot.screen.replace("> bob: the first one", "")
    await pilot.press("Esc", "v", "^")
    await pilot.lose("to that")
    await pilot.see("the first one")
    assert pilot.state.conversation.selected == first.id
    await pilot.press("Backspace")
    await pilot.see("to that")


async def test_what_is_quoted_and_is_not_here_can_not_be_gone_to(pilot, account):
    account.message(BOB, "about something", more={"quote": "something"})
    await pilot.see("> something")
    await pilot.press("Esc", "v", "^")
    await pilot.see("answers is not here")
    account.message(BOB, "about nothing")
    await pilot.see("about nothing")
    await pilot.press("j", "^")
    await pilot.see("answers no other")


async def test_what_was_retracted_is_quoted_as_that(pilot, account):
    account.message(BOB, "to that", more={"reply_to": 1, "quote": "", "quote_sender": BOB})
    await pilot.see("> bob: (retracted)")


async def test_a_long_quotation_takes_one_line(pilot, account):
    more = {
        "reply_to": 1,
        "quote": "very long\n" * 50,
        "quote_sender": account.jid,
        "quote_own": True,
    }
    account.message(BOB, "to that", more=more)
    await pilot.see("> me: very long very long")
    assert pilot.screen.count("> me") == 1
    rows = [row for row in pilot.screen.split("\n") if "very long" in row]
    assert len(rows) == 1


async def test_without_any_message_of_theirs_there_is_nothing_to_answer(pilot, account):
    await pilot.command("chat nobody@example.org")
    await pilot.see("this is where it began")
    await pilot.type("/reply\n")
    await pilot.see("no message from them")
