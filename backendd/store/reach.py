"""Whether what is written to an address gets there: what is told of it after a commit."""

from collections.abc import Iterable

from backendd.api.tuples import NamedTuple
from backendd.core.reach import Reached, Unreachable
from backendd.store.ledger import Ledger


class _Seen(NamedTuple):
    """`by` is what showed it; of each it is told, in order."""

    event: Reached | Unreachable
    by: int | str


def answers(ledger: Ledger, peer: str, *, time: int, by: int | str) -> None:
    """Have it told that something came from `peer`, or was taken there."""
    ledger.note(_tell, _Seen(Reached(peer, time), by))


def refuses(ledger: Ledger, peer: str, what: str, why: str, *, time: int, by: int | str) -> None:
    """Have it told that `what` can't be written to `peer`."""
    ledger.note(_tell, _Seen(Unreachable(peer, what, why, time), by))


def _tell(ledger: Ledger, noted: list[_Seen]) -> Iterable[object]:
    return [seen.event for seen in noted]
