"""The settings of this program as lines of the view: from where each is, and what it may be."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from backendd.api.settings import Meaning, Problem
from backendd.api.tuples import NamedTuple
from primitivus.client.apart import apart
from primitivus.commands.arguments.names import setting_values
from primitivus.commands.context import Context
from primitivus.commands.line.completions import Asked
from primitivus.commands.settings.setting import show, take
from primitivus.commands.settings.settings_source import Source
from primitivus.config import Settings, config_directory, documentation, load_settings
from primitivus.config_file import differences
from primitivus.model.place import Place
from primitivus.model.setting import SWITCH, Setting
from primitivus.model.wording.homely import from_home
from primitivus.sentences import tr
from primitivus.user_files import read_toml, wanted_number

_FREE = tr("a text, which may be empty")


class OnDisk(NamedTuple):
    """What the user's files have: in which line each setting, what is wrong, names by setting.

    What is wrong with one is as if it weren't there, and by default.
    """

    path: Path
    held: Settings
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]
    names: Mapping[str, tuple[str, ...]]


class FileSettings(Source):
    """The settings of primitivus.toml, and what is wrong there."""

    def __init__(self, ctx: Context, place: Place) -> None:
        super().__init__(ctx, place)
        self._usual = Settings()
        self._disk = OnDisk(Path(), ctx.saved, {}, (), {})

    async def ask(self) -> None:
        self._disk = await apart(partial(_read, self.ctx))

    def settings(self) -> Iterator[Setting]:
        for problem in self._disk.problems:
            name = f"{problem.path.name}:{problem.line}" if problem.line else problem.path.name
            place = shown_path(problem.path, problem.line)
            told = f"{place}: {problem.sentence}"
            yield Setting("problems", name, problem.sentence, told, elsewhere=place)
        changed = differences(self.ctx.saved, self.ctx.settings)
        for name, meaning in documentation().items():
            yield self._setting(name, meaning, is_changed=name in changed)

    def _setting(self, name: str, meaning: Meaning, *, is_changed: bool) -> Setting:
        now, usual = self.ctx.settings, self._usual
        choices = self._choices(name, meaning)
        return Setting(
            section=meaning.section,
            name=name,
            value=now.text_of(name),
            doc=meaning.doc,
            choices=choices,
            is_typed=not choices,
            default=usual.text_of(name),
            origin=self._origin(name, is_changed=is_changed),
            is_unsaved=is_changed,
            wanted=wanted_number(meaning) if isinstance(getattr(usual, name), int) else _FREE,
            refuse=partial(_refuse, now, name),
            change=partial(self._change, name),
        )

    def _choices(self, name: str, meaning: Meaning) -> tuple[str, ...]:
        if isinstance(getattr(self._usual, name), bool):
            return SWITCH
        if meaning.kind:
            return self._disk.names.get(name, (self.ctx.settings.text_of(name),))
        return meaning.choices

    def _origin(self, name: str, *, is_changed: bool) -> str:
        disk = self._disk
        line = disk.lines.get(name, 0)
        where = shown_path(disk.path, line) if line else ""
        kept, usual = disk.held.text_of(name), tr("the default")
        kept_as = kept or tr("empty")
        there = (
            tr('"{value}" in {file}', value=kept_as, file=where)
            if where
            else tr('"{value}" by default', value=kept_as)
        )
        if is_changed:
            return tr("changed until you quit; {there}", there=there)
        if line in {each.line for each in disk.problems}:
            return tr("the default, for what {file} has is refused", file=where) if line else usual
        if kept != self.ctx.settings.text_of(name):
            # Another terminal has saved it, or an editor has.
            return tr("as it was at the start; from the next one on: {there}", there=there)
        return where or usual

    async def _change(self, name: str, value: str) -> None:
        take(self.ctx, name, value)
        show(self.ctx, name)


def shown_path(path: Path, line: int = 0) -> str:
    """Return where a file is, from the home directory on, and a line in it."""
    short = from_home(str(path))
    return f"{short}:{line}" if line else short


def _refuse(now: Settings, name: str, text: str) -> str:
    try:
        now.with_text(name, text)
    except ValueError as error:
        return str(error)
    return ""


def _read(ctx: Context) -> OnDisk:
    path = config_directory() / "primitivus.toml"
    lines: dict[str, int] = {}
    held, problems = load_settings(path)
    if path.exists():
        data, locator, _ = read_toml(path)
        known = (name for name in data if name in documentation())
        lines = {name: locator.line(name) for name in known} if locator is not None else {}
    return OnDisk(path, held, lines, tuple(problems), dict(_names(ctx)))


def _names(ctx: Context) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what those settings may be that name files."""
    for name, meaning in documentation().items():
        if meaning.kind:
            found = setting_values(name, Asked("", name, (), ctx))
            yield name, tuple(each.text for each in found)
