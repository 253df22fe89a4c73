"""What is unread above and below the comments in view is told at the edges, which go there."""

import re

import pytest

from tests.primitivus.app.test_posts import link
from tests.primitivus.fake import MIA
from tests.primitivus.fake.account import MICROBLOG

NODE = f"{MICROBLOG}:comments/tea"
SIGN = "┃"


@pytest.fixture
async def talk(account, fly):
    """Call it for a small screen with a post that so many comments are on, the first ones read."""
    account.write(
        MIA, "tea", title="On tea", body="leaves", comments_service=MIA, comments_node=NODE
    )

    async def talk(many, read=0, rows=16, **settings):
        for number in range(many):
            say(account, number, unread=number >= read)
        pilot = await fly(rows=rows, **settings).start(until="have you seen this?")
        await pilot.command(f"post {link('tea')}")
        await pilot.until(lambda: len(pilot.state.layout.main.talk.comments) == many)
        # What shows first is read, as far as it shows to its end.
        await pilot.until(lambda: told(pilot) == (0, len(unread(account))))
        return pilot

    return talk


def say(account, number, **known):
    more = {"commented": link("tea"), "commented_title": "On tea", "heart": False}
    known = {"unread": True, "more": more | known.pop("more", {}), **known}
    return account.write(MIA, f"c{number}", node=NODE, body=f"number {number:03}", **known)


def unread(account):
    return {each.body for each in account.entries.values() if each.node == NODE and each.unread}


def shown(pilot):
    return re.findall(r"number \d+", pilot.screen)


def told(pilot):
    """Return how many are said to be new above and below."""
    found = (re.search(rf"{sign} (\d+) new {where}", pilot.screen) for sign, where in EDGES)
    return tuple(int(each[1]) if each else 0 for each in found)


EDGES = (("↑", "above"), ("↓", "below"))


def beyond(account, pilot):
    """Return how many are unread above what shows and below it."""
    first, last = int(shown(pilot)[0][-3:]), int(shown(pilot)[-1][-3:])
    numbers = [int(each[-3:]) for each in unread(account)]
    return sum(each > first for each in numbers), sum(each < last for each in numbers)


async def test_what_is_new_below_is_told_and_no_more_once_it_is_read(talk, account):
    pilot = await talk(20)
    assert 10 < told(pilot)[1] < 20
    for _ in range(20):
        await pilot.press("PageDown")
    await pilot.until(lambda: not unread(account))
    await pilot.lose("new below")
    await pilot.lose("new above")
    assert shown(pilot)[-1] == "number 000"


@pytest.mark.parametrize("way", ["key", "press"])
async def test_what_is_new_above_is_told_and_gone_to(talk, account, way):
    pilot = await talk(40)
    await pilot.press("G")
    await pilot.see("number 000")
    await pilot.until(lambda: told(pilot) == beyond(account, pilot) and told(pilot)[0] > 20)
    first = max(unread(account))
    assert first not in pilot.screen
    await pilot.press("F1")
    await pilot.see("go to unread comments above, or below")
    await pilot.press("Esc")
    await (pilot.press("g", "u") if way == "key" else pilot.point("new above"))
    await pilot.see(first)
    await pilot.lose("new above")
    (row,) = (row for row in pilot.terminal.rows if SIGN in row and "number" in row)
    assert first in row
    await pilot.until(lambda: first not in unread(account))


async def test_what_is_new_below_is_gone_to_by_its_line(talk, account):
    pilot = await talk(40, read=10)
    first = max(unread(account))
    await pilot.point("new below")
    await pilot.see(first)
    await pilot.until(lambda: told(pilot) == (0, len(unread(account))))
    await pilot.press("g", "u")
    await pilot.until(lambda: told(pilot) == (0, len(unread(account))))


async def test_what_a_line_covers_is_not_read(talk, account):
    pilot = await talk(40)
    await pilot.press("G")
    await pilot.until(lambda: told(pilot)[0] > 20)
    for key in ("k", "k", "PageUp", "k", "j", "C-u", "k"):
        seen = unread(account)
        await pilot.press(key)
        await pilot.until(lambda: told(pilot) == beyond(account, pilot))
        assert seen - unread(account) <= {*shown(pilot)}


@pytest.mark.parametrize("rows", [8, 10, 16])
async def test_the_marked_comment_is_beside_the_lines_wherever_one_goes(talk, rows):
    pilot = await talk(40, rows=rows)
    await pilot.press("G")
    await pilot.see("number 000")
    for number in range(1, 40):
        await pilot.press("k")
        await pilot.until(
            lambda number=number: any(
                SIGN in row and f"number {number:03}" in row for row in pilot.terminal.rows
            ),
            f"the marked comment {number}",
        )


async def test_what_one_reads_stays_where_it_is_as_the_line_comes_and_goes(talk, account):
    pilot = await talk(30, read=30)
    await pilot.press(*["j"] * 14)
    (before,) = (row for row in pilot.terminal.rows if SIGN in row and "number" in row)
    at = pilot.terminal.rows.index(before)
    drawn = pilot.terminal.rows[at - 2 :]
    for many in range(1, 4):
        say(account, 29 + many)
        await pilot.see(f"{many} new above")
        assert pilot.terminal.rows[at - 2 : -2] == drawn[:-2]
    for number in range(30, 33):
        say(account, number, unread=False)
    await pilot.lose("new above")
    assert pilot.terminal.rows[at - 2 : -2] == drawn[:-2]


async def test_at_the_end_it_stays_so_as_well(talk, account):
    pilot = await talk(30, read=30)
    await pilot.press("G")
    await pilot.see("number 000")
    drawn = pilot.terminal.rows[4:]
    say(account, 30)
    await pilot.see("1 new above")
    assert pilot.terminal.rows[4:-2] == drawn[:-2]
    say(account, 30, unread=False)
    await pilot.lose("new above")
    assert pilot.terminal.rows[4:-2] == drawn[:-2]


async def test_an_answer_to_what_is_above_is_told_there(talk, account):
    pilot = await talk(30, read=30)
    await pilot.press("G")
    await pilot.see("number 000")
    say(account, 30, more={"parent": "c29"})
    await pilot.see("1 new above")
    await pilot.press("g", "u")
    await pilot.see("number 030")
    await pilot.until(lambda: not unread(account))
    await pilot.press("g", "u")
    await pilot.see("nothing is new here")
