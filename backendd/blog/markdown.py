"""Markdown (CommonMark, with tables and strikethrough) as XHTML that can be sent."""

from functools import cache

from markdown_it import MarkdownIt

from backendd.blog import xhtml


def render(markdown: str) -> str:
    """Return a `<div>` of what is written; HTML in it is text. Empty where it says nothing."""
    return xhtml.clean_html(_renderer().render(markdown), keeps_images=True)


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
