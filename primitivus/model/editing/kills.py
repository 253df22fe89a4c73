"""What was killed, to be yanked back: as in readline, shared by all editors."""


class Kills:
    """The last killed texts; kills that follow each other make one."""

    def __init__(self, limit: int = 20) -> None:
        self._limit = limit
        self._texts: list[str] = []
        self._shown = 0  # how far yank_pop has gone back

    def add(self, text: str, *, joins: bool, before: bool) -> None:
        """Keep a killed text; one that joins goes before or behind the last one."""
        if not text:
            return
        if joins and self._texts:
            last = self._texts.pop()
            text = text + last if before else last + text
        self._texts.append(text)
        del self._texts[: -self._limit]
        self._shown = 0

    def newest(self) -> str:
        """Return the last killed text, or nothing."""
        self._shown = 0
        return self._texts[-1] if self._texts else ""

    def older(self) -> str:
        """Return the text killed before the one returned last, and after the oldest the newest."""
        if not self._texts:
            return ""
        self._shown = (self._shown + 1) % len(self._texts)
        return self._texts[-1 - self._shown]
