"""Files on their way: sent by a command, followed in the status line and in a list."""

from dataclasses import replace

import pytest

from backendd.api.records import Attachment
from primitivus.model.files.transfers import Transfers
from tests.primitivus.fake import BOB, FakeBackend


async def test_how_far_a_file_is_stands_in_the_status_line(account, pilot):
    account.transfer(name="letter.txt", state="running", size=1000, done=450)
    await pilot.see("letter.txt 45%")
    account.transfer(id=1, state="done", done=1000)
    await pilot.see('"letter.txt" is sent to bob')
    await pilot.lose("45%")


async def test_what_to_know_of_the_way_that_a_file_took_is_said_when_it_is_here(account, pilot):
    account.transfer(name="plan.txt", direction="in", state="running", size=1000)
    await pilot.see("plan.txt")
    remark = "x.org has no encryption"
    account.transfer(id=1, state="done", path="/d/plan.txt", remarks=[remark])
    await pilot.see(f'"plan.txt" is here: /d/plan.txt; {remark}')


async def test_what_to_know_of_a_server_is_said_with_the_first_file_alone_and_below_each(
    account, pilot
):
    remark = "x.org has no encryption"
    for number in (1, 2):
        account.transfer(name=f"plan{number}.txt", direction="in", state="running", size=1000)
        await pilot.until(lambda id=number: pilot.state.account.of(Transfers).get(id))
        path = f"/d/plan{number}.txt"
        account.transfer(id=number, state="done", path=path, remarks=[remark])
        await pilot.see(f'"plan{number}.txt" is here: {path}')
        assert (remark in pilot.screen) == (number == 1)
    await pilot.command("messages")
    await pilot.see(f"/d/plan1.txt; {remark}")
    await pilot.press("Esc")
    await pilot.command("transfers")
    await pilot.see("Files: Enter goes to the message or post")
    await pilot.see(remark)


async def test_what_to_know_of_a_server_takes_no_row_of_its_own_and_is_in_the_details(account, fly):
    pilot = await fly(columns=80).start(until="have you seen this?")
    shared = Attachment(name="plan.txt", url="https://x.org/plan.txt", transfer=1)
    account.message(BOB, shared.url, out=True, state="sent", more={"attachments": [shared]})
    account.transfer(name="plan.txt", state="running", size=1000)
    await pilot.see("plan.txt")
    remark = "x.org, in your own network, has no encryption: others may read it"
    account.transfer(id=1, state="done", remarks=[remark])
    await pilot.see('"plan.txt" is sent to bob')
    assert "has no encryption" not in pilot.screen
    assert pilot.screen.splitlines()[-2].strip().endswith("F1 help")
    await pilot.press("Esc", "v", "Enter")
    await pilot.see("its way")
    await pilot.see("has no encryption")


async def test_what_to_know_of_a_server_never_hides_where_a_file_is(account, fly):
    pilot = await fly(columns=44).start(until="have you seen this?")
    path = f"/home/alice/{'downloads/' * 2}plan.txt"
    account.transfer(name="plan.txt", direction="in", state="running", size=1000)
    await pilot.see("plan.txt")
    account.transfer(id=1, state="done", path=path, remarks=["x.org has no encryption " * 4])
    await pilot.see('"plan.txt" is here')
    last = "".join(line.strip() for line in pilot.screen.splitlines()[-3:])
    assert path.replace("/", "") in last.replace("/", "").replace(" ", "")
    assert "encryption" not in pilot.screen


async def test_a_file_on_the_server_of_which_nobody_is_told_was_not_sent(account, pilot):
    message = account.message(BOB, "", out=True, state="pending")
    account.transfer(name="letter.txt", state="running", message_id=message.id)
    await pilot.see("letter.txt")
    account.transfer(id=1, state="done")
    account.change(message.id, state="failed", error=("NotAllowed", "you are not in it."))
    await pilot.see('"letter.txt" was not sent to bob: you are not in it')
    await pilot.lose("is sent to")


async def test_a_file_that_failed_says_why(account, pilot):
    account.transfer(name="letter.txt", state="running", size=1000, done=450)
    await pilot.see("letter.txt 45%")
    account.transfer(id=1, state="failed", error=("HostUnreachable", "the server is away"))
    await pilot.see('"letter.txt" was not sent to bob: the server is away; :transfers')


