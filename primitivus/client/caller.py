"""What the parts of the client need to make calls: the members of the shown profile."""

from typing import Protocol

from backendd.api.signature import Plain


class Caller(Protocol):
    """Calls the backend for the shown profile."""

    async def call(self, interface: str, member: str, *args: Plain) -> Plain:
        """Return what `member` returns: nothing, its one value, or a tuple.

        Raises BackendError, what the backend says, or LinkError where there is none to say it.
        """
        ...
