"""`jp profile remove`."""

from jp.command import command
from jp.kinds.addresses import ProfileKey
from jp.session import Session


@command
async def remove(session: Session, profile: ProfileKey, *, yes: bool = False) -> None:
    """Remove a profile with all its messages; the account on the server stays.

    profile: its name
    yes: don't ask
    """
    name = await session.property_of(profile, "Name")
    if not yes:
        session.confirm(f"Remove profile {name} and all its messages?")
    await session.manager.delete_profile(name)
    session.out.note(f"removed the profile {name} and all its messages")
