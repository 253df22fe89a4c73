"""Loading keymaps: a shipped one, with the user's file over it.

What the keys run is looked at by checks.py: the first screen, which shows a key or two, doesn't
wait for all commands.
"""

from collections.abc import Iterator
from pathlib import Path

from backendd.api.settings import Problem
from backendd.api.tuples import NamedTuple
from primitivus.config import config_directory
from primitivus.keymaps.contexts import types
from primitivus.keymaps.keymap import Keymap
from primitivus.keymaps.keys import NEWLINE
from primitivus.keymaps.read import Entry, KeymapFile, read_keymap
from primitivus.sentences import tr
from primitivus.user_files import unknown

SHIPPED = ("primitivus", "vi", "emacs")
DEFAULT = "primitivus"
NO_BASE = "none"

_FOLDER = Path(__file__).parent
_Key = tuple[str, tuple[str, ...]]


class KeymapFiles(NamedTuple):
    """The files that make a keymap, each over those before it.

    `problems` are what is wrong with how files are called; what is wrong in them they know.
    """

    name: str
    files: tuple[KeymapFile, ...]
    problems: tuple[Problem, ...] = ()


def find(name: str, directory: Path | None = None) -> KeymapFiles:
    """Return the files of the keymap called `name`.

    The user's file in `directory` (default: $XDG_CONFIG_HOME/primitivus/keymaps) overrides single
    keys of the shipped keymap that its `base` names: by default the one of the same name, else
    the default keymap; `base = "none"` begins with no keys. An empty command line takes a key
    away. A name that no file has gives the default keymap and a problem.
    """
    own_path = user_folder(directory) / f"{name}.toml"
    if not own_path.exists():
        if name in SHIPPED:
            return KeymapFiles(name, (shipped(name),))
        why = unknown(tr('unknown keymap "{name}"', name=name), name, keymap_names(directory))
        sentence = tr("{why} ({default} is used)", why=why, default=DEFAULT)
        files = find(DEFAULT, directory)
        return files._replace(problems=(Problem(own_path, 0, sentence), *files.problems))
    own = read_keymap(own_path)
    base = own.header.get("base", name if name in SHIPPED else DEFAULT)
    if base == NO_BASE:
        return KeymapFiles(name, (own,))
    if base in SHIPPED:
        return KeymapFiles(name, (shipped(base), own))
    why = unknown(tr('unknown base "{name}"', name=base), base, SHIPPED)
    sentence = tr("{why} ({default} is used)", why=why, default=DEFAULT)
    return KeymapFiles(name, (shipped(DEFAULT), own), (Problem(own_path, 0, sentence),))


def shipped(name: str) -> KeymapFile:
    """Return the file of a keymap that ships."""
    return read_keymap(_FOLDER / f"{name}.toml")


def keymap_names(directory: Path | None = None) -> tuple[str, ...]:
    """Return the names of all keymaps, shipped and the user's."""
    own = sorted(path.stem for path in user_folder(directory).glob("*.toml"))
    return (*SHIPPED, *(name for name in own if name not in SHIPPED))


def user_folder(directory: Path | None = None) -> Path:
    """Return where the user's keymaps are."""
    return directory or config_directory() / "keymaps"


def merge(read: KeymapFiles) -> tuple[Keymap, list[Problem]]:
    """Return the keymap that files make, and all that is wrong with them."""
    header = {key: value for file in read.files for key, value in file.header.items()}
    modal = header.get("modal", True)
    problems = [*read.problems, *(problem for file in read.files for problem in file.problems)]
    entries: dict[_Key, Entry] = {}
    for file in read.files:
        for entry in file.entries:
            if modal and (sentence := _never_typed(entry)) and entry.binding.line:
                problems.append(Problem(entry.path, entry.line, sentence))
                continue
            entries[entry.binding.context, entry.binding.sequence] = entry
    bound = {key: entry for key, entry in entries.items() if entry.binding.line}
    problems += _drop_shadowed(bound)
    keymap = Keymap(
        read.name,
        modal=modal,
        counts=header.get("counts", False),
        bindings=tuple(entry.binding for entry in bound.values()),
        description=header.get("description", ""),
        quits_panes=header.get("quits_panes", False),
        digit_arguments=header.get("digit_arguments", False),
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
        return tr(
            '"{keys}" is Esc and a key here: with modes, Esc always leaves', keys=entry.binding.keys
        )
    if first == "esc" and entry.path.parent != _FOLDER:
        return tr("with modes, Esc always leaves here")
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
        return Problem(
            short.path,
            short.line,
            tr('"{prefix}" hides "{value}", which is bound too', prefix=prefix, value=written),
        )
    sentence = tr(
        '"{value}" can\'t be typed, as "{prefix}" is bound ({name}:{line})',
        value=written,
        prefix=prefix,
        name=short.path.name,
        line=short.line,
    )
    return Problem(entry.path, entry.line, sentence)
