"""Registering: with services, and for a new account; its password, and its end."""

from dataclasses import replace
from functools import partial
from typing import Literal

from backendd.api.contract.profile import ServerSettings
from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError
from backendd.api.records import Form
from primitivus.client.services import ServicesPart
from primitivus.commands.accounts.account import server_fields, server_options
from primitivus.commands.accounts.known_servers import as_known
from primitivus.commands.arguments.people import ProfileName
from primitivus.commands.asking.forms import confirm, fill_in, fill_in_form
from primitivus.commands.asking.media import Asker
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.services.services import ServiceJid
from primitivus.model.popups.forms import Answers, Button
from primitivus.model.popups.popup import Dialog, Field
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr

_REGISTER = (Button("", tr("Register")),)


@command("register")
async def register(ctx: Context, jid: ServiceJid, how: Literal["", "remove"] = "") -> None:
    """Register with a service, as a gateway or a room for a nick of yours; `remove` ends it.

    A new account on a server is made by :new-account.
    """
    account = ctx.account
    if jid in (account.known.profile.jid, account.known.profile.jid.partition("@")[2]):
        raise CommandError(
            tr("you have your account there: :change-xmpp-password and :remove-account are for it")
        )
    services = account.part(ServicesPart).interface
    if how == "remove":
        if await confirm(ctx, tr("End a registration"), tr("{jid}\nIt forgets you.", jid=jid)):
            await services.register(jid, {}, remove=True)
            ctx.state.say(tr("you are no longer registered with {jid}", jid=jid))
        return

    async def use(answers: Answers, _: Button) -> None:
        await services.register(jid, answers)

    form = await services.register_form(jid)
    if await fill_in_form(
        ctx, account.known, form, use,
        purpose=f"register {jid}", title=tr("Register with {jid}", jid=jid), buttons=_REGISTER,
        asker=Asker(partial(services.media, jid), partial(services.register_form, jid)),
    ):  # fmt: skip
        ctx.state.say(tr("you are registered with {jid}", jid=jid))


@command("new-account")
async def new_account(ctx: Context, server: ServiceJid | None = None) -> None:
    """Make an account on a server that allows it, and a profile for it."""
    asked = _Server(ctx)
    if not await fill_in(ctx, asked.dialog(server or ""), asked.ask):
        return
    made = _Made(ctx, asked)
    if await fill_in_form(
        ctx, ctx.state.account, asked.form, made.make,
        purpose=f"new account {asked.server}",
        title=tr("An account on {server}", server=asked.server),
        buttons=_REGISTER,
        asker=Asker(asked.media, asked.another),
    ):  # fmt: skip
        await ctx.until(lambda: made.name in ctx.state.accounts)
        await ctx.screen.run_line(f"profile {quote(made.name)}")
        # Where one is then: to go there takes what is said off the screen.
        ctx.state.say(
            tr("{jid} is yours, and has a profile here; :password protects it", jid=made.jid)
        )


class _Server:
    """Where the account is to be, and what is asked for there."""

    def __init__(self, ctx: Context) -> None:
        self._manager = ctx.accounts.backend.manager
        self._accounts = ctx.state.accounts
        self.server = ""
        self.name = ""
        self.options: ServerSettings = {}
        self.form = Form()

    def dialog(self, server: str) -> Dialog:
        """Return the form that asks for it."""
        field = Field("server", tr("Server"), tr("its name, such as example.org"))
        field.editor.reset(server)
        hint = tr("its name here; empty: what stands before the @")
        name = Field("profile", tr("Profile name"), hint, is_optional=True, is_folded=True)
        reached = (
            replace(
                each,
                is_folded=True,
                label=tr("At {label}", label=each.label.lower()) if first else each.label,
            )
            for first, each in zip((True, False, False), server_fields(), strict=True)
        )
        return Dialog(
            title=tr("A new account"),
            text=tr("The server says what it needs to know."),
            fields=[field, name, *reached],
            button=tr("Ask it"),
        )

    async def ask(self, values: dict[str, str]) -> None:
        """Have the server say what it wants to know."""
        self.server, self.name = values["server"].strip(), values["profile"].strip()
        self.options = server_options(values)
        if not any(self.options.values()):
            self.options = as_known(self._accounts, self.server) or self.options
        self.form = await self.another()

    async def another(self) -> Form:
        """Return the form anew."""
        return await self._manager.registration_form(self.server, **self.options)

    async def media(self, uri: str) -> Descriptor:
        """Return what the form shows by this address."""
        return await self._manager.registration_media(self.server, uri, **self.options)


class _Made:
    """The account that is made, and its profile."""

    def __init__(self, ctx: Context, asked: _Server) -> None:
        self._manager = ctx.accounts.backend.manager
        self._asked = asked
        self.jid = self.name = ""

    async def make(self, answers: Answers, _: Button) -> None:
        """Make both; where the account is there already, only what is missing."""
        asked = self._asked
        if not self.jid:
            self.jid = await self._manager.register_account(asked.server, answers, **asked.options)
        self.name = asked.name or self.jid.partition("@")[0]
        password = "".join(answers.get("password", [])[:1])
        try:
            await self._manager.create_profile(self.name, self.jid, password, "", **asked.options)
        except BackendError as error:
            raise BackendError(
                tr("{jid} was made, but no profile for it: {why}", jid=self.jid, why=error)
            ) from error


@command("change-xmpp-password")
async def change_xmpp_password(ctx: Context, profile: ProfileName | None = None) -> None:
    """Give your account another password, on its server and here."""
    account = ctx.named(profile)
    dialog = Dialog(
        title=tr("A new password for {jid}", jid=account.known.profile.jid),
        text=tr("On the server, and stored here. Your other programs will ask for it."),
        fields=[
            Field("new", tr("New password"), is_secret=True),
            Field("again", tr("New password again"), is_secret=True),
        ],
        button=tr("Change"),
    )

    async def change(values: dict[str, str]) -> None:
        if values["new"] != values["again"]:
            raise BackendError(tr("the two new passwords differ"))
        await account.profile.change_xmpp_password(values["new"])

    if await fill_in(ctx, dialog, change):
        ctx.state.say(tr("the password of the account was changed"), account=account.known)


@command("remove-account")
async def remove_account(ctx: Context, profile: ProfileName | None = None) -> None:
    """Remove your account from its server, for ever; the profile and its history stay here."""
    account = ctx.named(profile)
    jid = account.known.profile.jid
    text = tr(
        "{jid}\nThe server forgets the account with its contacts and all it keeps of it. Somebody"
        " else may get the address then. This can't be taken back.",
        jid=jid,
    )
    if await confirm(ctx, tr("Remove the account from its server"), text):
        await account.profile.remove_account()
        ctx.state.say(tr("{jid} is removed from its server", jid=jid), account=account.known)
