"""Files that messages bring: seen by their names, and what can be done with them."""

import socket
from dataclasses import replace

import pytest

from backendd.api.records import Attachment
from tests.primitivus.fake import BOB

URL = "https://files.example.org/a/summit.jpg"
SUMMIT = Attachment(
    index=0, name="summit.jpg", mime="image/jpeg", size=3_032_449, url=URL, description="The top"
)
NOTES = Attachment(index=1, name="notes.txt", url="https://files.example.org/b/notes.txt")


def files(*attachments):
    return {"attachments": list(attachments)}


async def test_a_file_is_a_name_and_not_an_address(pilot, account):
    account.message(BOB, URL, more=files(SUMMIT))
    await pilot.see("summit.jpg  3.03 MB  image/jpeg  The top")
    assert "https" not in pilot.screen


async def test_a_file_that_was_given_open_and_is_lost_can_not_be_sent_again(pilot, account):
    error = ("FileError", "gone")
    lost = account.transfer(name="open.txt", state="failed", error=error)
    gone = account.transfer(name="gone.txt", state="failed", error=error, path="/home/gone.txt")
    for each in (gone, lost):
        more = files(Attachment(index=0, name=each.name, transfer=each.id))
        account.message(BOB, each.name, out=True, state="failed", error=error, more=more)
    await pilot.see("not sent: gone (:discard removes it)")
    await pilot.see("not sent: gone (:retry sends it again, ")
    await pilot.type("/edit a note\n")
    await pilot.see("this message was not sent: :discard removes it")
    await pilot.type("/resume-transfer\n")
    await pilot.see('"gone.txt" goes on')


async def test_what_is_said_with_files_stands_above_them(pilot, account):
    account.message(BOB, f"look\n{URL}\n{NOTES.url}", more=files(SUMMIT, NOTES))
    await pilot.see("notes.txt")
    rows = [
        row for row in pilot.screen.splitlines() if "look" in row or ".jpg" in row or ".txt" in row
    ]
    said = [next(word for word in ("look", ".jpg", ".txt") if word in row) for row in rows[-3:]]
    assert said == ["look", ".jpg", ".txt"]
    assert "https" not in pilot.screen


async def test_the_line_of_the_backend_for_a_file_is_not_told_beside_it(pilot, account):
    line = f"file: summit.jpg, 3.03 MB, {URL}"
    account.message(BOB, line, type="system", more=files(SUMMIT))
    await pilot.see("summit.jpg  3.03 MB")
    assert "file:" not in pilot.screen


async def test_a_file_that_is_nowhere_yet_says_so(pilot, account):
    later = Attachment(name="later.bin", size=5)
    account.message(BOB, "file: later.bin, 5 bytes", type="system", more=files(later))
    await pilot.see("later.bin  5 bytes  not there yet")


async def test_a_hidden_text_hides_its_files(pilot, account):
    account.message(BOB, URL, more={**files(SUMMIT), "spoiler": True, "spoiler_about": "the end"})
    await pilot.see("spoiler: the end")
    assert "summit" not in pilot.screen
    await pilot.press("Esc", "v", "s")
    await pilot.see("summit.jpg")


async def test_lists_and_what_is_asked_name_the_file(pilot, account):
    account.message(BOB, URL, out=True, more=files(SUMMIT))
    await pilot.see("summit.jpg  3.03 MB")
    await pilot.press("Esc", "v", "d")
    await pilot.see("summit.jpg (3.03 MB)")
    assert "https" not in pilot.screen


async def test_what_is_nothing_but_a_file_is_copied_as_its_address_or_else_its_name(pilot, account):
    account.message(BOB, f"file: summit.jpg, {URL}", type="system", more=files(SUMMIT))
    await pilot.see("summit.jpg")
    await pilot.command("copy")
    await pilot.see("summit.jpg (3.03 MB)")
    account.message(BOB, "", out=True, state="pending", more=files(Attachment(name="later.bin")))
    await pilot.see("later.bin  not there yet")
    await pilot.command("copy")
    await pilot.see(": later.bin")


