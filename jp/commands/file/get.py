"""`jp file get`."""

from backendd.api import attachments
from jp.command import command, prints
from jp.failures import Failure
from jp.fetching import fetch
from jp.kinds.files import Directory, Target
from jp.kinds.numbers import Count, MessageId
from jp.kinds.transfers import Patience
from jp.session import Session


@command
@prints("id path")
async def get(
    session: Session,
    message: MessageId,
    directory: Directory | None = None,
    *,
    number: Count | None = None,
    output: Target | None = None,
    wait: Patience | None = None,
) -> None:
    """Fetch the files of a message, and print the ids of their transfers.

    Without a directory they go to where downloads do. Nothing is overwritten; `list` says where a
    file is. With --wait its path is printed instead, once it is there.

    number: only this one of its files, counted from 1
    output: write the file there instead, or to standard output (-), and wait for it
    wait: until all are there, at most so long; Ctrl-C cancels them then

    $ jp file get 42 downloads --wait
    $ jp file get 42 --output - | wc -c
    """
    count = len(attachments.of(await session.messages.get(message)))
    if not count:
        raise Failure(f"message {message} tells of no file")
    await fetch(
        session,
        f"message {message}",
        count,
        number,
        lambda each: session.files.download(message, each, directory or ""),
        lambda each, file: session.files.download_handle(message, each, file),
        directory=directory,
        output=output,
        wait=wait,
        about="file get",
    )
