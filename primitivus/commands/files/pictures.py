"""Looking at pictures that are here."""

from collections.abc import Iterator

from backendd.api import attachments
from backendd.api.records import Message
from primitivus.commands.arguments.which_message import conversation, meant_in_view
from primitivus.commands.arguments.which_transfer import listed
from primitivus.commands.blogs import post_files
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.files.pictures import is_picture, source_of
from primitivus.model.files.transfers import Transfers, name_of
from primitivus.model.messages.message import is_retracted
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.transfers import Listed, TransfersPane
from primitivus.model.popups.picture_popup import PicturePopup, Shown
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import tr

_NONE = tr("no picture that is here is in view; :download fetches the file of a message")


@command("picture", aliases=("view",))
async def picture(ctx: Context) -> None:
    """Show a picture that is here as large as the screen is; up and down go to the others.

    It is that of the selected message, else of the newest in view that brings one; in the list of
    files it is the marked one, and of a post the first that it has. PNG, JPEG, GIF and WebP are
    shown, of what moves the first picture.
    Esc goes back. :open has another program show it.
    """
    if isinstance(ctx.pane, TransfersPane):
        _show(ctx, *_in_list(ctx, ctx.pane.chosen))
    elif isinstance(ctx.pane, PostPane):
        _show(ctx, post_files.pictures(ctx), 0)
    else:
        _show(ctx, *await _in_conversation(ctx))


def _show(ctx: Context, pictures: list[Shown], at: int) -> None:
    ctx.state.open_popup(PicturePopup(pictures, at))


async def _in_conversation(ctx: Context) -> tuple[list[Shown], int]:
    """Return the pictures of a conversation, the oldest first, and the place of the one meant."""
    known, window = ctx.state.account.of(Transfers), conversation(ctx).window
    meant = await meant_in_view(ctx, lambda each: any(_brought(each, known)), _NONE)
    if not any(_brought(meant, known)):
        fetch = (
            tr(":download fetches the file") if any(map(is_picture, attachments.of(meant))) else ""
        )
        raise CommandError(joined(tr("this message brings no picture that is here"), fetch))
    found: list[Shown] = []
    at = 0
    for index in range(len(window)):
        if window[index].id == meant.id:
            at = len(found)
        found += _brought(window[index], known)
    return found, at


def _brought(message: Message, known: Transfers) -> Iterator[Shown]:
    """Yield the pictures of a message that are here."""
    moved = known.of_attachments(message)
    if not moved or is_retracted(message):
        return
    for file in attachments.of(message):
        transfer = moved.get(file.index)
        source = source_of(file, transfer) if transfer is not None else None
        if source is not None:
            yield Shown(file.name or "picture", source)


def _in_list(ctx: Context, chosen: Listed | None) -> tuple[list[Shown], int]:
    """Return the pictures of the list of files, in its order, and the place of the marked one."""
    if chosen is None:
        raise CommandError(tr("there are no files here yet"))
    found: list[Shown] = []
    at = -1
    for each in listed(ctx.state):
        source = source_of(each.transfer, each.transfer)
        if each.key == chosen.key:
            at = len(found) if source is not None else -1
        if source is not None:
            found.append(Shown(each.transfer.name, source))
    if at < 0:
        raise CommandError(tr("{name} is no picture that is here", name=name_of(chosen.transfer)))
    return found, at
