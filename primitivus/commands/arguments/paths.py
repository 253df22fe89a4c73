"""Paths as they are typed, or come from other programs: file:///home/juliet/a%20letter.txt."""

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from primitivus.sentences import tr

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(.*)", re.DOTALL)

Told = Callable[[Path], object]
"""Is told where something is."""


def path_in(text: str) -> str:
    """Return the path that an address of a file has, what is no address as it is; ValueError."""
    if (found := _ADDRESS.fullmatch(text)) is None:
        return text
    scheme, host, path = found[1].lower(), found[2].lower(), found[3]
    if scheme != "file":
        raise ValueError(
            tr('"{text}" is an address of the web, and a path on this machine is wanted', text=text)
        )
    if host not in ("", "localhost", socket.gethostname().lower()):
        raise ValueError(tr('"{text}" is on another machine', text=text))
    return os.fsdecode(unquote_to_bytes(os.fsencode(path)))
