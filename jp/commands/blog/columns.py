"""What a list of entries shows of each."""

from collections.abc import Mapping

from backendd.api.signature import Plain
from jp.kinds.entries import blog_name, entry_name, node_of
from jp.output.output import Cell, Columns
from jp.session import Session

_PLACE = ("service", "node", "id", "uri")


def name(entry: Mapping[str, Plain], own: str = "") -> str:
    """Return what an entry is called on a command line; `own` is the account, which none names."""
    service, node, id, uri = (str(entry.get(each) or "") for each in _PLACE)
    if service == own:
        return entry_name("", node_of(service, node), id, uri)
    return entry_name(service, node, id, uri)


def blog(record: Mapping[str, Plain]) -> str:
    """Return what the blog is called on a command line that a record is of."""
    return blog_name(str(record.get("service") or ""), str(record.get("node") or ""))


def author(entry: Mapping[str, Plain]) -> str:
    """Return who says that they wrote an entry, with a question mark where that isn't sure."""
    said = str(entry.get("author") or entry.get("author_name") or entry.get("publisher") or "")
    return said if entry.get("author_verified") or not said else f"{said}?"


def other_author(entry: Mapping[str, Plain]) -> str:
    """Return who wrote an entry, where its name doesn't say that already: whose blog it is in."""
    said = author(entry)
    return "" if said == entry.get("service") else said


def state(entry: Mapping[str, Plain]) -> str:
    """Return how far an entry is, where it is not simply published."""
    if entry.get("retracting"):
        return "retracting"
    found = str(entry.get("state") or "")
    return "" if found == "published" else found


def why_not(record: Mapping[str, Plain]) -> str:
    """Return what the error of a record says; mostly nothing."""
    kind, sentence = record.get("error") or ("", "")
    return str(sentence or kind)


def heading(entry: Mapping[str, Plain]) -> str:
    """Return the title of an entry, or how it begins where it has none."""
    said = str(entry.get("title") or "") or str(entry.get("body") or "").strip().partition("\n")[0]
    reason = why_not(entry)
    return f"{said}\n({reason})" if reason else said


def count(key: str) -> Cell:
    """Return a cell for how many there are of something: nothing where there are none."""
    return lambda entry: str(entry.get(key) or "")


async def columns(session: Session, *more: str) -> Columns:
    """Return the columns of a list of entries, and some more."""
    own = str(await session.property("Jid")) if session.out.is_for_people else ""
    return (
        ("entry", lambda entry: name(entry, own)),
        "published",
        ("author", other_author),
        ("state", state),
        "unread",
        ("comments", count("comments")),
        ("likes", count("likes")),
        ("title", heading),
        *more,
    )
