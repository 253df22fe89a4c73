"""What a file goes out with is told what becomes of the file."""

from collections.abc import Callable

from backendd.api import records
from backendd.api.errors import BackendError, NotAllowed
from backendd.api.values import Value
from backendd.core.shared_files import SharedFile
from backendd.store.ledger import Ledger


def _nobody_waits(ledger: Ledger, transfer: records.Transfer) -> None:
    raise NotAllowed("what this file was to go out with is gone: send it anew")


class FileOwner(Value):
    """Whose business the files are that go by way of the server with one kind of thing.

    That waits for them: it goes out in the transaction in which the last of them has `arrived`,
    fails with the first that has `failed`, and waits again once none of them has failed, when one
    `goes_on` that was over; NotAllowed where nothing waits for it.
    """

    arrived: Callable[[Ledger, records.Transfer, SharedFile], None] = lambda *_: None
    failed: Callable[[Ledger, records.Transfer, BackendError], None] = lambda *_: None
    goes_on: Callable[[Ledger, records.Transfer], None] = _nobody_waits


NOBODY = FileOwner()
"""That of files of what is gone."""
