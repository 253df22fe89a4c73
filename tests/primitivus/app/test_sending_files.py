"""Files that are sent: named, or chosen from a list by keys alone."""

import os
import threading

import pytest

from backendd.api.errors import FileError, TooLarge
from primitivus.model.files.transfers import Transfers
from tests.primitivus.fake import BOB
from tests.primitivus.fake.files import FakeFiles


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "a letter.txt"
    path.write_text("what it says")
    return path


async def test_a_file_is_sent_to_whom_one_talks_with(account, pilot, letter):
    await pilot.command(f'send-file "{letter}"')
    await account.called("SendFile", BOB, str(letter))
    await pilot.see('"a letter.txt" goes to bob')


@pytest.mark.parametrize("call", ["SendFile", "SendHandle"])
async def test_a_file_is_sent_with_what_describes_it(account, pilot, letter, call):
    if call == "SendHandle":
        account.file_refusals["SendFile"] = FileError("it can't be read")
    await pilot.command(f'send-described "as promised" {letter}')
    await account.called(call, BOB, str(letter) if call == "SendFile" else letter.name)
    assert set(account.descriptions) == {"as promised"}
    await pilot.see('"a letter.txt" goes to bob')


async def test_a_description_with_blanks_is_said_to_need_quotes(account, pilot, letter):
    await pilot.command(f"send-described as promised {letter}")
    await pilot.see("is not there; a description with blanks needs quotes")
    assert account.descriptions == []


@pytest.mark.parametrize("call", ["SendFile", "SendHandle"])
async def test_a_file_is_sent_encrypted_however_it_is_handed_over(account, pilot, letter, call):
    if call == "SendHandle":
        account.file_refusals["SendFile"] = FileError("it can't be read")
    await pilot.command(f'send-encrypted "{letter}"')
    await account.called(call, BOB, str(letter) if call == "SendFile" else letter.name)
    assert set(account.encrypted) == {True}
    await pilot.see('"a letter.txt" goes to bob')


async def test_what_is_not_asked_to_be_encrypted_is_sent_as_it_is(account, pilot, trip):
    await pilot.command("send-file summit.jpg")
    await pilot.command("send-file summit.jpg notes.txt")
    await pilot.until(lambda: account.encrypted == [False, False])


@pytest.mark.parametrize(
    ("refusal", "calls"),
    [(FileError("it can't be read"), 2), (TooLarge("the server takes 5 bytes"), 3)],
)
async def test_several_files_are_encrypted_also_open_or_one_after_the_other(
    account, pilot, trip, refusal, calls
):
    account.file_refusals["SendAlbum"] = refusal
    await pilot.command("send-encrypted summit.jpg 'a b/c.jpg'")
    await pilot.see("2 files go to bob")
    assert account.encrypted == [True] * calls


async def test_several_files_that_the_backend_can_not_see_are_handed_over_open_at_once(
    account, pilot, trip
):
    account.file_refusals["SendAlbum"] = FileError("it can't be read")
    await pilot.command("send-file summit.jpg 'a b/c.jpg'")
    await pilot.see("2 files go to bob")
    assert account.handed == [b"summit.jpg", b"a b/c.jpg"]
    handed = [call[2] for call in account.calls if call[0] == "SendAlbumHandles"]
    assert handed == ["summit.jpg", "c.jpg"]


async def test_a_name_in_no_encoding_keeps_no_others_from_going_at_once(account, pilot, trip):
    (trip / "empty" / os.fsdecode(b"caf\xe9.txt")).touch()
    (trip / "empty" / "a.txt").touch()
    await pilot.command("send-file empty")
    await pilot.see("2 files go to bob")
    handed = [call[2] for call in account.calls if call[0] == "SendAlbumHandles"]
    assert handed == ["a.txt", "caf\ufffd.txt"]


async def test_what_could_not_be_sent_encrypted_stays_to_be_sent_so(account, pilot, trip):
    account.file_refusals["SendAlbum"] = TooLarge("the server takes 5 bytes")
    account.file_refusals["SendFile"] = TooLarge("the server takes 5 bytes")
    await pilot.type(":send-encrypted summit.jpg notes.txt\n")
    await pilot.see("2 of 2 files can't be sent to bob")
    await pilot.see(":send-encrypted summit.jpg notes.txt")


