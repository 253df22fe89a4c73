"""Pictures: one's own, and those of others as files."""

import os

import pytest

from backendd.api.errors import FileError
from tests.primitivus.fake import BOB

PNG = b"\x89PNG and so on"


async def test_ones_picture_is_shown_and_taken_back(pilot, account, tmp_path):
    (tmp_path / "me.png").write_bytes(PNG)
    await pilot.command(f"avatar {tmp_path / 'me.png'}")
    await pilot.see("your contacts see your picture")
    assert account.pictures[""] == PNG
    await pilot.command("remove-avatar")
    await pilot.see("your contacts see no picture of you")
    assert account.pictures[""] == b""
    await pilot.command(f"avatar {tmp_path / 'none.png'}")
    await pilot.see("No such file")


@pytest.mark.parametrize("command", ["avatar", "send-file"])
async def test_what_is_no_file_is_told_and_never_opened(pilot, account, tmp_path, command):
    account.file_refusals["SendFile"] = FileError("it can't be read")
    pipe = tmp_path / ("pipe-" * 20)  # what is told of it takes more than a row
    os.mkfifo(pipe)
    await pilot.command(f"{command} {pipe}")
    await pilot.see("is a pipe; only files can be sent")
    with pytest.raises(OSError, match="No such device"):  # nobody has it open to read
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)


async def test_the_picture_of_somebody_is_saved_and_overwrites_nothing(pilot, account, tmp_path):
    path = tmp_path / "bob.png"
    await pilot.command(f"save-avatar {path}")
    await pilot.see(f"{BOB} has no picture")
    account.pictures[BOB] = PNG
    await pilot.command(f"save-avatar {path}")
    await pilot.see(f"the picture of {BOB} is in")
    assert path.read_bytes() == PNG
    path.write_bytes(b"something else")
    await pilot.command(f"save-avatar {path}")
    await pilot.see("File exists")
    assert path.read_bytes() == b"something else"
