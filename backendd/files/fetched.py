"""What a web server answers that is asked for a file."""

import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from backendd.api import sizes
from backendd.api.errors import BackendError, HostUnreachable, ServerError, TooLarge
from backendd.api.values import Value
from backendd.files import answers, headers, names

if TYPE_CHECKING:  # comes late
    from backendd.files.exchange import Reply

_NO_SUCH_PART = 416
_SAID_BYTES = 2048


class Told(Value):
    """What an answer says of the file it brings, before it does."""

    start: int
    """Where it begins: 0 where the server doesn't go on from where it was asked to."""

    size: int | None
    """Of the whole file, where that is told."""

    name: str
    """Safe; that of the address where the server gives none."""

    mime: str
    validator: str
    """What `get` takes to go on later, if the file is still the same by then; may be empty."""

    remarks: tuple[str, ...]
    """What a user should know of the way it takes, in sentences."""


class Answer:
    """A file that comes, to be iterated once; it comes as fast as its pieces are taken.

    HostUnreachable and Timeout where it ends too early, TooLarge where it doesn't end.
    """

    def __init__(self, told: Told, reply: "Reply", most: int) -> None:
        if told.size is not None and told.size > most:
            raise _too_large(reply.hop.link.host, most)
        self.told = told
        self._reply = reply
        self._most = most
        self._done = told.start

    def __aiter__(self) -> "Answer":
        return self

    async def __anext__(self) -> bytes:
        host, size = self._reply.hop.link.host, self.told.size
        piece = await self._reply.read() if self._done != size else b""
        self._done += len(piece)
        if self._done > self._most:
            raise _too_large(host, self._most)
        if piece:
            return piece
        if size not in (None, self._done):
            raise HostUnreachable(f"the connection to {host} broke in the middle")
        raise StopAsyncIteration


def is_shorter(reply: "Reply", begin: int) -> bool:
    """Return whether a file can't be gone on with at `begin`, because it isn't that long."""
    whole = headers.whole(reply.header("Content-Range"))
    return reply.status == _NO_SUCH_PART and whole != begin


async def told(reply: "Reply", begin: int, name: str, remarks: tuple[str, ...]) -> Told:
    """Return what an answer says of the file it brings; what `refusal` returns is raised."""
    start, size = await _extent(reply, begin)
    given = headers.file_name(reply.header("Content-Disposition"))
    return Told(
        start,
        size,
        names.safe(given) if given else name,
        headers.mime(reply.header("Content-Type")),
        headers.validator(reply.header("ETag"), reply.header("Last-Modified")),
        remarks,
    )


async def _extent(reply: "Reply", begin: int) -> tuple[int, int | None]:
    """Return where the answer begins in the file, and how large that is."""
    if reply.status == _NO_SUCH_PART and begin:
        return begin, begin  # all of it is here
    if reply.status == HTTPStatus.OK:
        return 0, headers.length(reply.header("Content-Length"))
    if reply.status != HTTPStatus.PARTIAL_CONTENT:
        raise await refusal(reply)
    part = headers.part(reply.header("Content-Range"))
    if part is None or part.start != begin:
        raise ServerError(f"{reply.hop.link.host} answers with another part of the file")
    return part.start, part.size


async def refusal(reply: "Reply") -> BackendError:
    """Return why an answer is none."""
    said = ""
    if headers.mime(reply.header("Content-Type")) == "text/plain":
        with contextlib.suppress(BackendError):  # it said enough before
            said = (await reply.read())[:_SAID_BYTES].decode(errors="replace")
    host = reply.hop.link.host
    return answers.refusal(host, reply.status, said, reply.header("Retry-After"))


def _too_large(host: str, most: int) -> TooLarge:
    return TooLarge(f"{host} has more than the {sizes.shown(most)} that may come")
