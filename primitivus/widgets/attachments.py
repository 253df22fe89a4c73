"""The files that a message brings, below its text: each by name, with what is known of it."""

from collections.abc import Iterator

from backendd.api import attachments, sizes
from backendd.api.records import Attachment, Message
from primitivus.widgets.cells import Row, single_line
from primitivus.widgets.look import Look
from primitivus.widgets.wrap import wrap_runs

# So much of what is said of a file is shown; all of it is in the details.
_DESCRIBED = 200


def rows(message: Message, look: Look, columns: int) -> list[Row]:
    """Return the files of a message; none where it brings none."""
    return [row for file in attachments.of(message) for row in _rows(file, look, columns)]


def _rows(file: Attachment, look: Look, columns: int) -> list[Row]:
    name = single_line(file.name) or "file"
    about = "  ".join(_about(file))
    runs = [("message.info", len(look.symbols.file) + 1), ("message.link", len(name))]
    if about:
        runs.append(("message.info", len(about) + 2))
        about = f"  {about}"
    return wrap_runs(f"{look.symbols.file} {name}{about}", runs, columns)


def _about(file: Attachment) -> Iterator[str]:
    if file.size:
        yield sizes.shown(file.size)
    if file.mime:
        yield single_line(file.mime)
    if file.encrypted:
        yield "encrypted"
    if not file.url:
        yield "not there yet"
    if file.description:
        yield single_line(file.description)[:_DESCRIBED]
