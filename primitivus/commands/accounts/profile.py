"""The profile: presence, connection, passwords."""

from collections.abc import Iterator

from backendd.api.errors import BackendError, WrongPassword
from backendd.api.failures import NotRunning
from backendd.api.words import Show
from primitivus.commands.accounts.account import connect_anew
from primitivus.commands.arguments.people import ProfileName
from primitivus.commands.arguments.present import Priority, Status, priority_of
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.asking.forms import fill_in
from primitivus.commands.asking.later import say_done
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.messages.conversations import show as go
from primitivus.model.accounts.profile import Profile
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.popups.popup import Dialog, Field
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.model.wording.terms import term
from primitivus.sentences import tr


@command("presence")
async def presence(
    ctx: Context,
    show: Show | None = None,
    status: Rest = NOTHING,
) -> None:
    """Set your presence, with a status text if you like; alone, show it.

    It is that of the profile where you are; :profile goes to another.
    """
    if show is None:
        ctx.state.say(_presence_now(ctx.state))
        return
    text = status or ctx.state.account.profile.status
    await _set_presence(ctx, show, text)
    say_done(ctx, tr('you are shown as "{show}"', show=term(show)) + (f": {text}" if text else ""))


@command("status")
async def status(ctx: Context, text: Status | None = None) -> None:
    """Set your status text; alone, show the current one.

    `:status ''` removes it; Tab has the present one to be changed.
    """
    profile = _told_now(ctx.state)
    said = (
        tr("your status is: {status}", status=profile.status)
        if profile.status
        else tr("you have no status text")
    )
    if text is None:
        ctx.state.say(tr("{said}; :status TEXT changes it, :status '' removes it", said=said))
        return
    await _set_presence(ctx, profile.show or "online", text)
    said = tr("your status is: {text}", text=text) if text else tr("you have no status text now")
    say_done(ctx, said)


@command("priority")
async def priority(ctx: Context, number: Priority | None = None) -> None:
    """Set which of your clients gets what is sent to you, from -128 to 127; alone, show it.

    Of those that are online it is the one with the highest number. One with a negative number gets
    nothing but what is sent to it alone, and copies of what the others get.
    """
    profile = _told_now(ctx.state)
    if number is None:
        ctx.state.say(
            tr(
                "your priority is {number}; :priority N changes it",
                number=priority_of(profile),
            )
        )
        return
    account = ctx.account
    await ctx.told(
        account.profile.set_settings(priority=number),
        lambda: priority_of(account.known.profile) == number,
    )
    ctx.state.say(tr("your priority is {number}", number=number))


async def _set_presence(ctx: Context, show: Show, text: str) -> None:
    account = ctx.account

    def is_told() -> bool:
        now = account.known.profile
        return (now.show, now.status) == (show, text)

    await ctx.told(account.profile.set_presence(show, text), is_told)


@command("profile", aliases=("profiles",))
async def profile_command(ctx: Context, name: ProfileName | None = None) -> None:
    """Go to another profile, to where you were in it; alone, list all with their state.

    A locked one asks for its password.
    """
    if name is None:
        hint = tr("Enter opens it")
        part = Part(tr("All profiles"), tuple(_listed(ctx)))
        ctx.state.open_popup(Listing(tr("Profiles"), (part,), hint))
        return
    account = ctx.entrance(name)
    place = account.known.left_place()
    if account.known.is_locked or not place.peer:
        ctx.enter(account)
    else:
        await go(ctx, place, "stay")


@command("connect")
async def connect(ctx: Context, profile: ProfileName | None = None) -> None:
    """Go online now."""
    account = ctx.named(profile)
    await account.profile.connect()
    ctx.state.say(term("online"), account=account.known)


@command("disconnect")
async def disconnect(ctx: Context, profile: ProfileName | None = None) -> None:
    """Go offline, and stay so until :connect.

    A file that is on its way to or from the web goes on, as it needs no connection to the server
    of the account: :pause-transfer holds it. What it is told with goes out when you are online.
    """
    await ctx.named(profile).profile.disconnect()


