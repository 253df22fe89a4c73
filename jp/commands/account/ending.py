"""`jp account password` and `jp account remove`."""

from jp.command import command
from jp.failures import Failure
from jp.session import Session


@command
async def password(session: Session) -> None:
    """Give the account another password, on its server and here.

    It is asked for, or read from standard input. Other programs will ask you for it.
    """
    new = session.secrets.new_secret("New XMPP password")
    if not new:
        raise Failure("the new password is empty")
    await session.profile.change_xmpp_password(new)


@command
async def remove(session: Session, *, yes: bool = False) -> None:
    """Remove the account from its server, for ever; the profile and its history stay here.

    The server forgets its contacts and all that it keeps of it, and somebody else may get the
    address then.

    yes: don't ask whether to
    """
    if not yes:
        jid = await session.property("Jid")
        session.confirm(f"Remove {jid} from its server, for ever?")
    await session.profile.remove_account()
