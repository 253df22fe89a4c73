"""How a transfer is told of by its row: what is read of that, and the record that it is."""

import json

from backendd.api import records
from backendd.api.words import Direction, TransferMethod, TransferState

SELECT = """SELECT id, peer, direction, name, size, done, state, method, path, url, hash, mime,
    encrypted, remarks, error_name, error_text, coalesce(message, 0), revision
    FROM transfer WHERE profile = ?"""
"""Whatever follows goes on with AND: it begins with those of one profile."""


def record(
    id: int,
    peer: str,
    direction: Direction,
    name: str,
    size: int,
    done: int,
    state: TransferState,
    method: TransferMethod,
    path: str,
    url: str,
    hash: str,
    mime: str,
    encrypted: int,
    remarks: str,
    error_name: str,
    error_text: str,
    message: int,
    revision: int,
) -> records.Transfer:
    """Return the record of a row that SELECT finds."""
    return records.Transfer(
        id=id, peer=peer, direction=direction, name=name, size=size, done=done, state=state,
        method=method, path=path, url=url, hash=hash, mime=mime, encrypted=bool(encrypted),
        remarks=_list(remarks), error=(error_name, error_text), message_id=message,
        revision=revision,
    )  # fmt: skip


def _list(written: str) -> list[str]:
    try:
        found = json.loads(written)
    except ValueError:
        return []
    return [str(each) for each in found] if isinstance(found, list) else []
