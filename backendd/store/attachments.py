"""The files that messages tell of, as several features find and need them."""

import json
from collections.abc import Mapping, Sequence

from backendd.api import attachments, records
from backendd.api.words import Disposition
from backendd.core.shared_files import SharedFile
from backendd.files import hashing
from backendd.store import changes
from backendd.store.kept_files import Kept
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "attachment"


def save(ledger: Ledger, message_id: int, files: Sequence[SharedFile]) -> None:
    """Have a message tell of these files, and of no others; their names are safe already."""
    words = "\n".join(
        filter(None, (word for file in files for word in (file.name, file.description)))
    )
    row = ledger.db.execute(
        "INSERT INTO attachment (profile, message, files, words) "
        "SELECT profile, id, ?, ? FROM message WHERE id = ? "
        "ON CONFLICT (message) DO UPDATE SET files = excluded.files, words = excluded.words "
        "RETURNING message",
        (json.dumps([_written(file) for file in files]), words, message_id),
    ).fetchone()
    if row is not None:
        changes.contributed(ledger, message_id, TABLE)


def of(view: View, message_id: int) -> tuple[SharedFile, ...]:
    """Return the files that a message tells of, in its order."""
    return of_all(view, [message_id]).get(message_id, ())


def of_all(view: View, ids: Sequence[int]) -> dict[int, tuple[SharedFile, ...]]:
    """Return the files that those of these messages tell of that tell of any."""
    marks = ",".join("?" * len(ids))
    rows = view.db.execute(f"SELECT message, files FROM attachment WHERE message IN ({marks})", ids)
    return {message_id: _read(written) for message_id, written in rows}


def record(
    index: int, file: SharedFile, transfer: int = 0, kept: Kept | None = None
) -> records.Attachment:
    """Return what the record of a message has of a file, and of the newest transfer of it.

    `kept` is where it was put by one that is forgotten.
    """
    size = (kept.size if kept is not None else 0) or file.size
    return records.Attachment(
        index=index,
        name=file.name,
        mime=file.mime,
        size=size or 0,
        empty=size == 0,
        url=file.url,
        hash=hashing.shown(file.hashes),
        encrypted=file.is_encrypted,
        description=file.description,
        direct=file.is_direct,
        transfer=transfer,
        here=kept is not None,
        path=kept.path if kept is not None else "",
        **({"disposition": file.disposition} if file.disposition else {}),
    )


def told(view: View, ids: Sequence[int]) -> Mapping[int, str]:
    """Return in short what those of these messages say that tell of files."""
    found = of_all(view, ids) if view.contributors.may_have(TABLE) else {}
    marks = ",".join("?" * len(found))
    rows = view.db.execute(
        f"SELECT id, body, type, encryption FROM message WHERE id IN ({marks})", [*found]
    )
    return {
        message_id: attachments.told(
            records.Message(
                body=body,
                type=kind,
                encryption=encryption,
                more={
                    attachments.KEY: [record(n, file) for n, file in enumerate(found[message_id])]
                },
            )
        )
        for message_id, body, kind, encryption in rows
    }


def _written(file: SharedFile) -> dict[str, object]:
    return {
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        "hashes": {name: digest.hex() for name, digest in file.hashes.items()},
        "description": file.description,
        "addresses": file.addresses,
        "disposition": file.disposition,
        "id": file.id,
        "is_direct": file.is_direct,
    }


def _read(written: str) -> tuple[SharedFile, ...]:
    """Return what was written, nothing where that is damaged."""
    try:
        return tuple(_file(**each) for each in json.loads(written))
    except (TypeError, ValueError):
        return ()


def _file(
    *,
    name: str,
    mime: str,
    size: int | None,
    hashes: Mapping[str, str],
    description: str,
    addresses: Sequence[str],
    disposition: Disposition | None,
    id: str,
    is_direct: bool = False,
) -> SharedFile:
    digests = {algorithm: bytes.fromhex(digest) for algorithm, digest in hashes.items()}
    return SharedFile(
        name, mime, size, digests, description, tuple(addresses), disposition, id, is_direct
    )
