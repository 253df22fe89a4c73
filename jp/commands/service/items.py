"""`jp service items`."""

from backendd.api.records import Item
from jp.command import command, prints
from jp.kinds.addresses import Peer
from jp.kinds.numbers import Count
from jp.session import Session

_PAGE = 500


@command
@prints("Item.*")
async def items(session: Session, jid: Peer, node: str = "", *, limit: Count = Count(1000)) -> None:
    """Print what an entity, or a node of it, has: services, rooms, nodes (XEP-0030).

    node: which one of its nodes
    limit: how many at most

    $ jp service items example.org
    """
    found: list[Item] = []
    after = ""
    while len(found) < limit:
        page, about = await session.services.items(
            jid, node, limit=min(_PAGE, limit - len(found)), after=after
        )
        found += page
        after = str(about.get("next", ""))
        if not after:
            break
    session.out.records(
        found[:limit], ("jid", "node", "name"), none="it has nothing that it tells of"
    )