async def test_a_file_that_the_backend_can_not_see_is_handed_over_open(account, pilot, letter):
    account.file_refusals["SendFile"] = FileError("it can't be read")
    await pilot.command(f'send-file "{letter}"')
    await account.called("SendHandle", BOB, "a letter.txt")


async def test_what_is_not_there_is_said(account, pilot, tmp_path):
    account.file_refusals["SendFile"] = FileError("it can't be read")
    await pilot.command(f"send-file {tmp_path}/nothing")
    await pilot.see("No such file")


async def test_what_the_server_does_not_take_is_said(account, pilot, letter):
    account.file_refusals["SendFile"] = TooLarge("the server takes 5 bytes")
    await pilot.command(f'send-file "{letter}"')
    await pilot.see("the server takes 5 bytes")


@pytest.fixture
def trip(tmp_path, monkeypatch):
    """The directory one is in: folders, files, and what is hidden."""
    trip = tmp_path / "trip"
    for name in ("notes.txt", "summit.jpg", "a b/c.jpg", "a b/d.jpg", ".secret", "empty/.keep"):
        (trip / name).parent.mkdir(parents=True, exist_ok=True)
        (trip / name).write_text(name)
    os.mkfifo(trip / "pipe")
    monkeypatch.chdir(trip)
    return trip


def sent(account):
    return [call[2] for call in account.calls if call[0] in ("SendFile", "SendAlbum")]


async def test_several_files_are_sent_at_once_with_a_text_if_one_wants(account, pilot, trip):
    await pilot.command("send-album 'up there' summit.jpg notes.txt")
    await pilot.see("2 files go to bob")
    assert account.albums == ["up there"]
    await pilot.command("send-file summit.jpg notes.txt")
    await pilot.until(lambda: account.albums == ["up there", ""])


async def test_that_several_files_are_sent_is_said_once_and_last(account, pilot, trip):
    await pilot.command("send-file *.txt a?b/*.jpg")
    await pilot.see("3 files go to bob")
    for id in (2, 1):
        account.transfer(id=id, state="done")
    account.transfer(id=3, state="running")
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(3).state == "running")
    assert "is sent to bob" not in pilot.screen
    account.transfer(id=3, state="done", remarks=["x.org has no encryption"])
    await pilot.see("3 files are sent to bob; x.org has no encryption")


async def test_of_several_files_it_is_said_how_many_are_sent_and_why_others_are_not(
    account, pilot, trip
):
    await pilot.command("send-album 'up there' *.txt a?b/*.jpg")
    await pilot.see("3 files go to bob")
    account.transfer(id=1, state="failed", error=("HostUnreachable", "the server is away"))
    await pilot.see('"notes.txt" was not sent to bob: the server is away')
    account.transfer(id=2, state="done")
    account.transfer(id=3, state="done")
    await pilot.command("messages")
    await pilot.see("2 of 3 files are sent to bob")


async def test_files_that_are_sent_before_it_is_said_that_they_go_are_said_to_be_sent(
    account, pilot, trip, monkeypatch
):
    begin = FakeFiles._begin

    def send(self, call, peer, name, path):
        id = begin(self, call, peer, name, path)
        self.account.transfer(id=id, state="done")
        return id

    monkeypatch.setattr(FakeFiles, "_begin", send)
    await pilot.command("send-file summit.jpg notes.txt")
    await pilot.see("2 files are sent to bob")


async def test_several_files_that_can_not_be_sent_at_once_are_sent_one_after_the_other(
    account, pilot, trip
):
    account.file_refusals["SendAlbum"] = TooLarge("the server takes 5 bytes")
    await pilot.command("send-file summit.jpg 'a b/c.jpg'")
    await pilot.see("2 files go to bob")
    account.calls.remove(("SendAlbum", BOB, str(trip / "summit.jpg")))
    assert sent(account) == [str(trip / "summit.jpg"), str(trip / "a b" / "c.jpg")]


async def test_a_name_with_blanks_needs_no_quotes_where_there_is_such_a_file(account, pilot, trip):
    await pilot.command("send-file a b/c.jpg")
    await pilot.see('"c.jpg" goes to bob')
    assert sent(account) == [str(trip / "a b" / "c.jpg")]


