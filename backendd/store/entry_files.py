"""The files that an entry goes out with: it is held until all of them have an address.

It fails with the first that fails, and waits again once none of them has failed. What has an
address by then keeps it.
"""

import uuid
from collections.abc import Container, Sequence
from dataclasses import replace

from backendd.api import records
from backendd.api.errors import BackendError, NotAllowed, from_bus
from backendd.blog import enclosures
from backendd.core.encoding import decode
from backendd.core.entries import Feed, Link
from backendd.core.shared_files import SharedFile
from backendd.core.transfers import NewTransfer
from backendd.store import (
    awaited,
    entries,
    entry_rows,
    outbox,
    publication_rows,
    publications,
    transfer_rows,
    transfers,
    written,
)
from backendd.store.file_owners import NOBODY, FileOwner
from backendd.store.ledger import Ledger
from backendd.store.transfer_rows import OfEntry
from backendd.store.view import View

_GONE = ("failed", "cancelled")


def attach(ledger: Ledger, entry_id: int, before: str, files: Sequence[NewTransfer]) -> list[int]:
    """Have the files be put somewhere that an entry tells of last; return their transfers.

    `before` is what it told of before (`Says`): what waits of that and is told of still goes on,
    wherever it stands by now, and nothing else of it.
    """
    told, kept = entry_rows.files(ledger, entry_id), entry_rows.read_links(before)
    first = len(told) - len(files)
    moved: dict[int, int] = {}
    for number, each in enumerate(told[:first]):
        place = None if each.href else _place_before(each, number, kept, moved)
        if place is None:
            continue
        moved[place] = number
        if url := kept[place].href:  # it got there while this was written
            _fill_in(ledger, entry_id, number, url)
    awaited.rearrange(ledger, entry_id, moved)
    return [
        transfers.add(ledger, each._replace(entry=entry_id, attachment=number))
        for number, each in enumerate(files, first)
    ]


def _place_before(
    file: Link, number: int, kept: Sequence[Link], taken: Container[int]
) -> int | None:
    """Return where a file that waits stood before, of several that are alike at its own place."""
    alike = [
        place
        for place, each in enumerate(kept)
        if place not in taken and replace(each, href="") == file
    ]
    return number if number in alike else next(iter(alike), None)


def send_again(ledger: Ledger, entry_id: int) -> None:
    """Have those files of an entry go again that failed; NotAllowed where one is known no more."""
    newest = _newest(ledger, entry_id)
    for number in _lacking(ledger, entry_id):
        if number not in newest:
            raise NotAllowed("nothing is known any more of a file of it: attach it anew")
        if newest[number].state in _GONE:
            transfers.move(ledger, newest[number].id, "queued", unless=())


def _arrived(ledger: Ledger, transfer: records.Transfer, shared: SharedFile) -> None:
    """Take note where a file is; with the last one the entry goes out."""
    entry_id, number = _place(ledger, transfer)
    if number not in _lacking(ledger, entry_id):
        return
    _fill_in(ledger, entry_id, number, shared.url)


def _fill_in(ledger: Ledger, entry_id: int, number: int, url: str) -> None:
    publications.fill_in(ledger, entry_id, number, url)
    written.fill_in(ledger, entry_id, number, url)


def _failed(ledger: Ledger, transfer: records.Transfer, error: BackendError) -> None:
    """Have the entry fail, which nobody gets then."""
    entry_id, number = _place(ledger, transfer)
    known = publication_rows.find(ledger, entry_id)
    if known is None or number not in _lacking(ledger, entry_id):
        return
    outbox.drop(ledger, known.outbox)
    why = from_bus(error.name, f'its file "{transfer.name}" was not put on the server: {error}')
    written.fails(ledger, entry_id, "failed", why)


def _goes_on(ledger: Ledger, transfer: records.Transfer) -> None:
    """Have the entry wait once more, unless another of its files has failed."""
    entry_id, number = _place(ledger, transfer)
    lacking, newest = _lacking(ledger, entry_id), _newest(ledger, entry_id)
    if number not in lacking:
        NOBODY.goes_on(ledger, transfer)
    elif all(each in newest and newest[each].state not in _GONE for each in lacking):
        publications.again(ledger, entry_id, str(uuid.uuid4()))


OWNER = FileOwner(arrived=_arrived, failed=_failed, goes_on=_goes_on)


def _place(view: View, transfer: records.Transfer) -> tuple[int, int]:
    """Return with which entry a file goes out, and which of its files that is."""
    feed = Feed(transfer.entry_service, transfer.entry_node)
    entry_id = entries.find(view, feed, transfer.entry_id)
    return entry_id or 0, transfers.attachment(view, transfer.id)


def _lacking(view: View, entry_id: int) -> list[int]:
    """Return which files an entry waits for."""
    known = publication_rows.find(view, entry_id)
    return enclosures.lacking(decode(known.stanza)) if known is not None else []


def _newest(view: View, entry_id: int) -> dict[int, OfEntry]:
    """Return the last transfer of each file that goes out with an entry, by which file that is."""
    found = transfer_rows.of_entries(view, [entry_id]).get(entry_id, ())
    return {each.attachment: each for each in found if each.waits}
