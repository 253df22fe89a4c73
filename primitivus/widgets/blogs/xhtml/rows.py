"""Blocks one below the other, each with what stands left of it."""

from collections.abc import Iterator

from primitivus.model.xhtml.document import Block, Document, Lead
from primitivus.themes.symbols import Symbols
from primitivus.widgets.blogs.xhtml import inline, table
from primitivus.widgets.drawing.cells import Row, Segment, width

BODY = "message.body"
HEADING = "post.heading"
CODE = "message.code"
RULE = "line.day"
LEAD = "message.quote"

# So much room is left to what is said, however deep it stands in lists and quotations.
_LEAST = 12
# Code stands in by so much.
_INDENT = 2


def lay_out(document: Document, columns: int, symbols: Symbols) -> Iterator[Row]:
    """Yield the rows of a text, each at most `columns` wide but for what is one sign."""
    for block in document.blocks():
        yield from _block(block, document, columns, symbols)


def _block(block: Block, document: Document, columns: int, symbols: Symbols) -> Iterator[Row]:
    leads = _that_fit(block.leads, columns, symbols)
    begun = min(block.begun, len(leads))
    if block.is_apart:
        yield tuple(_rest(lead, symbols) for lead in leads[:begun])
    first = tuple(
        _rest(lead, symbols) if number < begun else _first(lead, symbols)
        for number, lead in enumerate(leads)
    )
    rest = tuple(_rest(lead, symbols) for lead in leads)
    room = columns - sum(width(text) for _, text in first)
    for row in _said(block, document, room, symbols):
        yield (*first, *row)
        first = rest


def _said(block: Block, document: Document, room: int, symbols: Symbols) -> Iterator[Row]:
    if block.kind == "rule":
        yield ((RULE, symbols.rule * room),)
    elif block.kind == "table":
        yield from table.rows(block, document.seen_links, room, symbols)
    elif block.kind == "code":
        indent: Segment = (CODE, " " * _INDENT)
        found = inline.rows(block.spans, document.seen_links, CODE, room - _INDENT, symbols)
        yield from ((indent, *row) for row in found)
    else:
        style = HEADING if block.kind == "heading" else BODY
        yield from inline.rows(block.spans, document.seen_links, style, room, symbols)


def _that_fit(leads: tuple[Lead, ...], columns: int, symbols: Symbols) -> tuple[Lead, ...]:
    """Return the outer ones of leads that leave room for what is said."""
    room = columns
    for number, lead in enumerate(leads):
        room -= width(_first(lead, symbols)[1])
        if room < _LEAST:
            return leads[:number]
    return leads


def _first(lead: Lead, symbols: Symbols) -> Segment:
    match lead.kind:
        case "quote":
            return LEAD, f"{symbols.border} "
        case "number":
            return LEAD, f"{lead.number}. "
        case "bullet":
            return LEAD, f"{symbols.bullet} "
    return LEAD, " " * _INDENT


def _rest(lead: Lead, symbols: Symbols) -> Segment:
    style, text = _first(lead, symbols)
    return (style, text) if lead.kind == "quote" else (style, " " * width(text))
