"""Files that are attached to what one writes, and go out with it."""

import pytest

from backendd.api.errors import FileError, TooLarge
from tests.primitivus.app.test_sending_files import trip
from tests.primitivus.fake import BOB

__all__ = ["trip"]


def handed(account, call="SendAlbum"):
    return [each[2] for each in account.calls if each[0] == call]


async def test_files_go_out_with_the_text_that_is_written_to_them(account, pilot, trip):
    await pilot.type("look at ")
    await pilot.command("attach summit.jpg")
    await pilot.see("with 1 file (10 bytes): summit.jpg")
    await pilot.command("attach notes.txt")
    await pilot.see("with 2 files (19 bytes): summit.jpg, notes.txt")
    await pilot.type("these")
    await account.called("SetDraft", BOB, "look at these")
    await pilot.type("\n")
    await pilot.until(lambda: account.albums == ["look at these"])
    assert handed(account) == [str(trip / "summit.jpg"), str(trip / "notes.txt")]
    await pilot.lose("with 2 files")
    await pilot.until(lambda: not account.conversations[BOB].draft)
    assert not [call for call in account.calls if call[0] == "Send"]
    await pilot.type("only words\n")
    await account.called("Send", BOB, "only words")


async def test_who_leaves_is_told_which_text_goes_without_its_files(pilot, trip):
    await pilot.type("look at these")
    await pilot.command("attach 'a b'")
    await pilot.see("with 2 files")
    await pilot.command("quit")
    await pilot.see("What you typed to bob will have its files no more.")
    await pilot.type("\n")
    await pilot.see("with 2 files")
    await pilot.command("quit")
    await pilot.see("its files no more")
    await pilot.type("y\n")
    assert await pilot.exit_code() == 0


async def test_without_a_text_enter_sends_them_alone(account, pilot, trip):
    await pilot.command("attach 'a b'")
    await pilot.see("with 2 files")
    await pilot.type("\n")
    await pilot.until(lambda: account.albums == [""])
    assert len(handed(account)) == 2


@pytest.mark.parametrize(
    ("keymap", "keys"),
    [("primitivus", ("M-f",)), ("vi", ("Esc", "g", "f")), ("emacs", ("C-x", "C-f"))],
)
async def test_a_file_that_is_chosen_from_the_list_is_attached_by_a_key(
    account, fly, trip, keymap, keys
):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press(*keys)
    await pilot.see("notes.txt")
    await pilot.press("C-t")
    await pilot.see("only a file can be attached")
    await pilot.type("smt")
    await pilot.press("C-t")
    await pilot.see("with 1 file (10 bytes): summit.jpg")
    await pilot.type("from above\n")
    await pilot.until(lambda: account.albums == ["from above"])
    assert not handed(account, "SendFile")


@pytest.mark.parametrize(
    ("name", "said"),
    [("nosuch.txt", "No such file"), ("pipe", "is a pipe; only files can be sent")],
)
async def test_what_can_not_be_sent_is_not_attached(pilot, trip, name, said):
    await pilot.command(f"attach {name}")
    await pilot.see(said)
    assert "with 1 file" not in pilot.screen


async def test_where_nothing_matches_what_is_typed_that_is_said(pilot, trip):
    await pilot.command("send-file")
    await pilot.see("notes.txt")
    await pilot.type("zzz")
    await pilot.press("C-t")
    await pilot.see('nothing here matches "zzz": type less of it')


async def test_leaving_them_out_keeps_the_text(account, pilot, trip):
    await pilot.type("only words")
    await pilot.command("attach summit.jpg")
    await pilot.press("Esc", "Esc")
    await pilot.lose("with 1 file")
    await pilot.press("i")
    await pilot.type("\n")
    await account.called("Send", BOB, "only words")
    assert not account.albums


async def test_what_is_refused_is_there_again_with_its_files(account, pilot, trip):
    account.file_refusals["SendAlbum"] = TooLarge("the server takes 5 bytes")
    await pilot.command("attach summit.jpg notes.txt")
    await pilot.type("look\n")
    await pilot.see("the server takes 5 bytes")
    await pilot.see("with 2 files")
    await pilot.see("> look")
    del account.file_refusals["SendAlbum"]
    await pilot.type("\n")
    await pilot.until(lambda: account.albums == ["look", "look"])


async def test_what_the_backend_can_not_see_is_handed_over_open_with_the_text(account, pilot, trip):
    account.file_refusals["SendAlbum"] = FileError("it can't be read")
    await pilot.command("attach summit.jpg notes.txt")
    await pilot.type("look\n")
    await account.called("SendAlbumHandles", BOB, "notes.txt")
    assert account.albums == ["look", "look"]
    assert account.handed == [b"summit.jpg", b"notes.txt"]


async def test_an_album_in_one_line_is_handed_over_in_the_same_way(account, pilot, trip):
    account.file_refusals["SendAlbum"] = FileError("it can't be read")
    await pilot.command("send-album 'up there' summit.jpg notes.txt")
    await pilot.see("2 files go to bob")
    await account.called("SendAlbumHandles", BOB, "notes.txt")
    assert account.albums == ["up there", "up there"]
    assert account.handed == [b"summit.jpg", b"notes.txt"]


async def test_what_is_gone_by_then_sends_nothing(account, pilot, trip):
    account.file_refusals["SendAlbum"] = FileError("it can't be read")
    await pilot.command("attach summit.jpg notes.txt")
    (trip / "notes.txt").unlink()
    await pilot.type("look\n")
    await pilot.see("No such file")
    await pilot.see("> look")
    assert not [call for call in account.calls if call[0] in ("Send", "SendAlbumHandles")]


async def test_nothing_is_attached_to_another_wording(account, pilot, trip):
    await pilot.command("edit")
    await pilot.see("> yes")
    await pilot.command("attach summit.jpg")
    await pilot.see("nothing can be attached to this")
