"""Removing what was said in a conversation, part by part."""

from backendd.core.conversations import Peer
from backendd.features.deletion import store
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store import conversations, message_drafts, messages
from backendd.store.ledger import Ledger


class DeletionPart(Part):
    """Deletes here what was said with somebody; on servers and elsewhere it stays.

    What may be on its way stays as well, until it is known to have arrived or not.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        home.do_soon(self._go_on(), name="remove what was deleted")

    async def delete(self, whom: Peer) -> None:
        """Return when nothing is here any more of what was said with somebody until now."""
        home = self._home
        sm_id = home.stream.sm_id if home.stream.is_online else ""

        def work(ledger: Ledger) -> int | None:
            conversation_id = conversations.find(ledger, whom.jid)
            if conversation_id is not None:
                messages.discard_all(ledger, conversation_id, sm_id)
                store.begin(ledger, conversation_id)
                message_drafts.forget(ledger, whom, conversation_id)
            return conversation_id

        conversation_id = await home.store.write(work)
        if conversation_id is None:
            return
        await self._remove(conversation_id)
        if whom.jid not in home.rooms.joined:
            await home.store.write(lambda ledger: _close_empty(ledger, conversation_id))

    async def _go_on(self) -> None:
        for conversation_id in await self._home.store.read(store.unfinished):
            await self._remove(conversation_id)

    async def _remove(self, conversation_id: int) -> None:
        home = self._home
        while found := await home.store.read(lambda view: store.remaining(view, conversation_id)):
            await home.store.write(
                lambda ledger, found=found: messages.remove(ledger, found)  # type: ignore[misc]
            )
        await home.store.write(lambda ledger: store.end(ledger, conversation_id))


def _close_empty(ledger: Ledger, conversation_id: int) -> None:
    if conversations.is_empty(ledger, conversation_id):
        conversations.close(ledger, conversation_id)
