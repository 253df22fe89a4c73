"""A damaged database: marked when it is noticed, set aside, and told of while it lies there."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from backendd.api import records, text
from backendd.api.words import WarningWord

log = logging.getLogger(__name__)

WORD: WarningWord = "storage"
_ASIDE = ".corrupt-"
_REPORT = ".txt"
_COPY = ".copy"
_COMPANIONS = ("-wal", "-shm", "-journal")
_REPORT_LIMIT = 1000
_NOTICED = (
    "the database is damaged: stop the backend and start it again, and what can be read of it is "
    "saved into a new one"
)
_SAID_NOTHING = "the database was damaged, and a new one made"


def mark(path: Path) -> None:
    """Have the database examined when it is opened next."""
    try:
        mark_of(path).touch(mode=0o600)
    except OSError as error:
        log.warning("the damaged database could not be marked: %s", error.strerror)


def mark_of(path: Path) -> Path:
    """Return the file that says of a database that damage was noticed."""
    return path.with_name(path.name + ".damaged")


def set_aside(path: Path) -> Path:
    """Give the damaged database another name, and the files beside it; return that name.

    It keeps its own as well until another is put in its place, so that nothing is lost if this is
    interrupted: what was set aside before is returned again.
    """
    known = _same(path)
    aside = known or _free_name(path)
    if known is None:
        _link(path, aside)
    for ending in _COMPANIONS:
        companion = path.with_name(path.name + ending)
        if not companion.exists():
            continue
        if ending == "-shm" or not companion.stat().st_size:
            companion.unlink()  # made whenever the database is opened
        else:
            os.rename(companion, aside.with_name(aside.name + ending))
    return aside


def is_set_aside(path: Path) -> bool:
    """Return whether the database at `path` was set aside, and nothing is in its place yet."""
    return _same(path) is not None


def report(aside: Path, said: str) -> None:
    """Leave a sentence about a database that was set aside, for `warnings`."""
    file = aside.with_name(aside.name + _REPORT)
    file.touch(mode=0o600)
    file.write_text(said, "utf-8")


def put_in_place(made: Path, path: Path) -> None:
    """Put a complete database in the place of the damaged one."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(made, path)
    mark_of(path).unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def remove(path: Path) -> None:
    """Remove a database that was not finished."""
    for ending in ("", *_COMPANIONS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _same(path: Path) -> Path | None:
    try:
        return next((each for each in _set_aside(path) if each.samefile(path)), None)
    except OSError:
        return None  # there is none in its place at all


def _free_name(path: Path) -> Path:
    stem = path.with_name(f"{path.name}{_ASIDE}{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}")
    aside, count = stem, 1
    while aside.exists():
        count += 1
        aside = stem.with_name(f"{stem.name}-{count}")
    return aside


def _link(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
    except PermissionError:
        os.rename(path, aside)  # a file system without links


def warnings(path: Path) -> list[records.Warning]:
    """Return what a person should know of damage to the database at `path`, the oldest first."""
    found = [_warning(aside, _said_of(aside)) for aside in _set_aside(path)]
    marked = mark_of(path)
    if marked.exists():
        found.append(_warning(path, _NOTICED))
    return sorted(found, key=lambda warning: warning.time)


def _set_aside(path: Path) -> Iterator[Path]:
    endings = (*_COMPANIONS, _REPORT, _COPY)
    for found in path.parent.glob(f"{path.name}{_ASIDE}*"):
        if not found.name.endswith(endings):
            yield found


def _said_of(aside: Path) -> str:
    said = ""
    with suppress(OSError):
        said = aside.with_name(aside.name + _REPORT).read_text("utf-8", "replace")[:_REPORT_LIMIT]
    return f"{said.strip() or _SAID_NOTHING}; the damaged one is {aside}, remove it to end this"


def _warning(file: Path, said: str) -> records.Warning:
    noticed = 0.0
    with suppress(OSError):
        noticed = file.stat().st_ctime
    return records.Warning(
        word=WORD, subject=text.clean_line(file.name), text=text.clean_line(said),
        time=int(noticed * 1_000_000),
    )  # fmt: skip
