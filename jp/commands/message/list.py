"""`jp message list`."""

from collections.abc import Callable, Sequence

from backendd.api.records import Message
from jp.command import command, prints
from jp.commands.message.columns import COLUMNS
from jp.failures import UsageError
from jp.kinds.addresses import Peer
from jp.kinds.dates import Moment
from jp.kinds.numbers import Count, MessageId, Wait
from jp.session import Session

_PAGE = 500


@command
@prints("Message.*")
async def list_(
    session: Session,
    peer: Peer,
    *,
    limit: Count = Count(50),
    before: MessageId | None = None,
    after: MessageId | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    wait: Wait | None = None,
) -> None:
    """Print the messages of a conversation, the oldest first.

    They are the newest ones where nothing else is said. What is stored here is printed; where the
    server has more, the backend asks it for the page before, which is printed the next time, or
    with --wait at once: all is printed then, or nothing.

    limit: how many at most
    before: those before this message
    after: those after this message
    since: those from this moment on
    until: those before this moment
    wait: until all of it is here that the server's archive has, at most so long (a minute where
        nothing is said); it is an error when it isn't by then

    $ jp message list bob@example.org --since yesterday
    $ jp message list bob@example.org --limit 10000 --json > bob.jsonl
    $ jp message list bob@example.org --template conversation.html > bob.html
    """
    if before is not None and (after is not None or since is not None):
        raise UsageError("--before goes with neither --after nor --since", "message list")
    if after is not None and since is not None:
        raise UsageError("it is either --after or --since", "message list")
    if wait is not None:
        from jp.commands.message.archive import read_back

        is_enough = _enough(limit, after, since, until)
        await read_back(session, peer, before or 0, wait, is_enough)
    if after is None and since is None:
        found = await _backward(session, peer, limit, before or 0, until)
    else:
        found = await _forward(session, peer, limit, after or 0, since, until)
    session.out.records(found, COLUMNS, none="no messages")


def _enough(
    limit: int, after: int | None, since: Moment | None, until: Moment | None
) -> Callable[[Sequence[Message]], bool]:
    """Return what tells of a page whether those before it are not wanted."""
    wanted: set[int] = set()

    def is_enough(page: Sequence[Message]) -> bool:
        if after is not None:
            return any(each.id == after for each in page)
        if since is not None:
            return bool(page) and page[0].time < since
        wanted.update(each.id for each in page if until is None or each.time < until)
        return len(wanted) >= limit

    return is_enough


async def _backward(
    session: Session, peer: str, limit: int, before: int, until: Moment | None
) -> Sequence[Message]:
    """Return the newest messages before one, or all of them."""
    pages: list[Sequence[Message]] = []
    count = 0
    while count < limit:
        page, about = await session.messages.list(
            peer, limit=min(_PAGE, limit - count), **({"before": before} if before else {})
        )
        wanted = [each for each in page if until is None or each.time < until]
        pages.append(wanted)
        count += len(wanted)
        if not page or about.get("older") != "local":
            break
        before = page[0].id
    return [each for page in reversed(pages) for each in page]


async def _forward(
    session: Session,
    peer: str,
    limit: int,
    after: int,
    since: Moment | None,
    until: Moment | None,
) -> Sequence[Message]:
    """Return the oldest messages after one, or from a moment on."""
    found: list[Message] = []
    if since is not None:
        # The page has half of what it holds from before.
        page, _ = await session.messages.list(peer, time=max(1, since), limit=_PAGE)
        found = [each for each in page if each.time >= since]
        after = page[-1].id if page else 0
    while after and len(found) < limit:
        page, _ = await session.messages.list(peer, after=after, limit=_PAGE)
        if not page:
            break
        found += page
        after = page[-1].id
    return [each for each in found if until is None or each.time < until][:limit]