async def test_where_there_is_no_such_file_it_is_told_what_a_name_with_blanks_needs(
    account, pilot, trip
):
    await pilot.command("send-file a c.jpg")
    await pilot.see("a name with blanks needs quotes")
    assert not sent(account)


async def test_a_pattern_stands_for_the_files_that_it_fits(account, pilot, trip):
    await pilot.command("send-file *.txt a?b/*.jpg")
    await pilot.see("3 files go to bob")
    assert sent(account) == [str(trip / name) for name in ("notes.txt", "a b/c.jpg", "a b/d.jpg")]


async def test_a_file_that_is_called_like_a_pattern_is_that_file(account, pilot, trip):
    (trip / "n[o]tes.txt").write_bytes(b"x")
    await pilot.command("send-file n[o]tes.txt")
    await pilot.see("goes to bob")
    assert sent(account) == [str(trip / "n[o]tes.txt")]


async def test_a_pattern_that_fits_nothing_is_told(account, pilot, trip):
    await pilot.command("send-file *.dat")
    await pilot.see('nothing here fits "*.dat"')
    assert not sent(account)


async def test_a_text_without_its_quotes_is_told_so_and_nothing_is_sent(account, pilot, trip):
    await pilot.command("send-album From the top summit.jpg")
    await pilot.see('"the" is not there; a text or a name with blanks needs quotes')
    assert not sent(account)


async def test_a_folder_is_sent_as_its_files(account, pilot, trip):
    await pilot.command("send-file .")
    await pilot.see("4 files go to bob")
    names = ("notes.txt", "summit.jpg", "a b/c.jpg", "a b/d.jpg")
    assert sent(account) == [str(trip / name) for name in names]


async def test_a_folder_without_files_is_told_and_not_sent(account, pilot, trip):
    await pilot.command("send-file empty")
    await pilot.see("there are no files in")
    assert not sent(account)


async def test_more_than_ten_files_are_asked_for_first(account, pilot, trip):
    for number in range(11):
        (trip / "empty" / f"{number}.txt").touch()
    await pilot.command("send-file empty")
    await pilot.see("11 files (0 bytes) go to bob")
    await pilot.press("Enter")
    await pilot.see("nothing was done")
    assert not sent(account)
    await pilot.command("send-file empty")
    await pilot.see("Sure?")
    await pilot.type("y\n")
    await pilot.see("11 files go to bob")
    assert len(sent(account)) == 11


async def test_more_than_a_hundred_files_are_refused(account, pilot, trip):
    for number in range(101):
        (trip / "empty" / f"{number}.txt").touch()
    await pilot.command("send-file empty")
    await pilot.see("at most 100 files are sent at once")
    assert not sent(account)


async def test_of_several_files_those_that_can_be_are_sent_and_the_others_told(
    account, pilot, trip
):
    for call in ("SendAlbum", "SendFile"):
        account.file_refusals[call] = FileError("it can't be read")
    await pilot.command("send-file nothing.txt summit.jpg")
    await pilot.see('1 of 2 files can\'t be sent to bob; "nothing.txt"')
    assert [call[2] for call in account.calls if call[0] == "SendHandle"] == ["summit.jpg"]


async def test_those_that_can_not_be_sent_stay_to_be_mended_and_the_reason_to_be_read(
    account, pilot, trip
):
    for call in ("SendAlbum", "SendFile"):
        account.file_refusals[call] = FileError("it can't be read")
    (trip / "a b" / "none.txt").symlink_to("nothing")
    await pilot.type("/send-file nothing.txt summit.jpg 'a b/none.txt'\n")
    await pilot.see('2 of 3 files can\'t be sent to bob; "nothing.txt"')
    await pilot.see("> /send-file nothing.txt 'a b/none.txt'")
    account.transfer(id=1, state="done")
    account.message(BOB, "is that all?")
    await pilot.see("is that all?")
    assert "2 of 3 files can't be sent" in pilot.screen
    (trip / "nothing.txt").touch()
    (trip / "a b" / "none.txt").unlink()
    (trip / "a b" / "none.txt").touch()
    await pilot.press("Enter")
    await account.called("SendAlbumHandles", BOB, "none.txt")
    handed = [call[2] for call in account.calls if call[0] in ("SendHandle", "SendAlbumHandles")]
    assert handed == ["summit.jpg", "nothing.txt", "none.txt"]
    await pilot.lose("/send-file")


