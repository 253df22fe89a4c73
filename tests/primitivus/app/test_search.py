"""Search: everywhere as a list, here from one place to the next, and back to where one was."""

import pytest

from primitivus.client.search import Search
from primitivus.model.wording.times import clock, now_us
from tests.primitivus.fake import ALICE, BOB, MIA
from tests.primitivus.fake.account import START_US

DAY_US = 86_400_000_000


def selected(pilot):
    """Return the body of the selected message, empty if none is."""
    pane = pilot.state.conversation
    message = pane.selected_message if pane is not None else None
    return message.body if message is not None else ""


async def test_what_is_found_everywhere_is_listed_and_gone_to_and_left_again(pilot, account):
    account.message(MIA, "the train is late")
    account.message(BOB, "which train?", out=True)
    await pilot.see("which train?")
    await pilot.press("Esc")
    await pilot.type(":search train\n")
    await pilot.see("Search: train")
    await pilot.see("all that is here; what only a server has, :find")
    shown = [row for row in pilot.terminal.rows if "train" in row and "2026" in row]
    assert "me to bob" in shown[0]
    assert "mia" in shown[1]
    await pilot.press("Down", "Enter")
    await pilot.until(lambda: selected(pilot) == "the train is late")
    assert pilot.state.layout.place.peer == MIA
    assert "the train is late" in pilot.screen
    await pilot.type(":back\n")
    await pilot.see("Search: train")
    await pilot.press("Esc")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    assert not pilot.state.conversation.selected


@pytest.mark.parametrize("size", [(100, 30), (60, 16)])
async def test_what_two_profiles_wrote_to_each_other_says_whose_copy_it_is(fake, fly, size):
    columns, height = size
    work, home = fake.add_profile("work", jid=ALICE), fake.add_profile("a", jid=MIA)
    work.message(MIA, "some tea?", direction="out", state="sent")
    home.message(ALICE, "some tea?", state="read")
    pilot = await fly(columns=columns, rows=height).start(until="some tea?")
    await pilot.until(lambda: len(pilot.state.accounts) == len((work, home)))
    await pilot.until(lambda: all(each.is_filled for each in pilot.state.accounts.values()))
    await pilot.command("search tea")
    await pilot.see("a: alice")
    await pilot.see("work: me to mia")


async def test_typing_narrows_down_what_was_found(pilot, account):
    account.message(MIA, "red tea")
    account.message(BOB, "green tea")
    await pilot.press("Esc")
    await pilot.type(":search tea\n")
    await pilot.see("red tea")
    await pilot.type("/green")
    await pilot.until(lambda: "mia  red tea" not in pilot.screen)
    await pilot.press("Enter")
    await pilot.until(lambda: selected(pilot) == "green tea")


@pytest.mark.parametrize("keymap", ["primitivus", "vi"])
@pytest.mark.parametrize("start", ["Esc :", "i /"])
async def test_with_modes_keys_move_in_what_was_found_as_in_any_list(account, fly, keymap, start):
    account.message(MIA, "red tea")
    account.message(BOB, "green tea")
    pilot = await fly(keymap=keymap).start(until="green tea")
    await pilot.press("Esc", *start.split())
    await pilot.type("search tea\n")
    await pilot.see("2 found: / narrows down")
    await pilot.press("j", "Enter")
    await pilot.until(lambda: selected(pilot) == "red tea")


async def test_without_modes_what_is_typed_narrows_it_down_at_once(account, fly):
    account.message(MIA, "red tea")
    account.message(BOB, "green tea")
    pilot = await fly(keymap="emacs").start(until="green tea")
    await pilot.command("search tea")
    await pilot.see("2 found: type to narrow down")
    await pilot.type("red")
    await pilot.see("1 found")


async def test_enter_says_that_nothing_found_has_what_is_typed(pilot, account):
    account.message(MIA, "red tea")
    await pilot.command("search tea")
    await pilot.see("red tea")
    await pilot.type("/茶\n")
    await pilot.see('nothing here matches "茶": type less of it')
    await pilot.press("Backspace", "Enter")
    await pilot.until(lambda: selected(pilot) == "red tea")


