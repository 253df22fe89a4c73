"""What is filled into a data form (XEP-0004): each kind of field holds its values, and checks them.

A field with an `editor` is typed in; of a list one letter, Space and the arrows choose.
"""

import re
from collections.abc import Sequence

from backendd.api.records import FormField
from backendd.api.tuples import NamedTuple
from backendd.api.values import field
from primitivus.model.popups.form_rule import refuse
from primitivus.model.popups.popup import Field
from primitivus.sentences import ntr, tr

# Whether an address is one the backend says; what can't be any is told while one is there.
_ADDRESS = re.compile(r"""(?:[^@/\s"&'<>:]+@)?[^@/\s"&'<>]+(?:/.+)?""", re.DOTALL)
_TRUE = ("1", "true")


class Blank(Field):
    """One field of a data form, of whatever kind."""

    record: FormField = field(default_factory=FormField)
    # Whether what is wrong with it is said: once one has left it, and not while one begins.
    is_told: bool = False

    @property
    def is_typed(self) -> bool:
        """Return whether keys type text into it."""
        return False

    @property
    def keys(self) -> str:
        """Return how it is filled in, where that isn't plain."""
        return ""

    def values(self) -> list[str]:
        """Return what it holds."""
        raise NotImplementedError

    def put(self, values: Sequence[str]) -> None:
        """Let it hold these, as far as it can."""
        raise NotImplementedError

    def shown(self) -> str:
        """Return what it holds, on one line."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong with what it holds, or nothing."""
        return tr("is needed") if self.record.required and not any(self.values()) else ""

    def typed(self, text: str) -> None:
        """Take a character where nothing is typed in."""

    def turn(self, by: int) -> None:
        """Choose what comes next, or before."""

    def climb(self, by: int) -> bool:
        """Go down inside of it, up if negative; False where there is nothing more."""
        return False

    def begin_line(self) -> bool:
        """Begin another line, where it has several; return whether it does."""
        return False


class TextBlank(Blank):
    """A line of text, or several; an address, or one a line."""

    @property
    def is_typed(self) -> bool:
        return True

    @property
    def is_multi(self) -> bool:
        return self.record.type in ("text-multi", "jid-multi", "list-multi")

    @property
    def keys(self) -> str:
        return tr("Enter begins another line, Tab goes on") if self.is_multi else ""

    def values(self) -> list[str]:
        text = self.editor.text
        if self.record.type == "text-multi":
            return text.split("\n") if text else []
        if self.is_multi:
            return [line.strip() for line in text.split("\n") if line.strip()]
        return [text] if text else []

    def put(self, values: Sequence[str]) -> None:
        self.editor.reset("\n".join(values if self.is_multi else values[:1]))

    def shown(self) -> str:
        return "*" * len(self.editor.text) if self.is_secret else self.editor.text

    def problem(self) -> str:
        # Slots leave super() without arguments no class to go by.
        return Blank.problem(self) or next(filter(None, map(self._refuse, self.values())), "")

    def _refuse(self, value: str) -> str:
        if self.record.type.startswith("jid-"):
            return (
                ""
                if _ADDRESS.fullmatch(value)
                else tr('"{value}" isn\'t a valid address', value=value)
            )
        rule = self.record.rule
        reason = refuse(value, rule) if rule else ""
        return f'"{value}": {reason}' if reason and self.is_multi else reason

    def climb(self, by: int) -> bool:
        return self.editor.down() if by > 0 else self.editor.up()

    def begin_line(self) -> bool:
        if self.is_multi:
            self.editor.newline()
        return self.is_multi


class Option(NamedTuple):
    """The place of something to choose in the focused field."""

    place: int


class ListBlank(Blank):
    """Something to choose from; the `marked` option is where one is."""

    options: list[tuple[str, str]] = field(default_factory=list)  # value, and what it is called
    chosen: set[int] = field(default_factory=set)
    marked: int = 0

    @property
    def is_multi(self) -> bool:
        return self.record.type == "list-multi"

    @property
    def keys(self) -> str:
        if self.is_multi:
            return tr("Up and Down or a first letter go to one, Space takes it or leaves it")
        return tr("Space or Left and Right choose, or a first letter")

    def values(self) -> list[str]:
        return [self.options[place][0] for place in sorted(self.chosen)]

    def put(self, values: Sequence[str]) -> None:
        if self.record.type == "boolean":
            values = ["1" if each in _TRUE else "0" for each in values] or ["0"]
        for each in values:
            if all(each != value for value, _ in self.options):
                self.options.append((each, each))
        places = [place for place, (value, _) in enumerate(self.options) if value in values]
        self.chosen = set(places if self.is_multi else places[:1])
        self.marked = min(places, default=0)

    def shown(self) -> str:
        return ", ".join(self.options[place][1] for place in sorted(self.chosen))

    def problem(self) -> str:
        rule, many = self.record.rule, len(self.chosen)
        wrong = Blank.problem(self)
        if wrong or rule is None or not self.is_multi:
            return wrong
        if many < rule.fewest or (rule.many and many > rule.many):
            if not rule.many:
                return ntr("at least {n} is wanted", "at least {n} are wanted", rule.fewest)
            return tr("{fewest} to {many} are wanted", fewest=rule.fewest, many=rule.many)
        return ""

    def typed(self, text: str) -> None:
        if text == " ":
            self._take() if self.is_multi else self.turn(1)
            return
        many = len(self.options)
        for step in range(1, many + 1):
            place = (self.marked + step) % many
            if self.options[place][1].lstrip().casefold().startswith(text.casefold()):
                self._mark(place)
                return

    def turn(self, by: int) -> None:
        if self.options:
            self._mark((self.marked + by) % len(self.options))

    def climb(self, by: int) -> bool:
        if not self.is_multi or not 0 <= self.marked + by < len(self.options):
            return False
        self.marked += by
        return True

    def press(self, option: Option) -> None:
        """Choose what is pressed; of several take it, or leave it."""
        if 0 <= option.place < len(self.options):
            self._mark(option.place)
            if self.is_multi:
                self._take()

    def _take(self) -> None:
        self.chosen ^= {self.marked} if self.options else set()

    def _mark(self, place: int) -> None:
        self.marked = place
        if not self.is_multi:
            self.chosen = {place}


def blank(record: FormField) -> Blank | None:
    """Return what takes the values of a field; None where nothing is filled in."""
    if record.type in ("hidden", "fixed") or not record.var:
        return None
    made = _listed(record) or _text(record)
    made.put(record.values)
    return made


def _text(record: FormField) -> TextBlank:
    return TextBlank(*_named(record), record=record, is_secret=record.type == "text-private")


def _listed(record: FormField) -> ListBlank | None:
    if record.type == "boolean":
        return ListBlank(
            *_named(record), record=record, options=[("0", tr("no")), ("1", tr("yes"))]
        )
    is_open = record.rule is not None and record.rule.open
    if record.type not in ("list-single", "list-multi") or is_open:
        return None
    options = [(each.value, each.label or each.value) for each in record.options]
    if record.type == "list-single" and not record.required and not record.values:
        options.insert(0, ("", "-"))
    return ListBlank(*_named(record), record=record, options=options)


def _named(record: FormField) -> tuple[str, str, str]:
    return record.var, record.label or record.var, record.description
