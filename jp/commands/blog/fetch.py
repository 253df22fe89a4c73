"""`jp blog fetch`."""

from jp import fetching
from jp.command import command, prints
from jp.failures import Failure
from jp.kinds.entries import EntryAddress
from jp.kinds.files import Directory, Target
from jp.kinds.numbers import Count
from jp.kinds.transfers import Patience
from jp.session import Session


@command
@prints("id path")
async def fetch(
    session: Session,
    entry: EntryAddress,
    directory: Directory | None = None,
    *,
    number: Count | None = None,
    output: Target | None = None,
    wait: Patience | None = None,
) -> None:
    """Fetch the files that an entry comes with, and print the ids of their transfers.

    Without a directory they go to where downloads do. Nothing is overwritten; `jp file list` says
    where a file is. With --wait its path is printed instead, once it is there.

    number: only this one of its files, counted from 1
    output: write the file there instead, or to standard output (-), and wait for it
    wait: until all are there, at most so long; Ctrl-C cancels them then
    """
    count = len((await session.blog.get(*entry)).attachments)
    if not count:
        raise Failure("the entry comes with no file")
    await fetching.fetch(
        session,
        "the entry",
        count,
        number,
        lambda each: session.blog.download(*entry, each, directory or ""),
        lambda each, file: session.blog.download_handle(*entry, each, file),
        directory=directory,
        output=output,
        wait=wait,
        about="blog fetch",
    )
