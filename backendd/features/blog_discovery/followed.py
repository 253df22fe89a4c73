"""What somebody lets others see that they follow (XEP-0465, or else the list of XEP-0330)."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from backendd.api import records, text
from backendd.api.errors import InvalidJid, NotAllowed, NotSupported, ServerError, UnknownItem
from backendd.core import jid, xml
from backendd.core.entries import COMMENTS
from backendd.core.pubsub import Item
from backendd.core.rsm import Wanted
from backendd.session.home import Home

PUBLIC = "urn:xmpp:pps:0"
"""What services announce that keep it themselves, so that it is as it is said to be."""

_PUBLIC_NODE = "urn:xmpp:pps:subscriptions:0"
_LIST = "urn:xmpp:pubsub:subscription:0"
_LIST_NODE = "urn:xmpp:pubsub:subscription"
_LIMIT = 200


class Followed:
    """Reads what others follow; raises what `Pubsub` does, and InvalidJid."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def of(self, who: str, limit: int, after: str) -> tuple[Sequence[records.BlogNode], str]:
        """Return a page of what somebody follows, and where the next page begins."""
        at = jid.bare(who)
        service = "" if at == self._home.own else at
        node = _PUBLIC_NODE if await self._is_kept(at) else _LIST_NODE
        try:
            page = await self._home.pubsub.items.page(node, Wanted(limit, after), service=service)
        except (NotAllowed, NotSupported, UnknownItem, ServerError) as error:
            raise UnknownItem(f"{jid.shown(at)} lets nobody see what they follow") from error
        following = page.next.after or "" if page.next is not None else ""
        return [each for each in map(_read, page.items) if each is not None], following

    async def _is_kept(self, at: str) -> bool:
        try:
            return PUBLIC in (await self._home.disco.info(at)).features
        except (NotAllowed, NotSupported, ServerError, UnknownItem):
            return False


def _read(item: Item) -> records.BlogNode | None:
    """Return the blog that an item names; None where it names none."""
    found = item.payload
    if found is None:
        return None
    address = {f"{{{PUBLIC}}}subscription": "jid", f"{{{_LIST}}}subscription": "server"}
    written, node = found.get(address.get(found.tag, ""), ""), found.get("node", "")
    try:
        service = jid.received(written).bare
    except InvalidJid:
        return None
    if not node or node.startswith(COMMENTS):
        return None
    return records.BlogNode(service=service, node=node, title=_title(found))


def _title(found: Element) -> str:
    return text.clean_line(xml.child_text(found, _LIST, "title"), limit=_LIMIT)