async def test_what_failed_in_the_program_that_took_it_is_for_that_to_tell(account, pilot):
    why = ("FileError", "the pipe is closed: Broken pipe")
    account.transfer(name="taken.txt", direction="in", state="running", size=1000)
    account.transfer(name="kept.txt", direction="in", state="running", size=1000, path="/x/kept")
    account.transfer(name="missed.txt", direction="in", state="offered", size=1000)
    await pilot.command("transfers")
    await pilot.see("missed.txt")
    for id in (1, 2, 3):
        account.transfer(id=id, state="failed", error=why)
    await pilot.see('"missed.txt" did not come')
    told = [each.text for each in pilot.state.told()]
    assert [text.split()[0] for text in told if "did not come" in text] == [
        '"kept.txt"', '"missed.txt"',
    ]  # fmt: skip
    await pilot.see("Broken pipe")
    assert pilot.shows("taken.txt")


async def test_of_a_file_of_which_nothing_comes_no_speed_is_told_any_more(account, pilot):
    await pilot.command("transfers")
    account.transfer(name="big.bin", direction="in", state="running", size=10**9)
    await pilot.see("big.bin")
    account.transfer(id=1, done=10**8)
    await pilot.see("10%")
    account.transfer(id=1, done=2 * 10**8)
    await pilot.see("/s ")
    # Nothing is told from here on.
    await pilot.lose("/s ")
    await pilot.see("running 20%")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_all_files_are_listed_and_keys_say_what_becomes_of_them(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    account.transfer(name="old.txt", state="done", size=1000, done=1000, url="https://x.org/old")
    account.transfer(name="letter.txt", state="running", size=1000, done=450)
    await pilot.see("letter.txt 45%")
    await pilot.press("M-x") if keymap == "emacs" else await pilot.press("Esc", ":")
    await pilot.type("transfers\n")
    await pilot.see("Files: Enter goes to the message or post")
    await pilot.see("letter.txt  1 kB  to bob  running 45%")
    await pilot.press("p")
    await pilot.see("paused 45%")
    await pilot.press("p")
    await pilot.see("letter.txt  1 kB  to bob  queued")
    await pilot.press("x")
    await pilot.see("letter.txt  1 kB  to bob  cancelled")
    await pilot.press("d")
    await pilot.lose("letter.txt  1 kB")
    await pilot.press("R")
    await pilot.see("old.txt  1 kB  to bob  queued")
    await pilot.press("q")
    await pilot.see("have you seen this?")


async def test_the_mark_stays_on_its_file_wherever_that_is_sorted_to(account, pilot):
    account.transfer(name="big.bin", state="running", size=1000, done=450)
    account.transfer(name="second.png", state="done")
    account.transfer(name="third.png", state="done")
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(3))
    await pilot.command("transfers")
    await pilot.press("x")
    await pilot.see("big.bin  1 kB  to bob  cancelled")
    assert _files(pilot) == ["third.png", "second.png", "big.bin"]
    await pilot.press("d")
    await pilot.lose("big.bin  1 kB")
    assert set(account.transfers) == {2, 3}


async def test_the_mark_stays_on_its_file_when_another_comes_or_that_one_is_over(account, pilot):
    await pilot.command("transfers")
    await pilot.see("no files yet")
    account.transfer(name="big.bin", state="running", size=1000, done=450)
    await pilot.see("big.bin  1 kB")
    account.transfer(name="newer.bin", state="running", size=1000, done=1)
    account.transfer(name="old.bin", state="done")
    account.transfer(id=1, state="done")
    await pilot.see("big.bin  1 kB  to bob  done")
    await pilot.see("old.bin")
    assert _files(pilot) == ["newer.bin", "old.bin", "big.bin"]
    await pilot.press("d")
    await pilot.lose("big.bin  1 kB")
    assert set(account.transfers) == {2, 3}


def _files(pilot):
    rows = (row for row in pilot.terminal.rows if "  to bob  " in row)
    return [next(word for word in row.split() if "." in word) for row in rows]


async def test_an_empty_list_says_how_to_send_one(pilot):
    await pilot.command("transfers")
    await pilot.see("no files yet: :send-file FILE")


@pytest.mark.parametrize("size", [(60, 16), (40, 12)])
async def test_an_empty_list_says_so_to_the_end(account, fly, size):
    columns, rows = size
    pilot = await fly(columns=columns, rows=rows, conversations=False).start(until="seen this?")
    await pilot.command("transfers")
    await pilot.see("sends one to whom you talk with")


async def test_a_command_about_no_file_says_where_they_are(pilot):
    await pilot.command("cancel-transfer")
    await pilot.see("no file is on its way: :transfers lists them")
    await pilot.command("cancel-transfer 7")
    await pilot.see('there is no file "7": :transfers lists them')
    await pilot.command("pause-transfer")
    await pilot.see("no file goes on, or is paused: :transfers lists them")
    await pilot.command("resume-transfer")
    await pilot.see("there is no file to go on with: :transfers lists them")
    await pilot.command("remove-transfer")
    await pilot.see("no file is over yet: :transfers lists them")


