"""All that can be set, section by section, of which one is chosen, explained and changed."""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence

from primitivus.model.editing.editor import Editor
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.scrolling.headings import held_below, in_view, is_text
from primitivus.model.setting import Change, Key, Setting, in_sections, named_best, under_titles
from primitivus.sentences import ntr, tr


class SettingsPane(Pane):
    """A list to move in; `listed` returns what is in it now, and what is typed narrows it down.

    Beside or below it stands all about the chosen one, which is scrolled where that is longer.
    """

    context = "settings"
    is_titled = True
    exit = "settings-give-up"

    def __init__(
        self,
        place: Place,
        listed: Callable[[], Iterable[Setting]],
        anew: Callable[[], Awaitable[None]],
    ) -> None:
        """`anew` asks for what isn't known here by itself."""
        self.place = place
        self.anew = anew
        # Told by who opens it: which keys do what, which reads on, and of whom some sections are.
        self.hint = self.reads_on = ""
        self.titles: Mapping[str, str] = {}
        self.words = Editor()
        # The one that is being typed, and what.
        self.typing: Setting | None = None
        self.typed_value = Editor()
        # What was changed here and is not kept yet, by the key of the setting.
        self.changes: dict[Key, Change] = {}
        self.top = 0
        # The first row in view of what is told of the chosen one.
        self.about_top = 0
        self.listed = listed
        self._all: Sequence[Setting] = ()
        self._found: list[Setting] = []
        self._marked: Key | None = None
        self._at = 0
        self._rows, self._about, self._about_room = 1, 0, 1
        self.refresh()

    def refresh(self) -> None:
        """Take over what is so now; the chosen one stays so."""
        self._all = in_sections(self.listed())
        words = self.words.text.casefold().split()
        self._found = [each for each in self._all if each.fits(words)]

    @property
    def view(self) -> Hashable:
        return self.context

    def reopened(self, anew: "SettingsPane") -> None:
        super().reopened(anew)
        self.stop()
        self.words.reset()  # whoever opens it once more looks for something else in it
        self.listed, self.anew, self.titles = anew.listed, anew.anew, anew.titles
        self.refresh()

    @property
    def caption(self) -> str:
        unsaved = sum(each.is_unsaved for each in self._all)
        words = "" if self.is_typed else self.words.text
        title = tr("Settings with {words}", words=words) if words else tr("Settings")
        return f"{title}  {ntr('{n} not saved', '{n} not saved', unsaved)}" if unsaved else title

    @property
    def beyond(self) -> Beyond:
        return Beyond.of(len(self.rows()), self.top, self._rows)

    @property
    def prompt(self) -> str:
        if self.typing is not None:
            return self.typing.name
        return "find" if self.is_typed else ""

    @property
    def editor(self) -> Editor | None:
        if not self.is_typed:
            return None
        return self.words if self.typing is None else self.typed_value

    @property
    def page(self) -> int:
        return max(1, self._rows - 1)

    @property
    def error(self) -> str:
        """Return what is wrong with the value that is being typed, or nothing."""
        if self.typing is None:
            return ""
        text = self.typed_value.text
        return tr("a value is of one line") if "\n" in text else self.typing.refuse(text)

    @property
    def found(self) -> Sequence[Setting]:
        """Return those that have all words that were typed to find them."""
        return self._found

    @property
    def unsaved(self) -> list[str]:
        """Return the names of those that were changed here and last only until one quits."""
        return [each.name for each in self._all if each.is_unsaved and each.key in self.changes]

    @property
    def selected(self) -> int:
        """Return the place of the chosen one, or of what stands there now."""
        places = (place for place, each in enumerate(self._found) if each.key == self._marked)
        return next(places, max(0, min(self._at, len(self._found) - 1)))

    @property
    def chosen(self) -> Setting | None:
        return self._found[self.selected] if self._found else None

    def called(self, key: Key) -> Setting | None:
        """Return the setting of this key, if there is one."""
        return next((each for each in self._all if each.key == key), None)

    def rows(self) -> list[Setting | str]:
        """Return the lines of the list: the titles of sections, and what is in them."""
        return list(under_titles(self._found, self.titles))

    def find(self) -> None:
        """Begin to type the words to find a setting by."""
        self.is_typed, self.typing = True, None

    def look_for(self, words: str) -> None:
        """Show those alone that have these words."""
        self.words.reset(words)
        self._find()

    def _find(self) -> None:
        """Have those found that have the words, and one chosen that is called so, if one is."""
        self.refresh()
        if self.words.text.split() and self._found:
            is_there = any(each.key == self._marked for each in self._found)
            at = self.selected if is_there else 0
            self._hold(named_best(self._found, self.words.text, at))

    def begin(self, setting: Setting) -> None:
        """Begin to type the value of a setting, from what it is now on."""
        self.is_typed, self.typing = True, setting
        self.typed_value.reset(setting.value)

    def stop(self) -> None:
        """Type no more."""
        self.is_typed, self.typing = False, None

    def changed(self, setting: Setting, value: str) -> None:
        """Take note that one that was `setting` has been changed here, and is `value` now."""
        first = self.changes.pop(setting.key, Change(setting.value, setting.value))
        if first.before != value:
            self.changes[setting.key] = Change(first.before, value)

    def edited(self) -> None:
        if self.is_typed and self.typing is None:
            self._find()

    def scroll(self, rows: int) -> None:
        """Choose another one; a page first goes through what is told of the chosen one."""
        if not self._turn_about(rows):
            self._hold(self.selected + rows)

    def step(self, by: int) -> None:
        if self.typing is None:
            self._hold(self.selected + by)

    def roll(self, rows: int, first: Hashable = None) -> None:
        self.step(rows)

    def point(self, what: Hashable) -> bool | None:
        place = next((at for at, each in enumerate(self._found) if each.key == what), -1)
        if self.typing is not None or place < 0:
            return None
        was_chosen = place == self.selected
        self._hold(place)
        return was_chosen

    def choose(self, key: Key) -> None:
        """Choose the setting of this key, once there is one."""
        self._marked = key

    def _turn_about(self, rows: int) -> bool:
        """Show another part of what is told of the chosen one; return whether there is one."""
        if abs(rows) > self.page:  # to an end of the list
            return False
        step = self._about_room - 1 if rows > 0 else 1 - self._about_room
        last = max(0, self._about - self._about_room)
        top = max(0, min(last, self.about_top + step))
        is_other, self.about_top = top != self.about_top, top
        return is_other

    def enter(self) -> str:
        if self.is_typed:
            return "settings-stop" if self.typing is None else "setting-take"
        return "setting-change"

    def leave(self) -> bool:
        """Show all again; return whether some were looked for."""
        had_words = bool(self.words.text)
        self.stop()
        self.look_for("")
        return had_words

    def measured(self, rows: int, about: int, about_room: int) -> None:
        """Take over how many rows of the list show, and of what is told of the chosen one."""
        self._rows, self._about, self._about_room = max(1, rows), about, max(1, about_room)
        self._hold(self.selected)
        lines = self.rows()
        at = lines.index(chosen) if (chosen := self.chosen) is not None else 0
        self.top = held_below(self.top, at, self._rows, lines, is_text)
        self.about_top = max(0, min(self.about_top, about - about_room))

    def in_view(self) -> Sequence[Setting | str]:
        """Return the lines that show, under the title of the section of the first of them."""
        return in_view(self.rows(), self.top, self._rows, is_text)

    def parting(self) -> str:
        self.refresh()
        names = ", ".join(self.unsaved)
        return tr("changed until you quit: {names}; :save keeps that", names=names) if names else ""

    def copy(self) -> "SettingsPane":
        other = SettingsPane(self.place, self.listed, self.anew)
        other.hint, other.reads_on, other.titles = self.hint, self.reads_on, self.titles
        if self.chosen is not None:
            other.choose(self.chosen.key)
        return other

    def _hold(self, place: int) -> None:
        """Have the one chosen that stands there now."""
        if not self._found:
            return
        self._at = max(0, min(len(self._found) - 1, place))
        marked = self._found[self._at].key
        if marked != self._marked:
            self._marked, self.about_top = marked, 0
