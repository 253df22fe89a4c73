"""Who makes the call that is being served."""

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("caller")


def caller() -> str:
    """Return the unique bus name of who made the call this code serves; LookupError outside."""
    return current.get()
