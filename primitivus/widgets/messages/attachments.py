"""The files that a message brings, below its text: each by name, with what is known of it.

A picture that is here is shown below its name.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from backendd.api import attachments
from backendd.api.records import Attachment, Message, Transfer
from backendd.api.tuples import NamedTuple
from primitivus.failures import reason
from primitivus.model.files.pictures import Wanted, source_of, why_none
from primitivus.model.files.transfers import (
    GIVEN_AWAY,
    can_be_asked_for,
    checking,
    is_here,
    per_cent,
)
from primitivus.model.messages.message_links import numbers
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr
from primitivus.themes.symbols import Symbols
from primitivus.widgets.drawing import finds, linking
from primitivus.widgets.drawing.attributes import Attribute
from primitivus.widgets.drawing.cells import Row, Segment, single_line
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.messages.look import Look
from primitivus.widgets.pictures.pictures import Gallery

Moved = Mapping[int, Transfer]
"""What goes on with files, or has, by their places in a message."""

NOTHING: Moved = MappingProxyType({})

_OFFERED = tr("is offered (:accept-file takes it, :refuse-file doesn't)")
# So much of what is said of a file is shown; all of it is in the details.
_DESCRIBED = 200


class Shows(Protocol):
    """What decides about how files look."""

    @property
    def symbols(self) -> Symbols: ...

    @property
    def gallery(self) -> Gallery | None: ...


class Brought(NamedTuple):
    """The rows of what a message brings, and the pictures that are shown among them or will be."""

    rows: Sequence[Row]
    pictures: tuple[Wanted, ...] = ()


class Marks(NamedTuple):
    """The number by which a file is opened, 0: none is shown; the words that are searched for."""

    number: int = 0
    searched: str = ""


UNMARKED = Marks()


def rows(message: Message, look: Look, columns: int, moved: Moved) -> Brought:
    """Return the files of a message, with how far each is; no rows where it brings none."""
    known = numbers(message) if look.is_numbered else {}
    each = [
        drawn(
            file, moved.get(file.index), look, columns, Marks(known.get(file.url, 0), look.searched)
        )
        for file in attachments.of(message)
    ]
    return Brought(
        [row for one in each for row in one.rows], tuple(w for one in each for w in one.pictures)
    )


def drawn(
    file: Attachment,
    transfer: Transfer | None,
    look: Shows,
    columns: int,
    marks: Marks = UNMARKED,
) -> Brought:
    """Return one file by its name, with how far it is, and below that its picture."""
    if look.gallery is None or transfer is None:
        return Brought(_rows(file, transfer, "", look, columns, marks))
    if (source := source_of(file, transfer)) is None:
        return Brought(_rows(file, transfer, why_none(file, transfer), look, columns, marks))
    wanted = look.gallery.wanted(source, columns)
    picture = look.gallery.draw(wanted)
    said = _rows(file, transfer, picture.why_not, look, columns, marks)
    return Brought([*said, *picture.rows], (wanted,))


def _rows(
    file: Attachment,
    transfer: Transfer | None,
    why_not_shown: str,
    look: Shows,
    columns: int,
    marks: Marks,
) -> list[Row]:
    """Return what is said of a file."""
    name = single_line(file.name) or "file"
    parts: list[Segment] = [
        ("message.info", f"{look.symbols.file} "),
        (_way(file, transfer), name),
        ("message.info", f" [{marks.number}]" if marks.number else ""),
        *(("message.info", f"  {each}") for each in _about(file, transfer)),
    ]
    if transfer is not None and (said := _told(transfer, is_direct=file.direct)):
        style = "message.error" if transfer.state == "failed" else "message.info"
        parts.append((style, f"  {single_line(said)}"))
    if why_not_shown:
        parts.append(("message.info", "  " + tr("not shown: {why}", why=why_not_shown)))
    text = "".join(part for _, part in parts)
    runs = [(style, len(part)) for style, part in parts]
    return wrap_runs(text, finds.marked(text, runs, marks.searched), columns)


def _way(file: Attachment, transfer: Transfer | None) -> Attribute:
    """Return how the name is drawn: with where the file is, on the disk or else on the web."""
    if transfer is not None and is_here(transfer):
        return linking.file(transfer.path)
    return linking.link(file.url)


def _told(transfer: Transfer, *, is_direct: bool) -> str:
    """Return how far a file is, and what can be done; of one that went out its message says it."""
    is_in = transfer.direction == "in"
    match transfer.state:
        case "offered":
            return _OFFERED if is_in else tr("is offered")
        case "queued":
            return reason(transfer.error) or (tr("waits") if is_in else tr("waits to be sent"))
        case "running":
            return checking(transfer) or per_cent(transfer)
        case "paused":
            return _paused(transfer)
        case "failed" if is_in:
            why = reason(transfer.error).rstrip(".") or tr("it failed")
            return tr("did not come: {why}", why=why) + _again(transfer, is_direct=is_direct)
        case "cancelled" if is_direct:
            return transfer.error[1]
        case "done" if is_in:
            return tr("is here (:open)") if transfer.path else GIVEN_AWAY
    return ""


def _paused(transfer: Transfer) -> str:
    given = {"part": per_cent(transfer), "number": transfer.id}
    if by := transfer.error[1]:
        return tr("{by} at {part} (:resume-transfer {number} goes on)", **given, by=by)
    return tr("paused at {part} (:resume-transfer {number} goes on)", **given)


def _again(transfer: Transfer, *, is_direct: bool) -> str:
    """Return what to do about a file that did not come; nothing where that is up to them."""
    if not is_direct or can_be_asked_for(transfer):
        return " " + tr("(:download tries it again)")
    return "" if transfer.size else " " + tr("(ask {who} to send it once more)", who=transfer.peer)


def _about(file: Attachment, transfer: Transfer | None) -> Iterator[str]:
    if (size := attachments.size_of(file)) is not None:
        yield as_size(size)
    if file.mime:
        yield single_line(file.mime)
    if file.encrypted or (transfer is not None and transfer.encrypted):
        yield tr("encrypted")
    if not file.url and transfer is None:
        yield tr("was offered") if file.direct else tr("not there yet")
    if file.description:
        yield single_line(file.description)[:_DESCRIBED]
