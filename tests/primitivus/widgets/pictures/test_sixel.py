"""Pictures of sixels: what wrote them need not be trusted."""

import pytest

from primitivus.model.files.pictures import Picture
from primitivus.widgets.drawing.cells import row_width
from primitivus.widgets.pictures.sixel import Sixel
from primitivus.widgets.terminal.graphics import Cell

MEDIUM = Sixel(Cell(10, 20), 128)


def strips(data, width=25, height=40):
    return [row[0][0] for row in MEDIUM.rows(Picture(width, height, data))]


def test_a_row_of_cells_is_a_strip_of_its_own_whatever_is_missing():
    shown = strips(b"#1;2;0;0;0#1!25~-~\n#1~")
    assert [strip.sequence for strip in shown] == [
        '\x1bP0;1q"1;1;25;20#1;2;0;0;0#1!25~-~\x1b\\',
        '\x1bP0;1q"1;1;25;20#1~\x1b\\',
    ]
    assert [row_width(row) for row in MEDIUM.rows(Picture(25, 45, b""))] == [3, 3, 3]


@pytest.mark.parametrize(
    "evil", [b"\x1b\\\x1b[2J", b"~\x9c", b"~\x07", b"~\x18", b"A\x00", b'"9;9;9;9~']
)
def test_what_is_no_sixel_never_gets_to_the_terminal(evil):
    bad, good = strips(evil + b"\n#1~")
    assert bad.sequence == '\x1bP0;1q"1;1;25;20\x1b\\'
    assert "#1~" in good.sequence


def test_a_strip_is_no_higher_than_a_cell_whatever_it_says():
    assert "~" in strips(b"~-~-~-~")[0].sequence
    assert "~" not in strips(b"~-~-~-~-~")[0].sequence
