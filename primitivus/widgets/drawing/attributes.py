"""How something is drawn."""

from primitivus.model.screen.touch import Target
from primitivus.widgets.terminal.hyperlinks import Linked
from primitivus.widgets.terminal.images import Image
from primitivus.widgets.terminal.strips import Strip
from primitivus.widgets.terminal.style import Style

Attribute = str | Linked | Style | Image | Strip
"""In a style (themes/styles.py), as a link in one, in these colours, or by a picture."""


class Touched(str):
    """The name of a style, for what is pressed with the mouse: it is drawn as that style is.

    It equals the name, so that frames are compared and kept as if nobody pressed anything.
    """

    __slots__ = ("target",)

    target: Target

    def __new__(cls, style: str, target: Target) -> "Touched":
        touched = super().__new__(cls, style)
        touched.target = target
        return touched


def restyled(attribute: Attribute, style: str) -> Attribute:
    """Return it in another style: links still lead on, and colours and pictures stay."""
    if isinstance(attribute, Linked):
        return attribute._replace(style=_as_touched(attribute.style, style))
    return _as_touched(attribute, style) if isinstance(attribute, str) else attribute


def _as_touched(before: str, style: str) -> str:
    return Touched(style, before.target) if isinstance(before, Touched) else style
