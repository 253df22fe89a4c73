"""`jp message draft` and `drafts`: what is being written."""

from jp.command import command, prints
from jp.kinds.addresses import Peer
from jp.kinds.texts import Body
from jp.session import Session


@command
@prints("draft")
async def draft(session: Session, peer: Peer, text: Body | None = None, *, id: str = "") -> None:
    """Print what is being written to somebody, or keep it; an empty text forgets it.

    id: by which id to keep it, another each time; else the backend makes one

    $ jp message draft bob@example.org "about the milk: "
    """
    if text is not None:
        await session.messages.set_draft(peer, text, id=id)
        return
    found = await session.messages.conversations()
    said = [each.draft for each in found if each.peer.casefold() == peer.casefold()]
    if said and said[0]:
        session.out.value("draft", said[0])
    else:
        session.out.none("nothing is being written to them")


@command
@prints("Conversation.*")
async def drafts(session: Session) -> None:
    """Print what is being written, and to whom."""
    found = [each for each in await session.messages.conversations() if each.draft]
    session.out.records(found, ("peer", "name", "draft"), none="nothing is being written")
