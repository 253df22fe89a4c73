"""What we say of entries: comments."""

import secrets

from backendd.api import records, text
from backendd.api.errors import InvalidArgument, NotSupported
from backendd.core import clock, uris
from backendd.core.entries import Content, Feed, ourselves, titled
from backendd.core.uris import ItemAddress
from backendd.features.comments.looking import Looking, address
from backendd.session.home import Home
from backendd.store import comment_drafts
from backendd.store.ledger import Ledger
from backendd.store.sent_drafts import Saying


class Commenting:
    """Comments on entries; what is written goes out when it can."""

    def __init__(self, home: Home, looking: Looking) -> None:
        self._home = home
        self._looking = looking

    async def comment(
        self,
        entry: records.Entry,
        written: str,
        answered: str,
        token: str,
        *,
        clear_draft: bool,
        draft: str,
    ) -> str:
        """Return the id of a comment on an entry, or on the comment `answered`.

        Where it was made of a draft and says the same as one that was, it is that one.
        """
        feed, now = talk(entry), clock.now_us()
        said = text.clean(written).strip()
        if not said:
            raise InvalidArgument("there is nothing to say: the comment is empty")
        to = ItemAddress(feed.service, feed.node, answered) if answered else address(entry)
        content = Content(
            text=said,
            author=ourselves(self._home.own, self._home.profile.settings.nickname),
            published=now,
            updated=now,
            answers=(uris.encode(to),),
        )
        item = secrets.token_hex(8)
        self._looking.listen(feed, is_ours=True)  # somebody may answer

        def besides(ledger: Ledger) -> None:
            if clear_draft or draft:
                comment_drafts.delete(ledger, address(entry), "" if clear_draft else draft)

        # To somebody else the same words are another comment.
        place, words = uris.encode(address(entry)), f"{answered}\n{said}"
        return await self._home.publishing.publish(
            *(feed, item, titled(content)), token=token, besides=besides,
            saying=Saying(place, draft, words) if draft else None,
        )  # fmt: skip


def talk(entry: records.Entry) -> Feed:
    """Return where the comments on an entry are; NotSupported where there can be none."""
    if not entry.comments_node:
        raise NotSupported("there can be no comments on this entry")
    return Feed(entry.comments_service, entry.comments_node)
