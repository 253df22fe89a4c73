"""Ad-hoc commands: what a service offers to do, led through stage by stage."""

import contextlib
from dataclasses import replace
from functools import partial
from typing import cast

from backendd.api.contract import Services
from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from backendd.api.records import Execution, Form, Note
from backendd.api.words import CommandAction
from primitivus.client.account import AccountClient
from primitivus.client.services import ServicesPart
from primitivus.commands.asking.forms import fill_in_form
from primitivus.commands.asking.media import Asker
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.services.services import CommandNode, ServiceJid
from primitivus.model.popups.forms import Answers, Button
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.popups.results import result
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

_WORDS = {"prev": tr("Back"), "next": tr("Next"), "complete": tr("Finish")}


@command("command", aliases=("adhoc",))
async def adhoc(
    ctx: Context, jid: ServiceJid | None = None, node: CommandNode | None = None
) -> None:
    """Run a command of a service, by default your server; without a name, list what it offers.

    A command may ask with several forms, one after the other; Esc cancels it.
    """
    account = ctx.account
    services = account.part(ServicesPart).interface
    whom = jid or account.known.profile.jid.partition("@")[2]
    if node:
        await _Run(ctx, account, services, whom, node).go()
        return
    offered = await services.commands(whom)
    if not offered:
        raise CommandError(tr('"{whom}" offers no commands', whom=whom))
    entries = [
        Entry(
            (("popup", each.name or each.node), ("hint", f"  {each.node}")),
            f"command {quote(each.jid)} {quote(each.node)}",
        )
        for each in offered
    ]
    part = Part(whom, tuple(entries))
    ctx.state.open_popup(Listing(tr("Commands"), (part,), tr("type to search; Enter runs one")))


class _Run:
    """One command, from its beginning to what comes of it."""

    def __init__(
        self, ctx: Context, account: AccountClient, services: Services, whom: str, node: str
    ) -> None:
        self._ctx = ctx
        self._account = account
        self._services = services
        self._whom = whom
        self._node = node
        self._now = Execution()

    async def go(self) -> None:
        """Begin it, and go on until it ends or the user gives it up."""
        await self._execute("execute", {})
        while self._now.status == "executing":
            if not await self._ask():
                await self._give_up()
                return
        self._show()

    async def _execute(self, action: CommandAction, answers: Answers) -> None:
        self._now = await self._services.execute(
            self._whom, self._node, self._now.session, action, answers
        )

    async def _ask(self) -> bool:
        """Ask what this stage wants to know; return whether that was answered."""
        now = self._now
        buttons = [Button(each, _WORDS[each], is_filled=each != "prev") for each in now.actions]
        usual = now.actions.index(now.default) if now.default in now.actions else 0

        async def use(answers: Answers, button: Button) -> None:
            await self._execute(cast("CommandAction", button.word), answers)

        return await fill_in_form(
            self._ctx,
            self._account.known,
            self._form(),
            use,
            purpose=f"command {self._whom} {self._node}",
            title=self._node,
            buttons=buttons,
            usual=usual,
            asker=Asker(partial(self._services.media, self._whom)),
        )

    def _form(self) -> Form:
        form = self._now.form or Form()
        return replace(form, instructions=[*self._notes(), *form.instructions])

    def _notes(self) -> list[str]:
        return list(map(_told, self._now.notes))

    async def _give_up(self) -> None:
        """Tell the service, if it still wants to know."""
        with contextlib.suppress(BackendError, LinkError):
            await self._execute("cancel", {})
        self._ctx.state.say(tr("{node} is cancelled", node=self._node))

    def _show(self) -> None:
        form, notes = self._now.form or Form(), self._notes()
        is_short = len(notes) == 1 and "\n" not in notes[0]
        has_more = form.fields or form.items or form.instructions
        if has_more or (notes and not is_short):
            self._ctx.state.open_popup(result(self._node, form, notes))
        elif notes:
            self._ctx.state.say(notes[0])
        else:
            self._ctx.state.say(
                tr("done") if self._now.status == "completed" else tr("it was cancelled")
            )


def _told(note: Note) -> str:
    match note.type:
        case "warn":
            return tr("Careful: {text}", text=note.text)
        case "error":
            return tr("Error: {text}", text=note.text)
    return note.text
