"""Consistent colours for people (XEP-0392): the same name has the same colour everywhere."""

from primitivus.themes.theme import Background


def hue(text: str) -> float:
    """Return the angle of a JID or nick in degrees, 0 to 360."""
    raise NotImplementedError


class NickColours:
    """The colour of each person, for one depth of colours and one background."""

    def __init__(
        self,
        depth: int,
        background: Background = "dark",
        vision: str = "normal",
        *,
        enabled: bool = True,
    ) -> None:
        raise NotImplementedError

    def colour(self, text: str) -> str:
        """Return the colour of a JID or nick as urwid writes a foreground; "" if it has none of its own."""
        raise NotImplementedError
