"""What leads elsewhere: the terminal opens it, where `:open` would hand it on as well."""

import socket
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import quote, unquote

from primitivus.model.screen.touch import Run
from primitivus.model.wording import quoting
from primitivus.model.wording.urls import is_foreign, spans, urls
from primitivus.widgets.drawing.attributes import Attribute, Touched
from primitivus.widgets.drawing.cells import Row, Segment, joined
from primitivus.widgets.drawing.wrap import Run as Stretch
from primitivus.widgets.terminal.hyperlinks import Linked

STYLE = "message.link"


def link(address: str) -> Attribute:
    """Return how the text is drawn that stands for `address`."""
    if is_foreign(address):
        return Linked(STYLE, address)
    return Touched(STYLE, Run(f"open {address}")) if urls(address) == [address] else STYLE


def linked(row: Iterable[Segment], whole: str) -> Row:
    """Return a row whose links lead on, in the styles that it has.

    `whole` is the text of which it shows some: a link that is cut short leads to all of itself.
    """
    segments = tuple(row)
    shown = "".join(text for _, text in segments)
    found = list(spans(shown))
    if not found:
        return segments
    attributes = [attribute for attribute, text in segments for _ in text]
    addresses = urls(whole)
    for start, end in found:
        address = next((each for each in addresses if each.startswith(shown[start:end])), "")
        if is_foreign(address):
            attributes[start:end] = [_leading(each, address) for each in attributes[start:end]]
    return joined(zip(attributes, shown, strict=True))


def _leading(attribute: Attribute, address: str) -> Attribute:
    return Linked(attribute, address) if isinstance(attribute, str) else attribute


def numbered(
    text: str, runs: list[Stretch], numbers: Mapping[str, int]
) -> tuple[str, list[Stretch]]:
    """Return a text and its runs with the number of each link behind it."""
    attributes = [attribute for attribute, length in runs for _ in range(length)]
    drawn: list[Segment] = []
    place = 0
    for start, end in spans(text):
        if number := numbers.get(text[start:end]):
            drawn += zip(attributes[place:end], text[place:end], strict=True)
            # A blank before it lets a link stay whole that fits into a row alone.
            drawn.append(("message.info", f" [{number}]"))
            place = end
    drawn += zip(attributes[place:], text[place:], strict=True)
    found = joined(drawn)
    return "".join(said for _, said in found), [(each, len(said)) for each, said in found]


def file(path: str, style: str = STYLE) -> Attribute:
    """Return how the name of a file is drawn that is on the disk of this machine."""
    # By the name of the machine a terminal tells what is on another one.
    return Linked(style, f"file://{_machine()}{quote(path, errors='surrogateescape')}")


def opening(address: str) -> str:
    """Return the command line that opens what is drawn with a link to `address`."""
    here = f"file://{_machine()}"
    if not address.startswith(f"{here}/"):
        return f"open {address}"
    return f"open {quoting.quote(unquote(address[len(here) :], errors='surrogateescape'))}"


@cache
def _machine() -> str:
    return quote(socket.gethostname())
