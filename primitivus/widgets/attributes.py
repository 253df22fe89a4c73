"""How something is drawn."""

from primitivus.widgets.terminal.hyperlinks import Linked
from primitivus.widgets.terminal.images import Image
from primitivus.widgets.terminal.strips import Strip
from primitivus.widgets.terminal.style import Style

Attribute = str | Linked | Style | Image | Strip
"""In a style (themes/styles.py), as a link in one, in these colours, or by a picture."""


def restyled(attribute: Attribute, style: str) -> Attribute:
    """Return it in another style: links still lead on, and colours and pictures stay."""
    if isinstance(attribute, Linked):
        return attribute._replace(style=style)
    return style if isinstance(attribute, str) else attribute
