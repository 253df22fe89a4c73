"""`jp profile default`."""

from backendd.api.names import MANAGER
from jp.command import command, prints
from jp.kinds.addresses import ProfileKey
from jp.session import Session


@command
@prints("DefaultProfile")
async def default(session: Session, profile: ProfileKey | None = None) -> None:
    """Make @DEFAULT@ mean a profile, or print what it means.

    profile: which one from now on

    $ jp profile default alice
    """
    if profile is None:
        found = await session.property("DefaultProfile", MANAGER)
        session.out.value("DefaultProfile", found, none="no profile is the default one")
    else:
        await session.set_property(MANAGER, "DefaultProfile", str(profile))
