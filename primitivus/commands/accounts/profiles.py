"""Making and removing profiles; how one connects is in profile.py and account.py."""

from primitivus.commands.accounts.doorman import Doorman
from primitivus.commands.arguments.people import ProfileName
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr


@command("new-profile", aliases=("add-profile",))
async def new_profile(ctx: Context) -> None:
    """Make a profile for an account that you have, and go to it.

    `:new-account` makes an account on a server as well. A server that another profile is on is
    reached as for that one, unless something else is filled in.
    """
    name = await Doorman(ctx, tr("A profile for another XMPP account")).new_profile()
    if name is not None:
        await ctx.until(lambda: name in ctx.state.accounts)
        await ctx.screen.run_line(f"profile {quote(name)}")


@command("remove-profile")
async def remove_profile(ctx: Context, profile: ProfileName) -> None:
    """Remove a profile with its history from this machine; the account stays on its server."""
    account = ctx.named(profile)
    text = tr(
        "{jid}\nAll that is stored here of it is removed: messages, drafts, settings. The account"
        " stays on its server. This can't be taken back.",
        jid=account.known.profile.jid,
    )
    if await confirm(ctx, tr("Remove the profile {profile}", profile=profile), text):
        await ctx.accounts.backend.manager.delete_profile(profile)
        ctx.state.say(tr("the profile {profile} is removed", profile=profile))
