"""Files on their way, as the backend tells of them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from backendd.api.contract import Files
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.names import FILES, MESSAGES
from backendd.api.records import Message, Transfer
from backendd.api.wire import from_wire
from primitivus.client.part import Access, Handlers, Part
from primitivus.failures import reason
from primitivus.model.area import Area
from primitivus.model.files.batches import Batch, Batches
from primitivus.model.files.transfers import (
    GOING,
    OVER,
    Transfers,
    about,
    is_given_away,
    is_offer,
    is_theirs_to_resume,
    name_of,
)
from primitivus.sentences import ntr, tr

Wire = Mapping[str, Any]

# So often it is looked at how fast files go.
_WATCH_S = 1.0

Place = Callable[[Transfer], Awaitable[str]]
"""Puts a file that has come somewhere, and returns its path there; OSError."""


class TransfersPart(Part):
    """Keeps the transfers of an account, and says how they ended; `calls` is the interface."""

    def __init__(self, access: Access) -> None:
        self.calls = access.interface(Files)
        self._state = access.state
        self._account = access.account
        self._tasks = access.tasks
        self._places: dict[int, Place] = {}
        self._watch: asyncio.Task[None] | None = None
        self._batches = Batches(self._tell_together)
        # What was said already of the way to a server.
        self._remarked: set[str] = set()

    @property
    def known(self) -> Transfers:
        """Return what is known of them."""
        return self._account.of(Transfers)

    def signals(self) -> Handlers:
        return {
            (FILES, "Changed"): self._changed,
            (FILES, "Removed"): self._removed,
            (MESSAGES, "Changed"): self._messages_changed,
        }

    async def fetch(self) -> None:
        self.known.expect()
        self.known.reset(await self.calls.list())
        known = self.known.listed()
        for each in known:
            self._batches.end(each)
        self._batches.lose(self._batches.waiting().difference(each.id for each in known))
        self._state.changed(Area.TRANSFERS)

    def forget(self) -> None:
        self.known.reset(())
        self._batches = Batches(self._tell_together)

    def lost(self) -> None:
        self.known.is_told = False

    def _changed(self, records: Iterable[Wire]) -> None:
        told = [from_wire(Transfer, each) for each in records]
        for each in told:
            self._settle(each)
            self._tell_again(each)
            self._tell_paused(each)
        offered = {each.id for each in self.known.offers()}
        for each in self.known.merge(told, time.monotonic()):
            # What failed in the program that took it is for that to tell.
            if each.state != "failed" or each.id in offered or not is_given_away(each):
                self._end(each)
        self._state.changed(Area.TRANSFERS)
        if self._watch is None or self._watch.done():
            self._watch = self._tasks.start(self._watch_speeds(), name="watch speeds")

    async def _watch_speeds(self) -> None:
        """Have it seen how the speed falls of what comes no further, which nobody tells."""
        while self.known.is_moving(time.monotonic()):
            await asyncio.sleep(_WATCH_S)
            self._state.changed(Area.TRANSFERS)

    def _settle(self, transfer: Transfer) -> None:
        """Take off the line what was said of how a file stood that goes on, or doesn't, by now."""
        before = self.known.get(transfer.id)
        if before is not None and before.state != transfer.state and not _goes(before, transfer):
            self._state.settle(about(transfer.id), self._account)

    def _tell_again(self, transfer: Transfer) -> None:
        """Say that a file is offered once more that was held up: its line may be far up."""
        before = self.known.get(transfer.id)
        if is_offer(transfer) and before is not None and before.state in ("paused", "failed"):
            named = self._named(transfer)
            said = (
                tr("{whom} offers {name} again; :accept-file takes the rest", **named)
                if transfer.done
                else tr("{whom} offers {name} again; :accept-file takes it", **named)
            )
            self._mention(said, about(transfer.id))

    def _tell_paused(self, transfer: Transfer) -> None:
        """Say that the other side has paused a file."""
        before = self.known.get(transfer.id)
        if is_theirs_to_resume(transfer) and before is not None and before.state != "paused":
            said = tr("{whom} paused {name}", **self._named(transfer))
            self._mention(said, about(transfer.id))

    def at_end(self, id: int, place: Place) -> None:
        """Have a file put somewhere once it has come; where this ends before, it stays."""
        self._places[id] = place
        known = self.known.get(id)
        if known is not None and known.state == "done":
            self._end(known)

    def say_they_go(self, peer: str, ids: Collection[int]) -> None:
        """Say that files are on their way that were sent at once, unless they are there by now."""
        known = list(map(self.known.get, ids))
        if any(each is None or each.state not in OVER for each in known):
            said = ntr(
                "{n} file goes to {whom}",
                "{n} files go to {whom}",
                len(ids),
                whom=self._account.name(peer),
            )
            self._state.say(said, account=self._account)
        self.follow(ids)

    def follow(self, ids: Collection[int]) -> None:
        """Tell of the end of files in one sentence: each that fails is told besides."""
        self._batches.begin(ids, filter(None, map(self.known.get, ids)))

    def _tell_together(self, batch: Batch) -> None:
        if batch.sent:
            said = batch.told(self._account.name(batch.sent[0].peer))
            remarks = dict.fromkeys(remark for each in batch.sent for remark in each.remarks)
            also = "; ".join(self._not_yet_said(remarks))
            self._mention(said, f"files {batch.sent[0].id}", also)

    def _end(self, transfer: Transfer) -> None:
        # What failed may still go on.
        place = self._places.pop(transfer.id, None) if transfer.state != "failed" else None
        if place is not None and transfer.state == "done":
            self._tasks.start(self._put(transfer, place), name="put file")
        else:
            self._tell_end(transfer)

    async def _put(self, transfer: Transfer, place: Place) -> None:
        try:
            path = await place(transfer)
        except OSError as error:
            said = tr(
                "{name} stays where it came: {path}; {why}",
                name=name_of(transfer),
                path=transfer.path,
                why=error.strerror,
            )
            self._complain(transfer, said)
            return
        with suppress(BackendError, LinkError):  # the file is there, whoever knows it
            await self.calls.set_path(transfer.id, path)
        self._tell_end(replace(transfer, path=path))

    def _removed(self, ids: Collection[int]) -> None:
        self.known.remove(ids)
        self._batches.lose(ids)
        for each in ids:
            self._places.pop(each, None)
        self._state.changed(Area.TRANSFERS)

    def _messages_changed(self, peer: str, records: Iterable[Wire]) -> None:
        """Say of files on the server that nobody gets the message which tells of them."""
        failed = {each["id"]: each for each in records if each.get("state") == "failed"}
        for each in self.known.listed() if failed else ():
            if each.direction == "out" and each.state == "done" and each.message_id in failed:
                message = from_wire(Message, failed[each.message_id])
                self._complain(each, self._not_sent(each, reason(message.error).rstrip(".")))

    def _tell_end(self, transfer: Transfer) -> None:
        is_out = transfer.direction == "out"
        is_of_several = self._batches.end(transfer)
        if is_out and transfer.entry_id and transfer.state in ("done", "failed"):
            return  # that of its post is told
        if transfer.state == "done" and not is_of_several:
            said = self._done(transfer)
            also = "; ".join(self._not_yet_said(transfer.remarks))
            self._mention(said, about(transfer.id), also)
        elif transfer.state == "failed":
            why = reason(transfer.error).rstrip(".") or tr("nobody knows why")
            said = (
                self._not_sent(transfer, why)
                if is_out
                else tr("{name} did not come: {why}", why=why, **self._named(transfer))
            )
            self._complain(transfer, tr("{said}; :transfers shows what can be done", said=said))

    def _done(self, transfer: Transfer) -> str:
        """Return the sentence that says where a file is now."""
        named = self._named(transfer)
        if transfer.direction == "out":
            return tr("{name} is sent to {whom}", **named)
        if not transfer.path:
            return tr("{name} has come, to the program that took it", **named)
        return tr("{name} is here: {path}", path=transfer.path, **named)

    def _not_sent(self, transfer: Transfer, why: str) -> str:
        return tr("{name} was not sent to {whom}: {why}", why=why, **self._named(transfer))

    def _named(self, transfer: Transfer) -> dict[str, str]:
        """Return what sentences on a file call it, and who is at the other end."""
        return {"name": name_of(transfer), "whom": self._account.name(transfer.peer)}

    def _mention(self, said: str, about: str, also: str = "") -> None:
        self._state.mention(said, about, self._account, also=also, line="transfers")

    def _complain(self, transfer: Transfer, said: str) -> None:
        self._state.complain(
            said, about=about(transfer.id), account=self._account, line="transfers"
        )

    def _not_yet_said(self, remarks: Iterable[str]) -> Sequence[str]:
        """Return those of them that are news: the same is so for each file of a server."""
        news = [each for each in remarks if each not in self._remarked]
        self._remarked.update(news)
        return news


def _goes(*known: Transfer) -> bool:
    return all(each.state in GOING for each in known)
