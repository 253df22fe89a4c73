"""By which words messages speak to the user, beside the nick in a room."""

from primitivus.commands.arguments.present import Highlight
from primitivus.commands.arguments.switches import switched, what_is_so
from primitivus.commands.arguments.types import Switch
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.accounts.account import Account
from primitivus.model.wording.quoting import commas
from primitivus.sentences import tr


@command("highlight")
async def highlight(ctx: Context, words: Highlight | None = None) -> None:
    """Count these WORDS as mentions of you, like your nick, with commas between; alone, tell them.

    With `highlight ""` only your nicks count. It is a setting of the account, for messages to come.
    """
    known, profile = ctx.account.known, ctx.account.profile
    if words is not None:
        before, wanted = known.profile, [each for each in words if each]
        changing = profile.set_settings(highlight=wanted)
        await ctx.told(changing, lambda: known.profile is not before or wanted == _words(known))
    if found := _words(known):
        told = tr("you are mentioned by your nick, and by: {found}", found=commas(found))
    else:
        told = tr("you are mentioned by your nick alone")
    ctx.state.say(told, account=known)


@command("highlight-everyone")
async def highlight_everyone(ctx: Context, switch: Switch | None = None) -> None:
    """Count @all, @channel, @everyone, @here and @room in rooms as mentions of you, or don't.

    Alone, it shows what is so.
    """
    known, profile = ctx.account.known, ctx.account.profile
    is_on = switched(switch, is_on=_counts_everyone(known))
    if switch is not None:
        changing = profile.set_settings(highlight_everyone=is_on)
        await ctx.told(changing, lambda: _counts_everyone(known) == is_on)
    said = (
        tr("messages to everyone in a room mention you")
        if is_on
        else tr("messages to everyone in a room don't mention you")
    )
    ctx.state.say(what_is_so(said, "highlight-everyone", switch, is_on=is_on), account=known)


def _counts_everyone(known: Account) -> bool:
    return bool(known.profile.settings.get("highlight_everyone", False))


def _words(known: Account) -> list[str]:
    return list(map(str, known.profile.settings.get("highlight", ())))
