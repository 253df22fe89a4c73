"""What was never on a screen is never read, and where one begins to read is where one stopped."""

import random
import re

import pytest

from primitivus.app import away
from tests.primitivus.fake import BOB, MIA


def new_line(pilot):
    """Return the row that stands below the "new" line; nothing where there is none."""
    rows = pilot.screen.splitlines()
    at = [number for number, row in enumerate(rows) if "─ new ─" in row]
    return rows[at[0] + 1] if at else ""


def come(account, peer, count, *, tell=True, word="number"):
    """Have so many messages come, all told at once."""
    came = [account.message(peer, f"{word} {number:03}", tell=False) for number in range(count)]
    account.tell(*came) if tell else account.record(peer)
    return came


def unread(account, peer):
    return [each.body for each in account.of(peer) if each.state == "unread"]


@pytest.fixture
async def small(account, fly):
    """A small screen, with a conversation that was read to its end, and another one in view."""
    pilot = await fly(columns=80, rows=24).start(until="have you seen this?")
    await pilot.press("Esc", "G")
    await pilot.command("chat mia")
    await pilot.see("an older one")
    return pilot


async def is_read_on(pilot, account, peer, count):
    """Page down to the end; all of it was in view, in order, and is read only then."""
    shown = []
    while f"number {count - 1:03}" not in shown:
        seen = {each for each in unread(account, peer) if not each.startswith("number")}
        assert not seen
        for row in pilot.screen.splitlines():
            shown += [row[row.index("number") :][:10]] if "number" in row else []
        read = {f"number {each:03}" for each in range(count)}.difference(unread(account, peer))
        assert read.issubset(shown)
        await pilot.press("PageDown")
    assert sorted(set(shown)) == [f"number {each:03}" for each in range(count)]
    await pilot.until(lambda: not unread(account, peer), "nothing unread")


async def test_who_comes_back_to_what_was_read_to_its_end_begins_where_reading_stopped(
    small, account
):
    come(account, BOB, 60)
    await small.see("60 unread")
    await small.press("Esc", "M-a")
    await small.see("number 000")
    assert "number 000" in new_line(small)
    await small.until(lambda: len(unread(account, BOB)) < 60)
    assert "number 059" in unread(account, BOB)
    await is_read_on(small, account, BOB, 60)


async def test_so_does_who_left_it_scrolled_back(small, account):
    come(account, BOB, 40, word="older")
    await small.command("chat bob")
    await small.press("Esc", "G")
    await small.command("mark-read")
    await small.press("PageUp")
    await small.command("chat mia")
    come(account, BOB, 60)
    await small.see("60 unread")
    await small.press("M-a")
    await small.see("number 000")
    assert "number 000" in new_line(small)


async def test_so_does_who_goes_back(small, account):
    come(account, BOB, 60)
    await small.see("60 unread")
    await small.command("back")
    await small.see("number 000")
    assert "number 000" in new_line(small)
    await is_read_on(small, account, BOB, 60)


async def test_so_does_who_looks_again(pilot, account):
    pilot.terminal.on_keys(["focus out"])
    await pilot.taken()
    for number in range(60):
        account.message(BOB, f"number {number:03}")
    await pilot.see("number 059")
    assert len(unread(account, BOB)) == 60
    pilot.terminal.on_keys(["focus in"])
    await pilot.see("number 000")
    assert "number 000" in new_line(pilot)
    await is_read_on(pilot, account, BOB, 60)


async def test_so_does_who_closes_what_lay_over_it(pilot, account):
    await pilot.command("help")
    come(account, BOB, 60)
    await pilot.until(lambda: pilot.state.account.conversation(BOB).unread == 60)
    await pilot.press("Esc")
    await pilot.see("number 000")
    assert "number 000" in new_line(pilot)
    await is_read_on(pilot, account, BOB, 60)


async def test_what_comes_faster_than_it_can_be_shown_waits_to_be_seen(pilot, account):
    come(account, BOB, 60)
    await pilot.see("number 000")
    assert "number 000" in new_line(pilot)
    await is_read_on(pilot, account, BOB, 60)