async def test_what_is_left_to_send_of_a_command_line_is_the_newest_of_those_before_it(
    account, fly, trip
):
    for call in ("SendAlbum", "SendFile"):
        account.file_refusals[call] = FileError("it can't be read")
    pilot = await fly(keymap="vi").start(until="have you seen this?")
    await pilot.press("Esc")
    await pilot.type(":send-file nothing.txt summit.jpg\n")
    await pilot.see("1 of 2 files can't be sent to bob")
    await pilot.type(":")
    await pilot.press("Up")
    await pilot.see(":send-file nothing.txt")
    assert "summit" not in pilot.screen.splitlines()[-1]


async def test_the_address_of_a_file_is_its_path(account, pilot, trip):
    address = (trip / "a b" / "c.jpg").as_uri()
    await pilot.command(f"send-file {address} file://localhost{trip}/notes.txt")
    await pilot.see("2 files go to bob")
    assert sent(account) == [str(trip / "a b" / "c.jpg"), str(trip / "notes.txt")]
    await pilot.command(f"send-described here {address}")
    await pilot.see('"c.jpg" goes to bob')


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("https://example.org/a.jpg", "is an address of the web, and a path on this machine is"),
        ("file://other.example/a.jpg", "is on another machine"),
        ("file:///a%00b", "is the name of no file"),
        ("''", "is the name of no file"),
        ("~nobodyatall/x", "begins with the name of nobody here"),
        ("'open", "has a quote that is not closed"),
    ],
)
async def test_what_names_no_file_is_refused_where_it_is_typed(account, pilot, trip, typed, said):
    await pilot.command(f"send-file {typed}")
    await pilot.see(said)
    assert not sent(account)


async def test_each_of_several_file_names_is_completed(pilot, trip):
    await pilot.press("Esc")
    await pilot.type(":send-file notes.txt su")
    await pilot.press("Tab")
    await pilot.see(":send-file notes.txt summit.jpg")


