"""Property: whatever moves, covers or cuts pictures of sixels, each cell shows its own part."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.terminal.strips import Strip
from tests.lab.graphics import Graphics
from tests.lab.protocols import Protocols
from tests.lab.screen import Emulator
from tests.primitivus.widgets.terminal.meaning import WRAP_OFF, painter

COLUMNS, ROWS = 24, 8
CELL = (4, 12)
TEXTS = ("", "hello", "a longer line of text", "日本語の文", "     ")


def picture(columns, rows, number):
    size = columns * CELL[0], CELL[1]
    return [Strip(f"#{number}~{row}", size, columns) for row in range(rows)]


PICTURES = [picture(3, 2, 1), picture(8, 5, 2), picture(COLUMNS, 3, 3)]


def terminal():
    graphics = Graphics(sixel=True, cell=CELL)
    emulator = Emulator(ROWS, COLUMNS, Protocols(graphics=graphics))
    emulator.feed(WRAP_OFF)
    return emulator


def screens():
    """What is on a screen: text, pictures over it, and boxes of text over these."""
    places = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1))
    shown = st.tuples(st.sampled_from(PICTURES), places)
    boxes = st.tuples(places, st.integers(1, 10), st.integers(1, 4))
    texts = st.lists(st.sampled_from(TEXTS), min_size=ROWS, max_size=ROWS)
    pictures = st.lists(shown, max_size=2).filter(are_apart)
    return st.tuples(texts, pictures, st.lists(boxes, max_size=2))


def are_apart(pictures):
    taken = [
        (x + column, y + row)
        for strips, (x, y) in pictures
        for row, strip in enumerate(strips)
        for column in range(strip.columns)
    ]
    return len(taken) == len(set(taken))


def cells_of(screen):
    """Return the cells of a screen, each a text or the part of a strip."""
    texts, pictures, boxes = screen
    cells = []
    for text in texts:
        row = [[letter, None] if ord(letter) > 0x1000 else [letter] for letter in text]
        row = [cell for each in row for cell in each]
        cells.append([*row, *" " * COLUMNS][:COLUMNS])
    for strips, (x, y) in pictures:
        for strip, row in zip(strips, cells[y:], strict=False):
            for column in range(min(strip.columns, COLUMNS - x)):
                put(row, x + column, (strip, column))
    for (x, y), columns, rows in boxes:
        for row in cells[y : y + rows]:
            for column in range(x, min(x + columns, COLUMNS)):
                put(row, column, "#")
    return cells


def put(row, column, what):
    """Put something into a cell; half of a wide character is none."""
    if row[column] is None:
        row[column - 1] = " "
    if column + 1 < COLUMNS and row[column + 1] is None:
        row[column + 1] = " "
    row[column] = what


def runs_of(cells):
    return [
        (what[0], None, what[0].text[what[1]].encode())
        if isinstance(what, tuple)
        else (None, None, what.encode())
        for what in cells
        if what is not None
    ]


def meant(cells):
    """Return the text and the part of a picture in each cell."""
    rows = []
    for y, row in enumerate(cells):
        shown = []
        for x, what in enumerate(row):
            is_part = isinstance(what, tuple)
            if is_part:
                strip, column = what
                # The last row would scroll, and only whole strips can be drawn.
                fits = y < ROWS - 1 and x - column >= 0 and x - column + strip.columns <= COLUMNS
                data = strip.sequence.partition("q")[2].removesuffix("\x1b\\").encode()
                shown.append((" ", (data, 0, column) if fits else None))
            else:
                shown.append((what or "", None))
        rows.append(shown)
    return rows


def shown(emulator):
    return [
        [
            (emulator.buffer[y][x].data, piece and tuple(piece))
            for x in range(COLUMNS)
            for piece in (emulator.buffer[y][x].piece,)
        ]
        for y in range(ROWS)
    ]


@given(story=st.lists(st.tuples(screens(), st.booleans()), min_size=1, max_size=5))
def test_each_cell_shows_its_own_part_of_a_picture_and_no_other(story):
    ours, emulator = painter(), terminal()
    for screen, is_anew in story:
        cells = cells_of(screen)
        if is_anew:
            ours.forget()
        rows = [runs_of(row) for row in cells]
        emulator.feed(ours.paint((COLUMNS, ROWS), rows, (3, 2)).encode())
        while strip := ours.next_strip():
            emulator.feed(strip.encode())
            assert (emulator.cursor.x, emulator.cursor.y) == (3, 2)
        assert shown(emulator) == meant(cells)


def paint(ours, emulator, screen):
    frame = ours.paint((COLUMNS, ROWS), [runs_of(row) for row in cells_of(screen)], None)
    emulator.feed(frame.encode())
    strips = []
    while strip := ours.next_strip():
        strips.append(strip)
        emulator.feed(strip.encode())
    return strips


def test_a_picture_that_stays_is_not_drawn_again():
    ours, emulator = painter(), terminal()
    pictures = [(PICTURES[1], (2, 1))]
    assert len(paint(ours, emulator, (["one"] * ROWS, pictures, []))) == 5
    assert not paint(ours, emulator, (["two"] * ROWS, pictures, []))


def test_only_those_rows_are_drawn_again_that_something_lay_over():
    ours, emulator = painter(), terminal()
    pictures = [(PICTURES[1], (2, 1))]
    paint(ours, emulator, ([""] * ROWS, pictures, []))
    assert not paint(ours, emulator, ([""] * ROWS, pictures, [((4, 2), 3, 2)]))
    assert len(paint(ours, emulator, ([""] * ROWS, pictures, []))) == 2


def test_of_pictures_that_lie_over_each_other_the_one_is_drawn_that_is_whole():
    ours, emulator = painter(), terminal()
    pictures = [(PICTURES[1], (2, 1)), (PICTURES[0], (4, 2))]
    strips = paint(ours, emulator, ([""] * ROWS, pictures, []))
    assert len(strips) == 3 + 2
    assert shown(emulator)[2][4][1] == meant(cells_of(([""] * ROWS, pictures, [])))[2][4][1]


def test_a_strip_that_is_gone_before_it_was_drawn_is_not_drawn():
    ours, emulator = painter(), terminal()
    screens = [cells_of(([""] * ROWS, [(PICTURES[0], (x, 1))], [])) for x in (2, 9)]
    for cells in screens:
        emulator.feed(ours.paint((COLUMNS, ROWS), [runs_of(row) for row in cells], None).encode())
    strips = []
    while strip := ours.next_strip():
        strips.append(strip)
        emulator.feed(strip.encode())
    assert len(strips) == 2
    assert shown(emulator) == meant(screens[1])
