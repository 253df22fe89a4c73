"""The nodes that are still to follow the blog that they belong to."""

from collections.abc import Iterable

from backendd.api.tuples import NamedTuple
from backendd.core.entries import Feed
from backendd.store import feeds
from backendd.store.ledger import Ledger
from backendd.store.view import View


class Due(NamedTuple):
    """A node that is to follow its blog, since then."""

    node: str
    noted: int


def note(ledger: Ledger, blog: Feed, nodes: Iterable[str], now: int) -> None:
    """Have nodes follow a blog, also those that do already."""
    ledger.db.executemany(
        "INSERT OR REPLACE INTO belonging (profile, node, blog_service, blog_node, noted) "
        "VALUES (?, ?, ?, ?, ?)",
        [(ledger.profile_id, each, blog.service, blog.node, now) for each in nodes],
    )


def blogs(view: View) -> list[Feed]:
    """Return the blogs that something is to follow."""
    rows = view.db.execute(
        "SELECT DISTINCT blog_service, blog_node FROM belonging WHERE profile = ?",
        (view.profile_id,),
    )
    return [Feed(*row) for row in rows]


def due(view: View, blog: Feed) -> list[Due]:
    """Return what is to follow a blog."""
    rows = view.db.execute(
        "SELECT node, noted FROM belonging "
        "WHERE profile = ? AND blog_service = ? AND blog_node = ? ORDER BY node",
        (view.profile_id, blog.service, blog.node),
    )
    return list(map(Due._make, rows))


def done(ledger: Ledger, each: Due) -> None:
    """Note that a node has followed, unless it was noted anew meanwhile."""
    ledger.db.execute(
        "DELETE FROM belonging WHERE profile = ? AND node = ? AND noted = ?",
        (ledger.profile_id, *each),
    )


def forget(ledger: Ledger, blog: Feed) -> None:
    """Have nothing follow a blog any more."""
    ledger.db.execute(
        "DELETE FROM belonging WHERE profile = ? AND blog_service = ? AND blog_node = ?",
        (ledger.profile_id, blog.service, blog.node),
    )


def entries_of(view: View, blog: Feed, own: str) -> tuple[set[str], set[str]]:
    """Return the ids of entries of a blog, and where comments on them are in our account."""
    rows = view.db.execute(
        "SELECT item, iif(comments_service = ?, comments_node, '') FROM entry WHERE feed = ?",
        (own, feeds.find(view, blog)),
    ).fetchall()
    return {item for item, _ in rows}, {node for _, node in rows if node}


def newest(view: View, blog: Feed, most: int) -> set[str]:
    """Return the ids of so many entries of a blog that are here, the newest."""
    rows = view.db.execute(
        "SELECT item FROM entry WHERE feed = ? ORDER BY place DESC, id DESC LIMIT ?",
        (feeds.find(view, blog), most),
    )
    return {item for (item,) in rows}


def discussed(view: View, own: str) -> set[Feed]:
    """Return the blogs on whose entries comments are in our account."""
    rows = view.db.execute(
        "SELECT DISTINCT f.service, f.node FROM entry e JOIN feed f ON f.id = e.feed "
        "WHERE e.profile = ? AND e.comments_service = ? AND e.comments_node <> ''",
        (view.profile_id, own),
    )
    return {Feed(*row) for row in rows}


def is_reviewed(view: View, own: str, edition: int) -> bool:
    """Return whether what belongs to the blogs of an account was looked through."""
    row = view.db.execute(
        "SELECT 1 FROM belonging_review WHERE profile = ? AND account = ? AND edition >= ?",
        (view.profile_id, own, edition),
    ).fetchone()
    return row is not None


def reviewed(ledger: Ledger, own: str, edition: int) -> None:
    """Note that all of it is looked through, or noted to follow."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO belonging_review (profile, account, edition) VALUES (?, ?, ?)",
        (ledger.profile_id, own, edition),
    )
