"""What is refused because a room has to be entered before."""

from backendd.api.errors import UnknownRoom
from jp.failures import Failure


class InRoom:
    """Has who can't say something in a room meanwhile be told which command enters it.

    No `contextmanager`: `contextlib` would take longer to load than this.
    """

    def __init__(self, peer: str) -> None:
        self._peer = peer

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Raise Failure in the place of UnknownRoom."""
        if isinstance(error, UnknownRoom):
            raise Failure(f"{error}{hint(self._peer)}") from None


def hint(peer: str) -> str:
    """Return what stands behind the sentence that a room has to be entered."""
    return f": `jp room join {peer.partition('/')[0]}`"
