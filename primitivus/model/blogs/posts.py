"""Entries of blogs in a list: newest first, page by page, as they change."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields

from backendd.api.records import Entry, EntryHit
from primitivus.model.blogs.blogs import Feed, feed_of
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.wording.dates import order


def key_of(entry: Entry) -> str:
    """Return what tells an entry from all others."""
    return f"{entry.service} {entry.node} {entry.id}"


def is_whole(entry: Entry) -> bool:
    """Return whether all that an entry says is here, with its markup."""
    return not (entry.truncated or entry.has_markup)


def hashtag(tag: str) -> str:
    """Return a tag as it is searched: one of several words stands in quotes."""
    return f'#"{tag}"' if " " in tag else f"#{tag}"


class Posts:
    """Those that are held, from the newest on; `next` is where the page below begins, if any."""

    def __init__(self) -> None:
        self.next = ""
        self._listed: list[Entry] = []
        self._held: dict[str, Entry] = {}
        self._meanwhile: Meanwhile[Entry] = Meanwhile()

    def listed(self) -> Sequence[Entry]:
        """Return all, newest first."""
        return self._listed

    def __contains__(self, key: str) -> bool:
        return key in self._held

    def beside(self, key: str, by: int) -> Entry | None:
        """Return which is so many below, above if negative; None where none is."""
        place = self._at(self._held[key]) + by if key in self._held else -1
        return self._listed[place] if 0 <= place < len(self._listed) else None

    def __len__(self) -> int:
        return len(self._listed)

    def expect(self) -> None:
        """Note that a page is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, page: Iterable[Entry], next: str) -> None:
        """Hold the first page, and what was told meanwhile."""
        self._held = {key_of(each): self._newer(each) for each in page}
        self._meanwhile.settle(self._held)
        self._listed = sorted(self._held.values(), key=_place)
        self.next = next

    def extend(self, page: Iterable[Entry], next: str) -> None:
        """Hold a page below what is held."""
        found = {key_of(each): self._newer(each) for each in page}
        self._meanwhile.overrule(found)
        for key, each in found.items():
            self._put(key, each)
        self.next = next

    def merge(
        self,
        told: Iterable[Entry],
        belongs: Callable[[Entry], bool],
        stays: Callable[[Entry], bool] = lambda _: True,
    ) -> None:
        """Take in what was told of entries that are held, and of new ones that belong here.

        What is older than all that is held comes with the page below. Of those that are held one
        that is so that it doesn't stay is held no more.
        """
        for each in told:
            key = key_of(each)
            held = self._held.get(key)
            if held is None and belongs(each):
                self._meanwhile.told(key, each)
                if not self._is_below(each):
                    self._put(key, each)
            elif held is not None and held.revision <= each.revision:
                now = _as_found(each, held)
                if stays(now):
                    self._meanwhile.told(key, now)
                    self._put(key, now)
                else:
                    self._meanwhile.told(key, None)
                    self._take(key)

    def drop(self, feed: Feed, ids: Iterable[str] | None = None) -> None:
        """Hold these entries of a blog no more; None: none of it."""
        of_feed = (each for each in self._listed if feed_of(each) == feed)
        gone = [each.id for each in of_feed] if ids is None else ids
        for key in (f"{feed.key} {each}" for each in gone):
            self._meanwhile.told(key, None)
            self._take(key)

    def _is_below(self, entry: Entry) -> bool:
        return bool(self.next and self._listed) and _place(entry) > _place(self._listed[-1])

    def _newer(self, entry: Entry) -> Entry:
        held = self._held.get(key_of(entry))
        return held if held is not None and held.revision > entry.revision else entry

    def _put(self, key: str, entry: Entry) -> None:
        held = self._held.get(key)
        if held is not None and _place(held) == _place(entry):
            self._listed[self._at(held)] = entry
        else:
            self._take(key)
            self._listed.insert(bisect_right(self._listed, _place(entry), key=_place), entry)
        self._held[key] = entry

    def _take(self, key: str) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            del self._listed[self._at(held)]

    def _at(self, held: Entry) -> int:
        at = bisect_left(self._listed, _place(held), key=_place)
        while self._listed[at] is not held:
            at += 1
        return at


def _place(entry: Entry) -> int:
    return -order(entry)


def _as_found(entry: Entry, held: Entry) -> Entry:
    """Return an entry as it is now, where it was found with the place that was found in it."""
    if not isinstance(held, EntryHit):
        return entry
    now = {each.name: getattr(entry, each.name) for each in fields(entry)}
    return EntryHit(**now, snippet=held.snippet, ranges=held.ranges)
