"""The log: what the program told, found again, copied, and gone on from."""

import pytest

from backendd.api.records import Warning
from primitivus.model.wording.times import clock
from tests.primitivus.fake import BOB, MIA

ROOM = "garden@rooms.example.org"
LONG = f"the server said {'much ' * 60}and no more"


def told(pilot):
    return [each.text for each in pilot.state.layout.main.rows()]


def marked(pilot):
    return pilot.state.layout.main.chosen.text


def fail(account):
    """Have a file fail that was on its way."""
    for changes in ({"name": "a.txt", "size": 9}, {"id": 1, "error": ("ServerError", "no room")}):
        account.transfer(**changes, state="failed" if "error" in changes else "running")


@pytest.fixture
async def log(pilot):
    """Three sentences and two errors."""
    for number in (1, 2, 3):
        pilot.state.say(f"sentence {number}")
    pilot.state.complain("the disk is full")
    pilot.state.complain("photo.jpg was not sent", line="transfers")
    await pilot.command("messages")
    await pilot.see("Messages of the program")
    return pilot


async def test_all_that_was_told_stands_there_the_newest_below_with_when(log):
    assert told(log)[-5:] == [
        "sentence 1", "sentence 2", "sentence 3", "the disk is full", "photo.jpg was not sent",
    ]  # fmt: skip
    assert marked(log) == "photo.jpg was not sent"
    (row,) = (row for row in log.terminal.rows if "disk is full" in row)
    assert clock(log.state.notices.past[-2].time_us) in row
    assert log.app.controls.symbols().failed in row


async def test_it_goes_on_with_what_is_told_while_the_last_one_is_marked(log):
    log.state.say("something new")
    await log.see("something new")
    assert marked(log) == "something new"
    await log.press("Up", "Up")
    before = marked(log)
    log.state.say("newer still")
    await log.see("1 new below")
    assert marked(log) == before
    await log.press("G")
    await log.lose("new below")
    assert marked(log) == "newer still"


async def test_what_comes_while_an_error_of_something_else_is_shown_is_there_at_once(log):
    log.state.complain("this stays to be read")
    log.state.mention("bob has come", "", log.state.account)
    await log.see("bob has come")


async def test_words_find_what_was_told_and_the_title_says_so(log):
    await log.press("/")
    await log.type("sentence")
    await log.until(lambda: told(log) == ["sentence 1", "sentence 2", "sentence 3"])
    await log.press("Esc")
    await log.see('(3) with "sentence"')
    await log.press("k")
    assert marked(log) == "sentence 2"
    await log.press("Esc")
    await log.until(lambda: "the disk is full" in told(log))
    await log.press("/")
    await log.type("nobody said this")
    await log.see('nothing here has "nobody said this"')
    await log.press("Enter")
    await log.see("type less of it")
    assert not told(log)
    await log.press("C-u")
    await log.lose("type less of it")


async def test_errors_alone_show_by_a_key_and_by_a_command(log):
    await log.press("e")
    await log.see("Errors of the program")
    assert told(log) == ["the disk is full", "photo.jpg was not sent"]
    await log.press("e")
    await log.see("Messages of the program")
    await log.command(f"chat {BOB}")
    await log.command("errors")
    await log.see("Errors of the program (2)")
    await log.command("log")
    await log.see("Messages of the program")


async def test_where_nothing_went_wrong_it_says_so(pilot):
    await pilot.command("errors")
    await pilot.see("Nothing went wrong so far.")


async def test_enter_goes_to_what_it_is_about_else_shows_all_of_it(log):
    await log.press("Enter")
    await log.see("Files: Enter goes to the message or post")
    await log.press("q")
    await log.see("Messages of the program")
    await log.press("Up", "Enter")
    await log.see("An error")
    await log.press("Esc")
    await log.lose("An error")


@pytest.mark.parametrize(
    ("happen", "shown"),
    [
        (lambda account: account.warn("the archive is away"), "Warnings"),
        (lambda account: account.invite(ROOM, MIA), "Enter the room"),
        (fail, "Files: Enter goes"),
    ],
)
async def test_what_came_by_itself_leads_to_where_it_is_seen_to(pilot, account, happen, shown):
    happen(account)
    await pilot.until(lambda: any(each.line for each in pilot.state.notices.past))
    await pilot.command("messages")
    await pilot.see("Messages of the program")
    await pilot.press("Enter")
    await pilot.see(shown)


async def test_what_the_backend_warns_of_leads_to_the_warnings(pilot):
    pilot.state.set_backend_warnings([Warning(word="disk", text="the disk is nearly full")])
    await pilot.command("messages newest")
    await pilot.press("Enter")
    await pilot.see("Warnings (")


