"""A setting as one sees and changes it: what it is, what it may be, and where that comes from."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.sentences import tr

SECTIONS = {
    "problems": tr("Wrong in your settings"),
    "look": tr("Look"),
    "lists": tr("Lists"),
    "messages": tr("Messages"),
    "keys": tr("Keys"),
    "attention": tr("Attention"),
    "files": tr("Files and programs"),
    "profile": tr("This profile"),
    "conversation": tr("This conversation"),
    "profiles": tr("Profiles"),
    "backend": tr("Backend"),
    "other": tr("Other"),
}
"""The sections by their words, in their order, and what each is called."""

SWITCH = ("on", "off")

Key = tuple[str, str]
"""What tells a setting from others: its section, and its name."""


class Change(NamedTuple):
    """What a setting was before it was changed, and what it is by that."""

    before: str
    after: str


def switch(is_on: bool) -> str:
    """Return how what is on or off is written."""
    return "on" if is_on else "off"


def anything(_: str) -> str:
    """Refuse nothing."""
    return ""


async def never(_: str) -> None:
    """Change nothing."""


class Setting(Value):
    """One line of the settings. Values are texts, as they are typed.

    It is chosen where there are `choices`, typed where it `is_typed`, else `run` is a command line
    that changes it, and without one it can't be changed here.
    """

    section: str
    name: str
    value: str
    doc: str
    choices: tuple[str, ...] = ()
    is_typed: bool = False
    # What it is where nothing else is said, if that is known.
    default: str | None = None
    # Where the value comes from.
    origin: str = ""
    # Whether it lasts only until one quits.
    is_unsaved: bool = False
    run: str = ""
    # Where it is changed, where that isn't here.
    elsewhere: str = ""
    # What it has to be, in words.
    wanted: str = ""
    # Return what is wrong with what is typed, or nothing.
    refuse: Callable[[str], str] = anything
    # Let it be this; raises ValueError, CommandError and what the backend raises.
    change: Callable[[str], Awaitable[None]] = never

    @property
    def key(self) -> Key:
        """Return what tells it from others."""
        return self.section, self.name

    @property
    def is_number(self) -> bool:
        return self.is_typed and self.default is not None and self.default.isdecimal()

    def fits(self, words: Iterable[str]) -> bool:
        """Return whether all `words` are in its name, its section or what it is."""
        title = SECTIONS.get(self.section, self.section)
        said = f"{self.name} {self.name.replace('_', ' ')} {title} {self.value} {self.doc}"
        text = said.casefold()
        return all(word in text for word in words)

    def beside(self, step: int) -> str:
        """Return the value that follows, or is before; the same where there is none."""
        if self.choices:
            at = self.choices.index(self.value) if self.value in self.choices else -step
            return self.choices[(at + step) % len(self.choices)]
        if self.is_number and self.value.isdecimal():
            return str(max(0, int(self.value) + step))
        return self.value


def in_sections(settings: Iterable[Setting]) -> list[Setting]:
    """Return settings in the order of the sections, those of one as they come."""
    order = {word: place for place, word in enumerate(SECTIONS)}
    return sorted(settings, key=lambda each: order.get(each.section, len(order)))


def under_titles(settings: Iterable[Setting], titles: Mapping[str, str]) -> Iterator[Setting | str]:
    """Yield settings, those of each section behind its title: the usual one, or its of `titles`."""
    section = ""
    for each in settings:
        if each.section != section:
            section = each.section
            yield titles.get(section) or SECTIONS.get(section, section)
        yield each


def named_best(settings: Sequence[Setting], text: str, otherwise: int) -> int:
    """Return the place of the one whose name has all words of a text; without one `otherwise`."""
    words = text.casefold().replace("_", " ").split()
    names = {place: each.name.replace("_", " ") for place, each in enumerate(settings)}
    called = [place for place, name in names.items() if all(word in name for word in words)]
    # The shortest name with these words has the least beside them.
    return min(called, key=lambda place: len(names[place]), default=otherwise)
