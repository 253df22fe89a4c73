"""Markdown (CommonMark, with tables and strikethrough) as XHTML that can be sent."""

import importlib
from functools import cache
from typing import TYPE_CHECKING, cast

from backendd.blog import xhtml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def render(markdown: str) -> str:
    """Return a `<div>` of what is written; HTML in it is text. Empty where it says nothing."""
    return xhtml.clean_html(_renderer().render(markdown), keeps_images=True)


@cache
def _renderer() -> "MarkdownIt":
    # To load it takes a fifteenth of what the daemon needs to start.
    made = importlib.import_module("markdown_it").MarkdownIt("commonmark", {"html": False})
    return cast("MarkdownIt", made.enable(["table", "strikethrough"]))