async def test_its_address_is_copied_by_a_key(pilot, account):
    account.message(BOB, URL, more=files(SUMMIT))
    await pilot.see("summit.jpg")
    await pilot.press("Esc", "v", "Y")
    await pilot.see(f": {URL}")


async def test_of_several_files_the_one_that_is_chosen_is_copied(pilot, account):
    account.message(BOB, "two", more=files(SUMMIT, NOTES))
    await pilot.see("notes.txt")
    await pilot.command("copy-link")
    await pilot.see("─ Copy the address ─")
    await pilot.press("Down", "Enter")
    await pilot.see(f": {NOTES.url}")


async def test_a_message_without_a_link_has_none_to_copy(pilot, account):
    account.message(BOB, "nothing here")
    await pilot.see("nothing here")
    await pilot.press("Esc", "v", "Y")
    await pilot.see("this message has no link")


async def test_what_brings_its_key_along_is_fetched_and_never_handed_to_a_browser(pilot, account):
    secret = "aesgcm://files.example.org/a.jpg#" + "0" * 88
    hidden = Attachment(name="a.jpg", url=secret, encrypted=True)
    account.message(BOB, secret, more=files(hidden))
    await pilot.see("a.jpg  encrypted")
    await pilot.press("Esc", "v", "o")
    await pilot.see('links of the form "aesgcm:" are not opened from here; :download fetches')


async def test_all_that_is_known_of_a_file_is_in_the_details(pilot, account):
    known = Attachment(name="a.txt", size=12, url=URL, hash="sha-256:00ff", mime="text/plain")
    account.message(BOB, URL, more=files(known))
    await pilot.see("a.txt")
    await pilot.press("Esc", "v", "Enter")
    for word in ("a.txt (12 bytes)", "text/plain", URL, "sha-256:00ff"):
        await pilot.see(word)


def brings(account, file=SUMMIT, *, out=False, **transfer):
    """Have a message bring a file, with which something goes on."""
    direction = "out" if out else "in"
    more = files(replace(file, transfer=1))
    id = account.message(BOB, file.url, out=out, more=more).id
    account.transfer(name=file.name, direction=direction, message_id=id, size=100, **transfer)


@pytest.mark.parametrize(
    ("transfer", "said"),
    [
        ({"state": "queued"}, "waits"),
        ({"state": "running", "done": 45}, "45%"),
        ({"state": "paused", "done": 45}, "paused at 45% (:resume-transfer 1 goes on)"),
        (
            {"state": "failed", "error": ("HostUnreachable", "the server is away")},
            "did not come: the server is away (:download tries it again)",
        ),
        ({"state": "done", "path": "/tmp/summit.jpg"}, "is here (:open)"),
    ],
)
async def test_a_file_says_with_its_message_how_far_it_is(pilot, account, transfer, said):
    brings(account, replace(SUMMIT, description=""), **transfer)
    await pilot.see("summit.jpg")
    await pilot.until(lambda: said in " ".join(pilot.screen.replace("│", "").split()), said)


async def test_a_file_that_waits_to_be_sent_says_how_far_it_is_and_nothing_once_it_is_there(
    pilot, account
):
    brings(account, replace(SUMMIT, url=""), out=True, state="running", done=45)
    await pilot.see("The top  45%")
    assert "not there yet" not in pilot.screen
    account.transfer(id=1, state="done", done=100)
    await pilot.lose("The top  45%")


async def test_a_file_that_is_here_is_opened_from_the_disk(desktop, pilot, account, tmp_path):
    path = tmp_path / "a summit's.jpg"
    path.touch()
    brings(account, state="done", path=str(path))
    await pilot.see("is here")
    await pilot.press("Esc", "v", "o")
    await pilot.see("opened")
    assert desktop.read_text() == f"{path}\n"


async def test_a_file_is_opened_by_the_program_of_the_users_choice(
    pilot, account, tmp_path, program
):
    path = tmp_path / "summit.jpg"
    path.touch()
    opened = program("viewer")
    await pilot.command("set opener 'viewer --full'")
    brings(account, state="done", path=str(path))
    await pilot.see("is here")
    await pilot.command("open")
    await pilot.see("opened")
    assert opened.read_text() == f"--full\n{path}\n"


