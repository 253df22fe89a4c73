"""What leads elsewhere: the terminal opens it, where `:open` would hand it on as well."""

import socket
from functools import cache
from urllib.parse import quote

from primitivus.model.urls import is_foreign
from primitivus.widgets.attributes import Attribute
from primitivus.widgets.terminal.hyperlinks import Linked

STYLE = "message.link"


def link(address: str) -> Attribute:
    """Return how the text is drawn that stands for `address`."""
    return Linked(STYLE, address) if is_foreign(address) else STYLE


def file(path: str, style: str = STYLE) -> Attribute:
    """Return how the name of a file is drawn that is on the disk of this machine."""
    # By the name of the machine a terminal tells what is on another one.
    return Linked(style, f"file://{_machine()}{quote(path, errors='surrogateescape')}")


@cache
def _machine() -> str:
    return quote(socket.gethostname())
