"""What entries say, as one word each: it is another as soon as an entry says something else."""

import hashlib
import json

from backendd.api.errors import EntryChanged
from backendd.store import entry_rows
from backendd.store.entry_rows import Known, Says


def version(said: Says) -> str:
    """Return the version of an entry that says this: 16 hexadecimal digits.

    When it was changed and who has put it there is no part of that, nor the address that a file of
    ours gets as soon as it is on its server.
    """
    files = [
        (each.type, each.title, each.length) for each in entry_rows.read_links(said.enclosures)
    ]
    parts = (
        said.title, said.body, said.xhtml, json.loads(said.tags), entry_rows.read_links(said.links),
        files, said.comments_service, said.comments_node,
    )  # fmt: skip
    written = json.dumps(parts, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode(errors="surrogatepass")).hexdigest()[:16]


def require(known: Known | None, based_on: str) -> None:
    """Raise EntryChanged where an entry is none of this version any more; empty is any."""
    if based_on and (known is None or version(known.says) != based_on):
        raise EntryChanged("this entry was changed since this change of it was begun")
