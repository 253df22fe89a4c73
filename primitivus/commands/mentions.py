"""By which words messages speak to the user, beside the nick in a room."""

from typing import Literal

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.types import Groups


@command("highlight")
async def highlight(ctx: Context, words: Groups | None = None) -> None:
    """Be spoken to by these WORDS as by the nick in a room, with commas between; none: tell them.

    `highlight ""` leaves the nicks alone. It is a setting of the account, for messages to come.
    """
    account = ctx.account
    if words is not None:
        await account.profile.set_settings(highlight=[each for each in words if each])
        ctx.state.say(_told(words), account=account.known)
        return
    ctx.state.say(_told(account.known.profile.settings.get("highlight", ())), account=account.known)


@command("highlight-everyone")
async def highlight_everyone(ctx: Context, switch: Literal["on", "off"]) -> None:
    """Be spoken to by @all, @channel, @everyone, @here and @room in rooms as well, or not."""
    await ctx.account.profile.set_settings(highlight_everyone=switch == "on")
    says = "speak" if switch == "on" else "don't speak"
    ctx.state.say(f"messages to everyone in a room {says} to you", account=ctx.account.known)


def _told(words: object) -> str:
    known = [str(each) for each in words if each] if isinstance(words, list | tuple) else []
    if not known:
        return "messages speak to you by your nick alone"
    return f"messages speak to you by your nick, and by: {', '.join(known)}"
