"""The tables of pictures: who has which, and those that were asked for."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypedDict

from backendd.api.tuples import NamedTuple
from backendd.core import clock
from backendd.features.avatars import image
from backendd.store import contacts
from backendd.store.ledger import Ledger
from backendd.store.view import View

TABLE = "avatar"

MOST_BYTES = 32 * 1024 * 1024
"""Of pictures that are kept; those unused for longest leave."""

Way = Literal["pep", "vcard"]


class Pictured(TypedDict, total=False):
    """What is added to the record of a contact."""

    avatar: str


class PicturesChanged(NamedTuple):
    """Which pictures these have now, by JID; an empty hash is none."""

    hashes: Mapping[str, str]


class Known(NamedTuple):
    """Which picture somebody has, and where it is."""

    hash: str
    way: Way


def contributed(view: View, jids: Sequence[str]) -> Mapping[str, Pictured]:
    """Return which pictures contacts have."""
    rows = view.db.execute(
        "SELECT jid, hash FROM avatar WHERE profile = ? AND hash <> '' "
        "AND jid IN (SELECT value FROM json_each(?))",
        (view.profile_id, json.dumps(list(jids))),
    )
    return {jid: Pictured(avatar=digest) for jid, digest in rows}


def find(view: View, jid: str) -> Known | None:
    """Return which picture somebody has, None where nothing of one was told."""
    row = view.db.execute(
        "SELECT hash, way FROM avatar WHERE profile = ? AND jid = ?", (view.profile_id, jid)
    ).fetchone()
    return Known._make(row) if row is not None else None


def save(ledger: Ledger, jid: str, digest: str, way: Way) -> None:
    """Store which picture somebody has; what PEP says goes before what vCards do."""
    known = find(ledger, jid)
    if known == (digest, way) or (known is None and not digest):
        return
    if known is not None and known.way == "pep" and way == "vcard" and known.hash:
        return
    ledger.contributors.uses(TABLE)
    ledger.db.execute(
        "INSERT OR REPLACE INTO avatar (profile, jid, hash, way) VALUES (?, ?, ?, ?)",
        (ledger.profile_id, jid, digest, way),
    )
    contacts.touch(ledger, jid)
    tell(ledger, jid)


def tell(ledger: Ledger, jid: str) -> None:
    """Have it told which picture somebody has, if that is known."""
    ledger.note(_tell, jid)


def _tell(ledger: Ledger, jids: list[str]) -> Iterable[object]:
    known = {jid: find(ledger, jid) for jid in jids}
    return [PicturesChanged({jid: each.hash for jid, each in known.items() if each is not None})]


def load_image(view: View, digest: str) -> bytes | None:
    """Return a picture that is kept; one that is damaged is not."""
    row = view.db.execute("SELECT data FROM avatar_image WHERE hash = ?", (digest,)).fetchone()
    if row is None or image.hash_of(row[0]) != digest:
        return None
    return bytes(row[0])


def save_image(ledger: Ledger, digest: str, data: bytes) -> None:
    """Keep a picture, and no more than there is room for."""
    ledger.db.execute(
        "INSERT OR REPLACE INTO avatar_image (hash, data, used) VALUES (?, ?, ?)",
        (digest, data, clock.now_us()),
    )
    ledger.db.execute(
        "DELETE FROM avatar_image WHERE hash IN (SELECT hash FROM (SELECT hash, "
        "sum(length(data)) OVER (ORDER BY used DESC, hash) AS kept FROM avatar_image) "
        "WHERE kept > ?)",
        (MOST_BYTES,),
    )


def use_image(ledger: Ledger, digest: str) -> None:
    """Note that a picture was of use now."""
    ledger.db.execute("UPDATE avatar_image SET used = ? WHERE hash = ?", (clock.now_us(), digest))
