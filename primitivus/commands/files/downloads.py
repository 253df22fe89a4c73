"""Fetching the files that messages and posts of blogs bring."""

from pathlib import Path
from typing import Annotated

from backendd.api import attachments
from backendd.api.records import Attachment, Message, Transfer
from primitivus.client.transfers import TransfersPart
from primitivus.commands.arguments.types import Kind
from primitivus.commands.arguments.which_message import conversation, meant_in_view, selected
from primitivus.commands.blogs import post_files
from primitivus.commands.blogs.posts import PostLink
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.bringing import ALL, Bringing, fetch_meant, fetch_one
from primitivus.model.files.transfers import Transfers
from primitivus.model.panes.post import PostPane
from primitivus.model.wording.urls import is_link
from primitivus.sentences import tr


def _which(text: str) -> int | None:
    if text == ALL:
        return None
    if not text.isdecimal():
        raise ValueError(
            tr('"{text}" is neither {all} nor the number of a file', text=text, all=ALL)
        )
    return int(text)


# The number of a file among those of its message or post, or all of these.
Which = Annotated[int | None, Kind("file", _which, choices=lambda: (ALL,))]


@command("download", aliases=("save-file",))
async def download(ctx: Context, directory: Path | None = None) -> None:
    """Fetch the file of the selected message, else of the newest in view that brings one.

    It goes where downloads belong, or into a DIRECTORY; nothing is ever overwritten. Of several
    files you choose one, or all not fetched yet; one that is offered is taken, as by
    :accept-file. :open opens it when it is here; what was deleted since is fetched again. What is
    older than the newest has to be selected.

    Where a post is shown it is a file of that, or of the marked comment.
    """
    if isinstance(ctx.pane, PostPane):
        await fetch_meant(ctx, post_files.shown(ctx), directory)
    else:
        await fetch_meant(ctx, _of_message(ctx, await _meant(ctx)), directory)


@command("download-from")
async def download_from(
    ctx: Context, message: int, which: Which, directory: Path | None = None
) -> None:
    """Fetch one of the files of a message that is shown, by the numbers of both, or `all`."""
    shown = conversation(ctx).window.get(message)
    if shown is None:
        raise CommandError(tr("there is no such file here"))
    await fetch_one(ctx, _of_message(ctx, shown), which, directory)


@command("download-of")
async def download_of(
    ctx: Context, link: PostLink, which: Which, directory: Path | None = None
) -> None:
    """Fetch one of the files of the post that is shown, by its link and number, or `all`."""
    await fetch_one(ctx, post_files.linked(ctx, link), which, directory)


def _of_message(ctx: Context, message: Message) -> Bringing:
    account, calls = ctx.state.account, ctx.account.part(TransfersPart).calls
    return Bringing(
        is_post=False,
        account=account,
        whom=account.name(message.peer),
        files=attachments.of(message),
        moved=account.of(Transfers).of_attachments(message),
        words=("download-from", str(message.id)),
        receive=lambda number, where: calls.download(message.id, number, where),
        is_ours=message.direction == "out",
    )


async def _meant(ctx: Context) -> Message:
    """Return the selected message, else the newest in view that brings something; CommandError.

    What stands above it is never meant, whether or not there is anything left to fetch of it.
    """
    known, chosen = ctx.state.account.of(Transfers), selected(ctx)
    message = await meant_in_view(
        ctx, lambda each: _brings(each, known), tr("no file to fetch is in view")
    )
    if chosen is None and not attachments.of(message):
        raise CommandError(
            tr("the newest here is a link: :open opens it; :select goes to the files above it")
        )
    return message


def _brings(message: Message, known: Transfers) -> bool:
    """Return whether a message brings a file of others, or is nothing but a link to something."""
    files = attachments.of(message)
    if not files:
        return message.direction == "in" and is_link(message.body)
    moved = known.of_attachments(message)
    return any(_is_theirs(message, each, moved.get(each.index)) for each in files)


def _is_theirs(message: Message, file: Attachment, moved: Transfer | None) -> bool:
    """Return whether a file is to come, or has: it didn't go out from here."""
    is_from_here = moved is not None and moved.direction == "out"
    return not is_from_here and not (file.direct and message.direction == "out")
