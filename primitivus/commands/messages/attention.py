"""Asking for somebody's attention, and when nothing is to call for one's own."""

from collections.abc import Iterable
from typing import Annotated, Literal

from backendd.api.quiet import QuietTime
from primitivus.commands.arguments.people import PeerJid, ProfileName, find_here
from primitivus.commands.arguments.types import Kind
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.messages.conversations import named
from primitivus.sentences import tr

# Hours that are proposed for a night.
_NIGHT = 9


def _hour(text: str) -> int:
    written = text.removesuffix(":00")
    if not (written.isascii() and written.isdigit() and int(written) <= 23):
        raise ValueError(
            tr('"{text}" isn\'t an hour from 0 to 23; only whole hours are kept', text=text)
        )
    return int(written)


def _hour_or_off(text: str) -> int | Literal["off"]:
    return "off" if text == "off" else _hour(text)


def _complete_end(asked: Asked) -> Iterable[Candidate]:
    """Return the hours, those after a night that begins as is typed first."""
    try:
        first = _hour(asked.earlier) + _NIGHT
    except ValueError:
        return ()
    return asked.begun(str((first + more) % 24) for more in range(24) if more != 24 - _NIGHT)


Hour = Annotated[int, Kind("hour", _hour, _complete_end)]
HourOrOff = Annotated[
    int | Literal["off"], Kind("hour", _hour_or_off, lambda asked: asked.begun(("off",)))
]


@command("attention", aliases=("buzz",))
async def attention(
    ctx: Context, peer: PeerJid | None = None, profile: ProfileName | None = None
) -> None:
    """Call for somebody's attention, by default whom you write to: their program may ring."""
    if peer is None:
        if ctx.state.conversation is None:
            raise ctx.no_conversation()
        place = ctx.state.conversation.place
    else:
        place = named(ctx, peer, profile) if profile else find_here(ctx.state, peer)
    account = ctx.at(place)
    await account.messages.attention(place.peer)
    ctx.state.say(
        tr("{name} was called for: their program may ring", name=account.known.name(place.peer)),
        account=account.known,
    )


@command("quiet-time")
async def quiet_time(ctx: Context, start: HourOrOff | None = None, end: Hour | None = None) -> None:
    """Have nothing ring or pop up from one hour to another, each day, as in `:quiet-time 22 7`.

    It is kept by the backend, for all profiles, and holds for notifications of the desktop as well.
    With `off` there is no such time. Alone, it shows what is so.
    """
    if start is not None:
        wanted = QuietTime() if start == "off" else QuietTime(start, _end(start, end))
        calling = ctx.accounts.backend.manager.set_quiet_time(*wanted)
        await ctx.told(calling, lambda: ctx.state.quiet_time == wanted)
    ctx.state.say(_told(ctx.state.quiet_time, is_new=start is not None))


def quiet_time_in(text: str) -> QuietTime:
    """Return the quiet time that is written as after `:quiet-time`; CommandError, ValueError."""
    start, _, end = text.strip().partition(" ")
    if start == "off" and not end:
        return QuietTime()
    hours = [_hour(each) for each in (start, *end.split())]
    if len(hours) > 2:
        raise ValueError(tr("two hours are wanted, from which to which"))
    return QuietTime(hours[0], _end(hours[0], hours[1] if len(hours) > 1 else None))


def _end(start: int, end: int | None) -> int:
    if end == start:
        raise CommandError(
            tr(
                "from {start} to {end} is no time at all; :quiet-time off has none, and"
                " :quiet-time {start} {morning} lasts until {morning}:00",
                start=start,
                end=end,
                morning=(start + _NIGHT) % 24,
            )
        )
    if end is None:
        raise CommandError(
            tr(
                "until when? :quiet-time {start} {morning}",
                start=start,
                morning=(start + _NIGHT) % 24,
            )
        )
    return end


def _told(now: QuietTime, *, is_new: bool) -> str:
    if now.start == now.end:
        if is_new:
            return tr("there is no quiet time")
        return tr("there is no quiet time; :quiet-time 22 7 makes one")
    said = tr("quiet from {start}:00 to {end}:00", start=now.start, end=now.end)
    return said if is_new else tr("{said}; :quiet-time off ends that", said=said)
