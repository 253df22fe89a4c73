"""What others are told of this program, and of who uses it."""

from primitivus.commands.arguments.switches import switched, what_is_so
from primitivus.commands.arguments.types import Switch, Text
from primitivus.commands.asking.later import say_done
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.accounts.account import Account
from primitivus.sentences import tr


@command("tell-version")
async def tell_version(ctx: Context, switch: Switch | None = None) -> None:
    """Tell those who ask which program you use and its version, or don't.

    Alone, it shows what is so.
    """
    known, profile = ctx.account.known, ctx.account.profile
    is_on = switched(switch, is_on=_tells_version(known))
    if switch is not None:
        changing = profile.set_settings(tell_version=is_on)
        await ctx.told(changing, lambda: _tells_version(known) == is_on)
    said = (
        tr("those who ask are told which program you use")
        if is_on
        else tr("those who ask are not told which program you use")
    )
    ctx.state.say(what_is_so(said, "tell-version", switch, is_on=is_on), account=known)


def _tells_version(known: Account) -> bool:
    return bool(known.profile.settings.get("tell_version", True))


@command("nickname")
async def nickname(ctx: Context, name: Text | None = None) -> None:
    """Tell your contacts your nickname; alone, show what they were told.

    `:nickname ''` tells them nothing. Those who gave you a name themselves see that.
    """
    account = ctx.account
    before = account.known.profile.settings.get("nickname", "")
    if name is None:
        told = (
            tr("your nickname for your contacts is {before}", before=before)
            if before
            else _NO_NICKNAME
        )
        ctx.state.say(tr("{told}; :nickname NAME changes that", told=told))
        return
    await account.profile.set_settings(nickname=name)
    told = tr("your nickname for your contacts is {name}", name=name) if name else _NO_NICKNAME
    say_done(ctx, told)


_NO_NICKNAME = tr("your contacts are told no nickname")
