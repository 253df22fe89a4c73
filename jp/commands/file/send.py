"""`jp file send`."""

import os
from collections.abc import Sequence
from contextlib import ExitStack

from backendd.api.errors import FileError
from backendd.api.words import SendMethod
from jp.command import command, prints
from jp.failures import Failure, UsageError
from jp.kinds.addresses import Peer
from jp.kinds.drafts import MessageDraftId
from jp.kinds.files import OpenedFile, can_be_told
from jp.kinds.texts import Token
from jp.kinds.transfers import Patience
from jp.session import Session
from jp.transferring import begin, follow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from backendd.api.descriptors import Descriptor


@command
@prints("id")
async def send(
    session: Session,
    peer: Peer,
    files: list[OpenedFile],
    *,
    text: str = "",
    description: str = "",
    method: SendMethod = "auto",
    encrypted: bool = False,
    token: Token | None = None,
    draft: MessageDraftId | None = None,
    wait: Patience | None = None,
) -> None:
    """Send files to somebody or into a room, and print the ids of their transfers.

    It returns once that is stored; they go out as soon as that is possible, also after a restart.

    text: what to say with them
    description: what is said of one file, in a line
    method: by the server (http) or directly (jingle-s5b, jingle-ibb); else what is best
    encrypted: only who reads the message can read the file, and not the web server that keeps it
    token: any text: the same one again sends nothing more and prints the same ids
    draft: the draft that the text is, as `jp message send` has it
    wait: until all are there, at most so long; Ctrl-C cancels them then

    $ jp file send bob@example.org cat.png tree.png --text "from the garden"
    $ jp file send bob@example.org cat.png --description "our cat" --wait
    """
    if not files:
        raise UsageError("which file?", "file send")
    await session.begin("they may be on their way; `jp file list` has them then")
    ids = await _sent(
        session, peer, files, text, description, method, encrypted, token or "", draft or ""
    )
    listed = ", ".join(map(str, ids))
    session.begun = f"what is sent goes on: transfer {listed}"
    if wait is not None:
        begin(session, ids)  # before the ids are told: who reads them may press Ctrl-C at once
    for each in ids:
        session.out.value("id", each)
    if wait is not None:
        await follow(session, ids, wait)


async def _sent(
    session: Session,
    peer: str,
    files: Sequence[str],
    text: str,
    description: str,
    method: SendMethod,
    encrypted: bool,
    token: str,
    draft: str,
) -> Sequence[int]:
    if len(files) == 1 and not text:
        if draft:
            raise UsageError("--draft is for a --text", "file send")
        options = {"method": method, "token": token, "description": description}
        return [await _one(session, peer, files[0], {**options, "encrypted": encrypted})]
    if description or method != "auto":
        raise UsageError("--description and --method are for one file without --text", "file send")
    calls = session.files
    try:
        if all(map(can_be_told, files)):
            return await calls.send_album(
                peer, files, text, token=token, encrypted=encrypted, draft=draft
            )
    except FileError:
        pass  # the backend may see less of this machine than we do
    with ExitStack() as handles:
        given = [handles.enter_context(_opened(each)) for each in files]
        names = [os.path.basename(each) for each in files]
        return await calls.send_album_handles(
            peer, given, names, text, token=token, encrypted=encrypted, draft=draft
        )


async def _one(session: Session, peer: str, file: str, options: dict[str, object]) -> int:
    try:
        if can_be_told(file):
            return await session.files.send(peer, file, **options)  # type: ignore[arg-type]
    except FileError:
        pass  # as above
    with _opened(file) as handle:
        return await session.files.send_handle(
            peer, handle, os.path.basename(file), **options  # type: ignore[arg-type]
        )  # fmt: skip


def _opened(file: str) -> "Descriptor":
    from backendd.api.regular import opened

    try:
        return opened(file, file)
    except OSError as error:
        raise Failure(f"{file} can't be read: {error.strerror}") from None