@pytest.mark.parametrize("line", ["switch", "help"])
async def test_enter_says_in_any_list_that_nothing_has_what_is_typed(pilot, line):
    await pilot.command(line)
    await pilot.type("xyzzy\n")
    await pilot.see('nothing here matches "xyzzy"')


NARROWED = [
    ("tea from:bob", ["red tea of bob"]),
    ("tea from:me", ["my tea"]),
    ("tea in:mia", ["tea of mia"]),
    ("in:bob tea from:mia", []),
    ("tea after:2026-11-21", ["my tea", "red tea of bob"]),
    ("tea before:2026-11-21", ["tea of mia"]),
    ("on:2026-11-22 tea", ["my tea", "red tea of bob"]),
    ('red "from:bob"', []),
]


@pytest.mark.parametrize(("words", "bodies"), NARROWED)
async def test_a_search_is_narrowed_to_who_wrote_where_and_when(account, fly, words, bodies):
    account.message(MIA, "tea of mia", tell=False, time=START_US - 10 * DAY_US, state="read")
    account.message(BOB, "red tea of bob", tell=False, time=START_US, state="read")
    account.message(BOB, "my tea", out=True, tell=False, time=START_US)
    pilot = await fly().start(until="my tea")
    await pilot.command(f"search {words}")
    if not bodies:
        await pilot.see("no message")
        return
    await pilot.see(f"{len(bodies)} found")
    found = [each.hit.body for each in pilot.state.layout.main.found]
    assert found == bodies


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tea in:nowhere", 'no conversation is with "nowhere"'),
        ("tea from:nobody", 'nobody here is called "nobody"'),
        ("tea after:soon", 'after: "soon" is no day: write it as 2026-01-31'),
        ("from:bob", "a word is missing that is to be found there"),
        ("tea on:today on:today", "on: is there twice"),
        ("tea after:0001-01-01", "is a day that no clock here knows"),
        ("xyzzy on:9999-12-31", "what only a server has, :find in a conversation brings"),
    ],
)
async def test_what_a_search_can_not_be_narrowed_to_is_said(pilot, words, said):
    await pilot.command(f"search {words}")
    await pilot.see(said)


async def test_what_narrows_a_search_is_completed(pilot):
    await pilot.press("Esc")
    await pilot.type(":search tea fr")
    await pilot.press("Tab")
    await pilot.see(":search tea from:")
    await pilot.type("bo")
    await pilot.press("Tab")
    await pilot.see(f":search tea from:{BOB}")
    await pilot.type(" on:y")
    await pilot.press("Tab")
    await pilot.see("on:yesterday")


async def test_what_is_gone_to_shows_however_small_the_screen(account, fly):
    for number in range(9):
        account.message(BOB, f"needle {number}", tell=False, state="read")
    pilot = await fly().start(until="needle 8")
    pilot.resize(20, 5)
    await pilot.press("Esc")
    await pilot.type("/needle\n")
    await pilot.until(lambda: selected(pilot) == "needle 8")
    await pilot.type("nn")
    await pilot.see("needle 6")
    await pilot.type("j")
    await pilot.see("needle 7")


@pytest.mark.parametrize("keymap", ["primitivus", "vi"])
async def test_here_one_goes_from_one_place_to_the_next_and_the_previous(account, fly, keymap):
    for number in range(3):
        account.message(BOB, f"tea {number}", tell=False)
        account.message(BOB, "something else", tell=False)
    pilot = await fly(keymap=keymap).start(until="something else")
    await pilot.press("Esc", "/")
    await pilot.type("tea\n")
    await pilot.until(lambda: selected(pilot) == "tea 2")
    await pilot.see("tea: 1 of 3")
    await pilot.press("n")
    await pilot.until(lambda: selected(pilot) == "tea 1")
    await pilot.press("N")
    await pilot.until(lambda: selected(pilot) == "tea 2")
    await pilot.press("N")
    await pilot.see("tea: 3 of 3, on from the oldest")
    assert selected(pilot) == "tea 0"
    await pilot.press("n")
    await pilot.see("tea: 1 of 3, on from the newest")
    assert selected(pilot) == "tea 2"