async def test_a_command_about_a_file_means_the_only_one_that_it_can_be_about(account, pilot):
    account.transfer(name="old.txt", state="done")
    account.transfer(name="big.bin", state="cancelled", size=1000)
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(2))
    await pilot.command("resume-transfer")
    await pilot.see('"big.bin" goes on')
    await pilot.command("remove-transfer")
    await pilot.until(lambda: set(account.transfers) == {2})


async def test_a_file_is_named_to_commands_by_its_name_or_number(account, pilot):
    account.transfer(name="two words.txt", state="cancelled")
    account.transfer(name="two words.txt", state="done")
    account.transfer(name="2024", state="paused")
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(3))
    await pilot.command("resume-transfer two words.txt")
    await pilot.until(lambda: account.transfers[1].state == "queued")
    await pilot.command("resume-transfer 2024")
    await pilot.until(lambda: account.transfers[3].state == "queued")
    await pilot.command("remove-transfer 2")
    await pilot.until(lambda: set(account.transfers) == {1, 3})


async def test_only_files_that_a_command_can_be_about_complete_it(account, pilot):
    account.transfer(name="done.txt", state="done")
    account.transfer(name="held.txt", state="paused")
    account.transfer(name="twice.txt", state="failed")
    account.transfer(name="twice.txt", state="cancelled")
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(4))
    await pilot.press("Esc")
    await pilot.type(":resume-transfer ")
    await pilot.press("Tab")
    await pilot.see("held.txt  to bob, paused")
    await pilot.see("twice.txt, to bob, cancelled")
    await pilot.see("twice.txt, to bob, failed")
    assert "done.txt" not in pilot.screen


async def test_the_address_of_a_file_can_be_copied(account, pilot):
    account.transfer(name="old.txt", state="done", url="https://x.org/old")
    await pilot.command("transfers")
    await pilot.see("old.txt")
    await pilot.press("y")
    await pilot.see("copied")


@pytest.mark.parametrize("state", ["cancelled", "failed", "running"])
async def test_no_place_is_copied_where_the_file_is_not(account, pilot, state):
    account.transfer(name="big.bin", direction="in", state=state, path="/d/big.bin")
    await pilot.command("transfers")
    await pilot.see("big.bin  ")
    await pilot.press("y")
    await pilot.see('"big.bin" has no address: it is not')
    assert pilot.terminal.copied == []


async def test_a_file_that_another_program_took_is_not_said_to_be_here(account, pilot):
    account.transfer(name="plan.txt", direction="in", state="running", size=10)
    file = Attachment(index=0, name="plan.txt", size=10, direct=True, transfer=1)
    account.message(BOB, "", more={"attachments": [file]})
    await pilot.see("plan.txt  10 bytes")
    account.transfer(id=1, state="done", done=10)
    await pilot.see('"plan.txt" has come, to the program that took it')
    await pilot.see("10 bytes  has come, to the program that took it")
    assert "is here" not in pilot.screen


async def test_a_name_from_outside_reaches_no_terminal_unfiltered(account, pilot):
    account.transfer(name="evil\x1b[31m\u202etxt.exe", state="running", size=10, done=1)
    await pilot.see("evil")
    assert "\x1b" not in pilot.screen
    assert "\u202e" not in pilot.screen


async def test_all_of_why_the_marked_one_failed_is_told_below(account, pilot):
    why = "the server closed the connection, as it does with who sends too much at once on Mondays"
    account.transfer(name="letter.txt", state="failed", error=("ServerError", why))
    account.transfer(name="old.txt", state="done")
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(2))
    await pilot.command("transfers")
    await pilot.see("old.txt")
    assert "Mondays" not in pilot.screen
    await pilot.press("Down")
    await pilot.see("Mondays")


async def test_where_there_is_little_room_the_name_gives_way_and_not_the_state(account, fly):
    pilot = await fly(columns=44, rows=16).start(until="have you seen this?")
    account.transfer(name="letter-" * 20, state="paused", size=1000, done=450)
    await pilot.command("transfers")
    await pilot.see("to bob  paused 45%")
    assert "letter-" in pilot.screen