async def test_so_does_another_pane_of_what_was_read(small, account):
    await small.command("vsplit")
    await small.command("chat bob")
    await small.see("have you seen this?")
    await small.command("only")
    come(account, BOB, 60)
    await small.until(lambda: pilot_unread(small, BOB) == 60 or "number 000" in small.screen)
    await small.see("number 000")
    assert "number 000" in new_line(small)


def pilot_unread(pilot, peer):
    return pilot.state.account.conversation(peer).unread


async def test_a_conversation_that_takes_the_place_of_one_that_was_closed_begins_there_too(
    small, account
):
    come(account, BOB, 60)
    await small.see("60 unread")
    await small.command(f"close {MIA}")
    await small.see("number 000")
    assert "number 000" in new_line(small)


async def test_so_many_that_they_are_no_longer_held_are_read_from_the_first_on(small, account):
    for start in range(0, 1300, 100):
        numbers = range(start, start + 100)
        account.tell(*(account.message(BOB, f"number {each:04}", tell=False) for each in numbers))
    await small.see("1300 unread")
    await small.press("M-a")
    await small.see("number 0000")
    assert "number 0000" in new_line(small)


async def test_who_goes_to_the_end_has_not_read_what_lies_between(small, account):
    come(account, BOB, 60)
    await small.see("60 unread")
    await small.press("M-a")
    await small.see("number 000")
    await small.press("Esc", "G")
    await small.see("number 059")
    await small.until(lambda: 0 < len(unread(account, BOB)) < 60)
    assert "number 030" in unread(account, BOB)
    await small.see(f"{len(unread(account, BOB))} unread")
    account.message(BOB, "and this")
    await small.see("and this")
    assert "number 030" in unread(account, BOB)


@pytest.mark.parametrize("way", ["key", "press"])
async def test_what_is_new_above_is_told_at_the_upper_edge_which_goes_there(small, account, way):
    account.message(BOB, "\n".join(f"line {number:02}" for number in range(60)))
    come(account, BOB, 30)
    await small.command("chat bob")
    await small.see("line 00")
    await small.press("Esc", "G")
    await small.see("number 029")
    await small.see("↑ ")
    shown = len(re.findall(r"number \d+", small.screen))
    assert f"↑ {31 - shown} new above" in small.screen
    assert len(unread(account, BOB)) == 31
    await small.press("F1")
    await small.see("go to what is new above")
    await small.press("Esc")
    await (small.press("g", "u") if way == "key" else small.point("new above"))
    await small.see("line 00")
    assert "new above" not in small.screen


async def test_who_goes_on_past_what_was_read_goes_back_to_where_that_ended(small, account):
    come(account, BOB, 60)
    await small.command("chat bob")
    await small.see("number 000")
    await small.press("Esc", "PageDown")
    await small.until(lambda: not any(each in small.screen for each in unread(account, BOB)))
    first = unread(account, BOB)[0]
    await small.press("G")
    await small.see("new above")
    assert first not in small.screen
    await small.press("g", "u")
    await small.see(first)
    assert "number 000" not in small.screen


async def test_a_message_one_selects_stands_below_what_tells_of_those_above(small, account):
    come(account, BOB, 60)
    await small.command("chat bob")
    await small.see("number 000")
    await small.press("Esc", "G")
    await small.see("new above")
    await small.press("v")
    for _ in range(25):
        await small.press("k")
        marked = small.state.conversation.selected_message
        await small.until(lambda marked=marked: small.shows(marked.body), "the selected message")


async def test_what_the_line_at_the_lower_edge_covers_is_not_read(small, account):
    come(account, BOB, 60)
    await small.see("60 unread")
    await small.press("M-a")
    await small.see("new below")
    shown = [row for row in small.screen.splitlines() if "number" in row]
    await small.until(lambda: len(unread(account, BOB)) < 60)
    assert len(unread(account, BOB)) == 60 - len(shown)


async def test_what_is_seen_is_marked_though_one_goes_on_at_once(small, account):
    come(account, BOB, 30)
    await small.see("30 unread")
    await small.press("M-a")
    await small.see("number 000")
    await small.press("PageDown")
    await small.press("PageDown")
    await small.command("chat mia")
    await small.until(lambda: not unread(account, BOB), "all of it read")