@pytest.mark.parametrize("keymap", ["primitivus", "vi"])
async def test_a_search_downwards_begins_where_one_stands_and_goes_on_that_way(
    account, fly, keymap
):
    for number in range(4):
        account.message(BOB, f"tea {number}", tell=False, state="read")
    pilot = await fly(keymap=keymap).start(until="tea 3")
    await pilot.press("Esc", "v", "k", "k", "k", "?")
    await pilot.type("tea\n")
    await pilot.see("tea: 3 of 4")
    assert selected(pilot) == "tea 1"
    await pilot.press("n")
    await pilot.see("tea: 2 of 4")
    await pilot.press("N")
    await pilot.see("tea: 3 of 4")
    await pilot.press("/")
    await pilot.type("tea\n")
    await pilot.see("tea: 4 of 4")
    await pilot.press("?")
    await pilot.type("tea\n")
    await pilot.see("tea: 3 of 4")
    await pilot.type("nn")
    await pilot.see("tea: 1 of 4")
    await pilot.type("n")
    await pilot.see("tea: 4 of 4, on from the oldest")


async def test_a_search_upwards_begins_at_what_one_reads(account, fly):
    for number in range(100):
        account.message(BOB, f"tea {number}", tell=False, state="read")
    pilot = await fly().start(until="tea 99")
    await pilot.press("Esc", "PageUp")
    await pilot.lose("tea 99")
    lowest = [row for row in pilot.terminal.rows if "tea" in row][-1]
    number = int(lowest.split("tea ")[1].split()[0])
    await pilot.press("/")
    await pilot.type("tea\n")
    await pilot.see(f"tea: {100 - number} of 100")
    assert selected(pilot) == f"tea {number}"


async def test_what_is_in_view_is_gone_to_without_moving_what_one_reads(account, fly):
    for number in range(100):
        account.message(BOB, f"tea {number}", tell=False, state="read")
    pilot = await fly().start(until="tea 99")
    await pilot.press("Esc", "PageUp")
    await pilot.lose("tea 99")
    await pilot.command("find tea")
    await pilot.see("of 100")

    def texts():
        return [row.replace("▸", " ") for row in pilot.terminal.rows[1:-2] if "tea" in row]

    before, at = texts(), selected(pilot)
    for _ in range(3):
        await pilot.press("n")
        await pilot.until(lambda at=at: selected(pilot) != at)
        at = selected(pilot)
        assert texts() == before


def marked(pilot):
    """Return what is drawn as words that were searched for."""
    return [
        text
        for row in pilot.terminal.styles
        for style, text in row
        if getattr(style, "style", style).startswith("message.found")
    ]


async def test_the_words_are_marked_wherever_they_show_until_the_search_ends(account, fly):
    account.message(BOB, "cafe au lait", tell=False)
    account.message(BOB, "a *cafe* that is a cafeteria, https://example.org/cafe", tell=False)
    account.message(BOB, "something else", tell=False)
    pilot = await fly().start(until="something else")
    await pilot.press("Esc", "/")
    await pilot.type("cafe\n")
    await pilot.see("cafe: 1 of 2")
    assert sorted(marked(pilot)) == ["cafe", "cafe", "cafe", "cafeteria"]
    await pilot.press("Esc")
    await pilot.until(lambda: not marked(pilot))
    await pilot.lose("1 of 2")
    assert not selected(pilot)
    await pilot.press("n")
    await pilot.see("cafe: 2 of 2")
    assert sorted(marked(pilot)) == ["cafe", "cafe", "cafe", "cafeteria"]
    await pilot.press("i")
    await pilot.until(lambda: not marked(pilot))


