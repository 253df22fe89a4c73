"""`jp blog search`."""

from backendd.api.records import EntryHit
from jp.command import command, prints
from jp.commands.blog.columns import columns
from jp.failures import UsageError
from jp.kinds.addresses import Peer
from jp.kinds.dates import Moment
from jp.kinds.numbers import Count
from jp.session import Session

_PAGE = 500


@command
@prints("Entry.* EntryHit.*")
async def search(
    session: Session,
    words: list[str],
    *,
    service: Peer | None = None,
    node: str = "",
    before: Moment | None = None,
    limit: Count = Count(50),
) -> None:
    """Print the entries and comments that have all of some words, the newest first.

    All that is stored here is looked at. #tag finds what has just that tag; in quotes (within
    those of the shell) words stand next to each other.

    words: what is looked for
    service: only what is there: somebody's account, or a service
    node: only in this blog of it
    before: only what is of before this moment
    limit: how many at most

    $ jp blog search grow '#beans'
    """
    text = " ".join(words).strip()
    if not text:
        raise UsageError("which words?", "blog search")
    found: list[EntryHit] = []
    until = int(before or 0)
    markup = not session.out.is_for_people
    while len(found) < limit:
        most = min(_PAGE, limit - len(found))
        page = await session.blog.search(
            text,
            service=service or "",
            node=node,
            before=until,
            limit=most,
            markup=markup,
        )
        found += page
        if len(page) < most:
            break
        until = page[-1].order
    session.out.records(found, await columns(session, "snippet"), none="nothing was found")
