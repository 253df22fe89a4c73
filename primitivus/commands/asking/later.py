"""What is so here at once, and goes out to others when it can."""

from primitivus.commands.context import Context
from primitivus.model.place import Place
from primitivus.sentences import tr


def say_done(ctx: Context, text: str, place: Place | None = None) -> None:
    """Say what is so now in the account of a place, by default where one is.

    While that is not online, it is said that others see it later.
    """
    account = ctx.state.account if place is None else ctx.state.at(place)
    is_online = ctx.state.backend.hears_of_others(account.profile)
    ctx.state.say(text, also="" if is_online else tr("others see it once you are online"))
