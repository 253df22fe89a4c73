"""Loading themes: shipped ones and the user's."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from backendd.api.settings import Problem
from primitivus.config import config_directory
from primitivus.sentences import tr, translated
from primitivus.themes.depth import MONO, SIXTEEN, TRUE
from primitivus.themes.looks import read_style
from primitivus.themes.styles import STYLES
from primitivus.themes.theme import READABLE, Background, Style, Theme
from primitivus.user_files import read_toml, unknown

SHIPPED = ("dark", "light", "16-colour", "high-contrast", "mono", "ascii")
DEFAULT = "dark"
ONCE: Mapping[str, str] = {"default": "dark"}
"""Names that themes had before."""

_FOLDER = Path(__file__).parent
_HEADER: Mapping[str, tuple[type, ...]] = {
    "description": (str,),
    "base": (str,),
    "background": (str,),
    "colours": (bool, int),
    "symbols": (str,),
    "contrast": (int, float),
}
_EXPECTED = {
    "background": tr("background has to be dark or light"),
    "colours": tr("colours has to be true, false or 16"),
    "symbols": tr('symbols has to be "ascii", or left out'),
    "contrast": tr("contrast has to be a number from 1 to 21"),
}
# How many colours a theme has, by what its file says.
_MOST = {True: TRUE, False: MONO, SIXTEEN: SIXTEEN}


def load_theme(name: str, directory: Path | None = None) -> tuple[Theme, list[Problem]]:
    """Return the theme called `name` and all that is wrong with its file.

    The user's themes are in `directory` (default: $XDG_CONFIG_HOME/primitivus/themes) and go
    before shipped ones of the same name. A style that a theme lacks looks as in the shipped theme
    that its `base` names, by default the default one. A name that no file has gives the default
    theme and a problem.
    """
    for called in dict.fromkeys((name, ONCE.get(name, name))):
        own = user_folder(directory) / f"{called}.toml"
        if own.exists():
            return _load(own, is_own=True)
    if called in SHIPPED:
        return _load(_FOLDER / f"{called}.toml")
    theme, problems = _load(_FOLDER / f"{DEFAULT}.toml")
    why = unknown(tr('unknown theme "{name}"', name=name), name, theme_names(directory))
    sentence = tr("{why} ({default} is used)", why=why, default=DEFAULT)
    return theme, [Problem(own, 0, sentence), *problems]


def theme_names(directory: Path | None = None) -> tuple[str, ...]:
    """Return the names of all themes, shipped and the user's; not those that some had before."""
    own = sorted(path.stem for path in user_folder(directory).glob("*.toml"))
    return (*SHIPPED, *(name for name in own if name not in SHIPPED))


def told_of(directory: Path | None = None) -> dict[str, str]:
    """Return what each theme says of itself, by its name."""
    folder = user_folder(directory)
    paths = {
        name: own if (own := folder / f"{name}.toml").exists() else _FOLDER / own.name
        for name in theme_names(directory)
    }
    said = {name: str(read_toml(path)[0].get("description", "")) for name, path in paths.items()}
    return {name: translated(text) for name, text in said.items()}


def user_folder(directory: Path | None = None) -> Path:
    """Return where the user's themes are."""
    return directory or config_directory() / "themes"


def _load(path: Path, *, is_own: bool = False) -> tuple[Theme, list[Problem]]:
    data, locator, problems = read_toml(path)

    def report(sentence: str, *place: str) -> None:
        problems.append(Problem(path, locator.line(*place) if locator else 0, sentence))

    header: dict[str, Any] = {}
    for key, value in data.items():
        if key == "styles" and isinstance(value, dict):
            continue
        if sentence := _header_trouble(key, value):
            report(sentence, key)
        else:
            header[key] = value
    base = _base(path, header, is_own=is_own)
    own: dict[str, Style] = {}
    for name, table in _styles(data).items():
        try:
            known = _known(name)
            own[known] = read_style(table)
        except ValueError as error:
            report(f'"{name}": {error}' if name in STYLES else str(error), "styles", name)
    return _theme(path.stem, header, base, own), problems


def _base(path: Path, header: Mapping[str, Any], *, is_own: bool) -> Theme | None:
    """Return the theme that the one in `path` is made over; the default one is over nothing."""
    if not is_own and path.stem == DEFAULT:
        return None
    name = header.get("base", DEFAULT)
    theme, _ = _load(_FOLDER / f"{ONCE.get(name, name)}.toml")
    return theme


def _theme(
    name: str, header: Mapping[str, Any], base: Theme | None, own: Mapping[str, Style]
) -> Theme:
    inherited = base.styles if base else {}
    most = _MOST[header["colours"]] if "colours" in header else base.most if base else TRUE
    styles = {style: own.get(style) or inherited.get(style) or Style() for style in STYLES}
    if most == MONO:
        styles = {style: look.without_colours() for style, look in styles.items()}
    elif most == SIXTEEN:
        styles = {style: look.with_sixteen() for style, look in styles.items()}
    return Theme(
        name,
        header.get("background", base.background if base else "dark"),
        styles,
        header.get("description", ""),
        most,
        header.get("symbols", base.symbols if base else ""),
        header.get("contrast", base.contrast if base else READABLE),
    )


def _styles(data: Mapping[str, Any]) -> Mapping[str, object]:
    styles = data.get("styles", {})
    return styles if isinstance(styles, Mapping) else {}


def _known(name: str) -> str:
    if name not in STYLES:
        raise ValueError(unknown(tr('unknown style "{name}"', name=name), name, STYLES))
    return name


def _header_trouble(key: str, value: object) -> str:
    if key == "styles":
        return tr("styles has to be a table: [styles]")
    kinds = _HEADER.get(key)
    if kinds is None:
        return unknown(tr('unknown key "{name}"', name=key), key, (*_HEADER, "styles"))
    if not isinstance(value, kinds) or not _is_possible(key, value):
        return _EXPECTED.get(key) or tr("{key} has to be a text in quotes", key=key)
    if key == "base" and value not in (*SHIPPED, *ONCE):
        return unknown(tr('unknown base "{name}"', name=value), str(value), SHIPPED)
    return ""


def _is_possible(key: str, value: object) -> bool:
    if key == "background":
        return value in get_args(Background)
    if key == "colours":
        # For Python 1 is True, and 16 is not.
        return isinstance(value, bool) or value == SIXTEEN
    if key == "contrast":
        return not isinstance(value, bool) and isinstance(value, int | float) and 1 <= value <= 21
    return key != "symbols" or value == "ascii"
