"""`jp file get`."""

from collections.abc import Sequence

from backendd.api import attachments
from backendd.api.records import Attachment, Message
from jp.command import command, prints
from jp.failures import Failure, UsageError
from jp.kinds.files import Directory
from jp.kinds.numbers import Count, MessageId
from jp.kinds.transfers import Patience
from jp.session import Session
from jp.transferring import follow


@command
@prints("id path")
async def get(
    session: Session,
    message: MessageId,
    directory: Directory | None = None,
    *,
    number: Count | None = None,
    output: str = "",
    wait: Patience | None = None,
) -> None:
    """Fetch the files of a message, and print the ids of their transfers.

    Without a directory they go to where downloads do. Nothing is overwritten; `list` says where a
    file is. With --wait its path is printed instead, once it is there.

    number: only this one of its files, counted from 1
    output: write the file there instead, or to standard output (-), and wait for it
    wait: until all are there, at most so long; Ctrl-C cancels them then
    """
    found = await session.messages.get(message)
    chosen = _chosen(found, attachments.of(found), number)
    if output:
        if len(chosen) > 1 or directory is not None:
            raise UsageError("--output is for one file (--number), and no directory", "file get")
        from jp.written import received

        async with received(output) as file:
            id = await session.files.download_handle(message, chosen[0], file)
            await follow(session, [id], Patience.bare if wait is None else wait)
        return
    ids = [await session.files.download(message, each, directory or "") for each in chosen]
    session.begun = f"what is fetched goes on: transfer {', '.join(map(str, ids))}"
    if wait is None:
        for each in ids:
            session.out.value("id", each)
        return
    for done in await follow(session, ids, wait):
        session.out.value("path", done.path)


def _chosen(message: Message, files: Sequence[Attachment], number: int | None) -> Sequence[int]:
    if not files:
        raise Failure(f"message {message.id} tells of no file")
    if number is None:
        return range(len(files))
    if number > len(files):
        raise Failure(f"message {message.id} tells of {len(files)} files")
    return [number - 1]
