"""Pictures of files that are here, as far as they were read."""

from collections.abc import Iterable

from backendd.api.records import Attachment, Transfer
from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.model.files.transfers import is_here
from primitivus.sentences import tr

# So many bytes of pictures are kept, those looked at last.
MOST_KEPT = 48 << 20

_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class Source(NamedTuple):
    """A file of this machine, and how many bytes it had when it was sent or came."""

    path: str
    size: int


class Wanted(NamedTuple):
    """A picture as it is to be shown: within so many pixels, written in this encoding."""

    source: Source
    width: int
    height: int
    encoding: str


class Picture(Value):
    """One that can be shown: how many pixels it has, and they themselves as was wanted."""

    width: int
    height: int
    data: bytes


class Refusal(NamedTuple):
    """Why one can't be shown, to stand behind "not shown"."""

    why: str


Read = Picture | Refusal

OTHER_FORMAT = tr("this is no PNG, JPEG, GIF or WebP")

FAILED = Refusal(tr("what was to read it failed"))
"""Of one of which nothing else is known."""


def is_picture(file: Attachment | Transfer) -> bool:
    """Return whether a file is said to be a picture of a kind that can be shown."""
    if file.mime:
        return file.mime.lower() in _TYPES
    return file.name.lower().endswith(_ENDINGS)


def why_none(file: Attachment | Transfer, transfer: Transfer) -> str:
    """Return why a file that is here and said to be a picture is none that can be shown."""
    is_one = file.mime.lower().startswith("image/") and not is_picture(file)
    return OTHER_FORMAT if is_one and is_here(transfer) else ""


def source_of(file: Attachment | Transfer, transfer: Transfer) -> Source | None:
    """Return where the picture is that a file is said to be; None where there is none here."""
    if not is_picture(file) or not is_here(transfer):
        return None
    return Source(transfer.path, transfer.size)


class Pictures:
    """Those that were read, the ones not looked at for longest forgotten first."""

    def __init__(self) -> None:
        self._known: dict[Wanted, Read] = {}
        self._size = 0

    def get(self, wanted: Wanted) -> Read | None:
        """Return what came of reading it; None where it was not read yet."""
        return self._known.get(wanted)

    def keep(self, wanted: Iterable[Wanted]) -> None:
        """Take note that these are being looked at."""
        for each in wanted:
            if (known := self._known.pop(each, None)) is not None:
                self._known[each] = known

    def put(self, wanted: Wanted, read: Read) -> None:
        """Take over what came of reading one."""
        self.forget(wanted)
        self._known[wanted] = read
        self._size += _size(read)
        while self._size > MOST_KEPT and len(self._known) > 1:
            self.forget(next(iter(self._known)))

    def forget(self, wanted: Wanted) -> None:
        """Have one read anew when it is wanted again."""
        known = self._known.pop(wanted, None)
        self._size -= _size(known) if known is not None else 0


def _size(read: Read) -> int:
    return len(read.data) if isinstance(read, Picture) else 0
