"""What is pressed at each column of a row, whatever characters it has."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.screen.touch import Choice, Run
from primitivus.widgets.drawing.attributes import restyled
from primitivus.widgets.drawing.cells import cut, fill, joined, row_width, splice, width
from primitivus.widgets.drawing.linking import file, link, opening
from primitivus.widgets.drawing.touching import row_of, running, target_at, touched

CLUSTERS = st.sampled_from(["a", "b", " ", "茶", "é", "👍🏽"])
TEXTS = st.lists(CLUSTERS, min_size=1, max_size=6).map("".join)
PARTS = st.lists(st.tuples(TEXTS, st.integers(0, 3)), min_size=1, max_size=6)


def pressed(row, column, start=0, end=1000):
    return target_at(row, column, start, end)[0]


@given(PARTS)
def test_each_cell_is_of_what_is_drawn_there(parts):
    row = joined((touched("status", Run(f"do {number}")), text) for text, number in parts)
    expected = [Run(f"do {number}") for text, number in parts for _ in range(width(text))]
    assert [pressed(row, column) for column in range(row_width(row))] == expected


@given(PARTS, st.integers(0, 20))
def test_all_of_a_row_is_of_what_it_is_for_and_nothing_beside_it(parts, blank):
    row = row_of(Choice("it"), tuple(("list", text) for text, _ in parts))
    row = fill(row, row_width(row) + blank, "list")
    beside = (("default", "   "), *row, ("default", "   "))
    for column in range(row_width(row)):
        assert pressed(row, column) == Choice("it")
        assert pressed(beside, column + 3, 3, 3 + row_width(row)) == Choice("it")
    assert pressed(beside, 0, 0, 3) is None


def test_what_stands_for_itself_alone_is_nothing_else_of_its_row():
    button = touched("button", Choice(1, "enter", is_alone=True))
    row = (("popup", " "), (button, "[ OK ]"), ("hint", "  Enter goes on"))
    assert [pressed(row, column) for column in (0, 1, 6, 7, 12)] == [
        *(None, Choice(1, "enter", is_alone=True), Choice(1, "enter", is_alone=True)),
        *(None, None),
    ]


def test_what_was_for_something_stays_so_when_its_row_is_of_something():
    row = row_of(Choice(1), (("time", "10:00 "), *running([("quote", "> that")], "quoted")))
    assert pressed(row, 0) == Choice(1)
    assert pressed(row, 8) == Run("quoted")
    (first,) = row_of(Choice(1), row_of(Choice(1, "more"), (("info", "more"),)))
    assert pressed((first,), 0) == Choice(1, "more")


def test_what_lies_over_a_row_covers_what_it_was_for():
    row = splice(row_of(Choice("below"), (("list", "x" * 20),)), 5, (("popup", "     "),))
    assert pressed(row, 7, 5, 10) is None
    assert pressed(row, 2) == Choice("below")
    assert pressed(cut(row_of(Choice("it"), (("list", "茶" * 4),)), 2, 8), 1) == Choice("it")


def test_a_selected_row_is_still_of_what_it_was():
    row = row_of(Choice(1), (("message.time", "10:00 "), (link("https://example.org"), "there")))
    marked = tuple((restyled(attribute, "message.selected"), text) for attribute, text in row)
    assert pressed(marked, 0) == Choice(1)
    assert pressed(marked, 7) == Run("open https://example.org")
    assert [str(style) for style, _ in marked[:1]] == ["message.selected"]


def test_links_are_opened_as_the_command_would():
    assert pressed(((link("xmpp:mia@example.org"), "here"),), 0) == Run("open xmpp:mia@example.org")
    assert link("javascript:alert") == "message.link"
    assert opening(file("/tmp/a file's name").address) == 'open "/tmp/a file\'s name"'
    assert opening("file://elsewhere/tmp/a") == "open file://elsewhere/tmp/a"
