"""Our likes: known here at once, and sent as soon as there is a stream.

A like is attached to its entry (XEP-0470). Where nothing can be attached it is the comment that
other programs know as one.
"""

import secrets
import uuid
from collections.abc import Iterable

from backendd.api import records
from backendd.api.errors import BackendError, NotAllowed, UnknownItem
from backendd.api.words import WarningWord
from backendd.core import blog_words, clock, uris
from backendd.core.attachments import node_of
from backendd.core.entries import COMMENTS, HEART, Content, Feed, LikeRefused, ourselves
from backendd.core.uris import ItemAddress
from backendd.features.comments import stanza, store
from backendd.features.comments.looking import address
from backendd.session import likes_nodes
from backendd.session.home import Home
from backendd.session.outbound import Composition
from backendd.session.publishing import encoded
from backendd.store import entries, entry_rows, feeds, lanes, outbox, publications
from backendd.store.entries import Arrival
from backendd.store.ledger import Ledger, Owner
from backendd.store.outbox import Terms

KIND = "like"

WARNING: WarningWord = "like"


class Likes:
    """Likes entries, and takes that back."""

    def __init__(self, home: Home) -> None:
        self._home = home
        home.events.subscribe(LikeRefused, self._on_refused)

    def _on_refused(self, event: LikeRefused) -> None:
        service, what = event.service, "comment at" if event.is_of_comment else "post of"
        stands = "stays" if event.is_kept else "is taken back"
        sentence = f"your like of a {what} {service} {stands}: {event.why}"
        self._home.warnings.add(WARNING, service, sentence)

    async def like(self, entry: records.Entry, *, likes: bool) -> None:
        """Like an entry, or like it no more."""
        home, own = self._home, self._home.own
        at = address(entry)
        hearts = await home.store.read(lambda view: store.hearts(view, at, own))

        def work(ledger: Ledger) -> None:
            entry_id = entries.find(ledger, Feed(at.service, at.node), at.item)
            if entry_id is None:
                raise UnknownItem("the entry is gone")
            if likes == store.attaches_like(ledger, entry_id, own) or (likes and hearts):
                return
            _queue(ledger, entry_id, at, own, likes=likes)

        await home.store.write(work)
        for item in hearts if not likes else ():
            feed = Feed(entry.comments_service, entry.comments_node)
            await home.publishing.take_back(feed, item)
        home.warnings.settle(WARNING, entry.service)

    async def compose(self, composition: Composition) -> None:
        """Have what else we have attached stay, which other clients of ours may know.

        To an entry of ours others attach something as well, also where it isn't published yet: a
        node that comes to be with the first that is published there would be for us alone.
        """
        found = stanza.attached(composition.stanza, self._home.own)
        if found is None:
            return
        at, item = found
        (payload,) = item
        before = None
        try:
            known = await self._home.pubsub.items.named(
                node_of(at), [self._home.own], service=composition.stanza.get("to", "")
            )
            before = known[0].payload if known else None
        except (UnknownItem, NotAllowed):
            # There is nothing, or it turns out when it is sent.
            if at.service == self._home.own:
                await likes_nodes.have(self._home, at)
        item.remove(payload)
        item.append(stanza.liking(before, clock.now_us(), likes=stanza.is_like(payload)))


def _queue(ledger: Ledger, entry_id: int, at: ItemAddress, own: str, *, likes: bool) -> None:
    now, stanza_id = clock.now_us(), str(uuid.uuid4())
    iq = stanza.attach(at, own, stanza_id, stanza.liking(None, now, likes=likes))
    if waiting := store.waiting(ledger, entry_id):
        outbox.withdraw(ledger, waiting)
    resolver = "" if at.service == own else at.service
    lane = lanes.feed(Feed(at.service, node_of(at)))
    # What is attached is the same however often it is.
    terms = Terms("answer", "blind", resolver, own, KIND)
    row = outbox.add(ledger, iq, now, lane=lane, terms=terms)
    store.wait(ledger, entry_id, stanza_id, row, own, likes=likes)
    store.like(ledger, entry_id, own, now, likes=likes)


def _settled(ledger: Ledger, stanza_id: str) -> None:
    store.ended(ledger, stanza_id)


def _failed(ledger: Ledger, stanza_id: str, why: BackendError) -> None:
    ended = store.ended(ledger, stanza_id)
    if ended is None:
        return  # another one is on its way
    if not ended.wanted and isinstance(why, UnknownItem):
        return  # where likes are gone ours is as well
    store.like(ledger, ended.entry, ended.own, clock.now_us(), likes=not ended.wanted)
    feed, item = entries.address(ledger, ended.entry)
    known = entry_rows.known(ledger, feeds.ensure(ledger, feed), item)
    node = known.says.comments_node if known is not None else ""
    if ended.wanted and known is not None and node and isinstance(why, UnknownItem | NotAllowed):
        _comment(ledger, Feed(known.says.comments_service, node), (feed, item), ended.own)
        return
    is_of_comment = feed.node.startswith(COMMENTS)
    said = _why(why, is_of_comment=is_of_comment, is_kept=not ended.wanted)
    refused = LikeRefused(feed.service, said, is_of_comment, is_kept=not ended.wanted)
    ledger.note(_tell_refused, refused)


def _why(error: BackendError, *, is_of_comment: bool, is_kept: bool) -> str:
    """Return why nothing is liked there, or liked no more, in words that a person can act on."""
    if not isinstance(error, UnknownItem | NotAllowed):
        return str(error)
    if is_kept:
        return blog_words.MAY_LIKE  # it was taken there
    return f"likes of {'comments' if is_of_comment else 'it'} aren't taken there"


def _comment(ledger: Ledger, talk: Feed, on: tuple[Feed, str], own: str) -> None:
    """Like an entry by a comment on it."""
    feed, item = on
    now, heart_id = clock.now_us(), secrets.token_hex(8)
    to = uris.encode(ItemAddress(feed.service, feed.node, item))
    heart = Content(
        title=HEART, author=ourselves(own, ""), published=now, updated=now, answers=(to,)
    )
    ready, arrival = encoded(talk, heart_id, heart, own), Arrival(own, now)
    feed_id = feeds.ensure(ledger, talk)
    publications.write(ledger, feed_id, heart_id, ready.said, ready.stanza, arrival)


def _tell_refused(_: Ledger, refused: list[LikeRefused]) -> Iterable[object]:
    return refused


OWNER = Owner(settled=_settled, failed=_failed)
