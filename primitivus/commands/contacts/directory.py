"""Searching for people in the directory of a server."""

from backendd.api.records import Form
from primitivus.client.services import ServicesPart
from primitivus.commands.asking.forms import fill_in_form
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.services.services import ServiceJid
from primitivus.model.popups.forms import Answers, Button
from primitivus.model.popups.results import result
from primitivus.sentences import ntr, tr


@command("directory")
async def directory(ctx: Context, jid: ServiceJid | None = None) -> None:
    """Search for people in a directory, by default your server's; Enter opens a chat with one.

    The directory says what it can be searched by.
    """
    account = ctx.account
    services = account.part(ServicesPart).interface
    found = Form()

    async def use(answers: Answers, _: Button) -> None:
        nonlocal found
        found = await services.search(jid or "", answers)

    form = await services.search_form(jid or "")
    if not await fill_in_form(
        ctx, account.known, form, use,
        purpose=f"directory {jid or ''}",
        title=tr("Search for people"),
        buttons=(Button("", tr("Search")),),
    ):  # fmt: skip
        return
    if not found.items:
        ctx.state.say(tr("nobody was found"))
    else:
        ctx.state.open_popup(result(ntr("{n} found", "{n} found", len(found.items)), found))
