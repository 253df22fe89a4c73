"""What a profile is to be called, looked at before anything is done that can't be undone."""

from jp.failures import Failure
from jp.session import Session


async def require_new(session: Session, name: str, otherwise: str) -> None:
    """Raise Failure where a profile is called so; `otherwise` says how to call it another way."""
    if any(each.get("Name") == name for each in await session.profiles()):
        raise Failure(f'there is a profile "{name}" already; {otherwise}')
