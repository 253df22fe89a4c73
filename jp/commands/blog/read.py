"""`jp blog read`."""

from collections.abc import Iterator

from backendd.api.records import Enclosure, Entry
from jp.command import command, prints
from jp.commands.blog.columns import state, why_not
from jp.kinds.entries import EntryAddress
from jp.output.keys import keys_of
from jp.output.words import moment
from jp.session import Session


@command
@prints("Entry.*")
async def read(
    session: Session, entry: EntryAddress, *, mark: bool = False, published: bool = False
) -> None:
    """Print an entry in full, as text.

    mark: have it be read from now on
    published: as it is published, where a change of it waits or has failed

    $ jp blog read bob@example.org/c3d4 --mark
    """
    service, node, id = entry
    found = await session.blog.get(service, node, id, published=published)
    if session.out.is_for_people:
        parts = ("\n".join(_head(found)), _body(found), _foot(found))
        session.out.text("\n\n".join(filter(None, parts)))
    else:
        session.out.record(found)
    if mark:
        await session.blog.mark_read(service, node, [id])


def _head(entry: Entry) -> Iterator[str]:
    """Yield title, who wrote it and when, and what it is about, a line each."""
    if entry.title:
        yield entry.title
    said = [_author(entry), moment(entry.published)]
    if entry.updated and moment(entry.updated) != moment(entry.published):
        said.append(f"changed {moment(entry.updated)}")
    yield ", ".join(filter(None, said))
    if entry.tags:
        yield " ".join(f"#{each}" for each in entry.tags)
    keys = keys_of(entry)
    if (how := state(keys)) or why_not(keys):
        yield ": ".join(filter(None, (how or "not retracted", why_not(keys))))


def _body(entry: Entry) -> str:
    """Return what an entry says below its title, which may be how that begins."""
    first, _, rest = entry.body.partition("\n")
    return rest.lstrip("\n") if first == entry.title else entry.body


def _foot(entry: Entry) -> str:
    lines = [_file(each) for each in entry.attachments]
    lines += [f"{each.rel or 'link'}: {each.href}" for each in entry.links if each.href]
    counts = (("comments", entry.more.get("comments")), ("likes", entry.more.get("likes")))
    said = ", ".join(f"{name}: {count}" for name, count in counts if count)
    return "\n".join(filter(None, [*lines, said]))


def _author(entry: Entry) -> str:
    who = entry.author or entry.author_name
    if entry.author and entry.author_name:
        who = f"{entry.author_name} <{entry.author}>"
    if who and not entry.author_verified:
        return f"by {who}, as it says itself"
    return f"by {who or entry.publisher}" if who or entry.publisher else ""


def _file(file: Enclosure) -> str:
    about = ", ".join(filter(None, (file.mime, f"{file.size} bytes" if file.size else "")))
    said = " ".join(filter(None, (file.title, file.url or "(not on the server yet)")))
    return f"file: {said}" + (f" ({about})" if about else "")
