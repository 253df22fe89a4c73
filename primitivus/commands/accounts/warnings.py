"""What doesn't work as it should: the connection, the profile, the backend as a whole."""

from collections.abc import Iterable, Iterator

from backendd.api.records import Warning
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.popups.listing import Markup
from primitivus.model.popups.popup import Overlay
from primitivus.model.state import State
from primitivus.model.telling.banner import banner
from primitivus.model.wording.times import moment
from primitivus.sentences import tr


@command("warnings")
async def warnings(ctx: Context) -> None:
    """Show what doesn't work as it should, and what was lost; :dismiss forgets it."""
    state = ctx.state
    accounts = state.accounts.opened()
    lines = [
        *_of_connection(state),
        *_told(state.backend_warnings),
        *(
            line
            for each in accounts
            for line in _told(each.profile.warnings, state.accounts.told_apart(each))
        ),
    ]
    empty = ((("popup", tr("all is well")),),)
    ctx.state.open_popup(Overlay(tr("Warnings (:dismiss forgets them)"), tuple(lines) or empty))


@command("dismiss")
async def dismiss(ctx: Context) -> None:
    """Forget all warnings; what still holds comes again."""
    warned = [each for each in ctx.accounts if each.known.profile.warnings]
    warned = [each for each in warned if not each.known.is_locked]
    count = sum(len(each.known.profile.warnings) for each in warned)
    for each in warned:
        await each.profile.dismiss_warnings("", "")
    ctx.state.say(
        tr("warnings dismissed: {count}", count=count) if count else tr("there are no warnings")
    )


def _of_connection(state: State) -> Iterator[Markup]:
    """Yield what the banner says of each account; that the backend is gone but once."""
    accounts = list(state.accounts.values()) if state.is_attached else [state.account]
    for account in accounts:
        said = banner(state.backend, account)
        if said is not None:
            style = "popup" if said.quiet else "message.error"
            whose = state.accounts.told_apart(account) if state.is_attached else ""
            yield (("popup.key", tr("now") + "  "), (style, _whose(said.text, whose)))


def _told(records: Iterable[Warning], whose: str = "") -> Iterator[Markup]:
    for each in records:
        said = _whose(each.text, whose)
        yield (("popup.key", f"{moment(each.time)}  "), ("message.error", said))


def _whose(said: str, whose: str) -> str:
    return f"{whose}: {said}" if whose else said
