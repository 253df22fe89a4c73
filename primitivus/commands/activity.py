"""What others are told of this program."""

from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.types import Switch


@command("tell-version")
async def tell_version(ctx: Context, switch: Switch = "toggle") -> None:
    """Tell those who ask which program you use and its version, or don't."""
    account = ctx.account
    is_told = account.known.profile.settings.get("tell_version", True)
    is_on = not is_told if switch == "toggle" else switch == "on"
    await account.profile.set_settings(tell_version=is_on)
    told = "are told" if is_on else "are not told"
    ctx.state.say(f"those who ask {told} which program you use")
