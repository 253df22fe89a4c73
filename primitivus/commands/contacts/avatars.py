"""Pictures: one's own, and those of others as files."""

import os
from functools import partial
from pathlib import Path

from backendd.api.descriptors import Descriptor
from backendd.api.sealed import sealed
from primitivus.client.apart import apart
from primitivus.client.services import ServicesPart
from primitivus.commands.arguments.people import PeerJid
from primitivus.commands.command import command
from primitivus.commands.contacts.roster import the_contact
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import opened
from primitivus.model.wording.written import as_size
from primitivus.sentences import tr


@command("avatar")
async def avatar(ctx: Context, file: Path) -> None:
    """Show your contacts this picture of you: a PNG, JPEG, GIF or WebP."""
    account = ctx.account
    services = account.part(ServicesPart).interface
    with await apart(partial(opened, file)) as image:
        await services.set_avatar(image)
    ctx.state.say(tr("your contacts see your picture"), account=account.known)


@command("remove-avatar")
async def remove_avatar(ctx: Context) -> None:
    """No longer show your contacts a picture of you."""
    account = ctx.account
    services = account.part(ServicesPart).interface
    with sealed("no avatar", b"") as nothing:
        await services.set_avatar(nothing)
    ctx.state.say(tr("your contacts see no picture of you"), account=account.known)


@command("save-avatar")
async def save_avatar(ctx: Context, file: Path, jid: PeerJid | None = None) -> None:
    """Write the picture of someone, by default whom you look at, into a new file."""
    place = the_contact(ctx, jid)
    with await ctx.at(place).roster.avatar(place.peer) as image:
        try:
            size = await apart(partial(_copy, image, file))
        except OSError as error:
            raise CommandError(
                tr('"{file}" can\'t be written: {why}', file=file, why=error.strerror)
            ) from None
    ctx.state.say(
        tr(
            "the picture of {who} is in {file} ({size})",
            who=place.peer,
            file=file,
            size=as_size(size),
        ),
        account=ctx.state.at(place),
    )


def _copy(image: Descriptor, path: Path) -> int:
    with os.fdopen(os.dup(image.fileno()), "rb") as opened, path.open("xb") as written:
        return written.write(opened.read())
