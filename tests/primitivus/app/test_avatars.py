"""Pictures: one's own, and those of others as files."""

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
    await pilot.command("avatar /none.png")  # a short path, so that the sentence is on one line
    await pilot.see("No such file")


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
