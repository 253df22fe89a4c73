"""Entries on their way out: each is a row of the outbox, in the lane of its feed.

What is written here is an entry at once, `pending` until its service has answered. It is known by
its item: where the answer was lost it is asked for (`Terms`). What was published before is kept
until the new is, for it may be discarded.
"""

import json
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import BackendError, NotAllowed, UnknownItem
from backendd.blog import enclosures
from backendd.core import blog_words, clock
from backendd.core.encoding import decode, encode
from backendd.core.entries import COMMENTS, Content, Feed, LikeRefused, Person
from backendd.store import (
    awaited,
    entries,
    entry_rows,
    entry_versions,
    lanes,
    outbox,
    publication_rows,
    written,
)
from backendd.store.entries import Arrival
from backendd.store.entry_rows import Says
from backendd.store.ledger import Ledger, Owner
from backendd.store.outbox import Terms
from backendd.store.publication_rows import Publication
from backendd.store.view import View

KIND = "entry"
TABLE = "publication"


def content(said: Says) -> Content:
    """Return what an entry says, to be published again with what is different."""
    comments = Feed(said.comments_service, said.comments_node)
    return Content(
        title=said.title, text=said.body, xhtml=said.xhtml,
        author=Person(said.author_name, said.author), published=said.published,
        updated=said.updated, tags=tuple(json.loads(said.tags)),
        links=(*entry_rows.read_links(said.links), *entry_rows.read_links(said.enclosures)),
        answers=tuple(json.loads(said.answers)), comments=comments if comments.node else None,
        atom_id=said.atom_id,
    )  # fmt: skip


def write(
    ledger: Ledger,
    feed_id: int,
    item: str,
    content: Content,
    stanza: Element,
    arrival: Arrival,
    based_on: str = "",
) -> int:
    """Store what is written here, and have `stanza` publish it; return the id of the entry.

    It goes out behind what else is on its way to its feed; what of it was not sent yet doesn't.
    It is held as long as one of its files has no address. Where it is a change `based_on` a
    version it goes out only over that one, or over a change of ours that has arrived meanwhile.
    """
    known = entry_rows.known(ledger, feed_id, item)
    is_published = known is not None and known.state == "published"
    before = json.dumps(known.says) if known is not None and is_published else ""
    entry_id = written.write(ledger, feed_id, item, content, arrival)
    waits = publication_rows.find(ledger, entry_id)
    if waits is not None and not waits.takes_back:
        based_on = f"{waits.based_on} {based_on}" if waits.based_on else ""
    _queue(ledger, entry_id, stanza, before, based_on)
    return entry_id


def take_back(ledger: Ledger, entry_id: int, stanza: Element) -> None:
    """Have `stanza` take an entry back; where it was never published it is gone at once."""
    if withdraw(ledger, entry_id):
        state, _ = entry_rows.says(ledger, entry_id) or ("", None)
        if state != "published":
            return
        written.fails(ledger, entry_id, "published")  # as it is until that is done
    _queue(ledger, entry_id, stanza, "", "", takes_back=True)


def _queue(
    ledger: Ledger,
    entry_id: int,
    stanza: Element,
    before: str,
    based_on: str,
    *,
    takes_back: bool = False,
) -> None:
    feed, item = entries.address(ledger, entry_id)
    known = publication_rows.find(ledger, entry_id)
    if known is not None:
        outbox.withdraw(ledger, known.outbox)
    terms = Terms("answer", "ask", stanza.get("to", ""), item, KIND)
    is_held = bool(enclosures.lacking(stanza))
    row = outbox.add(
        ledger, stanza, clock.now_us(), lane=lanes.feed(feed), terms=terms, is_held=is_held
    )
    ledger.db.execute(
        f"INSERT OR REPLACE INTO publication (entry, profile, {publication_rows.COLUMNS}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry_id, ledger.profile_id, stanza.get("id", ""), row, encode(stanza).decode(),
            known.before if known is not None else before, takes_back, based_on,
        ),
    )  # fmt: skip
    entries.contributed(ledger, entry_id, TABLE)


def fill_in(ledger: Ledger, entry_id: int, number: int, url: str) -> None:
    """Have one of the files of an entry be where that is by now; with the last it goes out."""
    known = publication_rows.find(ledger, entry_id)
    if known is None:
        return
    stanza, row = decode(known.stanza), None
    enclosures.fill_in(stanza, number, url)
    if not enclosures.lacking(stanza):
        row = outbox.enter(ledger, known.outbox, stanza)
    ledger.db.execute(
        "UPDATE publication SET stanza = ?, outbox = ? WHERE entry = ?",
        (encode(stanza).decode(), known.outbox if row is None else row, entry_id),
    )


