"""Editing what one has said, and what one sees of it."""

import re

import pytest

from backendd.api.errors import TooLarge
from backendd.api.records import Attachment
from primitivus.client.unkept import leave_typed
from tests.primitivus.fake import BOB


def corrected(account):
    return [call[1:] for call in account.calls if call[0] == "Correct"]


async def test_a_key_brings_the_text_into_the_input_and_what_was_typed_is_back_when_it_is_sent(
    pilot, account
):
    first = account.message(BOB, "smal talk", out=True)
    account.message(BOB, "well?")
    await pilot.see("well?")
    await pilot.type("half a draft")
    await pilot.press("Esc", "v", "k", "e")
    await pilot.see("edit: smal talk")
    await pilot.lose("half a draft")
    await pilot.press("C-a", "Right", "Right", "Right", "Right")
    await pilot.type("l\n")
    await pilot.see("small talk")
    await pilot.see("edited")
    await pilot.lose("edit: ")
    await pilot.see("half a draft")
    assert corrected(account) == [(first.id, "small talk")]


async def test_escape_leaves_it_and_gives_the_draft_back(pilot, account):
    account.message(BOB, "smal talk", out=True)
    await pilot.see("smal talk")
    await pilot.type("half a draft")
    await pilot.press("Esc")
    await pilot.command("edit")
    await pilot.see("edit: smal talk")
    await pilot.type(" in a hall")
    await pilot.press("Esc", "Esc")
    await pilot.lose("edit: smal talk")
    await pilot.see("half a draft")
    assert corrected(account) == []


async def test_who_discards_the_text_twice_leaves_the_edit_and_has_the_draft_back(pilot, account):
    account.message(BOB, "smal talk", out=True)
    await pilot.see("smal talk")
    await pilot.type("half a draft")
    await pilot.press("Esc")
    await pilot.command("edit")
    await pilot.see("> smal talk")
    await pilot.press("C-c")
    await pilot.lose("> smal talk")
    await pilot.press("C-c")
    await pilot.see("> half a draft")
    assert not pilot.shows("edit: smal talk")
    assert corrected(account) == []


async def test_what_is_edited_is_no_draft(pilot, account):
    account.message(BOB, "smal talk", out=True)
    await pilot.see("smal talk")
    await pilot.type("half a draft")
    await pilot.press("Esc")
    await pilot.command("edit")
    await pilot.type("x")
    await pilot.until(lambda: ("SetDraft", BOB, "half a draft") in account.calls)
    await pilot.press("Esc", "Esc")
    await pilot.see("half a draft")
    await pilot.end()
    drafts = [call[2] for call in account.calls if call[0] == "SetDraft"]
    assert set(drafts) == {"half a draft"}


async def test_a_command_edits_the_newest_of_ones_own_at_once(pilot, account):
    account.message(BOB, "older", out=True)
    newest = account.message(BOB, "smal talk", out=True)
    account.message(BOB, "theirs")
    await pilot.see("theirs")
    await pilot.type("/edit small talk\n")
    await pilot.see("edited")
    assert corrected(account) == [(newest.id, "small talk")]


async def test_a_text_that_looks_like_a_command_is_edited_as_a_text(pilot, account):
    message = account.message(BOB, "/usr/bi", out=True)
    await pilot.see("/usr/bi")
    await pilot.command("edit")
    await pilot.see("//usr/bi")
    await pilot.type("n\n")
    await pilot.until(lambda: corrected(account) == [(message.id, "/usr/bin")])


async def test_an_action_is_edited_as_an_action(pilot, account):
    message = account.message(BOB, "/me wavs", out=True)
    await pilot.see("wavs")
    await pilot.command("edit")
    await pilot.press("Backspace")
    await pilot.type("es\n")
    await pilot.until(lambda: corrected(account) == [(message.id, "/me waves")])


async def test_an_edit_that_is_refused_is_still_one(pilot, account):
    message = account.message(BOB, "smal talk", out=True)
    await pilot.see("smal talk")
    account.refusal = TooLarge("this is too long")
    await pilot.type("/edit small talk\n")
    await pilot.see("this is too long")
    await pilot.see("edit: smal talk")
    account.refusal = None
    await pilot.press("Enter")
    await pilot.until(lambda: corrected(account)[1:] == [(message.id, "small talk")])


async def test_only_texts_of_ones_own_are_edited(pilot, account):
    await pilot.command("chat nobody@example.org")
    await pilot.see("this is where it began")
    await pilot.type("/edit mine\n")
    await pilot.see("no message of yours here to edit")
    await pilot.command(f"chat {BOB}")
    account.message(BOB, "theirs")
    await pilot.see("theirs")
    await pilot.press("Esc", "v", "e")
    await pilot.see("only your own messages can be edited")


