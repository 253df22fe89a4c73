"""Where the server of an account is: the fields that ask for it, and the form that changes it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backendd.api.contract.profile import ServerSettings
from backendd.api.errors import BackendError, InvalidArgument, InvalidJid, NotAllowed
from primitivus.client.account import AccountClient
from primitivus.commands.arguments.people import ProfileName
from primitivus.commands.asking.forms import fill_in
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.accounts.account import Account
from primitivus.model.popups.popup import Dialog, Field
from primitivus.sentences import tr

_PLAIN = tr(
    "yes: the server may get the password itself though it knows or knew a safer login; only if "
    "whoever runs it says so"
)
YES, NO = ("yes", "y", "on", "true"), ("no", "n", "off", "false", "")


def server_fields() -> list[Field]:
    """Return the fields that say where the server is and whom to trust."""
    return [
        Field(
            "host",
            tr("Server"),
            tr("only if it can't be found by its name (DNS)"),
            is_optional=True,
        ),
        Field("port", tr("Port"), tr("only with a server"), is_optional=True),
        Field(
            "ca_file",
            tr("CA file"),
            tr("only for a private authority: a PEM file"),
            is_optional=True,
        ),
    ]


def server_options(answer: Mapping[str, str]) -> ServerSettings:
    """Return what was filled in as the settings of a profile; raises InvalidArgument."""
    options: ServerSettings = {"host": answer["host"].strip(), "port": 0}
    port = answer["port"].strip()
    if port:
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise InvalidArgument(tr("port is a number from 1 to 65535"))
        if not options["host"]:
            raise InvalidArgument(tr("a port needs a host"))
        options["port"] = int(port)
    ca_file = answer["ca_file"].strip()
    options["ca_file"] = str(Path(ca_file).expanduser().absolute()) if ca_file else ""
    return options


@command("account")
async def account(ctx: Context, profile: ProfileName | None = None) -> None:
    """Change how the server of an account is reached, by default this one, and connect again.

    The address can be mended as well, as long as nothing of an account is in the profile; the name
    of the profile stays.
    The password is changed by :xmpp-password. A profile is removed, with its history, by
    :remove-profile.
    """
    account = ctx.named(profile)
    known = account.known.profile
    dialog = Dialog(
        title=tr("The server of {jid}", jid=known.jid),
        text=tr(
            "Leave all empty to find the server by the address and trust whom the system trusts."
        ),
        fields=_address(account.known) + _filled(known.settings),
        button=tr("Store and connect"),
    )

    async def store(values: dict[str, str]) -> None:
        server = server_options(values)
        server["direct_tls"] = _switch(values, "direct_tls")
        allow_plain = _switch(values, "allow_plain")
        await _set_jid(account, values)
        await account.profile.set_settings(**server, allow_plain=allow_plain)

    if await fill_in(ctx, dialog, store):
        await connect_anew(ctx, account)


async def _set_jid(account: AccountClient, values: Mapping[str, str]) -> None:
    jid = account.known.profile.jid
    wanted = values.get("jid", jid).strip()
    if wanted == jid:
        return
    try:
        await account.profile.set_jid(wanted)
    except (InvalidJid, NotAllowed) as error:
        raise type(error)(tr("jid: {why}", why=error)) from None


def _switch(values: Mapping[str, str], name: str) -> bool:
    word = values[name].strip().lower()
    if word not in (*YES, *NO):
        raise InvalidArgument(tr("{name} is yes or no", name=name))
    return word in YES


async def connect_anew(ctx: Context, account: AccountClient) -> None:
    """Connect with what was just stored; a locked profile does when it is unlocked."""
    if account.known.profile.is_locked:
        ctx.state.say(tr("stored"), account=account.known)
        return
    ctx.state.say(tr("stored; connecting"), account=account.known)
    await account.profile.disconnect()
    try:
        await account.profile.connect()
    except BackendError as error:
        # With a connection that waits, the banner says the rest.
        raise type(error)(tr("stored, but: {why}", why=error)) from None
    ctx.state.say(tr("stored; online"), account=account.known)


def _address(account: Account) -> list[Field]:
    """Return the field for the address, while it can be another one."""
    is_used = len(account.roster) or any(each.last for each in account.conversations.listed())
    if is_used or account.profile.state == "online":
        return []
    field = Field(
        "jid", tr("XMPP address"), tr("the address of your account, such as alice@example.org")
    )
    field.editor.reset(account.profile.jid)
    return [field]


def _filled(settings: Mapping[str, Any]) -> list[Field]:
    fields = server_fields()
    hint = tr("yes or no; yes: encrypted from the first byte on, usually port 5223")
    fields.insert(2, Field("direct_tls", tr("Direct TLS"), hint, is_optional=True))
    fields.append(Field("allow_plain", tr("Allow PLAIN"), _PLAIN, is_optional=True))
    for each in fields:
        value = settings.get(each.name, "")
        is_switch = each.name in ("direct_tls", "allow_plain")
        text = ("yes" if value else "no") if is_switch else str(value or "")
        each.editor.reset(text)
    return fields