def withdraw(ledger: Ledger, entry_id: int) -> bool:
    """Have an entry be as it was before; False where what is on its way may have arrived.

    One that wasn't published before is gone, and so is the wish for files that lack still.
    """
    known = publication_rows.find(ledger, entry_id)
    if known is None:
        return True
    if outbox.has(ledger, known.outbox) and not outbox.withdraw(ledger, known.outbox):
        return False
    outbox.tell_filled(ledger)
    awaited.release(ledger, entry_id)
    if known.takes_back:
        _forget(ledger, entry_id)
        entries.contributed(ledger, entry_id, TABLE)
        return True
    if not known.before:
        written.remove(ledger, entry_id)
        return True
    _forget(ledger, entry_id)
    written.restore(ledger, entry_id, Says(*json.loads(known.before)))
    return True


def again(ledger: Ledger, entry_id: int, stanza_id: str, *, anyway: bool = False) -> None:
    """Have what failed be sent once more, under another id.

    `anyway`: also over what was published meanwhile, as it is known here by now.
    """
    known = publication_rows.find(ledger, entry_id)
    if known is not None:
        stanza = decode(known.stanza)
        stanza.set("id", stanza_id)
        written.fails(ledger, entry_id, "pending")
        before, based_on = publication_rows.published(ledger, entry_id), known.based_on
        if anyway:
            based_on = entry_versions.version(before) if before is not None else ""
        _queue(ledger, entry_id, stanza, known.before, based_on)


def on_their_way(view: View) -> list[Feed]:
    """Return the feeds to which something is on its way."""
    rows = view.db.execute(
        "SELECT DISTINCT service, node FROM publication p JOIN entry e ON e.id = p.entry "
        "JOIN feed f ON f.id = e.feed WHERE p.profile = ?",
        (view.profile_id,),
    )
    return [Feed(*row) for row in rows]


def taken_back(view: View, ids: Sequence[int]) -> set[int]:
    """Return which of these entries are to be gone."""
    rows = view.db.execute(
        "SELECT entry FROM publication WHERE takes_back = 1 "
        "AND entry IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {entry_id for (entry_id,) in rows}


# -- how it ends


def _settled(ledger: Ledger, stanza_id: str) -> None:
    entry_id, known = publication_rows.by_stanza(ledger, stanza_id)
    if known is None:
        return  # something newer of it is on its way
    if known.takes_back:
        written.remove(ledger, entry_id)
        return
    _forget(ledger, entry_id)
    written.fails(ledger, entry_id, "published")


def _failed(ledger: Ledger, stanza_id: str, why: BackendError) -> None:
    entry_id, known = publication_rows.by_stanza(ledger, stanza_id)
    if known is None:
        return
    if known.takes_back and isinstance(why, UnknownItem):
        written.remove(ledger, entry_id)
        return
    feed, _ = entries.address(ledger, entry_id)
    said = blog_words.not_taken(why, feed, takes_back=bool(known.takes_back))
    if known.takes_back:
        _forget(ledger, entry_id)
        written.fails(ledger, entry_id, "published", said)
    elif isinstance(said, NotAllowed | UnknownItem) and _is_new_like(ledger, entry_id, known):
        written.remove(ledger, entry_id)
        is_refused = isinstance(said, NotAllowed)
        sentence = blog_words.MAY_LIKE if is_refused else str(said)
        ledger.note(_tell_refused, LikeRefused(feed.service, sentence))
    else:
        written.fails(ledger, entry_id, "failed", said)


def _is_new_like(view: View, entry_id: int, known: Publication) -> bool:
    """Return whether it says but that we like the entry on which it is a comment, and is new."""
    feed, _ = entries.address(view, entry_id)
    (heart,) = view.db.execute("SELECT heart FROM entry WHERE id = ?", (entry_id,)).fetchone()
    return bool(heart) and not known.before and feed.node.startswith(COMMENTS)


def _tell_refused(_: Ledger, refused: list[LikeRefused]) -> Iterable[object]:
    return refused


OWNER = Owner(settled=_settled, failed=_failed)


def _forget(ledger: Ledger, entry_id: int) -> None:
    ledger.db.execute("DELETE FROM publication WHERE entry = ?", (entry_id,))
