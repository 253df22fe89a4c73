"""What was found: choosing among it, narrowing it down, and going on below it."""

import pytest

from backendd.api.records import Hit
from primitivus.model.panes.search import ENTRY_ROWS, Found, SearchPane
from primitivus.model.place import Place

HERE = Place("a", "bob@b")


def found(*texts):
    return [Found(HERE, Hit(id=n, snippet=text), "bob") for n, text in enumerate(texts, 1)]


@pytest.fixture
def pane():
    pane = SearchPane("tea", found("red tea", "green tea", "black tea"), is_all=True)
    pane.arranged(2 * ENTRY_ROWS)
    return pane


def test_the_chosen_one_is_gone_to(pane):
    pane.step(1)
    assert pane.enter() == "go-to bob@b 2 a"


def test_the_chosen_one_stays_so_when_one_above_it_is_retracted(pane):
    pane.step(1)
    pane.drop({(HERE, 1)})
    assert pane.enter() == "go-to bob@b 2 a"
    pane.drop({(HERE, 2)})
    assert pane.enter() == "go-to bob@b 3 a"


def test_one_stops_at_the_ends(pane):
    pane.step(-5)
    assert pane.enter() == "go-to bob@b 1 a"
    pane.step(50)
    assert pane.enter() == "go-to bob@b 3 a"


def test_the_chosen_one_is_in_view(pane):
    pane.step(2)
    pane.arranged(2 * ENTRY_ROWS)
    assert pane.top == 1
    pane.step(-2)
    pane.arranged(2 * ENTRY_ROWS)
    assert pane.top == 0


def test_typing_narrows_down_and_begins_at_the_first(pane):
    pane.step(2)
    pane.editor.insert("ee")
    pane.edited()
    assert [each.hit.id for each in pane.listed()] == [2]
    assert pane.enter() == "go-to bob@b 2 a"
    assert pane.leave()
    assert len(pane.listed()) == 3
    assert not pane.leave()


def test_what_is_typed_and_left_as_it_is_chooses_no_other(pane):
    pane.step(2)
    pane.edited()
    assert pane.selected == 2


def test_behind_the_last_one_there_are_more():
    pane = SearchPane("tea", found("red tea"), is_all=False)
    pane.step(1)
    assert pane.enter() == "search-older"
    pane.add(found("red tea", "green tea")[1:], is_all=True)
    assert pane.enter() == "go-to bob@b 2 a"


def test_only_what_is_in_view_wants_to_know_what_stands_around_it(pane):
    pane.arranged(ENTRY_ROWS)
    assert pane.wanted() == pane.listed()[:2]
