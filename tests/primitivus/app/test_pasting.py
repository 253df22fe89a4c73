"""Pictures that are nowhere on the disk: of the clipboard, or what a program writes."""

import re

import pytest

from tests.primitivus.fake import BOB

PNG = b"\x89PNG\r\n\x1a\n" + bytes(992)


@pytest.fixture
def writes(tmp_path, monkeypatch):
    """Call it for a program that writes something, or complains of it; nothing else is in PATH."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    def make(name, data=b"", complaint=""):
        content, file = tmp_path / f"content-{name}", tmp_path / "bin" / name
        content.write_bytes(data)
        end = f"echo '{complaint}' >&2; exit 1" if complaint else ""
        file.write_text(f'#!/bin/sh\n/bin/cat "{content}"\n{end}\n')
        file.chmod(0o700)

    return make


def sent(account):
    return [call[1:] for call in account.calls if call[0] == "SendHandle"]


async def test_the_picture_in_the_clipboard_is_sent_and_its_size_said(account, pilot, writes):
    writes("wl-paste", PNG)
    await pilot.command("paste-image")
    await pilot.see("(1 kB) goes to bob")
    ((peer, name),) = sent(account)
    assert peer == BOB
    assert re.fullmatch(r"picture-\d{8}-\d{6}\.png", name)
    assert account.handed == [PNG]


async def test_where_one_program_has_no_picture_another_may(account, pilot, writes):
    writes("wl-paste", complaint="Nothing is copied")
    writes("xclip", PNG)
    await pilot.command("paste-image")
    await pilot.see("goes to bob")


@pytest.mark.parametrize(
    ("begin", "ending"),
    [(b"\xff\xd8\xff\xe0", "jpg"), (b"GIF89a", "gif"), (b"RIFF\0\0\0\0WEBP", "webp")],
)
async def test_what_a_command_writes_is_sent_as_what_it_is(account, pilot, writes, begin, ending):
    writes("grab", begin + bytes(100))
    await pilot.command("paste-image grab 'the whole screen'")
    await pilot.see("goes to bob")
    ((_, name),) = sent(account)
    assert name.endswith(f".{ending}")


async def test_the_setting_names_the_command(account, pilot, writes):
    writes("grab", PNG)
    await pilot.command("set image_command 'grab -'")
    await pilot.command("paste-image")
    await pilot.see("goes to bob")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_that_a_program_runs_is_shown_and_the_key_that_is_told_ends_it(
    account, fly, tmp_path, writes, keymap
):
    (tmp_path / "bin" / "grab").write_text("#!/bin/sh\nexec /bin/sleep 1000\n")
    (tmp_path / "bin" / "grab").chmod(0o700)
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("paste-image grab -\n")
    await pilot.see('"grab -" runs: ')
    told = re.search(r"runs: (\S+) ends it", pilot.screen)
    await pilot.press(told[1])
    await pilot.see('"grab -" was ended; nothing is sent')
    await pilot.lose('"grab -" runs: ')
    assert not sent(account)


async def test_a_program_that_runs_is_ended_by_a_command_as_well(pilot, tmp_path, writes):
    (tmp_path / "bin" / "grab").write_text("#!/bin/sh\nexec /bin/sleep 1000\n")
    (tmp_path / "bin" / "grab").chmod(0o700)
    await pilot.type("/paste-image grab -\n")
    await pilot.see('"grab -" runs: ')
    await pilot.type("/cancel\n")
    await pilot.see('"grab -" was ended; nothing is sent')


async def test_a_clipboard_without_a_picture_is_told_with_why(account, pilot, writes):
    writes("xclip", complaint="target image/png not available")
    await pilot.command("paste-image")
    await pilot.see("no picture is in the clipboard")
    await pilot.see('"xclip" ended with 1: target image/png')
    assert not sent(account)


async def test_a_machine_that_reads_no_clipboard_is_told(account, pilot, writes):
    await pilot.command("paste-image")
    await pilot.see("neither wl-paste nor xclip is here")
    assert not sent(account)


@pytest.mark.parametrize(
    ("data", "said"), [(b"", '"grab" wrote nothing'), (b"hello", 'what "grab" wrote is no picture')]
)
async def test_what_is_no_picture_is_told_and_not_sent(account, pilot, writes, data, said):
    writes("grab", data)
    await pilot.command("paste-image grab")
    await pilot.see(said)
    assert not sent(account)


async def test_a_command_that_can_not_be_read_is_told(account, pilot):
    await pilot.command("paste-image 'grab")
    await pilot.see("can't be read")
    assert not sent(account)
