"""Files of a message, as people are told of them: by name and size, and not by their address.

Both programs tell of them so: lists and notifications, what is quoted, what is found.
"""

from collections.abc import Collection, Iterator
from urllib.parse import unquote

from backendd.api import sizes
from backendd.api.records import Attachment, Message
from backendd.api.wire import from_wire

KEY = "attachments"
"""The key of a message record that lists them."""

LONGEST = 4000
"""Characters of a text of which is told in short; a list does so with each frame."""

_SECRET = "aesgcm:"
_PREVIEW = "data:image/"


def of(message: Message) -> list[Attachment]:
    """Return the files that a message tells of."""
    return [
        each if isinstance(each, Attachment) else from_wire(Attachment, each)
        for each in message.more.get(KEY, ())
    ]


def words(message: Message) -> str:
    """Return what a message says beside what its files are: its text without their addresses."""
    return _words(message, message.body, of(message))


def _words(message: Message, body: str, files: Collection[Attachment]) -> str:
    if not files:
        return body
    if message.type == "system" and not message.encryption:
        return ""  # the line that stands for them
    return without(body, {each.url for each in files})


def said_in(message: Message, body: str) -> str:
    """Return what a text that a message has, or had, says: its words, else its files by name."""
    files = of(message)
    return _words(message, body, files) or "\n".join(map(short, files))


def told(message: Message) -> str:
    """Return what a message says in short: its words, as they begin, and its files by name."""
    files = of(message)
    named = map(short, files)
    return "\n".join(filter(None, (_words(message, message.body[:LONGEST], files), *named)))


def short(file: Attachment) -> str:
    """Return what a file is called, with its size where that is known."""
    size, name = size_of(file), file.name or "file"
    return name if size is None else f"{name} ({sizes.shown(size)})"


def size_of(file: Attachment) -> int | None:
    """Return how many bytes a file is said to have; None where nobody says that."""
    return 0 if file.empty else file.size or None


def without(body: str, addresses: Collection[str]) -> str:
    """Return a text without the lines that are nothing but one of these addresses."""
    kept, at = [], 0
    for start, end in spans(body, addresses):
        kept.append(body[at:start])
        at = end
    return "".join((*kept, body[at:])).strip("\n") if at else body


def spans(body: str, addresses: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield which parts of a text those lines are, each with the end of the line before.

    An address may be written with what should be encoded in it. Below one that brings its key
    along may stand the picture in small (XEP-0454).
    """
    known = set(filter(None, map(unquote, addresses)))
    has_secret = any(each.startswith(_SECRET) for each in known)
    at = 0
    for line in body.split("\n") if known else ():
        end = at + len(line)
        is_address = "://" in line[:20] and unquote(line.strip()) in known
        if is_address or (has_secret and line.startswith(_PREVIEW)):
            yield max(at - 1, 0), end
        at = end + 1
