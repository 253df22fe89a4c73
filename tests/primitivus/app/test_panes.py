"""Two panes: what each shows, where keys go, what counts as seen."""

import pytest

from backendd.api.names import MESSAGES
from tests.primitivus.fake import BOB, MIA


@pytest.fixture
async def both(pilot):
    """The program with bob at the left and mia at the right, where one is typing."""
    await pilot.command(f"vsplit {MIA}")
    await pilot.see("an older one")
    return pilot


def places(pilot):
    """Return whom the main panes show, and which of them one is in."""
    shown = [placed.pane.place.peer for placed in pilot.state.layout.placing.mains]
    return shown, shown.index(pilot.state.layout.place.peer)


def marked_titles(pilot):
    """Return of whom the title is marked as the one of the pane where one is."""
    segments = (segment for row in pilot.terminal.styles for segment in row)
    return [text.split()[0] for style, text in segments if style == "pane.title.focused"]


def read(account):
    return {call[1] for call in account.calls if call[0] == "MarkRead"}


def sends(account):
    return [call[1:] for call in account.calls if call[0] == "Send"]


async def test_two_conversations_stand_side_by_side_and_the_focused_one_is_marked(both):
    assert any("have you seen this?" in row and "an older one" in row for row in both.terminal.rows)
    assert marked_titles(both) == ["▸mia"]
    await both.press("Esc", "C-w", "w")
    assert marked_titles(both) == ["▸bob"]
    assert both.terminal.rows[0].split()[2] == "bob"


async def test_two_conversations_stand_one_above_the_other(pilot):
    await pilot.command(f"split {MIA}")
    await pilot.see("an older one")
    upper, lower = (
        next(number for number, row in enumerate(pilot.terminal.rows) if text in row)
        for text in ("have you seen this?", "an older one")
    )
    assert upper < lower
    assert marked_titles(pilot) == ["▸mia"]


async def test_what_is_said_of_a_pane_stays_while_that_shows(both):
    await both.command("join cave@rooms.example.org")
    await both.see("you are in cave")
    await both.press("Esc", "C-w", "w")
    await both.until(lambda: places(both)[1] == 0)
    assert both.shows("you are in cave")
    await both.command("only")
    await both.lose("you are in cave")


@pytest.mark.parametrize("line", ["split nobody", "vsplit nobody", "vsplit mia nowhere"])
async def test_nothing_is_split_for_who_is_not_found(pilot, line):
    await pilot.command(line)
    await pilot.see("nobody here is called" if "nobody" in line else "there is no profile called")
    assert places(pilot) == ([BOB], 0)


async def test_messages_come_into_both_and_count_as_seen(both, account):
    account.message(BOB, "to the left")
    account.message(MIA, "to the right")
    await both.see("to the left")
    await both.see("to the right")
    await both.until(lambda: read(account) == {BOB, MIA}, "both read")
    assert not both.terminal.rung


async def test_what_comes_into_a_pane_there_is_no_room_for_is_not_seen(both, account):
    both.resize(60, 20)
    await both.see("too narrow for both")
    account.message(BOB, "to the left")
    await both.until(lambda: both.terminal.rung, "a bell")
    await both.see("1 unread")
    assert read(account) == set()
    both.resize(120, 20)
    await both.see("to the left")
    await both.until(lambda: read(account) == {BOB}, "bob read")


async def test_a_narrow_screen_shows_the_pane_where_one_is_and_a_wide_one_both_again(both):
    both.resize(60, 20)
    await both.see("too narrow for both")
    assert "have you seen this?" not in both.screen
    await both.press("F6")
    await both.see("have you seen this?")
    assert "an older one" not in both.screen
    both.resize(120, 20)
    await both.see("an older one")
    assert "too narrow" not in both.screen


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (16, 4), (10, 3), (60, 8), (300, 80)])
async def test_any_size_is_survived(both, columns, rows):
    await both.command("split")
    both.resize(columns, rows)
    await both.press("Esc", "F6", "i")
    both.resize(100, 30)
    await both.see("have you seen this?")


@pytest.mark.parametrize("line", ["split", "vsplit"])
@pytest.mark.parametrize("columns", [16, 200])
async def test_the_only_row_of_a_pane_shows_what_it_holds_rather_than_its_title(
    account, fly, line, columns
):
    pilot = await fly(columns=columns, rows=4).start(until="yes")
    account.become("waiting", ("HostUnreachable", "nobody answers"))
    await pilot.until(lambda: pilot.state.account.profile.state == "waiting")
    await pilot.command(line)
    await pilot.press("Esc")
    pilot.terminal.frames.clear()
    await pilot.command("redraw")
    assert not marked_titles(pilot)
    assert any(word in pilot.terminal.frames[-1] for word in ("seen", "yes"))