@command("lock")
async def lock(ctx: Context, profile: ProfileName | None = None) -> None:
    """Go offline and lock the profile until its password is given.

    One without a profile password shows nothing either, but whoever is here can unlock it;
    :password gives it one.
    """
    account = ctx.entrance(profile)
    await ctx.told(account.profile.lock(), lambda: account.known.is_locked)


@command("unlock")
async def unlock(ctx: Context, profile: ProfileName | None = None) -> None:
    """Go to a profile that is locked, by default this one, and give its password."""
    account = ctx.entrance(profile)
    if not account.known.is_locked:
        ctx.state.say(tr("{name} is not locked", name=account.known.profile.name))
        return
    await ctx.screen.run_line(f"profile {quote(account.known.profile.name)}")


@command("password")
async def password(ctx: Context, profile: ProfileName | None = None) -> None:
    """Change the profile password."""
    account = ctx.named(profile)
    current = Field("old", tr("Current password"), is_secret=True, is_optional=True)
    dialog = Dialog(
        title=tr("Change the profile password of {name}", name=account.known.profile.name),
        text=tr(
            "It protects the XMPP password stored here. Empty: no protection, nothing is asked."
        ),
        fields=[
            *([current] if account.known.profile.has_password else ()),
            Field("new", tr("New password"), is_secret=True, is_optional=True),
            Field("again", tr("New password again"), is_secret=True, is_optional=True),
        ],
        button=tr("Change"),
    )

    async def change(values: dict[str, str]) -> None:
        if values["new"] != values["again"]:
            raise BackendError(tr("the two new passwords differ"))
        try:
            await account.profile.change_profile_password(values.get("old", ""), values["new"])
        except WrongPassword as error:
            raise WrongPassword(tr("old: {why}", why=error)) from None
        ctx.state.say(tr("the profile password was changed"), account=account.known)

    await fill_in(ctx, dialog, change)


@command("xmpp-password")
async def xmpp_password(ctx: Context, profile: ProfileName | None = None) -> None:
    """Replace the stored password of the XMPP account; the server is not told."""
    account = ctx.named(profile)
    dialog = Dialog(
        title=tr("Password of {jid}", jid=account.known.profile.jid),
        text=tr(
            "The password that the server has for this account, to connect with. It is stored "
            "here; at the server nothing changes."
        ),
        fields=[Field("password", tr("XMPP password"), is_secret=True)],
        button=tr("Store"),
    )

    async def store(values: dict[str, str]) -> None:
        await account.profile.set_xmpp_password(values["password"])

    if not await fill_in(ctx, dialog, store):
        return
    if account.known.profile.state == "online":
        said = tr("stored; it is used the next time you connect")
        ctx.state.say(said, account=account.known)
    else:
        await connect_anew(ctx, account)


def _presence_now(state: State) -> str:
    """Return how the account where one is stands, and what it shows of itself; LinkError."""
    profile = _told_now(state)
    said = f": {profile.status}" if profile.status else ""
    priority = priority_of(profile)
    names = {
        "jid": profile.jid,
        "state": term(profile.state),
        "show": term(profile.show or "online"),
    }
    now = (
        tr(
            '{jid} is "{state}", shown as "{show}", with priority {number}',
            **names,
            number=priority,
        )
        if priority
        else tr('{jid} is "{state}", shown as "{show}"', **names)
    )
    return f"{now}{said}"


def _told_now(state: State) -> Profile:
    """Return what is told of the profile where one is; NotRunning where nobody tells it."""
    if not state.is_attached:
        raise NotRunning(
            tr("the backend is not running, so nobody knows; :start-backend starts it")
        )
    return state.account.profile


def _listed(ctx: Context) -> Iterator[Entry]:
    """Yield each profile with its state; a star: where one is."""
    for name, account in ctx.state.accounts.items():
        profile = account.profile
        star = "*" if account is ctx.state.account else " "
        standing = term(ctx.state.backend.standing_of(account))
        line = (("popup.key", f"{star} {name}  {standing}"), ("hint", f"  {profile.jid}"))
        yield Entry(line, f"profile {quote(name)}")
