"""Files of messages that are fetched because somebody wants them."""

from dataclasses import replace

import pytest

from backendd.api.errors import FileError
from backendd.api.records import Attachment
from primitivus.model.files.transfers import Transfers
from tests.primitivus.fake import BOB

SUMMIT = Attachment(index=0, name="summit.jpg", size=3_032_449, url="https://files.example.org/a")
NOTES = Attachment(index=1, name="notes.txt", size=5, url="https://files.example.org/b")


def bring(account, *files):
    return account.message(BOB, "two", more={"attachments": list(files)})


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_file_of_the_selected_message_is_fetched_by_a_key(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    message = bring(account, SUMMIT)
    await pilot.see("summit.jpg")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("select\n")
    await pilot.press("S")
    await account.called("Download", message.id, 0, "")
    await pilot.see('"summit.jpg" comes')


async def test_without_a_selection_it_is_never_one_above_the_newest(account, pilot, tmp_path):
    bring(account, SUMMIT)
    (tmp_path / "notes.txt").touch()
    account.transfer(direction="in", state="done", path=str(tmp_path / "notes.txt"))
    bring(account, replace(NOTES, index=0, transfer=1))
    await pilot.see("is here")
    await pilot.command("download")
    await pilot.see('"notes.txt" is here:')
    assert not [call for call in account.calls if call[0] == "Download"]


async def test_without_a_selection_what_is_meant_below_a_link_alone_is_not_guessed(account, pilot):
    message = bring(account, SUMMIT)
    account.message(BOB, "https://example.org/cat.jpg")
    await pilot.see("cat.jpg")
    await pilot.command("download")
    await pilot.see("the newest here is a link")
    assert not [call for call in account.calls if call[0] == "Download"]
    account.message(BOB, "that is at https://example.org/dog.jpg too")
    await pilot.see("dog.jpg")
    await pilot.command("select")
    await pilot.press("Up", "Up", "S")
    await account.called("Download", message.id, 0, "")


async def test_without_a_selection_what_one_has_sent_is_passed_over(account, pilot, tmp_path):
    message = bring(account, SUMMIT)
    path = str(tmp_path / "notes.txt")
    account.transfer(direction="out", state="done", path=path)
    sent = {"attachments": [replace(NOTES, index=0, transfer=1)]}
    account.message(BOB, "two", direction="out", more=sent)
    await pilot.see("notes.txt")
    await pilot.command("download")
    await account.called("Download", message.id, 0, "")


async def test_it_goes_into_a_directory_as_seen_from_where_one_is(
    account, pilot, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    message = bring(account, SUMMIT)
    await pilot.see("summit.jpg")
    await pilot.command("save-file 'my pictures'")
    await account.called("Download", message.id, 0, str(tmp_path / "my pictures"))


async def test_of_several_files_one_is_chosen(account, pilot, tmp_path):
    message = bring(account, SUMMIT, NOTES)
    await pilot.see("notes.txt")
    await pilot.command(f"download '{tmp_path}/a b'")
    await pilot.see("Enter fetches what is chosen")
    await pilot.press("Down", "Enter")
    await account.called("Download", message.id, 1, f"{tmp_path}/a b")


async def test_of_several_files_those_that_are_here_are_marked_and_all_others_come_at_once(
    account, pilot, tmp_path
):
    account.transfer(direction="in", state="done", path=str(tmp_path / "plan.txt"))
    plan = Attachment(index=2, name="plan.txt", url="https://files.example.org/c", transfer=1)
    message = bring(account, SUMMIT, NOTES, plan)
    await pilot.see("plan.txt")
    await pilot.command(f"download {tmp_path}")
    await pilot.see("plan.txt  is here")
    await pilot.see("all 2 that were not fetched")
    await pilot.type("all 2\n")
    await account.called("Download", message.id, 0, str(tmp_path))
    await account.called("Download", message.id, 1, str(tmp_path))
    await pilot.see("2 files come")
    assert not [call for call in account.calls if call[:3] == ("Download", message.id, 2)]


async def test_of_all_files_it_is_said_which_can_not_be_fetched(account, pilot):
    account.file_refusals["Download"] = FileError("nothing can be written there")
    message = bring(account, SUMMIT, NOTES)
    await pilot.see("notes.txt")
    await pilot.command(f"download-from {message.id} all")
    await pilot.see('2 of 2 files can\'t be fetched; "summit.jpg": nothing can be written there')
    await pilot.command(f"download-from {message.id} both")
    await pilot.see("is neither all nor the number of a file")


async def test_one_that_is_here_is_not_fetched_again(account, pilot, tmp_path):
    path = tmp_path / "summit.jpg"
    path.touch()
    account.transfer(direction="in", state="done", path=str(path))
    message = bring(account, replace(SUMMIT, transfer=1))
    await pilot.see("is here")
    await pilot.press("Esc", "v", "S")
    await pilot.see('"summit.jpg" is here:')
    assert not [call for call in account.calls if call[0] == "Download"]
    path.unlink()
    await pilot.press("S")
    await account.called("Download", message.id, 0, "")


async def test_one_that_came_directly_and_is_gone_is_to_be_asked_for(account, pilot, tmp_path):
    path = tmp_path / "summit.jpg"
    account.transfer(direction="in", state="done", path=str(path))
    bring(account, replace(SUMMIT, url="", direct=True, transfer=1))
    await pilot.see("is here")
    await pilot.command("download")
    await pilot.see("is no longer there: ask bob to send it once more")
    assert not [call for call in account.calls if call[0] == "Download"]


async def test_one_that_failed_goes_on_where_it_was(account, pilot):
    account.transfer(direction="in", state="failed", error=("HostUnreachable", "it is away"))
    bring(account, replace(SUMMIT, transfer=1))
    await pilot.see("did not come")
    await pilot.command("download")
    await pilot.until(lambda: account.transfers[1].state == "queued")
    await pilot.see('"summit.jpg" comes')
    assert not [call for call in account.calls if call[0] == "Download"]


async def test_where_nothing_can_be_fetched_that_is_said(account, pilot):
    await pilot.command("download")
    await pilot.see("no file to fetch is in view")
    await pilot.press("v", "S")
    await pilot.see("this message brings no file")
    await pilot.command("download-from 999 0")
    await pilot.see("there is no such file here")


async def test_what_can_not_be_fetched_is_said(account, pilot):
    account.file_refusals["Download"] = FileError("nothing can be written there")
    bring(account, SUMMIT)
    await pilot.see("summit.jpg")
    await pilot.command("download")
    await pilot.see("nothing can be written there")


@pytest.fixture
def came(tmp_path, account):
    """Call it to have a file come to where the backend may write, as it can't elsewhere."""
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    for call in ("DownloadInto", "AcceptInto"):
        account.file_refusals[call] = FileError("may not be written by the backend")

    def come(name="summit.jpg", content="what it shows"):
        path = downloads / name
        path.write_text(content)
        account.transfer(id=1, name="summit.jpg", state="done", path=str(path))
        return path

    return come


async def test_into_where_the_backend_can_not_write_a_file_is_put_once_it_has_come(
    account, pilot, came, tmp_path
):
    directory = tmp_path / "my pictures"
    directory.mkdir()
    (directory / "summit.jpg").write_text("another one")
    message = bring(account, SUMMIT)
    await pilot.see("summit.jpg")
    await pilot.command(f"download '{directory}'")
    await account.called("Download", message.id, 0, "")
    await pilot.see('"summit.jpg" comes')
    account.transfer(id=1, state="running")
    path = came()
    there = directory / "summit (2).jpg"
    await pilot.see('"summit.jpg" is here')
    assert there.read_text() == "what it shows"
    assert not path.exists()
    assert account.transfers[1].path == str(there)


async def test_an_offered_file_is_put_there_as_well(account, pilot, came, tmp_path):
    account.transfer(direction="in", state="offered", name="summit.jpg")
    await pilot.until(lambda: pilot.state.account.of(Transfers).offers())
    await pilot.command(f"accept-file summit.jpg {tmp_path}")
    await account.called("AcceptFile", 1, "")
    came()
    await pilot.see('"summit.jpg" is here')
    assert account.transfers[1].path == str(tmp_path / "summit.jpg")


async def test_nothing_is_fetched_for_a_directory_that_nobody_can_put_it_into(
    account, pilot, came, tmp_path
):
    bring(account, SUMMIT)
    await pilot.see("summit.jpg")
    await pilot.command(f"download {tmp_path}/nowhere")
    await pilot.see("nothing can be put into")
    assert not account.transfers


@pytest.mark.parametrize("is_offered", [False, True], ids=["fetched", "offered"])
async def test_what_the_disk_of_a_directory_has_no_room_for_is_refused_at_once(
    account, pilot, came, tmp_path, is_offered
):
    size = 1 << 60
    if is_offered:
        account.transfer(direction="in", state="offered", name="summit.jpg", size=size)
        await pilot.until(lambda: pilot.state.account.of(Transfers).offers())
        await pilot.command(f"accept-file summit.jpg {tmp_path}")
    else:
        bring(account, replace(SUMMIT, size=size))
        await pilot.see("summit.jpg")
        await pilot.command(f"download {tmp_path}")
    await pilot.see("nothing can be put into")
    await pilot.see("the disk has no room for it: only")
    into = [call[-1] for call in account.calls if call[0] in ("AcceptFile", "Download")]
    assert into == [str(tmp_path)]


async def test_what_can_not_be_put_there_in_the_end_stays_where_it_came(
    account, pilot, came, tmp_path
):
    directory = tmp_path / "stick"
    directory.mkdir()
    bring(account, SUMMIT)
    await pilot.see("summit.jpg")
    await pilot.command(f"download {directory}")
    await pilot.see('"summit.jpg" comes')
    directory.rmdir()
    path = came()
    await pilot.see('"summit.jpg" stays where it came')
    assert path.exists()