async def test_what_is_seen_is_marked_though_one_leaves_at_once(small, account):
    come(account, BOB, 30)
    await small.see("30 unread")
    await small.press("M-a")
    await small.see("number 000")
    await small.press("PageDown")
    await small.press("PageDown")
    await small.end()
    assert not unread(account, BOB)


async def test_the_new_line_stays_where_reading_had_stopped(small, account):
    come(account, BOB, 25)
    await small.see("25 unread")
    await small.press("M-a")
    await small.see("number 000")
    await small.until(lambda: len(unread(account, BOB)) < 25)
    first = pilot_first(small, BOB)
    await small.until(lambda: pilot_first(small, BOB) == first)
    assert "number 000" in new_line(small)
    await small.press("PageDown")
    await small.press("PageDown")
    await small.until(lambda: not pilot_unread(small, BOB))
    await small.press("PageUp")
    await small.press("PageUp")
    await small.see("─ new ─")
    assert "number 000" in new_line(small)


def pilot_first(pilot, peer):
    return pilot.state.account.conversation(peer).first_unread


@pytest.fixture
async def unwatched(account, fly):
    """The program as it was started, with something unread in view, and nobody has touched it."""
    come(account, BOB, 3, tell=False)
    pilot = fly(columns=80, rows=24)
    pilot.terminal.has_focus = False
    return await pilot.start(until="number 002")


async def test_nothing_is_read_before_somebody_has_shown_to_be_here(unwatched, account):
    account.message(BOB, "and this")
    await unwatched.see("and this")
    unwatched.resize(90, 24)
    account.message(BOB, "one more")
    await unwatched.see("one more")
    await unwatched.see("5 unread")
    assert len(unread(account, BOB)) == 5
    await unwatched.press("x")
    await unwatched.until(lambda: not unread(account, BOB))


async def test_what_showed_when_somebody_came_was_seen_by_then(unwatched, account):
    account.message(MIA, "psst")
    await unwatched.see("4 unread")
    await unwatched.press("M-a")
    await unwatched.see("psst")
    await unwatched.until(lambda: not unread(account, BOB))


async def test_where_a_terminal_tells_nothing_of_its_focus_who_presses_no_key_looks_elsewhere(
    unwatched, account, monkeypatch
):
    monkeypatch.setattr(away, "_MINUTE_S", 0.01)
    await unwatched.press("x")
    await unwatched.until(lambda: not unwatched.state.view.is_terminal_focused)
    account.message(BOB, "overnight")
    await unwatched.see("overnight")
    await unwatched.see("1 unread")
    assert unread(account, BOB) == ["overnight"]


async def test_where_it_does_it_is_read_without_a_key(unwatched, account, monkeypatch):
    monkeypatch.setattr(away, "_MINUTE_S", 0.01)
    unwatched.terminal.on_keys(["focus in"])
    await unwatched.command("set away_minutes 0")
    account.message(BOB, "and this")
    await unwatched.until(lambda: not unread(account, BOB))
    assert unwatched.state.view.is_terminal_focused


async def test_next_unread_goes_through_a_conversation_before_it_goes_to_the_next(small, account):
    come(account, BOB, 50)
    zoe = "zoe@example.org"
    account.message(zoe, "psst")
    await small.see("51 unread")
    await small.press("Esc")
    first, second = ("number 049", "psst")
    shown = []
    for _ in range(9):
        await small.press("M-a")
        await small.until(lambda: not small.state.conversation.is_loading)
        shown.append(small.screen)
        if "nothing else is unread" in small.screen:
            break
    assert any(first in each for each in shown)
    assert any(second in each for each in shown)
    seen = {f"number {number:03}" for number in range(50)}
    assert seen == {word for word in seen if any(word in each for each in shown)}
    await small.until(lambda: not unread(account, BOB) + unread(account, zoe))


async def test_a_message_longer_than_the_screen_is_gone_through_as_well(small, account):
    account.message(BOB, "\n".join(f"line {number:02}" for number in range(38)))
    await small.see("1 unread")
    await small.press("Esc", "M-a")
    await small.see("line 00")
    assert unread(account, BOB)
    await small.press("M-a")
    await small.see("line 37")
    await small.until(lambda: not unread(account, BOB))
    await small.press("M-a")
    await small.see("nothing else is unread")