async def test_a_long_one_is_told_whole_and_copied_whole(log):
    log.state.complain(LONG)
    await log.see("the server said")
    await log.press("v")
    await log.see("An error")
    await log.see("and no more")
    await log.press("Esc", "y")
    assert log.terminal.copied == [LONG]


async def test_what_is_said_again_stands_there_once_with_how_often_and_since_when(pilot):
    for _ in range(3):
        pilot.state.complain("the server is away")
        pilot.state.say("trying again")
    await pilot.command("messages")
    await pilot.see("the server is away (3 times)")
    assert len(told(pilot)) == 2
    first = pilot.state.notices.past[-1].first_us
    await pilot.see(f"3 times since {clock(first, '%Y-%m-%d %H:%M:%S')}")


async def test_of_several_profiles_it_says_whose_it_is(pilot, fake):
    fake.add_profile("work", "alice@work.example.org")
    await pilot.until(lambda: len(pilot.state.accounts) == 2)
    pilot.state.complain("the archive is away", account=pilot.state.accounts.get("work"))
    await pilot.command("messages newest")
    await pilot.see("the archive is away")
    (row,) = (row for row in pilot.terminal.rows if "the archive is away" in row and "▸" in row)
    assert row.count("work") == 1


async def test_pressed_with_the_mouse_the_status_line_shows_its_newest(log):
    await log.press("g", "g")
    await log.command(f"chat {BOB}")
    log.state.say("look at this")
    await log.see("look at this")
    await log.point("look at this")
    await log.see("Messages of the program")
    assert marked(log) == "look at this"


@pytest.mark.parametrize(("columns", "rows"), [(60, 16), (20, 5), (300, 100)])
async def test_it_survives_any_size(log, columns, rows):
    log.state.complain(LONG)
    log.resize(columns, rows)
    if columns > 20:
        await log.see("the server said")
        await log.see("sentence 3")
        await log.see("and no more")
    await log.press("k", "k", "G", "e", "e")
    log.resize(100, 30)
    await log.see("the server said")


@pytest.mark.parametrize("settings", [{"symbols": "ascii"}, {"theme": "mono"}])
async def test_an_error_is_told_by_more_than_its_colour(account, fly, settings):
    pilot = await fly(**settings).start(until="have you seen this?")
    pilot.state.complain("the disk is full")
    pilot.state.say("all is well")
    await pilot.command("messages")
    rows = {
        text: row for row in pilot.terminal.rows for text in ("disk is full", "all is well")
        if text in row
    }  # fmt: skip
    sign = pilot.app.controls.symbols().failed
    assert sign in rows["disk is full"].partition("the")[0]
    assert sign not in rows["all is well"].partition("all")[0]


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_each_keymap_finds_stops_and_goes_back_by_keys(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    pilot.state.complain("the disk is full")
    keys = pilot.keyboard.keymap.keys_for("messages")
    await (pilot.press("Esc") if keymap != "emacs" else pilot.press("C-g"))
    await pilot.press(*keys[0].split())
    await pilot.see("Messages of the program")
    await pilot.press("/")
    await pilot.type("disk")
    await pilot.press("Esc")
    await pilot.see('with "disk"')
    await pilot.press("Esc", "Esc")
    await pilot.see("have you seen this?")


async def test_what_is_looked_for_and_not_found_is_no_error(log):
    await log.command(f"chat {BOB}")
    for line, said in (
        ("find xyzzy", 'no word here begins with "xyzzy"'),
        ("unread", "nothing is new here"),
        ("next-mention", "nothing below this speaks to you"),
        ("search xyzzy", 'no message contains "xyzzy"'),
    ):
        await log.command(line)
        await log.see(said)
    await log.command("errors")
    await log.see("Errors of the program (2)")
    await log.press("e")
    await log.see("nothing is new here")


async def test_blanks_that_are_typed_to_narrow_a_list_down_are_no_part_of_its_title(log):
    await log.press("/")
    await log.type("  disk   full  ")
    await log.press("Esc")
    await log.see('Messages of the program (1) with "disk full"')
    await log.press("/", "C-u")
    await log.type("   ")
    await log.press("Esc")
    await log.lose("with")


async def test_errors_alone_use_the_rows_that_all_else_leaves(log):
    log.resize(80, 24)
    for number in range(60):
        log.state.say(f"one more {number}")
    log.state.complain("the last of them")
    await log.see("the last of them")
    await log.press("e")
    await log.see("Errors of the program (3)")
    for each in ("the disk is full", "photo.jpg was not sent", "the last of them"):
        await log.see(each)
