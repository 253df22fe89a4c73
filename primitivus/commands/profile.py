"""The profile: presence, connection, passwords."""

from contextlib import suppress
from dataclasses import replace
from typing import Literal

from backendd.api.errors import BackendError, WrongPassword
from backendd.api.names import PROFILE
from primitivus.commands.account import connect_anew
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.forms import fill_in
from primitivus.commands.types import NOTHING, Rest, Text
from primitivus.model.popup import Dialog, Field


@command("presence")
async def presence(
    ctx: Context,
    show: Literal["online", "chat", "away", "dnd", "xa"] | None = None,
    status: Rest = NOTHING,
) -> None:
    """Say how you can be reached, with a status text if you like; alone, tell how it is."""
    profile = ctx.state.account.profile
    if show is None:
        said = f": {profile.status}" if profile.status else ""
        ctx.state.say(
            f"{profile.jid} is {profile.state}, shown as {profile.show or 'online'}{said}"
        )
        return
    text = status or profile.status
    await _set_presence(ctx, show, text)
    ctx.state.say(f"you are shown as {show}" + (f": {text}" if text else ""))


@command("status")
async def status(ctx: Context, text: Text | None = None) -> None:
    """Set your status text; alone, tell the present one.

    `:status ''` takes it away.
    """
    profile = ctx.state.account.profile
    said = f"your status is: {profile.status}" if profile.status else "you have no status text"
    if text is None:
        ctx.state.say(f"{said}; :status TEXT changes it, :status '' takes it away")
        return
    await _set_presence(ctx, profile.show or "online", text)
    ctx.state.say(f"your status is: {text}" if text else "you have no status text any more")


async def _set_presence(ctx: Context, show: str, text: str) -> None:
    await ctx.call(PROFILE, "SetPresence", show, text, {})
    # The next command builds on it, and the properties may tell it a little later.
    ctx.state.set_profile(replace(ctx.state.account.profile, show=show, status=text))


@command("connect")
async def connect(ctx: Context) -> None:
    """Go online now."""
    await ctx.call(PROFILE, "Connect", {})
    ctx.state.say("online")


@command("disconnect")
async def disconnect(ctx: Context) -> None:
    """Go offline, and stay so until :connect."""
    await ctx.call(PROFILE, "Disconnect", {})


@command("lock")
async def lock(ctx: Context) -> None:
    """Go offline and lock the profile until its password is given."""
    await ctx.call(PROFILE, "Lock", {})


@command("unlock")
async def unlock(ctx: Context) -> None:
    """Give the profile password, where there is one."""
    if not ctx.state.account.profile.has_password:
        with suppress(WrongPassword):
            await ctx.call(PROFILE, "Unlock", "", {})
            return
    dialog = Dialog(
        title=f"Unlock {ctx.state.account.profile.name}",
        text="The profile password, not the one of the XMPP account.",
        fields=[Field("password", "Profile password", is_secret=True)],
        button="Unlock",
    )

    async def give(values: dict[str, str]) -> None:
        await ctx.call(PROFILE, "Unlock", values["password"], {})

    await fill_in(ctx, dialog, give)


@command("password")
async def password(ctx: Context) -> None:
    """Change the profile password."""
    dialog = Dialog(
        title="Change the profile password",
        text="It protects the XMPP password stored here. Empty: no protection, nothing is asked.",
        fields=[
            Field("old", "Present password", is_secret=True, is_optional=True),
            Field("new", "New password", is_secret=True, is_optional=True),
            Field("again", "New password again", is_secret=True, is_optional=True),
        ],
        button="Change",
    )

    async def change(values: dict[str, str]) -> None:
        if values["new"] != values["again"]:
            raise BackendError("the two new passwords differ")
        try:
            await ctx.call(PROFILE, "ChangeProfilePassword", values["old"], values["new"], {})
        except WrongPassword as error:
            raise WrongPassword(f"old: {error}") from None
        ctx.state.say("the profile password is changed")

    await fill_in(ctx, dialog, change)


@command("xmpp-password")
async def xmpp_password(ctx: Context) -> None:
    """Replace the stored password of the XMPP account; the server is not told."""
    dialog = Dialog(
        title=f"Password of {ctx.state.account.profile.jid}",
        text="The password that the server has for this account, to connect with. It is stored "
        "here; at the server nothing changes.",
        fields=[Field("password", "XMPP password", is_secret=True)],
        button="Store",
    )

    async def store(values: dict[str, str]) -> None:
        await ctx.call(PROFILE, "SetXmppPassword", values["password"], {})

    if not await fill_in(ctx, dialog, store):
        return
    if ctx.state.account.profile.state == "online":
        ctx.state.say("stored, for the next time that a connection is made")
    else:
        await connect_anew(ctx)
