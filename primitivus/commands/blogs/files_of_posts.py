"""The files that a post is to come with, as its text names them."""

from dataclasses import replace
from pathlib import Path

from backendd.api.errors import BackendError
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import Named, files_of, require
from primitivus.model.blogs.post_text import Written
from primitivus.sentences import tr


def with_files(written: Written) -> Written:
    """Return what was written with its files as they are found, and what is wrong with them."""
    named = written.entry.get("files", ())
    found: list[str] = []
    problems: list[str] = []
    for each in named:
        try:
            files = files_of(_named(each))
            require(files)
        except (BackendError, CommandError) as error:
            problems.append(tr("File: {why}", why=error))
            found.append(each)
        else:
            found += map(str, files)
    if not named:
        return written
    return replace(
        written,
        entry={**written.entry, "files": list(dict.fromkeys(found))},
        problems=(*written.problems, *problems),
    )


def _named(written: str) -> Named:
    try:
        path = Path(written).expanduser()
    except RuntimeError:  # pathlib's answer to `~nobody`
        path = Path(written)
    return Named((path,), path)
