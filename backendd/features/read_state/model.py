"""How far a conversation is read, as clients of one account tell each other."""

from backendd.api.tuples import NamedTuple


class ReadState(NamedTuple):
    """Up to which message a conversation is read: the one that `archive` gave this id."""

    peer: str
    archive: str
    stanza_id: str
