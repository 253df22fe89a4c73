"""`jp profile unlock` and `jp profile lock`."""

from jp.command import command
from jp.failures import Failure
from jp.kinds.addresses import ProfileKey
from jp.session import Session


@command
async def unlock(session: Session, profile: ProfileKey | None = None) -> None:
    """Unlock a profile; its password is asked for, or read from standard input.

    One that has none is opened again where it was locked.

    profile: its name; else the one of -p, or the default one
    """
    whose = session.profile_of(profile)
    key = profile or session.options.profile
    if not await session.property_of(key, "HasPassword"):
        if await session.property_of(key, "State") != "locked":
            raise Failure("the profile has no password, and is not locked")
        await whose.unlock("")
        return
    await whose.unlock(session.secrets.secret("Profile password"))


@command
async def lock(session: Session, profile: ProfileKey | None = None) -> None:
    """Disconnect a profile, and lock it until its password is given.

    profile: its name; else the one of -p, or the default one
    """
    await session.profile_of(profile).lock()
