"""Rows of the table of entries: how they are read and written, and made records of."""

import json
from collections.abc import Sequence

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from backendd.api.words import EntryState
from backendd.core.entries import COMMENTS, ENCLOSURE, Content, Feed, Link
from backendd.store.ledger import Ledger
from backendd.store.view import View

GOING = "state = 'published' AND id IN (SELECT entry FROM publication WHERE takes_back = 1)"
"""What was taken back and isn't gone yet, as a condition."""


class Says(NamedTuple):
    """What an entry says, and of whom it is known to be; the names are those of columns."""

    title: str
    body: str
    xhtml: str
    author: str
    author_name: str
    verified: int
    publisher: str
    published: int
    updated: int
    tags: str
    links: str
    enclosures: str
    answers: str
    comments_service: str
    comments_node: str
    heart: int
    atom_id: str = ""


class Known(Value):
    """An entry that is here already; `said` is the revision at which it came to say this."""

    id: int
    state: EntryState
    received: int
    said: int
    place: int
    says: Says


COLUMNS = ", ".join(Says._fields)


def known(view: View, feed_id: int, item: str) -> Known | None:
    """Return what is known of an item."""
    row = view.db.execute(
        f"SELECT id, state, received, said, place, {COLUMNS} FROM entry "
        "WHERE feed = ? AND item = ?",
        (feed_id, item),
    ).fetchone()
    return Known(row[0], row[1], row[2], row[3], row[4], Says(*row[5:])) if row else None


def says(view: View, entry_id: int) -> tuple[EntryState, Says] | None:
    """Return the state of an entry, and what it says; None where there is none."""
    row = view.db.execute(
        f"SELECT state, {COLUMNS} FROM entry WHERE id = ?", (entry_id,)
    ).fetchone()
    return (row[0], Says(*row[1:])) if row else None


def writer(says: Says) -> str:
    """Return who has written an entry, as far as its service tells, or it does itself."""
    return says.publisher or says.author


def stands(view: View, entry_id: int) -> tuple[int, int]:
    """Return when an entry came here, and where it stands."""
    query = "SELECT received, place FROM entry WHERE id = ?"
    came, place = view.db.execute(query, (entry_id,)).fetchone()
    return came, place


def read(feed: Feed, content: Content, publisher: str, before: Known | None, now: int) -> Says:
    """Return what is stored of an item; `publisher` is empty where its service doesn't say."""
    found = _said(feed, content, now if before is None else before.received)
    if publisher or before is None or not before.says.publisher:
        return _by(feed, found, publisher)
    again = _by(feed, found, before.says.publisher)
    # Whoever has changed it since may be another.
    return again if again == before.says else _by(feed, found, "")


def _said(feed: Feed, content: Content, received: int) -> Says:
    published = _first(content.published, content.updated, received)
    comments = content.comments or Feed("", "")
    files = [each for each in content.links if each.rel == ENCLOSURE]
    others = [each for each in content.links if each.rel != ENCLOSURE]
    return Says(
        title=content.title,
        body=content.text,
        xhtml=content.xhtml,
        author=content.author.jid,
        author_name=content.author.name,
        verified=0,
        publisher="",
        published=published,
        updated=_first(content.updated, published),
        tags=json.dumps(content.tags, ensure_ascii=False),
        links=_written(others),
        enclosures=_written(files),
        answers=json.dumps(content.answers),
        comments_service=comments.service,
        comments_node=comments.node,
        heart=int(content.is_like),
        atom_id=content.atom_id,
    )


def _first(*times: int | None) -> int:
    return next(each for each in times if each is not None)


def _by(feed: Feed, said: Says, publisher: str) -> Says:
    """Return what is said with who has said it, and whether that is sure."""
    # In an account's own blog nobody else publishes, as servers make them.
    owner = feed.service if _is_own_blog(feed) else ""
    author = said.author or publisher or owner
    is_sure = bool(author) and author == (publisher or owner)
    return said._replace(author=author, publisher=publisher, verified=int(is_sure))


def _is_own_blog(feed: Feed) -> bool:
    return "@" in feed.service and not feed.node.startswith(COMMENTS)


def _written(links: Sequence[Link]) -> str:
    return json.dumps([[*_values(each)] for each in links], ensure_ascii=False)


def _values(link: Link) -> tuple[str, str, str, str, int]:
    return link.rel, link.href, link.type, link.title, link.length


def read_links(written: str) -> list[Link]:
    """Return the links or files of an entry as `Says` has them."""
    return [Link(*each) for each in json.loads(written)] if written else []


def files(view: View, entry_id: int) -> list[Link]:
    """Return the files that an entry tells of."""
    row = view.db.execute("SELECT enclosures FROM entry WHERE id = ?", (entry_id,)).fetchone()
    return read_links(row[0]) if row else []


def change_files(ledger: Ledger, entry_id: int, files: Sequence[Link]) -> None:
    """Have an entry tell of these files."""
    revision = ledger.revise()
    ledger.db.execute(
        "UPDATE entry SET enclosures = ?, revision = ?, said = ? WHERE id = ?",
        (_written(files), revision, revision, entry_id),
    )


def insert(
    ledger: Ledger,
    feed_id: int,
    item: str,
    says: Says,
    *,
    received: int,
    place: int,
    is_listed: bool,
    is_unread: bool,
    state: EntryState = "published",
) -> int:
    """Store a new entry; return its id."""
    marks, revision = ", ".join("?" * len(says)), ledger.revise()
    cursor = ledger.db.execute(
        f"INSERT INTO entry (profile, feed, item, state, {COLUMNS}, received, place, listed, "
        f"unread, revision, said) VALUES (?, ?, ?, ?, {marks}, ?, ?, ?, ?, ?, ?)",
        (
            ledger.profile_id, feed_id, item, state, *says, received, place, is_listed, is_unread,
            revision, revision,
        ),
    )  # fmt: skip
    return cursor.lastrowid or 0


def update(
    ledger: Ledger, entry_id: int, says: Says, place: int, *, state: EntryState = "published"
) -> None:
    """Store what an entry says now."""
    changes, revision = ", ".join(f"{each} = ?" for each in Says._fields), ledger.revise()
    ledger.db.execute(
        f"UPDATE entry SET {changes}, state = ?, error_name = '', error_text = '', place = ?, "
        "revision = ?, said = ? WHERE id = ?",
        (*says, state, place, revision, revision, entry_id),
    )
