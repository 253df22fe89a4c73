"""How it was before something is watched, which is no news."""

from contextlib import suppress

from backendd.api.errors import BackendError
from backendd.api.names import FILES, MESSAGES, PROFILES_PATH, ROOMS, ROSTER, decode_label
from backendd.api.variants import Variant
from jp.commands.watch.news import News
from jp.session import Session

_NO_REVISION = 2**62  # no profile gets there: nothing has changed since
# What has records, by an argument of the event that tells of them.
_LISTED = (
    (ROSTER, "Roster.Changed", "contacts"),
    (ROOMS, "Rooms.Changed", "rooms"),
    (FILES, "Files.Changed", "transfers"),
)


async def know(session: Session, news: News, own: str) -> None:
    """Have it known how it stands with a profile by its path, or without one with all of them."""
    paths = [own]
    if not own:
        paths = [await session.path(str(each["Name"])) for each in await session.profiles()]
    for path in paths:
        with suppress(BackendError):  # it may be locked, and all of it is news then
            await _know(session, news, path)


async def _know(session: Session, news: News, path: str) -> None:
    profile = profile_at(path)
    only = {"limit": Variant("u", 1)}
    _, page = await session.call(path, MESSAGES, "Changes", "xa{sv}", (_NO_REVISION, only))
    news.newest[profile] = page.get("newest", 0)
    for interface, event, argument in _LISTED:
        (found,) = await session.call(path, interface, "List", "a{sv}", ({},))
        news.know(profile, event, {argument: found})


def profile_at(path: str) -> str:
    """Return the name of a profile by its path; nothing for another path."""
    return decode_label(path.rpartition("/")[2]) if path.startswith(f"{PROFILES_PATH}/") else ""