@pytest.mark.parametrize(
    ("keymap", "keys"),
    [("primitivus", ("M-f",)), ("vi", ("Esc", "g", "f")), ("emacs", ("C-x", "C-f"))],
)
async def test_a_file_is_found_by_some_letters_and_sent_by_keys_alone(
    account, fly, trip, keymap, keys
):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press(*keys)
    await pilot.see("Send a file to bob")
    await pilot.see("notes.txt  9 bytes")
    await pilot.type("smt")
    await pilot.lose("notes.txt")
    await pilot.press("Enter")
    await account.called("SendFile", BOB, str(trip / "summit.jpg"))
    await pilot.lose("Send a file")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_one_goes_into_folders_and_out_again(account, fly, trip, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("send-file\n")
    await pilot.see("a b/")
    await pilot.press("Right")
    await pilot.see("c.jpg")
    await pilot.press("Left")
    await pilot.see("summit.jpg")
    await pilot.press("Left")
    await pilot.see("trip/")
    await pilot.press("Enter", "Enter", "Down", "Enter")  # marked is where one comes from
    await account.called("SendFile", BOB, str(trip / "a b" / "d.jpg"))


async def test_hidden_files_show_after_a_dot_only_and_what_is_no_file_never(pilot, trip):
    await pilot.command("send-file")
    await pilot.see("summit.jpg")
    assert ".secret" not in pilot.screen
    assert "pipe" not in pilot.screen
    await pilot.type(".")
    await pilot.see(".secret")
    await pilot.type(".\n")
    await pilot.see("trip/")


@pytest.mark.parametrize("key", ["Enter", "C-t"])
async def test_a_chooser_opens_where_a_file_was_chosen_last(pilot, trip, key):
    await pilot.command("choose-file 'a b'")
    await pilot.see("c.jpg")
    await pilot.press(key)
    await pilot.lose("Send a file")
    await pilot.press("Esc", "Esc")
    await pilot.command("send-file")
    await pilot.see("d.jpg")


async def test_a_chooser_does_not_open_where_one_only_looked(pilot, trip):
    await pilot.command("choose-file")
    await pilot.see("summit.jpg")
    await pilot.press("Right")
    await pilot.see("c.jpg")
    await pilot.press("Esc")
    await pilot.command("choose-file")
    await pilot.see("summit.jpg")
    await pilot.press("Down", "Enter")
    await pilot.see("no files are here")


async def test_a_directory_that_is_gone_is_told_and_forgotten(pilot, trip):
    await pilot.command("choose-file empty")
    await pilot.see("no files are here; hidden ones show after a dot")
    await pilot.type(".\n")
    await pilot.see('".keep" goes to bob')
    (trip / "empty" / ".keep").unlink()
    (trip / "empty").rmdir()
    await pilot.command("send-file")
    await pilot.see("No such file")
    await pilot.lose("Send a file")
    await pilot.command("send-file")
    await pilot.see("summit.jpg")


async def test_of_very_many_files_the_rest_is_found_by_letters(account, pilot, trip):
    for number in range(300):
        (trip / "empty" / f"{number:03}.txt").touch()
    await pilot.command("choose-file empty")
    await pilot.see("000.txt")
    await pilot.press("Up")
    await pilot.type("299")
    await pilot.see("299.txt")
    await pilot.press("Enter")
    await account.called("SendFile", BOB, str(trip / "empty" / "299.txt"))


async def test_a_name_with_anything_in_it_is_shown_harmless_and_sent_as_it_is(account, pilot, trip):
    name = "evil\x1b[31m 'q' \"d\"\\\n\u202ex"
    (trip / "empty" / name).touch()
    await pilot.command("choose-file empty")
    await pilot.see("evil")
    assert "\x1b" not in pilot.screen
    assert "\u202e" not in pilot.screen
    await pilot.press("Enter")
    await account.called("SendFile", BOB, str(trip / "empty" / name))


async def test_a_name_in_no_encoding_is_handed_over_under_one_that_can_be_told(
    account, pilot, trip
):
    (trip / "empty" / os.fsdecode(b"caf\xe9.txt")).touch()
    await pilot.command("choose-file empty")
    await pilot.see(".txt")
    await pilot.press("Enter")
    await account.called("SendHandle", BOB, "caf\ufffd.txt")


async def test_on_a_narrow_screen_the_directory_and_long_names_are_cut(fly, account, trip):
    pilot = await fly(columns=60, rows=16).start(until="have you seen this?")
    (trip / "empty" / ("long" * 60)).touch()
    await pilot.command("choose-file empty")
    await pilot.see("longlong")
    await pilot.see("trip/empty")


async def test_a_disk_that_hangs_holds_up_nothing_else(pilot, trip, monkeypatch):
    answers, scandir = threading.Event(), os.scandir

    def hang(path):
        answers.wait()
        return scandir(path)

    monkeypatch.setattr(os, "scandir", hang)
    await pilot.command("choose-file")
    await pilot.see("the disk has not answered yet")
    await pilot.press("Esc")
    await pilot.type("ihello")
    await pilot.see("> hello")
    answers.set()


async def test_while_a_disk_hangs_that_completes_a_name_the_screen_goes_on(
    account, pilot, trip, monkeypatch
):
    answers, scandir = threading.Event(), os.scandir

    def hang(directory):
        answers.wait()
        return scandir(directory)

    monkeypatch.setattr("primitivus.commands.files.files.os.scandir", hang)
    await pilot.press("Esc")
    await pilot.type(":send-file sum")
    pilot.terminal.on_keys(["tab"])
    account.message(BOB, "written meanwhile")
    await pilot.see("written meanwhile")
    assert "summit" not in pilot.screen
    answers.set()
    await pilot.see(":send-file summit.jpg")


async def test_what_is_typed_while_a_disk_hangs_is_left_as_it_is(pilot, trip, monkeypatch):
    answers, scandir = threading.Event(), os.scandir

    def hang(directory):
        answers.wait()
        return scandir(directory)

    monkeypatch.setattr("primitivus.commands.files.files.os.scandir", hang)
    await pilot.press("Esc")
    await pilot.type(":send-file sum")
    await pilot.press("Tab")  # keys wait, but not for good
    await pilot.type("mer")
    answers.set()
    await pilot.press("Left")
    await pilot.press("Tab")
    await pilot.see(":send-file summ")
    assert "summit" not in pilot.screen
