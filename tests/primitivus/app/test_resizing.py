"""Panes that are made wider and taller, lists that are folded away, and how all of that stays."""

import pytest

from primitivus.app import kept
from tests.primitivus.fake import BOB, MIA

SIZES = [(60, 16), (100, 30), (300, 100)]


@pytest.fixture
async def both(pilot):
    """The program with bob at the left and mia at the right, where one is."""
    await pilot.command(f"vsplit {MIA}")
    await pilot.see("an older one")
    await pilot.press("Esc")
    return pilot


def columns(pilot):
    """Return how wide the list at the left, the main panes and the list at the right are drawn."""
    placing = pilot.state.layout.placing
    return (
        placing.left.columns if placing.left else 0,
        [placed.columns for placed in placing.mains],
        placing.right.columns if placing.right else 0,
    )


def rows(pilot):
    return [placed.rows for placed in pilot.state.layout.placing.mains]


async def test_the_pane_with_the_focus_gets_wider_and_narrower(both):
    both.resize(160, 30)
    await both.until(lambda: sum(columns(both)[1]) > 100)
    left, (bob, mia), _ = columns(both)
    await both.command("wider 4")
    await both.until(lambda: columns(both) == (left, [bob - 4, mia + 4], 0))
    await both.press("F6", "Esc")
    await both.command("wider 6")
    await both.until(lambda: columns(both) == (left, [bob + 2, mia - 2], 0))
    await both.command("narrower")
    await both.until(lambda: columns(both) == (left, [bob - 1, mia + 1], 0))
    await both.command("balance")
    await both.until(lambda: columns(both) == (left, [bob, mia], 0))


async def test_the_upper_pane_gets_taller_and_shorter(pilot):
    await pilot.command("split")
    upper, lower = rows(pilot)
    await pilot.press("Esc")
    await pilot.command("shorter 2")
    await pilot.until(lambda: rows(pilot) == [upper + 2, lower - 2])
    await pilot.command("taller")
    await pilot.until(lambda: rows(pilot) == [upper - 1, lower + 1])
    await pilot.command("resize 5")
    await pilot.until(lambda: rows(pilot) == [upper + lower - 5, 5])


async def test_the_list_with_the_focus_gets_as_wide_as_one_says(pilot):
    await pilot.press("Esc", "C-Left")
    _, (main,), _ = columns(pilot)
    await pilot.command("resize 40")
    await pilot.until(lambda: columns(pilot) == (40, [59], 0))
    await pilot.command("narrower 10")
    await pilot.until(lambda: columns(pilot) == (30, [69], 0))
    assert main != 69


async def test_the_list_at_the_right_gets_wider_too(pilot):
    await pilot.command("contacts")
    assert columns(pilot)[2] == 25
    await pilot.command("wider 5")
    await pilot.until(lambda: columns(pilot)[2] == 30)


async def test_one_pane_gets_wider_where_the_lists_give_way(pilot):
    await pilot.press("Esc")
    left, (main,), _ = columns(pilot)
    await pilot.command("wider 2")
    await pilot.until(lambda: columns(pilot) == (left - 2, [main + 2], 0))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["wider 500", "wider"], "it gets no wider here"),
        (["narrower 500", "narrower"], "it gets no narrower here"),
        (["taller"], "nothing stands above or below this"),
        (["resize 500"], "as near as it gets to 500 here"),
        (["resize"], "resize"),
        (["wider 0"], "less than 1"),
        (["wider much"], "whole number"),
    ],
)
async def test_what_gets_no_larger_says_so(both, lines, said):
    for line in lines:
        await both.command(line)
    await both.see(said)
    assert min(columns(both)[1]) >= 36


async def test_where_one_list_has_all_of_the_screen_nothing_gets_wider(account, fly):
    pilot = await fly(columns=40, rows=12).start(until="yes")
    await pilot.command("conversations")
    await pilot.command("wider")
    await pilot.see("nothing stands beside this here")
    await pilot.command("resize 20")
    await pilot.see("nothing stands beside this here")


async def test_a_split_keeps_its_proportion_as_the_terminal_changes(both):
    await both.command("conversations off")
    both.resize(200, 30)
    await both.until(lambda: sum(columns(both)[1]) == 199)
    await both.command("resize 150")
    await both.until(lambda: columns(both)[1] == [49, 150])
    both.resize(101, 30)
    await both.until(lambda: columns(both)[1] == [36, 64])  # what can be read
    both.resize(60, 16)
    await both.see("too narrow for both")
    both.resize(20, 5)
    await both.until(lambda: columns(both)[1] == [20])
    both.resize(300, 100)
    await both.until(lambda: sum(columns(both)[1]) == 299)
    assert columns(both)[1][0] == pytest.approx(299 * 49 / 199, abs=1)
    both.resize(200, 30)
    await both.until(lambda: columns(both)[1] == [49, 150])


