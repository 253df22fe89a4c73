"""Fetching files of what somebody has written: a message, or an entry of a blog."""

from collections.abc import Awaitable, Callable, Sequence

from backendd.api.descriptors import Descriptor
from jp.failures import Failure, UsageError
from jp.kinds.transfers import Patience
from jp.session import Session
from jp.transferring import begin, follow
from jp.written import received

_MAY_COME = "what is fetched may be on its way; `jp file list` has it then"


async def fetch(
    session: Session,
    what: str,
    count: int,
    number: int | None,
    download: Callable[[int], Awaitable[int]],
    download_into: Callable[[int, Descriptor], Awaitable[int]],
    *,
    directory: str | None,
    output: str | None,
    wait: float | None,
    about: str,
) -> None:
    """Fetch files of `what`, which has `count`, or the one with a `number`, from 1 on; Failure.

    Their paths are printed where they are waited for, else the ids of their transfers.
    """
    if number is not None and number > count:
        raise Failure(f"{what} tells of {count} files" if count > 1 else f"{what} has one file")
    chosen = range(count) if number is None else [number - 1]
    if output is not None:
        if len(chosen) > 1 or directory is not None:
            raise UsageError("--output is for one file (--number), and no directory", about)
        async with received(output) as file:
            await session.begin(_MAY_COME)
            id = await download_into(chosen[0], file)
            await follow(session, [id], Patience.bare if wait is None else wait)
        return
    await _fetch(session, chosen, download, wait)


async def _fetch(
    session: Session,
    chosen: Sequence[int],
    download: Callable[[int], Awaitable[int]],
    wait: float | None,
) -> None:
    """Fetch files to where the backend puts them."""
    ids: list[int] = []
    for each in chosen:
        await session.begin(_MAY_COME)
        if wait is not None:
            begin(session, ids, in_doubt=_MAY_COME)
        ids.append(await download(each))
    session.begun = f"what is fetched goes on: transfer {', '.join(map(str, ids))}"
    if wait is None:
        for each in ids:
            session.out.value("id", each)
        return
    for done in await follow(session, ids, wait):
        session.out.value("path", done.path)
