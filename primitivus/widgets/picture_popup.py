"""A picture over the panes, as large as there is room for."""

from primitivus.model.picture_popup import PicturePopup
from primitivus.model.pictures import Wanted
from primitivus.widgets.box import Box, frame
from primitivus.widgets.cells import Row, fill, row_width
from primitivus.widgets.pictures import Drawn
from primitivus.widgets.scene import Scene
from primitivus.widgets.wrap import wrap_runs

_NO_GALLERY = (
    "no pictures are shown without colours, or with the symbols ascii; :open has another program"
    " show it"
)
_BORDERS = 2


def draw(scene: Scene, popup: PicturePopup, columns: int, height: int) -> Box:
    """Return the picture that one looks at, or why there is none, on all of the room."""
    inner, room = columns - _BORDERS, max(1, height - _BORDERS)
    shown, gallery = popup.shown, scene.gallery
    pictures: tuple[Wanted, ...] = ()
    if gallery is None:
        rows = _said(_NO_GALLERY, inner)
    else:
        wanted = gallery.wanted(shown.source, inner, room)
        pictures, rows = (wanted,), _rows(gallery.draw(wanted), inner)
    above = [()] * ((room - len(rows)) // 2)
    below = [()] * (room - len(above) - len(rows))
    drawn = frame(shown.name, [*above, *rows, *below], columns, scene.symbols, popup.beyond)
    return Box(drawn, 0, 0, pictures=pictures)


def _rows(drawn: Drawn, columns: int) -> list[Row]:
    if drawn.rows:
        return [_centred(row, columns) for row in drawn.rows]
    why_not = f"not shown: {drawn.why_not}" if drawn.why_not else "it is being read"
    return _said(why_not, columns)


def _said(text: str, columns: int) -> list[Row]:
    rows = wrap_runs(text, [("popup", len(text))], columns)
    return [_centred(row, columns) for row in rows]


def _centred(row: Row, columns: int) -> Row:
    left = (columns - row_width(row)) // 2
    return fill((("popup", " " * left), *row), columns, "popup")
