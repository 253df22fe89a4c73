"""`jp profile password` and `jp profile xmpp-password`."""

from jp.command import command
from jp.failures import Failure
from jp.kinds.addresses import ProfileKey
from jp.session import Session


@command
async def password(session: Session, profile: ProfileKey | None = None) -> None:
    """Change the password of a profile.

    The present one and then the new one are asked for, or read from standard input, a line each;
    an empty new one is none.

    profile: its name; else the one of -p, or the default one
    """
    old = session.secrets.secret("Present profile password")
    new = session.secrets.new_secret("New profile password (empty for none)")
    await session.profile_of(profile).change_profile_password(old, new)


@command
async def xmpp_password(session: Session, profile: ProfileKey | None = None) -> None:
    """Store another XMPP password for a profile; the server is not told of it.

    It is asked for, or read from standard input.

    profile: its name; else the one of -p, or the default one
    """
    new = session.secrets.secret("XMPP password")
    if not new:
        raise Failure("the XMPP password is empty")
    await session.profile_of(profile).set_xmpp_password(new)
