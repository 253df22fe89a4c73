"""What the program itself has as arguments: commands, settings and their values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, get_args

from primitivus.commands.arguments.types import Kind, Switch, text_of
from primitivus.commands.line.completions import Asked, Candidate, Commands, Complete
from primitivus.config import Settings, documentation
from primitivus.themes.background import AUTO
from primitivus.themes.load import ONCE, theme_names


def commands_begun(commands: Commands, prefix: str, contexts: Sequence[str]) -> Iterable[Candidate]:
    """Yield the commands of these contexts that begin so, with what they do."""
    available = commands.available(*contexts)
    begun = [each for each in available if each.name.startswith(prefix)]
    yield from (Candidate(each.name, each.summary) for each in begun)
    # Aliases complete only what no name does: they are for fingers, not for reading.
    if prefix and not begun:
        for each in available:
            for alias in each.aliases:
                if alias.startswith(prefix):
                    yield Candidate(alias, each.summary)


def setting_values(name: str, asked: Asked) -> Iterable[Candidate]:
    """Return what a setting may be, as far as that can be told, and begins as asked."""
    item = documentation().get(name)
    if item is None:
        return ()
    if item.kind:
        return _OF_FILES[item.kind](asked)
    is_switch = isinstance(getattr(Settings(), name), bool)
    return asked.begun(get_args(Switch) if is_switch else item.choices)


def _complete_command(asked: Asked) -> Iterable[Candidate]:
    return commands_begun(asked.known.registry, asked.word, asked.contexts)


def _complete_setting(asked: Asked) -> Iterable[Candidate]:
    settings = documentation().items()
    return [Candidate(name, item.doc) for name, item in settings if name.startswith(asked.word)]


def _complete_value(asked: Asked) -> Iterable[Candidate]:
    return setting_values(asked.earlier, asked)


def _complete_keymap(asked: Asked) -> Iterable[Candidate]:
    return asked.begun(asked.known.screen.keymaps())


def complete_theme(asked: Asked) -> Iterable[Candidate]:
    """Return the themes that begin as asked."""
    # What themes were called before is known, but not offered.
    before = (name for name in ONCE if name == asked.word)
    return asked.begun((AUTO, *theme_names(), *before))


# By the word with which a setting says what it names (config.py).
_OF_FILES: Mapping[str, Complete] = {"keymap": _complete_keymap, "theme": complete_theme}

CommandName = Annotated[str, Kind("command", complete=_complete_command)]
SettingName = Annotated[str, Kind("setting", complete=_complete_setting)]
SettingValue = Annotated[str, Kind("setting-value", text_of, _complete_value, takes_rest=True)]
