"""Files of this machine: completion of their names, and what is in folders."""

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from backendd.api import folders, regular
from backendd.api.descriptors import Descriptor
from backendd.api.values import Value
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Candidate
from primitivus.model.editing.line import clean
from primitivus.model.popups.chooser import DirectoryEntry
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

LIMIT = 200
# So many entries of a directory are looked at.
_SEEN = 20_000
_BREAKS = set("\t\n")


def complete_path(prefix: str) -> Sequence[Candidate]:
    """Return the files and folders that `prefix` begins, as it is written, folders with a slash.

    Hidden ones only where the name begins with a dot. A folder that can't be read has none. One
    whose name a command line can't hold is left to :choose-file.
    """
    folder, name = os.path.split(prefix)
    written = prefix[: len(prefix) - len(name)]
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = sorted(
                (entry.name + "/" if entry.is_dir() else entry.name)
                for entry in entries
                if entry.name.startswith(name)
                and (name.startswith(".") or not entry.name.startswith("."))
                and _is_typed(entry.name)
            )
    except OSError:
        return []
    except RuntimeError:  # pathlib's answer to `~nobody`
        return []
    return [Candidate(written + entry) for entry in found[:LIMIT]]


def absolute(path: Path) -> Path:
    """Return a path as seen from the directory one is in; CommandError where that is gone."""
    try:
        return path if path.is_absolute() else Path.cwd() / path
    except OSError as error:
        raise unreadable(path, error) from None


def without_dots(path: Path) -> str:
    """Return a path without `.` and `..` in it, which are how one came there."""
    return os.path.normpath(path)


def listing(directory: str) -> list[DirectoryEntry]:
    """Return the folders and then the files in a directory, by name; OSError.

    What is neither has nothing that could be sent.
    """
    with os.scandir(directory) as entries:
        found = list(_known(islice(entries, _SEEN)))
    return sorted(found, key=_place)


def _place(entry: DirectoryEntry) -> tuple[object, ...]:
    """Return what a directory is sorted by."""
    return not entry.is_folder, folders.natural(entry.name.casefold()), entry.name


class Named(Value):
    """Files as they were named: by words, or all of these are one name that has blanks in it."""

    words: tuple[Path, ...]
    whole: Path


def files_of(named: Named, quoted: str = "") -> list[Path]:
    """Return these files, and instead of a folder those in it and below; CommandError.

    With something else on the line, which says what needs quotes, all have to be there.
    """
    found: list[Path] = []
    for path in map(absolute, expanded(_meant(named, quoted))):
        try:
            inside = islice(folders.files_in(str(path)), folders.MOST + 1)
            files = list(map(Path, inside)) if path.is_dir() else [path]
        except OSError as error:
            raise unreadable(error.filename or path, error) from None
        if not files:
            raise CommandError(tr('there are no files in "{path}"', path=path))
        found += files
        if len(found) > folders.MOST:
            raise CommandError(tr("at most {most} files are sent at once", most=folders.MOST))
    return found


def _meant(named: Named, quoted: str) -> Sequence[Path]:
    """Return which paths are meant: those that are there."""
    are_there = [os.path.exists(each) for each in named.words]
    if all(are_there) or len(named.words) == 1:
        return named.words
    if os.path.exists(named.whole):
        return (named.whole,)
    missing = [each for each in named.words if not (os.path.exists(each) or _is_pattern(each))]
    if missing and (quoted or len(missing) == len(named.words)):
        why = quoted or tr("a name with blanks needs quotes")
        raise CommandError(tr('"{missing}" is not there; {why}', missing=missing[0], why=why))
    return named.words


def expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield for each pattern what it fits, and other paths as they are; CommandError.

    It is one only where nothing is called so.
    """
    for path in paths:
        if os.path.lexists(path) or not _is_pattern(path):
            yield path
            continue
        found = sorted(islice(glob.iglob(str(path)), _SEEN), key=folders.natural)
        if not found:
            raise CommandError(tr('nothing here fits "{path}"', path=path))
        yield from map(Path, found)


def _is_pattern(path: Path) -> bool:
    return glob.has_magic(str(path))


def as_typed(files: Iterable[Path]) -> str:
    """Return files as they are typed one after the other, without those that can't be."""
    try:
        here = Path.cwd()
    except OSError:
        here = Path("/")  # it is gone
    return " ".join(map(quote, filter(_is_typed, (_seen_from(here, each) for each in files))))


def _seen_from(here: Path, file: Path) -> str:
    """Return a path as short as it can be told in a directory."""
    near = str(file.relative_to(here)) if file.is_relative_to(here) else str(file)
    return str(file) if near.startswith("~") or here == Path("/") else near


def _is_typed(name: str) -> bool:
    """Return whether a command line can hold a name."""
    return clean(name) == name and not _BREAKS & set(name)


def opened(path: Path, use: str = "sent") -> Descriptor:
    """Return a file, open to read; CommandError, and FileError for what is none.

    `use` is what is said that can only be done with files.
    """
    try:
        return regular.opened(str(path), f'"{path}"', use)
    except OSError as error:
        raise unreadable(path, error) from None


def require(files: Iterable[Path]) -> None:
    """Return if all of these can be read; CommandError, and FileError for what is none."""
    for each in files:
        opened(each).close()


def size_of(files: Iterable[Path]) -> int:
    """Return how many bytes all of these have that can be looked at."""
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.stat().st_size
    return size


def unreadable(path: Path | str, error: OSError) -> CommandError:
    """Return what is said where the system refuses a file."""
    return CommandError(tr('"{path}" can\'t be read: {why}', path=path, why=error.strerror))


def _known(entries: Iterable[os.DirEntry[str]]) -> Iterator[DirectoryEntry]:
    for entry in entries:
        with suppress(OSError):
            if entry.is_dir():
                yield DirectoryEntry(entry.name, is_folder=True)
            elif entry.is_file():
                about = entry.stat()
                yield DirectoryEntry(entry.name, size=about.st_size, modified=about.st_mtime)
