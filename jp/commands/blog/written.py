"""What commands that write have in common: the files an entry comes with, and what it is called."""

import os
from collections.abc import Mapping, Sequence

from backendd.api.descriptors import Descriptor
from backendd.api.errors import FileError
from backendd.api.signature import Plain
from jp.failures import Failure
from jp.kinds.entries import entry_name
from jp.kinds.files import can_be_told
from jp.session import Session

Files = Sequence[tuple[str, Descriptor]]


def open_files(paths: Sequence[str]) -> Files:
    """Return files, open to read, with their paths; Failure, and FileError for what is none."""
    from backendd.api.regular import opened

    files = []
    for path in paths:
        try:
            files.append((str(path), opened(path, path, "attached")))
        except OSError as error:
            raise Failure(f"{path} can't be read: {error.strerror}") from None
    return files


async def publish(
    session: Session,
    blog: tuple[str, str],
    entry: Mapping[str, Plain],
    files: Files,
    *,
    token: str = "",
    draft: str = "",
) -> str:
    """Publish an entry with some files; return its id."""
    await session.begin(
        "what was written may be stored, and is published then; `jp blog list` has it, or "
        "`jp blog unpublished`"
    )
    calls = session.blog
    try:
        if all(can_be_told(path) for path, _ in files):
            named = {"files": [path for path, _ in files]} if files else {}
            return await calls.publish(*blog, {**entry, **named}, token=token, draft=draft)
    except FileError:
        if not files:
            raise
    # The backend may see less of this machine than we do.
    handles = [handle for _, handle in files]
    names = [os.path.basename(path) for path, _ in files]
    return await calls.publish_handles(*blog, entry, handles, names, token=token, draft=draft)


def tell(session: Session, service: str, node: str, id: str) -> None:
    """Print what was written: for people what it is called on a command line, else its id."""
    if session.out.is_for_people:
        session.out.value("entry", entry_name(service, node, id))
    else:
        session.out.value("id", id)
