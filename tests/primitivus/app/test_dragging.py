"""Borders between panes that are pulled with the mouse."""

import pytest

from primitivus.widgets.terminal import RELEASE
from tests.primitivus.app.test_resizing import columns, rows


async def pull(pilot, start, end):
    await pilot.point_at(*start)
    await pilot.point_at(*end, key=RELEASE)


async def test_the_line_beside_a_list_is_pulled(pilot):
    left, (main,), _ = columns(pilot)
    await pull(pilot, (left, 5), (left + 9, 20))
    await pilot.until(lambda: columns(pilot) == (left + 9, [main - 9], 0))
    await pull(pilot, (left + 9, 5), (left - 3, 2))
    await pilot.until(lambda: columns(pilot) == (left - 3, [main + 3], 0))


async def test_the_line_beside_the_contacts_is_pulled(account, fly):
    pilot = await fly(columns=150, contacts=True).start(until="yes")
    right = columns(pilot)[2]
    await pull(pilot, (149 - right, 5), (139 - right, 5))
    await pilot.until(lambda: columns(pilot)[2] == right + 10)


async def test_the_line_between_two_panes_is_pulled(account, fly):
    pilot = await fly(columns=150, conversations=False).start(until="yes")
    await pilot.command("vsplit")
    first, second = columns(pilot)[1]
    await pull(pilot, (first, 5), (first + 20, 6))
    await pilot.until(lambda: columns(pilot)[1] == [first + 20, second - 20])


async def test_the_title_of_the_lower_pane_is_pulled(pilot):
    await pilot.command("split")
    upper, lower = rows(pilot)
    await pull(pilot, (60, 1 + upper), (60, upper - 4))
    await pilot.until(lambda: rows(pilot) == [upper - 5, lower + 5])


async def test_as_far_as_it_goes(pilot):
    left = columns(pilot)[0]
    await pull(pilot, (left, 5), (99, 5))
    await pilot.until(lambda: columns(pilot) == (63, [36], 0))
    await pull(pilot, (63, 5), (90, 5))
    await pilot.see("it goes no further")


@pytest.mark.parametrize("start", [(3, 3), (50, 5), (50, 29), (20, 0), (20, 29), (300, 90)])
async def test_what_is_no_border_is_not_pulled(pilot, start):
    before = columns(pilot)
    await pull(pilot, start, (70, 8))
    await pilot.command("redraw")
    assert columns(pilot) == before


async def test_what_lies_over_a_border_is_not_pulled(pilot):
    before = columns(pilot)
    await pilot.command("help")
    await pull(pilot, (before[0], 5), (70, 8))
    await pilot.press("Esc")
    await pilot.command("redraw")
    assert columns(pilot) == before


async def test_letting_go_where_one_pressed_or_of_nothing_changes_nothing(pilot):
    before = columns(pilot)
    await pull(pilot, (before[0], 5), (before[0], 9))
    await pilot.point_at(70, 8, key=RELEASE)
    await pilot.type("typed on")
    await pilot.see("> typed on")
    assert columns(pilot) == before
    assert not pilot.state.layout.sizes.left


async def test_a_pull_is_by_the_mouse_alone(pilot):
    await pilot.command("drag")
    await pilot.see("this is for the mouse")