async def test_who_goes_to_the_end_past_a_long_message_has_read_it_and_it_stays_so(small, account):
    account.message(BOB, "\n".join(f"line {number:02}" for number in range(38)))
    account.message(BOB, "short")
    await small.see("2 unread")
    await small.press("Esc", "M-a")
    await small.see("line 00")
    assert len(unread(account, BOB)) == 2
    await small.press("Esc", "G")
    await small.see("short")
    await small.until(lambda: not unread(account, BOB))
    await small.press("PageUp", "PageUp")
    await small.see("line 00")
    assert not unread(account, BOB)
    await small.lose("unread")


async def test_a_message_longer_than_the_screen_is_not_unread_again_above_its_end(small, account):
    account.message(BOB, "\n".join(f"line {number:02}" for number in range(38)))
    await small.see("1 unread")
    await small.press("Esc", "M-a")
    await small.see("line 00")
    await small.press("Esc", "G")
    await small.see("line 37")
    await small.until(lambda: not unread(account, BOB))
    await small.press("PageUp", "PageUp")
    await small.lose("unread")


@pytest.mark.parametrize("seed", range(6))
async def test_all_counts_agree_wherever_one_goes(account, fly, seed):
    chance = random.Random(seed)
    bob = Lines(account, chance)
    small = await fly(columns=80, rows=16).start(until="have you seen this?")
    await small.press("Esc")
    await small.command("chat mia")
    await small.see("an older one")
    for _ in range(60):
        bob.write()
    ways = {
        "PageDown": 4, "PageUp": 4, "j": 3, "k": 3, "G": 1, "g g": 1, "M-a": 3, "comes": 4,
        "chat mia": 1, "chat bob": 3, "mark-read bob": 0.2, "mark-unread bob": 0.3,
    }  # fmt: skip
    for way in chance.choices(list(ways), list(ways.values()), k=40):
        if way == "comes":
            bob.write()
        elif way.endswith(("bob", "mia")):
            await small.command(way)
            await small.press("Esc")
        else:
            await small.press("Esc", *way.split())
        await small.until(lambda: bob.agree(small), f"counts that agree after {way}")


class Lines:
    """Messages of which each row says which it is: long ones, short ones, some of one's own."""

    def __init__(self, account, chance):
        self.account = account
        self.chance = chance
        self.numbers = {}

    def write(self):
        number, rows = len(self.numbers), self.chance.choice((1, 1, 1, 2, 7, 30))
        body = "\n".join(f"<{number:03}.{row}>" for row in range(rows - 1))
        body = f"{body}\n<{number:03}.end>".strip()
        is_own = self.chance.random() < 0.2
        message = self.account.message(BOB, body, out=is_own)
        self.numbers[message.id] = number

    def agree(self, pilot):
        """Return whether the list, the title, the status line and the lower edge tell the same."""
        waiting = {
            self.numbers[each.id]
            for each in self.account.of(BOB)
            if each.state == "unread" and each.id in self.numbers
        }
        screen = pilot.screen
        status = re.search(r"(\d+) unread", screen.splitlines()[-2])
        listed = re.search(r"bob\s+(\d+)", "\n".join(row[:20] for row in screen.splitlines()))
        # A sentence may stand where the count does.
        told = (status, listed) if pilot.state.notices.current is None else (listed,)
        counts = [int(each[1]) if each else 0 for each in told]
        is_here = pilot.state.layout.place.peer == BOB
        shown = re.findall(r"<(\d+)\.(\w+)>", screen)
        below = re.search(r"(\d+) new below", screen)
        above = re.search(r"(\d+) new above", screen)
        if any(count != len(waiting) for count in counts):
            return False
        if not is_here or not shown:
            return below is None and above is None
        over = {each for each in waiting if each < int(shown[0][0])}
        if above is not None and int(above[1]) != len(over):
            return False
        if above is None and over:
            return False
        last, row = shown[-1]
        under = {
            each for each in waiting if each > int(last) or (each == int(last) and row != "end")
        }
        return (int(below[1]) if below else 0) == len(under)