async def test_where_there_is_little_room_it_is_told_how_far_a_file_is_rather_than_with_whom(
    account, fly
):
    pilot = await fly(columns=60, rows=16).start(until="have you seen this?")
    account.transfer(name="huge120.bin", direction="in", state="paused", size=10**9, done=10)
    by = ("NotAllowed", "paused by bob@example.org")
    account.transfer(name="other.bin", direction="in", state="paused", size=0, done=10, error=by)
    await pilot.command("transfers")
    await pilot.see("huge120.bin  1 GB  from bob  paused 0%")
    await pilot.command("set conversations on")
    await pilot.command("set contacts on")
    pilot.resize(50, 16)
    await pilot.see("other.bin  paused by bob@example.org 10 bytes")


async def test_what_does_not_fit_into_a_row_of_the_list_ends_in_an_ellipsis(account, fly):
    pilot = await fly(columns=60, rows=16).start(until="have you seen this?")
    why = "bob@example.org is gone, and nobody knows where to"
    account.transfer(name="huge120.bin", direction="in", state="failed", error=("", why))
    await pilot.command("transfers")
    await pilot.see("huge120.bin")
    row = next(row for row in pilot.terminal.rows if "huge120.bin" in row)
    assert row.rstrip().endswith("…")
    assert "huge120.bin  failed: bob@example.org is" in row
    await pilot.see('"huge120.bin" failed: bob@example.org is')
    await pilot.see("gone, and nobody knows where to")


async def test_of_several_profiles_it_is_told_whose_each_is(account, fake, fly):
    work = fake.add_profile("work", "alice@example.net")
    pilot = await fly().start(until="have you seen this?")
    account.transfer(name="letter.txt", state="done", size=12)
    work.transfer(name="contract.txt", state="done", size=0)
    await pilot.command("transfers")
    await pilot.see("letter.txt  12 bytes  to bob  alice  done")
    await pilot.see("contract.txt  0 bytes  to bob  work  done")


async def test_who_has_paused_a_file_is_said_while_that_is_so(account, pilot):
    account.transfer(name="letter.txt", state="running", size=1000, done=450)
    await pilot.see("letter.txt 45%")
    account.transfer(id=1, state="paused", error=("NotAllowed", "paused by bob@example.org"))
    await pilot.see('bob paused "letter.txt"')
    await pilot.command("transfers")
    await pilot.see("paused by bob@example.org 45%")
    await pilot.press("R")
    await pilot.see('"letter.txt" is offered: it goes once they take the rest')
    account.transfer(id=1, state="running")
    await pilot.see("running 45%")


async def test_that_a_file_is_asked_for_is_said_no_more_once_that_is_over(account, pilot):
    by = ("NotAllowed", "paused by bob@example.org")
    account.transfer(name="letter.txt", direction="in", state="paused", size=9, done=4, error=by)
    await pilot.command("transfers")
    await pilot.see("paused by bob@example.org 44%")
    await pilot.press("R")
    await pilot.see('"letter.txt" is asked for')
    account.transfer(id=1, state="cancelled", error=("NotAllowed", "you cancelled it"))
    await pilot.lose("is asked for")


async def test_that_the_other_side_has_a_file_paused_still_is_what_is_said_of_it(account, pilot):
    by = ("NotAllowed", "paused by bob@example.org")
    account.transfer(name="letter.txt", direction="in", state="paused", size=9, done=4, error=by)
    await pilot.command("transfers")
    await pilot.see("paused by bob@example.org 44%")
    await pilot.press("R")
    await pilot.see('"letter.txt" is asked for')
    account.transfer(id=1, state="paused", error=by)
    await pilot.see('bob paused "letter.txt"')
    assert "is asked for" not in pilot.screen


async def test_of_a_file_that_has_passed_and_waits_for_its_turn_no_share_is_told(account, pilot):
    account.transfer(name="letter.txt", state="running", size=9, done=9)
    account.transfer(name="film.mkv", state="running", size=9, done=9)
    await pilot.see("2 files ")
    await pilot.command("transfers")
    await pilot.see("letter.txt  9 bytes  to bob  running")
    assert "%" not in pilot.screen
    account.transfer(id=2, done=4)
    await pilot.see("running 44%")


async def test_what_waits_for_an_answer_is_listed_before_what_goes_on_and_what_is_over(
    account, fake, fly
):
    work = fake.add_profile("work", "alice@example.net")
    pilot = await fly().start(until="have you seen this?")
    account.transfer(name="asked.txt", direction="in", state="offered")
    account.transfer(name="held.txt", state="paused")
    account.transfer(name="ours.txt", state="offered")
    account.transfer(name="old.txt", state="cancelled")
    work.transfer(id=6, name="here.txt", state="done")
    work.transfer(id=5, name="going.txt", state="running")
    await pilot.command("transfers")
    names = ("asked", "going", "ours", "held", "here", "old")

    def rows():
        return [row for row in pilot.terminal.rows if ".txt  " in row]

    await pilot.until(lambda: len(rows()) == len(names), "all files")
    found = [next(name for name in names if f"{name}.txt" in row) for row in rows()]
    assert found == list(names)


