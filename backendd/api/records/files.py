"""Files on their way."""

from backendd.api.records.record import Record, key
from backendd.api.words import Direction, TransferMethod, TransferState


class Transfer(Record):
    """A file on its way, or that has been."""

    id: int = key("x", 0)
    peer: str = key("s", "")
    direction: Direction = key("s", "")
    name: str = key("s", "")
    size: int = key("t", 0)
    done: int = key("t", 0)
    checking: tuple[int, int] = key("(tt)", (0, 0))
    state: TransferState = key("s", "")
    method: TransferMethod = key("s", "")
    path: str = key("s", "")
    url: str = key("s", "")
    hash: str = key("s", "")
    mime: str = key("s", "")
    encrypted: bool = key("b", False)
    remarks: list[str] = key("as", [])
    error: tuple[str, str] = key("(ss)", ("", ""))
    message_id: int = key("x", 0)
    entry_service: str = key("s", "")
    entry_node: str = key("s", "")
    entry_id: str = key("s", "")
    entry_title: str = key("s", "")
    revision: int = key("x", 0)
