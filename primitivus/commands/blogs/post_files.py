"""The files of the post that is shown, or of the marked comment on it."""

from collections.abc import Iterator, Mapping

from backendd.api.attachments import short
from backendd.api.records import Attachment, Transfer
from primitivus.client.posts import PostsPart
from primitivus.commands.arguments.which_entry import meant_entry
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.bringing import Bringing
from primitivus.model.blogs.entry_files import files_of
from primitivus.model.files.pictures import source_of
from primitivus.model.files.transfers import Transfers, is_here
from primitivus.model.popups.picture_popup import Shown
from primitivus.sentences import tr


def shown(ctx: Context) -> Bringing:
    """Return the files that are meant; CommandError."""
    meant = meant_entry(ctx)
    entry, account = meant.entry, ctx.state.at(meant.pane.place)
    part = ctx.at(meant.pane.place).part(PostsPart)
    return Bringing(
        is_post=True,
        account=account,
        whom=entry.author or entry.service,
        files=files_of(entry),
        moved=account.of(Transfers).of_entry(entry),
        words=("download-of", entry.uri),
        receive=lambda number, where: part.download(entry, number, where),
    )


def linked(ctx: Context, link: str) -> Bringing:
    """Return the files of the post of this link, if that is shown; CommandError."""
    if meant_entry(ctx).entry.uri != link:
        raise CommandError(tr("this post is not shown: :post LINK shows it"))
    return shown(ctx)


def here(ctx: Context) -> Mapping[str, str]:
    """Return the paths of those files that are here, and how each is told; CommandError."""
    found = {transfer.path: short(file) for file, transfer in _here(ctx)}
    if not found:
        raise CommandError(tr("no file of this post is here; :download fetches one"))
    return found


def opened(ctx: Context) -> Mapping[str, str]:
    """Return what there is to open of each file: its path where it is here, else its address."""
    there = {file.index: transfer.path for file, transfer in _here(ctx)}
    found = {there.get(each.index, each.url): short(each) for each in shown(ctx).files}
    return {where: name for where, name in found.items() if where}


def pictures(ctx: Context) -> list[Shown]:
    """Return the pictures that are here; CommandError."""
    found = [
        Shown(file.name, source)
        for file, transfer in _here(ctx)
        if (source := source_of(file, transfer)) is not None
    ]
    if not found:
        raise CommandError(tr("no picture of this post is here; :download fetches its files"))
    return found


def _here(ctx: Context) -> Iterator[tuple[Attachment, Transfer]]:
    bringing = shown(ctx)
    for file in bringing.files:
        transfer = bringing.moved.get(file.index)
        if transfer is not None and is_here(transfer):
            yield file, transfer
