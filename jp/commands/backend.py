"""The backend itself: its version and what it can do, and when it is quiet."""

from backendd.api.names import MANAGER, ROOT_PATH
from jp.command import command, prints
from jp.failures import UsageError
from jp.kinds.numbers import Hour
from jp.session import PROPERTIES, Session

_QUIET = "QuietTime"


def _quiet(first: int, last: int) -> str:
    return f"{first} to {last}" if first != last else "none"


@command
@prints("Manager.*")
async def show(session: Session) -> None:
    """Print what the backend says of itself."""
    (found,) = await session.call(ROOT_PATH, PROPERTIES, "GetAll", "s", (MANAGER,))
    told = (_QUIET, lambda backend: _quiet(*backend[_QUIET]))
    session.out.record(found, [told if each == _QUIET else each for each in found])


@command
@prints("Configuration.*")
async def configuration(session: Session) -> None:
    """Print the settings of the backend that are in force, and what its file has of them now.

    $ jp backend configuration
    """
    found = await session.manager.configuration()
    if not session.out.is_for_people:
        session.out.record(found)
        return
    columns = ("table", "name", "value", "written", "default")
    session.out.records(found.settings, columns, none="there are no settings")
    if found.problem:
        session.out.note(found.problem)


@command
@prints("QuietTime")
async def quiet_time(
    session: Session, start: Hour | None = None, end: Hour | None = None, *, off: bool = False
) -> None:
    """Print from which hour to which nothing calls for attention, or set it, for all profiles.

    start: from this hour on, 0 to 23
    end: until this one
    off: there is no such time

    $ jp backend quiet-time 22 7
    """
    if off and start is not None:
        raise UsageError("it is either two hours or --off", "backend quiet-time")
    if start is None and not off:
        first, last = await session.property(_QUIET, MANAGER)
        if not session.out.is_for_people:
            session.out.record({_QUIET: (first, last)})
        else:
            session.out.text(_quiet(first, last))
        return
    if not off and (end is None or start == end):
        raise UsageError("it takes two different hours, or --off", "backend quiet-time")
    await session.manager.set_quiet_time(start or 0, end or 0)
