"""Loading keymaps: a shipped one, with the user's file over it."""

from collections.abc import Iterator
from pathlib import Path

from backendd.api.settings import Problem, unknown
from primitivus.commands.registry import Registry
from primitivus.config import config_directory
from primitivus.keymaps.contexts import types
from primitivus.keymaps.keymap import Keymap
from primitivus.keymaps.keys import NEWLINE
from primitivus.keymaps.read import Entry, KeymapFile, read_keymap

SHIPPED = ("primitivus", "vi", "emacs")
DEFAULT = "primitivus"
NO_BASE = "none"

_FOLDER = Path(__file__).parent
_Key = tuple[str, tuple[str, ...]]


def load_keymap(
    name: str, registry: Registry, directory: Path | None = None
) -> tuple[Keymap, list[Problem]]:
    """Return the keymap called `name` and all that is wrong with its files.

    The user's file in `directory` (default: $XDG_CONFIG_HOME/primitivus/keymaps) overrides single
    keys of the shipped keymap that its `base` names: by default the one of the same name, else
    the default keymap; `base = "none"` begins with no keys. An empty command line takes a key
    away. A name that no file has gives the default keymap and a problem.
    """
    own_path = user_folder(directory) / f"{name}.toml"
    if not own_path.exists():
        if name in SHIPPED:
            return _merge(name, [read_keymap(_shipped(name), registry)])
        keymap, problems = load_keymap(DEFAULT, registry, directory)
        sentence = unknown("keymap", name, keymap_names(directory)) + f" ({DEFAULT} is used)"
        return keymap, [Problem(own_path, 0, sentence), *problems]
    own = read_keymap(own_path, registry)
    base = own.header.get("base", name if name in SHIPPED else DEFAULT)
    if base == NO_BASE:
        return _merge(name, [own])
    if base in SHIPPED:
        return _merge(name, [read_keymap(_shipped(base), registry), own])
    keymap, problems = _merge(name, [read_keymap(_shipped(DEFAULT), registry), own])
    sentence = f"{unknown('base', base, SHIPPED)} ({DEFAULT} is used)"
    return keymap, [Problem(own_path, 0, sentence), *problems]


def load_shipped(name: str, registry: Registry) -> Keymap:
    """Return a shipped keymap as it ships; ValueError if anything is wrong with it."""
    keymap, problems = _merge(name, [read_keymap(_shipped(name), registry)])
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return keymap


def keymap_names(directory: Path | None = None) -> tuple[str, ...]:
    """Return the names of all keymaps, shipped and the user's."""
    own = sorted(path.stem for path in user_folder(directory).glob("*.toml"))
    return (*SHIPPED, *(name for name in own if name not in SHIPPED))


def user_folder(directory: Path | None = None) -> Path:
    """Return where the user's keymaps are."""
    return directory or config_directory() / "keymaps"


def _shipped(name: str) -> Path:
    return _FOLDER / f"{name}.toml"


def _merge(name: str, files: list[KeymapFile]) -> tuple[Keymap, list[Problem]]:
    """Return the keymap that the files make, each over those before it."""
    header = {key: value for file in files for key, value in file.header.items()}
    modal = header.get("modal", True)
    problems = [problem for file in files for problem in file.problems]
    entries: dict[_Key, Entry] = {}
    for file in files:
        for entry in file.entries:
            if modal and (sentence := _never_typed(entry)) and entry.binding.line:
                problems.append(Problem(entry.path, entry.line, sentence))
                continue
            entries[entry.binding.context, entry.binding.sequence] = entry
    bound = {key: entry for key, entry in entries.items() if entry.binding.line}
    problems += _drop_shadowed(bound)
    keymap = Keymap(
        name,
        modal=modal,
        counts=header.get("counts", False),
        bindings=tuple(entry.binding for entry in bound.values()),
        description=header.get("description", ""),
        quits_panes=header.get("quits_panes", False),
    )
    return keymap, problems


def _never_typed(entry: Entry) -> str:
    """Return why a modal keymap can't have this binding, or nothing."""
    if not types(entry.binding.context):
        return ""
    first = entry.binding.sequence[0]
    if first == NEWLINE:
        return ""
    if first.startswith(("meta ", "shift meta ")):
        return f'"{entry.binding.keys}" is Esc and a key here: with modes, Esc always leaves'
    if first == "esc" and entry.path.parent != _FOLDER:
        return "with modes, Esc always leaves here"
    return ""


def _drop_shadowed(bound: dict[_Key, Entry]) -> Iterator[Problem]:
    """Take away the sequences that begin with keys bound by themselves, and tell each."""
    for key, entry in list(bound.items()):
        table, sequence = key
        for length in range(1, len(sequence)):
            short = bound.get((table, sequence[:length]))
            if short is not None:
                del bound[key]
                yield _shadowed(entry, short)
                break


def _shadowed(entry: Entry, short: Entry) -> Problem:
    """Return the problem at the entry of the two that came later: that one is the user's."""
    written, prefix = entry.binding.keys, short.binding.keys
    if short.path != entry.path and short.path.parent != _FOLDER:
        return Problem(short.path, short.line, f'"{prefix}" hides "{written}", which is bound too')
    sentence = (
        f'"{written}" can\'t be typed, as "{prefix}" is bound ({short.path.name}:{short.line})'
    )
    return Problem(entry.path, entry.line, sentence)
