"""What a message says by other means than a body, as a line that people can read."""

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.api.words import MessageType
from backendd.core.shared_files import SharedFile


class Line(Value):
    """What stands for a payload. `encryption`: why the message can't be read, whatever its body.

    A body that says no more than `link` only repeats it. One that only says where `files` are does
    as well as the line.
    """

    body: str
    payload: Element
    type: MessageType = "system"
    encryption: str = ""
    link: str = ""
    files: Sequence[SharedFile] = ()


class Payload(Value):
    """A kind of payload by the tag of its element; `read` returns None where it says nothing.

    It gets that element, or the whole message, of which several may tell together.
    """

    tag: str
    read: Callable[[Element], Line | None]
    is_whole: bool = False


class Payloads:
    """The kinds that there are; of several in one message the first counts."""

    def __init__(self, kinds: Iterable[Payload]) -> None:
        self._kinds: dict[str, tuple[int, Payload]] = {}
        for number, kind in enumerate(kinds):
            self._kinds.setdefault(kind.tag, (number, kind))

    def find(self, stanza: Element) -> Line | None:
        """Return the line for what a message carries; None if nothing but a body, if that."""
        carried = [child for child in stanza if child.tag in self._kinds]
        for payload in sorted(carried, key=lambda each: self._kinds[each.tag][0]):
            kind = self._kinds[payload.tag][1]
            line = kind.read(stanza if kind.is_whole else payload)
            if line is not None:
                return line
        return None