async def test_of_more_panes_than_two_it_is_said_what_becomes(both):
    await both.command("vsplit")
    await both.see("two panes at most: :focus other goes to the other one")
    await both.command("split")
    await both.see("two panes at most: they stand one above the other now")
    await both.command("split zoe@example.org")
    await both.see("two panes at most: :back shows mia again")
    await both.command("vsplit mia")
    await both.see("two panes at most: :back shows zoe again")


@pytest.mark.parametrize(
    ("size", "line", "why"),
    [((60, 16), "vsplit", "too narrow for both"), ((59, 10), "split", "too low for both")],
)
async def test_of_panes_of_which_one_shows_it_is_not_said_how_they_stand(pilot, size, line, why):
    other = {"split": "vsplit", "vsplit": "split"}
    await pilot.command(other[line])
    pilot.resize(*size)
    await pilot.command(line)
    await pilot.see(f"two panes at most; {why}: :focus other")


async def test_what_is_too_long_for_the_rows_there_are_shows_its_end(pilot):
    pilot.resize(20, 5)
    await pilot.command("split")
    await pilot.command("split")
    await pilot.see("the other one")


async def test_one_conversation_is_looked_at_in_two_places(account, fly):
    for number in range(90):
        account.message(BOB, f"line {number}", tell=False, state="read")
    pilot = await fly().start(until="line 89")
    await pilot.command("split")
    await pilot.press("Esc", "PageUp")
    await pilot.until(lambda: pilot.screen.count("line 89") == 1)
    account.message(BOB, "the newest")
    await pilot.see("the newest")
    await pilot.see("1 new below")
    assert pilot.screen.count("the newest") == 1
    await pilot.press("G")
    await pilot.until(lambda: pilot.screen.count("the newest") == 2)


async def test_far_apart_places_of_one_conversation_show_at_once(account, fly):
    account.message(BOB, "the needle", tell=False, state="read")
    for number in range(1500):
        account.message(BOB, f"hay {number}", tell=False, state="read")
    pilot = await fly().start(until="hay 1499")
    await pilot.command("vsplit")
    await pilot.press("Esc", "/")
    await pilot.type("needle\n")
    await pilot.see("the needle")
    assert "hay 1499" in pilot.screen
    account.message(BOB, "the newest")
    await pilot.see("the newest")
    assert "the needle" in pilot.screen


async def test_what_is_typed_goes_to_whom_the_pane_is_of(both, account):
    await both.type("for mia")
    assert "mia > for mia" in both.screen
    await both.press("F6")
    await both.type("for bob\n")
    await account.called("Send", BOB, "for bob")
    await both.press("F6")
    assert "mia > for mia" in both.screen
    await both.press("Enter")
    await account.called("Send", MIA, "for mia")


async def test_both_panes_of_one_conversation_have_one_draft(pilot, account):
    await pilot.type("half a")
    await pilot.command("vsplit")
    await pilot.press("i")
    await pilot.type(" sentence")
    await pilot.press("F6")
    assert "half a sentence" in pilot.terminal.rows[-1]


async def test_leaving_a_pane_saves_its_draft_and_ends_its_typing(both, account):
    await both.type("for mia")
    await account.called("SetTyping", MIA, True)
    await both.press("F6")
    await account.called("SetDraft", MIA, "for mia")
    await account.called("SetTyping", MIA, False)


async def test_a_word_is_deleted_by_the_key_that_begins_what_is_done_with_panes(both):
    await both.type("one two")
    await both.press("C-w")
    assert both.state.chat.editor.text == "one "
    assert len(both.state.layout.trails) == 2


@pytest.mark.parametrize(
    ("keymap", "split", "other", "only"),
    [
        ("primitivus", ("C-w", "v"), ("C-w", "w"), ("C-w", "o")),
        ("vi", ("C-w", "v"), ("C-w", "w"), ("C-w", "o")),
        ("vi", ("C-w", "s"), ("C-w", "k"), ("C-w", "o")),
        ("emacs", ("C-x", "3"), ("C-x", "o"), ("C-x", "1")),
        ("emacs", ("C-x", "2"), ("F6",), ("C-x", "1")),
    ],
)
async def test_the_keys_of_each_map_split_go_over_and_leave_one(
    account, fly, keymap, split, other, only
):
    pilot = await fly(keymap=keymap, conversations=False).start(until="have you seen this?")
    if keymap != "emacs":
        await pilot.press("Esc")
    await pilot.press(*split)
    assert places(pilot) == ([BOB, BOB], 0)
    await pilot.press(*(("C-c", "2") if keymap == "emacs" else ("Esc", "M-2")))
    await pilot.see("an older one")
    if keymap != "emacs":
        await pilot.press("Esc")
    await pilot.press(*other)
    if other[-1] == "k":  # from what is typed there to its messages first
        await pilot.press(*other)
    assert pilot.state.layout.place.peer == BOB
    await pilot.press(*only)
    assert places(pilot) == ([BOB], 0)
    await pilot.lose("an older one")


