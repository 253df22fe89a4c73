"""`jp profile connect`, `disconnect` and `wait`."""

from backendd.api.words import State
from jp.command import command, prints
from jp.kinds.addresses import ProfileKey
from jp.kinds.numbers import Duration
from jp.session import Session

_DAY = Duration(86_400)


@command
async def connect(session: Session, profile: ProfileKey | None = None) -> None:
    """Connect a profile, and return when it is online.

    Where it fails the reason is told, and the backend goes on trying if that makes sense.

    profile: its name; else the one of -p, or the default one
    """
    await session.begin("the backend goes on connecting", profile or "", lasts=False)
    await session.profile_of(profile).connect()


@command
async def disconnect(session: Session, profile: ProfileKey | None = None) -> None:
    """Disconnect a profile until it is told to connect again.

    profile: its name; else the one of -p, or the default one
    """
    await session.profile_of(profile).disconnect()


@command
@prints("State")
async def wait(session: Session, states: list[State], *, limit: Duration | None = None) -> None:
    """Wait until a profile is in one of some states, and print in which.

    states: locked, offline, connecting, online, waiting
    limit: at most so long; it is an error when it is in none of them by then

    $ jp profile wait online --limit 30s
    """
    found = await session.profile.wait_state(
        states, (_DAY if limit is None else limit).milliseconds
    )
    session.out.value("State", found)