async def test_a_list_is_as_wide_again_when_the_terminal_is(pilot):
    pilot.resize(200, 30)
    await pilot.press("Esc", "C-Left")
    await pilot.command("resize 70")
    await pilot.until(lambda: columns(pilot)[0] == 70)
    pilot.resize(80, 24)
    await pilot.until(lambda: columns(pilot) == (43, [36], 0))
    await pilot.press("Tab")
    pilot.resize(40, 12)
    await pilot.until(lambda: columns(pilot) == (0, [40], 0))
    pilot.resize(200, 30)
    await pilot.until(lambda: columns(pilot)[0] == 70)


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_the_keys_of_each_map(account, fly, keymap):
    pilot = await fly(keymap=keymap, columns=200).start(until="yes")
    before, is_modal = "C-x" if keymap == "emacs" else "C-w", keymap != "emacs"
    wider, narrower = ("}", "{") if keymap == "emacs" else (">", "<")
    taller, shorter = ("^", "-") if keymap == "emacs" else ("+", "-")
    even = "+" if keymap == "emacs" else "="

    async def press(key):
        await pilot.press(*(("Esc",) if is_modal else ()), before, key)

    await press("3" if keymap == "emacs" else "v")
    _, (bob, mia), _ = columns(pilot)
    await press(wider)
    await pilot.until(lambda: columns(pilot)[1] == [bob - 3, mia + 3])
    await press(narrower)
    await press(narrower)
    await pilot.until(lambda: columns(pilot)[1] == [bob + 3, mia - 3])
    await press(even)
    await pilot.until(lambda: columns(pilot)[1] == [bob, mia])
    await press("2" if keymap == "emacs" else "s")
    upper, lower = rows(pilot)
    await press(taller)
    await pilot.until(lambda: rows(pilot) == [upper - 3, lower + 3])
    await press(shorter)
    await pilot.until(lambda: rows(pilot) == [upper, lower])
    await pilot.command("contacts") if is_modal else await pilot.press("F2")
    await pilot.see("Contacts")
    await press("[")
    await pilot.lose("Conversations")
    await press("]")
    await pilot.lose("Contacts")
    await press("[")
    await pilot.see("Conversations")
    await press("]")
    await pilot.see("Contacts")


async def test_a_count_before_the_key_says_by_how_much(account, fly):
    pilot = await fly(keymap="vi", columns=200).start(until="yes")
    await pilot.press("Esc", "C-w", "v")
    _, (bob, mia), _ = columns(pilot)
    await pilot.press("1", "2", "C-w", ">")
    await pilot.until(lambda: columns(pilot)[1] == [bob - 12, mia + 12])


async def test_folding_a_list_leaves_the_focus_where_it_is_unless_that_is_folded(pilot):
    await pilot.type("half a sen")
    await pilot.command("side left")
    await pilot.lose("Conversations")
    await pilot.press("i")
    await pilot.type("tence")
    await pilot.see("half a sentence")
    await pilot.command("side left")
    await pilot.press("C-Left")
    await pilot.until(lambda: pilot.state.focus == "conversations")
    await pilot.command("side left")
    await pilot.until(lambda: pilot.state.layout.focus == "input")
    assert "Conversations" not in pilot.screen


@pytest.mark.parametrize("line", ["conversations", "focus conversations", "set conversations on"])
async def test_a_list_that_is_folded_shows_for_who_wants_it(pilot, line):
    await pilot.command("side left off")
    await pilot.lose("Conversations")
    await pilot.command(line)
    await pilot.see("Conversations")


async def test_a_list_that_is_off_shows_when_its_side_is_to(account, fly):
    pilot = await fly(conversations=False).start(until="yes")
    await pilot.command("side left")
    await pilot.see("Conversations")


async def test_a_side_that_nothing_is_for_says_what_is(pilot):
    await pilot.command("side right on")
    await pilot.see("no list is wanted there: :contacts shows one")


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (59, 40)])
async def test_where_there_is_no_room_for_a_list_it_says_how_to_go_there(account, fly, size):
    pilot = await fly(columns=size[0], rows=size[1]).start(until="yes")
    await pilot.command("side left")
    pilot.resize(100, 30)
    await pilot.see("there is no room for it beside the rest: :conversations goes there")
    await pilot.see("Conversations")


async def test_sizes_and_folds_are_there_when_one_begins_again(account, fly):
    pilot = await fly(columns=200).start(until="have you seen this?")
    await pilot.press("Esc", "C-Left")
    await pilot.command("resize 33")
    await pilot.command("vsplit")
    await pilot.command("focus input")
    await pilot.command("resize 50")
    await pilot.command("side right off")
    wide = columns(pilot)
    assert await pilot.end() == 0
    assert kept.path("sizes").stat().st_mode & 0o077 == 0
    again = await fly(columns=200, contacts=True).start(until="have you seen this?")
    await again.until(lambda: columns(again)[0] == 33)
    assert columns(again)[2] == 0
    await again.command("vsplit")
    await again.until(lambda: columns(again) == wide)
    await again.command("side right")
    await again.command("balance")
    assert await again.end() == 0
    assert not kept.path("sizes").exists()


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff\xfe",
        b"left\n\nleft x\nleft -4\nleft 99999999999\nbeside 5e3\nwidth 3\n",
        "left ४\n".encode(),
        b"left 9000\nright 1\nbeside 10000\nabove 0\n",
    ],
)
@pytest.mark.parametrize("size", SIZES)
async def test_whatever_is_kept_all_panes_can_be_read(account, fly, written, size):
    kept.path("sizes").parent.mkdir(parents=True, exist_ok=True)
    kept.path("sizes").write_bytes(written)
    pilot = await fly(columns=size[0], rows=size[1], contacts=True).start(until="yes")
    for line in ("only", "vsplit", "split"):
        await pilot.command(line)
        left, mains, right = columns(pilot)
        assert min(mains) >= min(36, size[0])
        assert min(rows(pilot)) >= 4
        assert left == 0 or left >= 8
        assert right == 0 or right >= 8


@pytest.mark.parametrize("command", ["wider", "narrower", "taller", "shorter", "balance"])
@pytest.mark.parametrize("size", [(20, 5), *SIZES])
async def test_any_size_is_survived(both, command, size):
    both.resize(*size)
    for line in (command, "split", command, "conversations", command, "side left", "vsplit"):
        await both.command(line)
    assert both.is_running
    both.resize(100, 30)
    await both.command(f"chat {BOB}")
    await both.see("have you seen this?")
