"""Calls that don't fit what is exported, by the names the D-Bus specification has for it."""


class CallRefused(Exception):
    """A call that reaches no member; `name` is the standard error's, without its prefix."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name

    @property
    def bus_name(self) -> str:
        """The name on the bus."""
        return f"org.freedesktop.DBus.Error.{self.name}"
