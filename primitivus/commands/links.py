"""Opening addresses of the form xmpp:name@server."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.conversations import chat
from primitivus.commands.errors import CommandError
from primitivus.commands.types import Rest
from primitivus.model import links
from primitivus.model.links import Link
from primitivus.model.quoting import quote

_DONE_BY = {"join": "join", "subscribe": "add", "roster": "add"}


@command("open")
async def open_address(ctx: Context, address: Rest) -> None:
    """Open an address of the form xmpp:name@server, as links have it (XEP-0147).

    A text that it has is written for you to send; to join a room or add somebody, the command is
    written for you to run. Nothing goes out by itself.
    """
    try:
        link = links.read(address)
    except ValueError as error:
        raise CommandError(str(error)) from None
    if link.action in _DONE_BY:
        _offer(ctx, link)
        return
    await chat(ctx, link.jid, _profile(ctx, link))
    body, conversation = link.values.get("body", ""), ctx.state.conversation
    if body and conversation is not None:
        if conversation.editor.text:
            raise CommandError("what you have begun to write stands where the link has a text")
        conversation.editor.insert(body)
        ctx.edited()


def _offer(ctx: Context, link: Link) -> None:
    bare, _, resource = link.jid.partition("/")
    more = resource if link.action == "join" else link.values.get("name", "")
    words = " ".join(map(quote, filter(None, (bare, more.replace("\n", " ")))))
    line = f"{_DONE_BY[link.action]} {words}"
    ctx.state.command_line.reset(line)
    ctx.state.show(mode="command")
    ctx.edited()


def _profile(ctx: Context, link: Link) -> str | None:
    """Return the profile that the link wants it opened with; CommandError where there is none."""
    if not link.account:
        return None
    for account in ctx.state.accounts.opened():
        if account.profile.jid == link.account:
            return account.profile.name
    raise CommandError(f"no profile here is {link.account}, with whom this is to be opened")
