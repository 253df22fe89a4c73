"""Blogs with a long past: a database filled as if the entries had come over the years."""

import json
import sqlite3
import time
from pathlib import Path
from xml.sax.saxutils import escape

from backendd.core.entries import MICROBLOG
from backendd.store import index
from bench import texts

ENTRY_EVERY_US = 3_600_000_000
BLOGS = 20
PARAGRAPHS = 8

_XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">'


def title(number: int) -> str:
    """Return what the so many-th entry is called."""
    return f"number {number} of what was written"


def fill(database: Path, domain: str, *, count: int) -> None:
    """Give the only profile, of a daemon that does not run, blogs that it follows.

    Entries have numbers from 1 on, the newest the highest; all were read.
    """
    db = sqlite3.connect(database)
    index.prepare(db)
    db.execute("PRAGMA synchronous = off")
    with db:
        (profile,) = db.execute("SELECT id FROM profile").fetchone()
        feeds = [_follow(db, profile, f"writer{number}@{domain}") for number in range(BLOGS)]
        begun = time.time_ns() // 1000 - (count + 1) * ENTRY_EVERY_US
        for number in range(1, count + 1):
            at = begun + number * ENTRY_EVERY_US
            _write(db, profile, *feeds[number % BLOGS], number=number, at=at)
        db.execute("UPDATE profile SET revision = ? WHERE id = ?", (count + 1, profile))
    db.close()


def _follow(db: sqlite3.Connection, profile: int, service: str) -> tuple[int, str]:
    row = db.execute(
        "INSERT INTO feed (profile, service, node, followed, whole, revision) "
        "VALUES (?, ?, ?, 1, 1, 1) RETURNING id",
        (profile, service, MICROBLOG),
    ).fetchone()
    return int(row[0]), service


def _write(
    db: sqlite3.Connection, profile: int, feed: int, service: str, *, number: int, at: int
) -> None:
    said = [texts.message(PARAGRAPHS * number + place) for place in range(PARAGRAPHS)]
    markup = "".join(f"<p>{escape(each)}</p>" for each in said)
    values = {
        "profile": profile, "feed": feed, "item": f"entry-{number}", "title": title(number),
        "body": "\n\n".join(said), "xhtml": f"{_XHTML}{markup}</div>", "author": service,
        "author_name": "", "verified": 1, "publisher": service, "published": at, "updated": at,
        "received": at, "place": at, "tags": json.dumps(["tea"]), "links": "[]",
        "enclosures": "[]", "answers": "[]", "comments_service": service,
        "comments_node": f"{MICROBLOG}:comments/entry-{number}", "listed": 1, "unread": 0,
        "revision": number,
    }  # fmt: skip
    columns, marks = ", ".join(values), ", ".join(f":{each}" for each in values)
    db.execute(f"INSERT INTO entry ({columns}) VALUES ({marks})", values)
