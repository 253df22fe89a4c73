"""What is known of XHTML, to who cleans it and to who reads it alike."""

from typing import Final

XHTML: Final = "http://www.w3.org/1999/xhtml"

IMAGE: Final = "image"
"""The class of a link that was a picture, whose text says what it shows."""

ALIGN: Final = "text-align:"
"""What the style of a cell of a table is, before left, center, or right."""

BLOCKS: Final = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
"""What stands on lines of its own; all else is within one."""

VOID: Final = frozenset({"br", "hr", "img"})
"""What has nothing in it."""

SCHEMES: Final = {"aesgcm", "ftp", "geo", "http", "https", "mailto", "tel", "xmpp"}
"""Where links may lead: nowhere on the machine of who reads."""

LONGEST: Final = 1024 * 1024
"""Characters that are read; what follows is left away."""