async def test_what_the_archive_has_is_read_back_for_the_words(account, fly):
    account.message(BOB, "new tea", tell=False, state="read")
    account.older = "server"
    pilot = await fly().start(until="new tea")
    await pilot.command("find tea")
    await pilot.see("tea: 1 of 1")
    await pilot.press("n")
    await pilot.see('"the search in the archive" runs: Esc ends it')
    account.message(BOB, "hay", order=-1, time=1, state="read")
    account.answer_older(BOB, "server")
    await pilot.see("the archive is read back, so far to 1970-01-01: Esc ends it")
    await pilot.press("n")
    await pilot.see("the archive is being read back: Esc ends it")
    account.message(BOB, "old tea", order=-2, time=1, state="read")
    account.answer_older(BOB, "server")
    await pilot.see("tea: 2 of 2")
    assert selected(pilot) == "old tea"
    await pilot.press("n")
    await pilot.see('"the search in the archive" runs')
    await pilot.press("Esc")
    await pilot.see("was ended; what it has brought so far is here")
    await pilot.press("n")
    await pilot.see('"the search in the archive" runs')
    account.answer_older(BOB, "end")
    await pilot.see("tea: 1 of 2, on from the newest")


async def test_what_is_nowhere_here_is_looked_for_in_the_archive_by_a_key(account, fly):
    account.message(BOB, "something else", tell=False, state="read")
    account.older = "server"
    pilot = await fly().start(until="something else")
    await pilot.command("find needle")
    await pilot.see("n reads the server's archive back for it")
    await pilot.press("n")
    await pilot.see('"the search in the archive" runs')
    account.answer_older(BOB, "offline")
    await pilot.see('begins with "needle"; the server can\'t be asked for older ones now')
    account.older = "server"
    await pilot.press("n")
    await pilot.see('"the search in the archive" runs')
    account.message(BOB, "the needle", order=-1, time=1, state="read")
    account.answer_older(BOB, "end")
    await pilot.see("needle: 1 of 1")
    assert selected(pilot) == "the needle"


@pytest.mark.parametrize("keys", [("M-s",), ("C-Up", "C-r"), ("C-Up", "C-s")])
async def test_without_modes_what_is_typed_behind_a_search_is_written(account, fly, keys):
    for number in range(3):
        account.message(BOB, f"tea {number}", tell=False)
    pilot = await fly(keymap="emacs").start(until="tea 2")
    await pilot.press(*keys)
    await pilot.type("tea\n")
    await pilot.until(lambda: selected(pilot) == "tea 2")
    await pilot.see("tea: 1 of 3; M-g n goes on")
    await pilot.press("M-g", "n")
    await pilot.until(lambda: selected(pilot) == "tea 1")
    await pilot.press("M-g", "p")
    await pilot.until(lambda: selected(pilot) == "tea 2")
    await pilot.type("+ukn\n")
    await pilot.until(lambda: [call[2] for call in account.calls if call[0] == "Send"] == ["+ukn"])
    assert not selected(pilot)


async def test_without_modes_what_was_found_can_be_acted_on(account, fly):
    account.message(BOB, "tea", tell=False)
    account.message(BOB, "something else", tell=False)
    pilot = await fly(keymap="emacs").start(until="something else")
    await pilot.press("M-s")
    await pilot.type("tea\n")
    await pilot.until(lambda: selected(pilot) == "tea")
    await pilot.press("C-Up", "M-w")
    await pilot.until(lambda: pilot.terminal.copied == ["tea"])
    await pilot.press("C-g", "C-g")
    await pilot.type("now\n")
    await pilot.until(lambda: [call[2] for call in account.calls if call[0] == "Send"] == ["now"])


async def test_a_message_far_back_is_shown_among_those_around_it(account, fly):
    account.message(BOB, "the needle", tell=False, state="read")
    for number in range(400):
        account.message(BOB, f"hay {number}", tell=False, state="read")
    pilot = await fly().start(until="hay 399")
    await pilot.press("Esc", "/")
    await pilot.type("needle\n")
    await pilot.see("the needle")
    assert "hay 1" in pilot.screen
    assert "hay 399" not in pilot.screen
    await pilot.press("Backspace")
    await pilot.see("hay 399")


