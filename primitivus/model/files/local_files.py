"""Files of this machine that a post is to come with, as they were when they were looked at."""

from collections.abc import Mapping

from backendd.api.records import Draft, Enclosure, Transfer
from backendd.api.tuples import NamedTuple


class LocalFiles(NamedTuple):
    """How many bytes each has that can be read, by its path, and what is wrong with the others."""

    sizes: Mapping[str, int]
    problems: tuple[str, ...] = ()


NOT_LOOKED_AT = LocalFiles({})


def enclosure(path: str, files: LocalFiles) -> Enclosure:
    """Return the file that a post will come with."""
    import mimetypes  # late: the first screen needs none

    name = path.rpartition("/")[2]
    mime = mimetypes.guess_type(name)[0] or ""
    return Enclosure(url=path, title=name, mime=mime, size=files.sizes.get(path, 0))


def moved(draft: Draft, files: LocalFiles) -> dict[int, Transfer]:
    """Return what tells where those files of a draft are that can be read, by their places."""
    first = len(draft.entry.get("enclosures", ()))
    return {
        number: Transfer(direction="out", state="done", path=path, size=files.sizes[path])
        for number, path in enumerate(map(str, draft.entry.get("files", ())), first)
        if path in files.sizes
    }
