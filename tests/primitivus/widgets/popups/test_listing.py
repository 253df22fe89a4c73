"""Lists over the screen: what of them shows."""

import pytest

from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.state import State
from primitivus.themes.symbols import symbols_for
from primitivus.widgets.popups import listing
from primitivus.widgets.scene import Scene


@pytest.fixture
def scene():
    return Scene(State(lambda: 0), symbols_for("utf-8", "utf-8"), lambda name: name)


def parts(**titles):
    """Return parts of these titles, with entries that are numbered."""
    return tuple(
        Part(title, tuple(Entry((("popup", f"{title} {number}"),), "go") for number in range(many)))
        for title, many in titles.items()
    )


def shown(scene, popup, columns=30, height=9):
    box = listing.draw(scene, popup, columns, height)
    rows = ["".join(text for _, text in row).strip("│ ▸") for row in box.rows]
    return rows[2:-1]


def test_the_title_of_what_is_in_view_stays_above_it(scene):
    popup = Listing("Files", parts(here=20, there=20))
    popup.scroll(12)
    assert shown(scene, popup) == ["here", "here 10", "here 11", "here 12", "here 13", "here 14"]
    popup.scroll(7)
    assert shown(scene, popup) == ["here", "here 17", "here 18", "here 19", "", "there"]
    popup.scroll(1)
    assert shown(scene, popup) == ["here", "here 19", "", "there", "there 0", "there 1"]


@pytest.mark.parametrize("chosen", range(9))
def test_the_chosen_one_shows_with_its_title_wherever_it_is(scene, chosen):
    popup = Listing("Files", parts(a=1, b=2, c=5, d=1))
    popup.scroll(chosen)
    entry = popup.chosen
    rows = shown(scene, popup, height=7)
    assert len(rows) == 4
    said = entry.line[0][1]
    assert said[0] in rows[: rows.index(said)]


def test_a_folder_that_is_too_long_is_told_by_its_last_names(scene):
    popup = Listing("Files", parts(**{"~/pictures/of/all/years/holidays/2026": 20}))
    assert shown(scene, popup)[0] == "…/all/years/holidays/2026"
    popup.scroll(15)
    assert shown(scene, popup)[0] == "…/all/years/holidays/2026"
