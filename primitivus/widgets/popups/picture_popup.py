"""A picture over the panes, as large as there is room for."""

from collections.abc import Sequence

from primitivus.model.files.pictures import Wanted
from primitivus.model.popups.picture_popup import PicturePopup
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, fill, row_width
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.pictures.pictures import Drawn
from primitivus.widgets.popups.box import Box, frame
from primitivus.widgets.scene import Scene

_NO_GALLERY = tr(
    "no pictures are shown without colours, or with the symbols ascii; :open has another program"
    " show it"
)
_BORDERS = 2


def draw(scene: Scene, popup: PicturePopup, columns: int, height: int) -> Box:
    """Return the picture that one looks at, or why there is none, on all of the room."""
    inner, room = columns - _BORDERS, max(1, height - _BORDERS)
    shown, gallery = popup.shown, scene.gallery
    style = "popup"
    pictures: tuple[Wanted, ...] = ()
    if gallery is None:
        rows = _said(_NO_GALLERY, inner)
    else:
        wanted = gallery.wanted(shown.source, inner, room)
        pictures, drawn = (wanted,), gallery.draw(wanted)
        rows = drawn.rows or _said(_why_not(drawn), inner)
        # What a picture leaves free of its cells has the terminal's own background.
        style = "default" if drawn.rows else style
    above = [()] * ((room - len(rows)) // 2)
    below = [()] * (room - len(above) - len(rows))
    centred = [_centred(row, inner, style) for row in (*above, *rows, *below)]
    many = len(popup.pictures)
    # "More" below a picture would be of the picture.
    title = (
        tr("{name}, {at} of {many}", name=shown.name, at=popup.at + 1, many=many)
        if many > 1
        else shown.name
    )
    framed = frame(title, centred, columns, scene.symbols)
    return Box(framed, 0, 0, pictures=pictures)


def _why_not(drawn: Drawn) -> str:
    return tr("not shown: {why}", why=drawn.why_not) if drawn.why_not else tr("it is being read")


def _said(text: str, columns: int) -> Sequence[Row]:
    return wrap_runs(text, [("popup", len(text))], columns)


def _centred(row: Row, columns: int, style: str) -> Row:
    left = (columns - row_width(row)) // 2
    return fill(((style, " " * left), *row), columns, style)