async def test_nothing_is_left_out_below_a_found_message_that_an_archive_brought_late(account, fly):
    for number in range(400):
        account.message(BOB, f"hay {number}", tell=False, state="read", order=1000 + number)
    account.message(BOB, "the needle", tell=False, state="read", order=999)
    pilot = await fly().start(until="hay 399")
    await pilot.press("Esc", "/")
    await pilot.type("needle\n")
    await pilot.see("the needle")
    account.message(BOB, "came just now", order=1400)
    await pilot.press("Esc", "Esc", "G")
    await pilot.see("came just now")
    assert "hay 399" in pilot.screen


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":search nowhere\n", 'no message contains "nowhere"'),
        (":find nowhere\n", 'no word here begins with "nowhere"; :search looks everywhere'),
        (":find no where\n", 'no message here contains "no where*"'),
        (':find "nowhere"\n', 'no message here contains ""nowhere""'),
        (":next-match\n", "nothing was searched for here"),
        (":back\n", "this is where you began"),
        (f":go-to {BOB} 999\n", "there is no such message, or no longer"),
    ],
)
async def test_what_is_not_found_is_said(pilot, line, said):
    await pilot.press("Esc")
    await pilot.type(line)
    await pilot.see(said)


async def test_a_search_goes_on_below_what_one_list_holds(account, fly):
    pilot = await fly().start(until="have you seen this?")
    pilot.account.part(Search).most = 2
    for number in range(3):
        account.message(BOB, f"tea {number}")
    await pilot.see("tea 2")
    await pilot.press("Esc")
    await pilot.type(":search tea\n")
    await pilot.see("older ones")
    assert not any("2026" in row and "tea 0" in row for row in pilot.terminal.rows)
    await pilot.press("Down", "Down", "Enter")
    await pilot.until(lambda: any("2026" in row and "tea 0" in row for row in pilot.terminal.rows))


async def test_a_key_pressed_quickly_goes_to_each_place_once(account, fly):
    for number in range(10):
        account.message(BOB, f"tea {number}", tell=False, state="read")
    pilot = await fly(keymap="vi").start(until="tea 9")
    pilot.account.part(Search).most = 3
    await pilot.press("Esc", "/")
    await pilot.type("tea\n")
    await pilot.see("tea: 1 of 3+")
    await pilot.type("nnnnnn")
    await pilot.until(lambda: selected(pilot) == "tea 3")
    await pilot.see("tea: 7 of 9+")
    await pilot.type("2n")
    await pilot.until(lambda: selected(pilot) == "tea 1")
    await pilot.type("9n")
    await pilot.until(lambda: selected(pilot) == "tea 0")
    await pilot.see("tea: 10 of 10")


LONG = (
    "a long way round the lake, past the mill and over the hill, there is the needle that we lost"
)


@pytest.mark.parametrize("columns", [100, 60, 40])
async def test_what_was_found_shows_the_word_marked_and_who_wrote_it_however_narrow(
    account, fly, columns
):
    account.know(MIA, name="Mia with a name that takes much of a row")
    account.message(MIA, LONG, tell=False, state="read")
    pilot = await fly().start(until="the needle that we lost")
    pilot.resize(columns, 16)
    await pilot.command("search needle")
    await pilot.see("Search: needle")
    marked = [
        text for row in pilot.terminal.styles for style, text in row if style == "list.mention"
    ]
    assert marked == ["needle"]
    (row,) = [row for row in pilot.terminal.rows if "needle" in row and "Search" not in row]
    assert "is the needle" in row
    assert "Mia with a name" in pilot.screen
    assert "2026-11-22" in pilot.screen


async def test_what_was_found_of_today_shows_its_time(pilot, account):
    now = now_us()
    account.message(MIA, "today's needle", time=now)
    await pilot.command("search needle")
    await pilot.see(f"{clock(now)}  mia")


async def test_the_chosen_one_of_what_was_found_is_in_view_however_narrow(account, fly):
    for number in range(9):
        account.message(BOB, f"needle {number}", tell=False, state="read")
    pilot = await fly().start(until="needle 8")
    pilot.resize(60, 16)
    await pilot.command("search needle")
    await pilot.see("Search: needle")
    for number in range(7, 0, -1):
        await pilot.press("Down")
        await pilot.until(lambda number=number: chosen_row(pilot, f"needle {number}"))


def chosen_row(pilot, text):
    """Return whether the row of this text is that of the chosen entry."""
    return any(
        text in "".join(name for _, name in row)
        and any(style == "list.selected.focused" for style, _ in row)
        for row in pilot.terminal.styles
    )
