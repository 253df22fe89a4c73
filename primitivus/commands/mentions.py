"""By which words messages speak to the user, beside the nick in a room."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.types import Groups
from primitivus.model.account import Account


@command("highlight")
async def highlight(ctx: Context, words: Groups | None = None) -> None:
    """Count these WORDS as mentions of you, like your nick, with commas between; alone, tell them.

    With `highlight ""` only your nicks count. It is a setting of the account, for messages to come.
    """
    known, profile = ctx.account.known, ctx.account.profile
    if words is not None:
        before, wanted = known.profile, [each for each in words if each]
        changing = profile.set_settings(highlight=wanted)
        await ctx.told(changing, lambda: known.profile is not before or wanted == _words(known))
    if found := _words(known):
        told = f"you are mentioned by your nick, and by: {', '.join(found)}"
    else:
        told = "you are mentioned by your nick alone"
    ctx.state.say(told, account=known)


@command("highlight-everyone")
async def highlight_everyone(ctx: Context, switch: Literal["on", "off"]) -> None:
    """Count @all, @channel, @everyone, @here and @room in rooms as mentions of you, or don't."""
    await ctx.account.profile.set_settings(highlight_everyone=switch == "on")
    says = "mention" if switch == "on" else "don't mention"
    ctx.state.say(f"messages to everyone in a room {says} you", account=ctx.account.known)


def _words(known: Account) -> list[str]:
    return list(map(str, known.profile.settings.get("highlight", ())))