async def test_an_opener_that_is_not_there_is_told(pilot, account, tmp_path):
    path = tmp_path / "summit.jpg"
    path.touch()
    await pilot.command("set opener nosuchprogram")
    await pilot.command(f"open {path}")
    await pilot.see("nosuchprogram, which is to open it, is not installed")
    await pilot.command('set opener "\'open"')
    await pilot.command(f"open {path}")
    await pilot.see('"opener" can\'t be read')


async def test_a_file_that_is_gone_is_told(desktop, pilot, account, tmp_path):
    brings(account, state="done", path=str(tmp_path / "gone.jpg"))
    await pilot.see("is here")
    await pilot.command("open")
    await pilot.until(lambda: "is no longer there" in " ".join(pilot.screen.split()))
    assert not desktop.exists()


async def test_over_ssh_what_copies_the_file_is_copied(pilot, account, tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 4000 192.0.2.2 22")
    path = tmp_path / "top.jpg"
    path.touch()
    brings(account, state="done", path=str(path))
    await pilot.see("is here")
    line = f"scp {socket.gethostname()}:{path} ."
    await pilot.command("open")
    await pilot.see("no desktop is here to open it; copied: scp")
    await pilot.command("transfers")
    await pilot.see("done")
    await pilot.press("y")
    await pilot.see("copied: scp")
    assert pilot.terminal.copied == [line, line]


async def test_a_file_that_is_not_here_yet_is_not_opened(desktop, pilot, account):
    brings(account, state="running", done=45)
    await pilot.command("transfers")
    await pilot.see("running")
    await pilot.press("o")
    await pilot.see("it is not here yet")
    assert not desktop.exists()


async def test_a_path_that_somebody_writes_is_no_link_to_open(desktop, pilot, account):
    account.message(BOB, "/etc/passwd", more=files(replace(SUMMIT, url="/etc/passwd")))
    await pilot.see("summit.jpg")
    await pilot.command("open")
    await pilot.see("no message here has a link")
    assert not desktop.exists()


async def test_a_file_without_bytes_is_told_from_one_whose_size_nobody_says(account, pilot):
    empty = Attachment(name="nothing.txt", empty=True, url="https://files.example.org/nothing")
    account.message(BOB, "", more=files(empty, NOTES))
    await pilot.see("nothing.txt  0 bytes")
    assert "notes.txt  0 bytes" not in pilot.screen


@pytest.mark.parametrize("is_direct", [False, True])
async def test_a_file_that_came_is_here_also_when_nothing_lists_any_more_how(
    pilot, account, tmp_path, is_direct
):
    path = tmp_path / "summit.jpg"
    path.write_bytes(b"x")
    kept = replace(SUMMIT, description="", direct=is_direct, here=True, path=str(path))
    account.message(BOB, URL, more=files(kept))
    await pilot.see("summit.jpg  3.03 MB  image/jpeg  is here (:open)")
    await pilot.press("Esc")
    await pilot.command("download")
    await pilot.see('"summit.jpg" is here:')
    assert not any(call[0] == "Download" for call in account.calls)


async def test_a_file_that_was_sent_says_no_more_when_nothing_lists_any_more_how(pilot, account):
    kept = replace(SUMMIT, description="", direct=True, url="", here=True, path="/home/summit.jpg")
    account.message(BOB, "", out=True, more=files(kept))
    await pilot.see("summit.jpg  3.03 MB  image/jpeg")
    assert "was offered" not in pilot.screen


async def test_a_file_that_waits_to_be_encrypted_says_so(pilot, account):
    id = account.transfer(name="a.jpg", size=5, state="queued", encrypted=True).id
    hidden = Attachment(name="a.jpg", size=5, transfer=id)
    account.message(BOB, "", out=True, state="pending", more=files(hidden))
    await pilot.see("a.jpg  5 bytes  encrypted  waits to be sent")
