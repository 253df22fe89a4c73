"""Files shown where they are: by the file manager of the desktop, or told over ssh."""

import pytest

from backendd.api.records import Attachment
from primitivus.commands.asking.outside import fetching
from tests.lab.file_manager import FileManager
from tests.primitivus.fake import BOB

FILE = Attachment(index=0, name="my summit.jpg", size=5, url="https://x.org/a", transfer=1)


@pytest.fixture
def summit(account, tmp_path):
    """A file that has come, with the message that brought it."""
    path = tmp_path / "my summit.jpg"
    path.write_text("above")
    account.message(BOB, "", more={"attachments": [FILE]})
    account.transfer(direction="in", state="done", name=path.name, path=str(path), size=5)
    return path


@pytest.fixture
async def manager(bus):
    manager = await FileManager.open(bus.address)
    yield manager
    await manager.close()


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_file_of_the_selected_message_is_shown_where_it_is_by_a_key(
    fly, account, summit, desktop, manager, keymap
):
    pilot = await fly(keymap=keymap).start(until="is here")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("select\n")
    await pilot.press("O")
    assert await manager.shows() == summit.as_uri()
    await pilot.see("shown in its directory")
    assert not desktop.exists()


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_marked_one_of_the_list_is_shown_where_it_is_by_a_key(
    fly, account, summit, desktop, manager, keymap
):
    pilot = await fly(keymap=keymap).start(until="is here")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("transfers\n")
    await pilot.see("from bob  done")
    await pilot.press("O")
    assert await manager.shows() == summit.as_uri()


async def test_without_a_file_manager_its_directory_is_opened(pilot, summit, desktop):
    await pilot.see("is here")
    await pilot.command("show-file")
    await pilot.see("shown in its directory")
    assert desktop.read_text() == f"{summit.parent}\n"


async def test_of_several_files_the_one_that_is_chosen_is_shown(
    pilot, account, summit, desktop, manager, tmp_path
):
    other = tmp_path / "notes.txt"
    other.touch()
    account.transfer(id=2, direction="in", state="done", name="notes.txt", path=str(other))
    notes = Attachment(index=1, name="notes.txt", url="https://x.org/b", transfer=2)
    account.message(BOB, "", more={"attachments": [FILE, notes]})
    await pilot.see("notes.txt")
    await pilot.command("show-file")
    await pilot.see("─ Show in its directory ─")
    await pilot.press("Down", "Enter")
    assert await manager.shows() == other.as_uri()


async def test_what_is_not_here_is_shown_nowhere(pilot, account, desktop, manager):
    await pilot.command("show-file")
    await pilot.see("no message here has a file that is here")
    account.transfer(direction="in", state="running", name="my summit.jpg", size=5)
    account.message(BOB, "", more={"attachments": [FILE]})
    await pilot.see("my summit.jpg  5 bytes")
    await pilot.press("Esc", "v", "O")
    await pilot.see("this message has no file that is here")
    await pilot.command("transfers")
    await pilot.see("from bob  running")
    await pilot.press("O")
    await pilot.see("can't be shown: it is not here yet")
    assert manager.is_idle


async def test_a_file_that_is_gone_is_not_shown(pilot, summit, desktop, manager):
    await pilot.see("is here")
    summit.unlink()
    await pilot.command("show-file")
    await pilot.see("is no longer there")
    assert manager.is_idle


async def test_over_ssh_what_brings_the_file_is_copied(pilot, summit, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 4000 192.0.2.2 22")
    await pilot.see("is here")
    await pilot.command("show-file")
    await pilot.see("no desktop is here to show it; copied: ")
    assert pilot.terminal.copied == [fetching(str(summit))]
