"""What stands beside a post in its blog."""

from collections.abc import Iterable

from backendd.api.values import Mutable, field


class Siblings(Mutable):
    """The posts of a blog as far as they were listed, newest first; `next` begins what follows."""

    ids: list[str] = field(default_factory=list)
    next: str = ""
    is_all: bool = False

    def add(self, ids: Iterable[str], next: str) -> None:
        """Take in a page, and where the one behind it begins."""
        self.ids = list(dict.fromkeys([*self.ids, *ids]))
        self.next, self.is_all = next, not next

    def beside(self, id: str, by: int) -> str:
        """Return which stands so many below, above if negative; nothing where none does."""
        if id not in self.ids:
            return ""
        place = self.ids.index(id) + by
        return self.ids[place] if 0 <= place < len(self.ids) else ""
