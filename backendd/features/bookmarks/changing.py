"""What we change ourselves: the server tells that as well, and we are where we want to be."""

from collections.abc import Iterator
from contextlib import contextmanager


class Changing:
    """The bookmarks that are on their way to the server."""

    def __init__(self) -> None:
        self._autojoin: dict[str, bool] = {}  # by room

    @contextmanager
    def of(self, room: str, *, autojoin: bool) -> Iterator[None]:
        """Neither enter nor leave a room for what is told of this change meanwhile."""
        self._autojoin[room] = autojoin
        try:
            yield
        finally:
            self._autojoin.pop(room, None)

    def tells(self, room: str, *, autojoin: bool) -> bool:
        """Return whether it is our own change that is told; another's ends ours."""
        ours = self._autojoin.get(room)
        if ours is not None and ours != autojoin:
            del self._autojoin[room]
        return ours == autojoin
