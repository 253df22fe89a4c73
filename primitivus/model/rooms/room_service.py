"""Where the server of an account has its rooms, once somebody wanted to know."""

# What no name of a room has in it (RFC 7622 3.3.1).
_NEVER = frozenset(" \t\n\"&'/:<>@")


class RoomService:
    """The address of the service; while it is unknown it is `wanted` by who writes a name."""

    def __init__(self) -> None:
        self.address = ""
        self.is_wanted = False

    def room(self, name: str) -> str:
        """Return the address of a room there; nothing where that is no name, or not yet known."""
        if not name or _NEVER.intersection(name):
            return ""
        self.is_wanted = not self.address
        return f"{name.lower()}@{self.address}" if self.address else ""

    def forget(self) -> None:
        """Know nothing any more."""
        self.address, self.is_wanted = "", False
