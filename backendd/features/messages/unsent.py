"""Messages that are not out: they wait to be sent, or have failed."""

from collections.abc import Collection, Sequence
from functools import partial

from backendd.api import records
from backendd.api.errors import NotAllowed, UnknownMessage
from backendd.api.words import UnsentState
from backendd.core.conversations import Peer, text_to
from backendd.session.home import Home
from backendd.store import messages, pages, saying
from backendd.store.ledger import Ledger
from backendd.store.view import View

STATES: tuple[UnsentState, ...] = ("pending", "failed")

Refused = tuple[int, str, str]
"""The id of a message, and why not: the name of an error, and its text."""


class Unsent:
    """What callers can do with them, one by one and all at once."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def list(self, peer: str, state: UnsentState | None, limit: int) -> list[records.Message]:
        """Return the newest `limit`, oldest first: of a `peer` and in a `state`, if given."""
        states = STATES if state is None else (state,)
        return await self._home.store.read(lambda view: load(view, limit, states, peer))

    async def retry(self, message_id: int) -> None:
        """Put a failed message back into the outbox."""

        def work(ledger: Ledger) -> None:
            self._retry(ledger, _require(ledger, message_id))

        await self._home.store.write(work)

    async def retry_failed(
        self, peer: str, ids: Collection[int] | None
    ) -> tuple[int, Sequence[Refused]]:
        """Put all that failed back, oldest first; return how many are, and which can't be.

        `peer`: of this conversation alone. `ids`: of these alone.
        """

        def work(ledger: Ledger) -> tuple[int, Sequence[Refused]]:
            refused: list[Refused] = []
            found = pages.load(ledger, _failed(ledger, peer, ids))
            for message in sorted(found, key=lambda each: each.id):
                if (why := ledger.attempt(partial(self._retry, ledger, message))) is not None:
                    refused.append((message.id, why.name, str(why)))
            return len(found) - len(refused), refused

        return await self._home.store.write(work)

    async def discard(self, message_id: int) -> None:
        """Remove a message that failed or still waits to be sent."""

        def work(ledger: Ledger) -> None:
            message = _require(ledger, message_id)
            if messages.discard(ledger, message_id, self._sm_id()):
                return
            if message.state == "pending":
                raise NotAllowed("this message is on its way, and may have arrived already")
            raise NotAllowed("only a message that failed or waits to be sent can be discarded")

        await self._home.store.write(work)

    async def discard_failed(self, peer: str, ids: Collection[int] | None) -> int:
        """Remove all that failed, as `retry_failed` has them; return how many."""

        def work(ledger: Ledger) -> int:
            found = _failed(ledger, peer, ids)
            return sum(messages.discard(ledger, each, self._sm_id()) for each in found)

        return await self._home.store.write(work)

    def _retry(self, ledger: Ledger, message: records.Message) -> None:
        whom = Peer(message.peer, message.kind)
        self._home.permit(ledger, whom)
        if not messages.retry(ledger, message.id):
            raise NotAllowed("only a message that failed can be sent again")
        if any(part.send_again(ledger, message) for part in self._home.parts):
            return
        if message.type != "message":
            raise NotAllowed("only a text can be sent again, and the backend wrote this one")
        made = text_to(whom, message.body, message.message_id)
        saying.queue(ledger, whom, made, message.time, message.id)

    def _sm_id(self) -> str:
        """Return the present stream, in which what was written may have arrived."""
        stream = self._home.stream
        return stream.sm_id if stream.is_online else ""


def load(
    view: View, limit: int, states: Sequence[UnsentState] = STATES, peer: str = ""
) -> list[records.Message]:
    """Return the newest `limit` of a profile, oldest first, or of one conversation of it."""
    found = _ids(view, states, peer, limit)
    return sorted(pages.load(view, found), key=lambda each: each.id)


def _failed(view: View, peer: str, ids: Collection[int] | None) -> list[int]:
    """Return the ids of what failed, oldest first; of `ids` alone, if given."""
    found = _ids(view, ("failed",), peer)
    meant = set(found if ids is None else ids)
    return [each for each in reversed(found) if each in meant]


def _ids(view: View, states: Sequence[UnsentState], peer: str, limit: int = -1) -> list[int]:
    """Return which are in these states, newest first; -1: all of them."""
    # As the index has it: SQLite doesn't see that others are among those.
    rows = view.db.execute(
        f"""SELECT m.id FROM message m WHERE m.profile = ?1 AND m.state IN ('pending', 'failed')
            AND m.state IN ({", ".join(f"'{each}'" for each in states)})
            AND (?2 = '' OR m.conversation = (
              SELECT id FROM conversation WHERE profile = ?1 AND peer = ?2))
            ORDER BY m.id DESC LIMIT ?3""",
        (view.profile_id, peer, limit),
    ).fetchall()
    return [row[0] for row in rows]


def _require(ledger: Ledger, message_id: int) -> records.Message:
    message = pages.get(ledger, message_id)
    if message is None:
        raise UnknownMessage(f"there is no message {message_id}")
    return message
