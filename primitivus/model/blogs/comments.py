"""Comments on an entry, as talks: what answers what, page by page, as they change."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from backendd.api.records import Entry
from backendd.api.tuples import NamedTuple
from primitivus.model.blogs.discussion import is_heart, parent
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.wording.dates import order


class Comment(NamedTuple):
    """A comment, how deep it stands in its talk, and what it answers there, if that is here.

    `is_apart`: it answers one that isn't. `is_new`: it was unread when it came here, and what was
    read then is not of those that came after.
    """

    entry: Entry
    depth: int = 0
    answered: Entry | None = None
    is_apart: bool = False
    is_new: bool = False


class Comments:
    """Those that are held; `next` is where the page of older ones begins, if any.

    The talk in which something was said last is the first one: what is loaded later, which is
    older, moves none of them. In a talk the oldest is the first one.
    """

    def __init__(self) -> None:
        self.next = ""
        # Another one with each change.
        self.version = 0
        self._held: dict[str, Entry] = {}
        self._found: dict[str, Entry] = {}
        # Those found that no page had yet: what belongs beside them isn't here.
        self._alone: set[str] = set()
        # Which of one moment was said before which: as its service lists them, else as they came.
        self._turns: dict[str, int] = {}
        # Which were unread when they came: they stay marked while one reads them.
        self._news: set[str] = set()
        self._meanwhile: Meanwhile[Entry] = Meanwhile()
        self._listed: list[Comment] | None = None
        self._places: dict[str, int] = {}
        self._unread: list[int] | None = None

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, id: str) -> bool:
        return id in self._held

    def listed(self) -> Sequence[Comment]:
        """Return all, talk by talk."""
        if self._listed is None:
            self._listed = [
                each._replace(is_new=each.entry.id in self._news)
                for each in _talks(self._in_turn())
            ]
            self._places = {each.entry.id: place for place, each in enumerate(self._listed)}
        return self._listed

    def place(self, id: str) -> int | None:
        """Return where a comment stands among all; None where it isn't held."""
        self.listed()
        return self._places.get(id)

    def unread(self) -> Sequence[int]:
        """Return where those stand among all that are unread."""
        if self._unread is None:
            self._unread = [at for at, each in enumerate(self.listed()) if each.entry.unread]
        return self._unread

    def is_alone(self, id: str) -> bool:
        """Return whether a comment was found, and no page was here yet that it is on."""
        return id in self._alone

    def page(self) -> list[Entry]:
        """Return all as a page has them: newest first, whatever they answer."""
        return [*reversed(self._in_turn().values())]

    def expect(self) -> None:
        """Note that a page is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, page: Iterable[Entry], next: str) -> None:
        """Hold the first page, what was told meanwhile, and what was found in another way."""
        found = {each.id: each for each in page}
        self._turns.clear()
        self._alone = set(self._found)
        self._note_page(found)
        self._meanwhile.settle(found)
        self._held = {}
        self._changed()
        self._take([*self._found.values(), *found.values()])
        self.next = next

    def find(self, comment: Entry) -> None:
        """Hold a comment that was found, whatever page it is on."""
        self._found[comment.id] = comment
        if comment.id not in self._held:
            self._alone.add(comment.id)
        self.hear([comment])

    def add(self, page: Iterable[Entry], next: str) -> None:
        """Hold a page, and go on from its end."""
        found = {each.id: each for each in page}
        self._note_page(found)
        self._meanwhile.overrule(found)
        self._take(found.values())
        self.next = next

    def hear(self, told: Iterable[Entry]) -> None:
        """Take in what was told of comments."""
        told = list(told)
        for each in told:
            self._meanwhile.told(each.id, each)
        if any(each.unread and each.id not in self._held for each in told):
            self._end_news()
        self._take(told)

    def drop(self, ids: Iterable[str]) -> None:
        """Hold these no more."""
        for each in ids:
            self._meanwhile.told(each, None)
            self._found.pop(each, None)
            if self._held.pop(each, None) is not None:
                self._changed()

    def _take(self, entries: Iterable[Entry]) -> None:
        entries = list(entries)
        came = {each.id for each in entries if each.unread and not is_heart(each)} - self._news
        if came:
            self._news |= came
            self._changed()
        for each in entries:
            held = self._held.get(each.id)
            self._turns.setdefault(each.id, len(self._turns))
            if is_heart(each) or (held is not None and held.revision > each.revision):
                continue
            self._held[each.id] = each
            if each.id in self._found:
                self._found[each.id] = each
            if held is not None and self._listed is not None and _stays(held, each):
                place = self._places[each.id]
                self._listed[place] = self._listed[place]._replace(entry=each)
                self._unread = None
                self.version += 1
            else:
                self._changed()

    def _note_page(self, ids: Collection[str]) -> None:
        """Note that these are listed so, newest first, below those that were listed before."""
        self._alone.difference_update(ids)
        below = min(self._turns.values(), default=0)
        for turn, each in enumerate(ids, 1):
            self._turns[each] = below - turn

    def _in_turn(self) -> dict[str, Entry]:
        """Return those that are held, the oldest first."""
        held = sorted(self._held.values(), key=lambda each: (order(each), self._turns[each.id]))
        return {each.id: each for each in held}

    def _end_news(self) -> None:
        """Have nothing be new any more, where all of it was read: something else is now."""
        if self._news and not any(each.unread for each in self._held.values()):
            self._news.clear()
            self._changed()

    def _changed(self) -> None:
        self._listed = self._unread = None
        self.version += 1


def _talks(held: Mapping[str, Entry]) -> list[Comment]:
    """Return comments, which are given as they were said, talk by talk.

    With each one are those that answer it below it.
    """
    ordered = held.values()
    turns = {id: turn for turn, id in enumerate(held)}
    answers: dict[str, list[Entry]] = {}
    begins: list[Entry] = []
    for each in ordered:
        answered = parent(each)
        if answered and answered != each.id:
            answers.setdefault(answered, []).append(each)
        else:
            begins.append(each)
    told: set[str] = set()
    talks = [list(_talk(Comment(each), answers, told)) for each in begins]
    for id in answers.keys() - held.keys():
        apart = (Comment(each, 1, None, is_apart=True) for each in answers[id])
        talks.append([said for each in apart for said in _talk(each, answers, told)])
    # What answers itself by way of others: anybody can write that.
    rest = (each for each in ordered if each.id not in told)
    talks += [list(_talk(Comment(each), answers, told)) for each in rest]
    talks.sort(key=lambda talk: max((turns[each.entry.id] for each in talk), default=-1))
    return [said for talk in reversed(talks) for said in talk]


def _talk(
    first: Comment, answers: Mapping[str, Sequence[Entry]], told: set[str]
) -> Iterator[Comment]:
    """Yield a comment and what answers it, each but once."""
    waiting = [first]
    while waiting:
        said = waiting.pop()
        entry = said.entry
        if entry.id in told:
            continue
        told.add(entry.id)
        yield said
        below = answers.get(entry.id, ())
        waiting += (Comment(each, said.depth + 1, entry) for each in reversed(below))


def _stays(before: Entry, now: Entry) -> bool:
    """Return whether a comment stands where it did, whatever else is different."""
    return order(before) == order(now) and parent(before) == parent(now)