async def test_why_a_file_failed_is_said_no_more_once_it_goes_on(account, pilot):
    account.transfer(name="letter.txt", state="running", size=1000)
    await pilot.see("letter.txt")
    account.transfer(id=1, state="failed", error=("HostUnreachable", "the server is away"))
    await pilot.see('"letter.txt" was not sent to bob: the server is away; :transfers')
    account.transfer(id=1, state="running", error=("", ""))
    await pilot.lose("was not sent to bob")


async def test_several_files_of_which_none_goes_on_yet_are_said_to_wait(account, pilot):
    for number in (1, 2):
        account.transfer(id=number, name=f"{number}.bin", state="queued", size=10)
    await pilot.see("2 files wait")
    account.transfer(id=1, state="running", size=10, done=5)
    await pilot.see("2 files 25%")


async def test_without_the_backend_nobody_knows_how_far_a_file_is(account, fake, pilot, bus):
    incoming = account.transfer(direction="in", name="plan.txt", state="running", size=10, done=4)
    file = Attachment(index=0, name="plan.txt", size=10, url="https://x.org/a", transfer=1)
    account.message(BOB, "", more={"attachments": [file]})
    await pilot.see("plan.txt  10 bytes  40%")
    await pilot.command("vsplit")
    await pilot.command("transfers")
    await pilot.see("from bob  running 40%")
    assert pilot.screen.count("40%") == 3  # the status line tells it as well
    await fake.stop()
    await pilot.see("No backend since")
    await pilot.see("from bob  unknown")
    assert "40%" not in pilot.screen
    again = FakeBackend(bus.address)
    again.profile = account
    account.transfers[1] = replace(incoming, done=7)
    await again.start()
    await pilot.see("from bob  running 70%")
    await pilot.see("plan.txt  10 bytes  70%")
    await pilot.end()
    await again.stop()


@pytest.mark.parametrize(
    ("direction", "said"), [("in", "checking what is here: 50%"), ("out", "checking the file: 50%")]
)
async def test_that_a_file_is_looked_through_is_said_wherever_it_is_told_how_far_it_is(
    account, pilot, direction, said
):
    account.transfer(
        name="film.mkv", direction=direction, state="running", size=1000, done=800,
        checking=(400, 800),
    )  # fmt: skip
    file = Attachment(index=0, name="film.mkv", size=1000, direct=True, transfer=1)
    account.message(BOB, "", more={"attachments": [file]})
    await pilot.see("film.mkv checking 50%")
    await pilot.see(f"film.mkv  1 kB  {said}")
    await pilot.command("transfers")
    await pilot.see(f"bob  {said}")
    assert "running" not in pilot.screen
    account.transfer(id=1, checking=(0, 0))
    await pilot.see("running 80%")
    assert "checking" not in pilot.screen


async def test_how_much_of_a_file_was_looked_through_has_room_in_a_small_status_line(account, fly):
    pilot = await fly(columns=60, rows=16).start(until="have you seen this?")
    name = "the whole film of the summer.mkv"
    account.transfer(name=name, direction="in", state="running", size=1000, checking=(400, 800))
    await pilot.see("the whole film … checking 50%")


async def test_of_several_the_one_that_is_paused_goes_on(account, pilot):
    for name, state in (("a.txt", "failed"), ("b.txt", "paused"), ("c.txt", "cancelled")):
        account.transfer(name=name, state=state, path=f"/home/{name}")
    await pilot.until(lambda: len(pilot.account.known.of(Transfers).listed()) == 3)
    await pilot.command("resume-transfer")
    await pilot.see('"b.txt" goes on')
    await pilot.command("resume-transfer")
    await pilot.see("there are several files to go on with: :transfers lists them")


async def test_the_list_says_where_the_marked_file_is_that_has_come(account, pilot):
    for id, path in ((1, "/home/a/big.bin"), (2, "/home/b/big.bin")):
        account.transfer(id=id, direction="in", name="big.bin", state="done", path=path)
    await pilot.until(lambda: pilot.state.account.of(Transfers).get(2))
    await pilot.command("transfers")
    await pilot.see("/home/b/big.bin")
    await pilot.press("Down")
    await pilot.see("/home/a/big.bin")
    assert "/home/b" not in pilot.screen