async def test_the_newest_message_marked_unread_by_hand_is_read_when_one_comes_back(small, account):
    account.message(BOB, "psst")
    await small.see("1 unread")
    await small.command("chat bob")
    await small.until(lambda: not unread(account, BOB))
    await small.lose("unread")
    await small.command("mark-unread")
    await small.command("chat mia")
    await small.see("1 unread")
    await small.command("chat bob")
    await small.until(lambda: not unread(account, BOB))
    await small.lose("unread")


async def test_muted_conversations_are_in_no_count_and_not_gone_to(small, account):
    account.converse(BOB, notify="none")
    await small.until(lambda: small.state.account.conversation(BOB).notify == "none")
    account.message(BOB, "noise", more={"mention": True})
    account.converse(BOB, more={"mentions": 1})
    await small.until(lambda: pilot_unread(small, BOB) == 1)
    await small.press("Esc", "M-a")
    await small.see("nothing else is unread but what is muted")
    assert small.state.layout.place.peer == MIA


async def test_what_one_peeks_at_stays_unread_until_one_says_so(small, account):
    come(account, BOB, 5)
    await small.see("5 unread")
    await small.command("peek bob")
    await small.see("number 004")
    await small.see("you only peek")
    await small.see("5 unread")
    assert "number 000" in new_line(small)
    await small.command("peek")
    assert len(unread(account, BOB)) == 5
    await small.command("read")
    await small.lose("you only peek")
    await small.until(lambda: not unread(account, BOB))
    await small.command("read")
    await small.see("what you see here counts as read")


@pytest.mark.parametrize("way", ["writing", "leaving", "going back"])
async def test_peeking_ends_with(small, account, way):
    come(account, BOB, 5)
    await small.see("5 unread")
    await small.press("Esc", "g", "p")
    await small.command("peek bob")
    await small.see("you only peek")
    assert len(unread(account, BOB)) == 5
    if way == "writing":
        await small.press("i")
        await small.type("hello\n")
    else:
        await small.command("chat mia")
        await small.see("an older one")
        assert len(unread(account, BOB)) == 5
        await small.command("chat bob" if way == "leaving" else "back")
    await small.until(lambda: not unread(account, BOB))
    assert "you only peek" not in small.screen


async def test_one_peeks_from_the_list(small, account):
    come(account, BOB, 5)
    await small.see("5 unread")
    await small.press("Esc", "C-Left", "Up", "Up", "P")
    await small.see("you only peek")
    assert len(unread(account, BOB)) == 5


async def test_what_shows_on_the_way_to_where_reading_stopped_is_not_read(small, account):
    first = account.message(BOB, "can you come?", tell=False)
    for number in range(100):
        account.message(BOB, f"mine {number:03}", out=True, tell=False)
    come(account, BOB, 3)
    await small.see("4 unread")
    await small.command("chat bob")
    await small.see("can you come?")
    await small.until(lambda: first.body not in unread(account, BOB))
    await small.see("3 new below")
    assert len(unread(account, BOB)) == 3


async def test_what_is_told_to_be_below_is_what_the_list_counts(account, fly):
    for number in range(400):
        is_own = number % 4 > 0
        account.message(MIA, f"{'mine' if is_own else 'hers'} {number:03}", out=is_own, tell=False)
    account.record(MIA)
    account.message(BOB, "latest", tell=False, state="read", time=2_000_000_000_000_000)
    account.record(BOB)
    small = await fly(columns=80, rows=24).start(until="latest")
    await small.see("100 unread")
    await small.command("chat mia")
    await small.see("hers 000")
    await small.until(lambda: f"↓ {len(unread(account, MIA))} new below" in small.screen)
    assert 80 < len(unread(account, MIA)) < 100
    await small.press("PageDown")
    await small.until(lambda: f"↓ {len(unread(account, MIA))} new below" in small.screen)
    await small.see(f"{len(unread(account, MIA))} unread")
    await small.command("mark-read")
    await small.until(lambda: not unread(account, MIA))
    await small.until(lambda: " new below" not in small.screen)


async def test_who_goes_elsewhere_and_comes_back_still_peeks(small, account):
    come(account, BOB, 1)
    await small.see("1 unread")
    await small.command("peek bob")
    await small.see("you only peek")
    await small.command("messages")
    await small.see("Messages of the program")
    await small.press("q")
    await small.see("you only peek")
    await small.command("read")
    await small.until(lambda: not unread(account, BOB))