async def test_what_a_message_said_before_is_listed_and_told_with_its_details(pilot, account):
    account.message(BOB, "smal talk", out=True)
    await pilot.see("smal talk")
    await pilot.type("/edits\n")
    await pilot.see("no message here was edited")
    await pilot.press("C-u")
    await pilot.type("/edit small talk\n")
    await pilot.see("edited ✓")
    await pilot.type("/edits\n")
    await pilot.see("What it said before")
    await pilot.see("smal talk")
    await pilot.press("Esc")
    await pilot.lose("What it said before")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("encryption")
    assert re.search(r"before +\d.*  smal talk", pilot.screen)


async def test_what_waits_to_be_sent_of_an_edit_says_so(pilot, account):
    message = account.message(BOB, "mine", out=True)
    account.change(message.id, more={"edited": True, "edited_pending": True})
    await pilot.see("edited …")


async def test_a_message_is_corrected_as_it_is_edited(pilot, account):
    message = account.message(BOB, "smal talk", out=True)
    await pilot.see("smal talk")
    await pilot.command("correct small talk")
    await pilot.until(lambda: corrected(account) == [(message.id, "small talk")])


async def test_who_leaves_with_half_a_correction_is_asked_first(pilot):
    await pilot.press("Esc")
    await pilot.command("edit")
    await pilot.see("edit: yes")
    await pilot.type(" indeed")
    await pilot.press("C-x")
    await pilot.see("What you typed to change a message to bob will be lost")
    await pilot.press("Esc")
    await pilot.see("> yes indeed")
    await pilot.press(*["Backspace"] * len(" indeed"), "C-x")
    assert await pilot.exit_code() == 0


async def test_where_the_program_fails_a_file_has_half_a_correction(pilot, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    await pilot.press("Esc")
    await pilot.command("edit")
    await pilot.see("edit: yes")
    await pilot.type(" indeed")
    await leave_typed(pilot.state)
    (left,) = pilot.state.left.files()
    assert left.name == "correction.txt"
    assert left.read_text() == "yes indeed"


URL = "https://files.example.org/a/summit.jpg"
SUMMIT = Attachment(index=0, name="summit.jpg", size=3_032_449, url=URL)


async def test_of_a_file_its_words_are_edited_and_not_its_address(pilot, account):
    described = account.message(BOB, f"smal\n{URL}", out=True, more={"attachments": [SUMMIT]})
    await pilot.see("summit.jpg")
    await pilot.command("edit")
    await pilot.see("> smal")
    assert "https" not in pilot.screen
    await pilot.type("l\n")
    await pilot.until(lambda: corrected(account) == [(described.id, "small")])


async def test_a_file_without_words_is_given_some(pilot, account):
    bare = account.message(BOB, URL, out=True, more={"attachments": [SUMMIT]})
    await pilot.see("summit.jpg")
    await pilot.command("edit")
    await pilot.see("edit: summit.jpg")
    assert "https" not in pilot.screen
    await pilot.type("From the top\n")
    await pilot.until(lambda: corrected(account) == [(bare.id, "From the top")])


@pytest.mark.parametrize(
    ("file", "told", "why"),
    [
        (
            Attachment(index=0, name="s.jpg", url="aesgcm://files.example.org/a#0", encrypted=True),
            {"body": "aesgcm://files.example.org/a#0"},
            "this is an encrypted file: nothing can be said beside its address",
        ),
        (
            Attachment(index=0, name="s.jpg", direct=True),
            {"body": "file: s.jpg", "type": "system"},
            "this is no text of yours: there is nothing to edit",
        ),
        (
            Attachment(index=0, name="s.jpg"),
            {"body": "look", "state": "pending"},
            "its file is still on the way: it can be edited once it is sent",
        ),
    ],
)
async def test_where_a_file_has_no_words_that_is_said_before_anything_is_typed(
    pilot, account, file, told, why
):
    account.message(BOB, out=True, more={"attachments": [file]}, **told)
    await pilot.see("s.jpg")
    await pilot.press("Esc", "v", "e")
    await pilot.see(why)
    assert not pilot.shows("edit: ")


async def test_what_was_said_with_a_file_before_is_told_without_its_address(pilot, account):
    account.message(BOB, f"smal\n{URL}", out=True, more={"attachments": [SUMMIT]})
    await pilot.see("summit.jpg")
    await pilot.type("/edit small\n")
    await pilot.see("edited ✓")
    await pilot.type("/edits\n")
    await pilot.see("What it said before")
    assert "https" not in pilot.screen