@pytest.mark.parametrize("close", [("C-w", "q"), ("C-w", "c")])
async def test_closing_a_pane_leaves_the_other_and_the_conversation_open(both, account, close):
    await both.press("Esc", *close)
    assert places(both) == ([BOB], 0)
    assert MIA in account.conversations
    assert "mia" in both.screen


@pytest.mark.parametrize("line", ["only", "close-pane"])
async def test_one_pane_is_not_closed(pilot, line):
    await pilot.command(line)
    await pilot.see("there is one pane: :split and :vsplit make two")


async def test_a_conversation_closed_elsewhere_leaves_the_panes_of_others_alone(both, account):
    account.conversations.pop(MIA)
    account.emit(MESSAGES, "ConversationsRemoved", [MIA])
    await both.until(lambda: places(both)[0] == [BOB, BOB])
    await both.command("back")
    await both.see("this is where you began")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_what_is_being_written_where_another_frontend_closes_it_goes_to_nobody(
    pilot, account, keymap
):
    await pilot.command(f"set keymap {keymap}")
    await pilot.command(f"chat {MIA}")
    await pilot.see("an older one")
    await pilot.type("dear m")
    await pilot.see("> dear m")
    account.conversations.pop(MIA)
    account.emit(MESSAGES, "ConversationsRemoved", [MIA])
    await pilot.see("mia was closed while you wrote")
    await pilot.type("ia\n")
    await pilot.see("no conversation is open")
    await pilot.command(f"chat {BOB}")
    await pilot.type("hello\n")
    await pilot.until(lambda: sends(account) == [(BOB, "hello")])


async def test_closing_what_one_has_begun_to_write_in_shows_the_next(pilot, account):
    await pilot.command(f"chat {MIA}")
    await pilot.see("an older one")
    await pilot.type("dear m")
    await pilot.see("> dear m")
    await pilot.command("close")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)


async def test_what_is_closed_here_in_a_keymap_without_modes_is_no_surprise(pilot, account):
    await pilot.command("set keymap emacs")
    await pilot.command(f"chat {MIA}")
    await pilot.see("an older one")
    await pilot.type("dear m")
    await pilot.see("> dear m")
    await pilot.press("C-x", "k")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    assert "closed while you wrote" not in pilot.screen


async def test_back_and_forward_walk_what_one_pane_showed(both):
    await both.command(f"chat {BOB}")
    await both.until(lambda: places(both)[0] == [BOB, BOB])
    await both.press("M-Left")
    await both.until(lambda: places(both)[0] == [BOB, MIA])
    await both.press("M-Right")
    await both.until(lambda: places(both)[0] == [BOB, BOB])
    await both.command("forward")
    await both.see("there is nothing to go forward to")


async def test_one_goes_back_to_where_one_was_reading(account, fly):
    for number in range(200):
        account.message(BOB, f"line {number}", tell=False, state="read")
    pilot = await fly().start(until="line 199")
    await pilot.press("Esc", "PageUp", "PageUp")
    await pilot.see("line 139")  # of the next page
    before = [row for row in pilot.terminal.rows if "line 1" in row]
    await pilot.command(f"chat {MIA}")
    await pilot.see("an older one")
    await pilot.command("back")
    await pilot.lose("an older one")
    assert [row for row in pilot.terminal.rows if "line 1" in row] == before


async def test_both_panes_are_there_when_the_backend_is_back(both, account, fake):
    await fake.stop()
    await both.see("No backend")
    account.message(BOB, "meanwhile to bob", tell=False)
    account.message(MIA, "meanwhile to mia", tell=False)
    await fake.start()
    await both.see("meanwhile to bob")
    await both.see("meanwhile to mia")
    assert places(both) == ([BOB, MIA], 1)


@pytest.mark.parametrize("line", ["q", "quit"])
async def test_with_the_keys_of_vi_quit_closes_a_pane_and_leaves_from_the_last_one(both, line):
    await both.command("set keymap vi")
    await both.command(line)
    assert places(both) == ([BOB], 0)
    await both.command(line)
    assert await both.exit_code() == 0


@pytest.mark.parametrize(("keymap", "line"), [("vi", "qa"), ("primitivus", "q"), ("emacs", "q")])
async def test_all_panes_are_left_at_once(both, keymap, line):
    await both.command(f"set keymap {keymap}")
    await both.press("Esc")
    await both.type(f"/{line}\n" if keymap == "emacs" else f":{line}\n")
    assert await both.exit_code() == 0


async def test_who_shows_in_one_of_two_panes_is_gone_to_there(pilot):
    await pilot.command("vsplit mia")
    await pilot.see("an older one")
    await pilot.command("vsplit bob")
    await pilot.until(lambda: pilot.state.layout.place.peer == BOB)
    assert {pane.place.peer for pane in pilot.state.layout.mains()} == {BOB, MIA}
    assert not pilot.shows("two panes at most")
