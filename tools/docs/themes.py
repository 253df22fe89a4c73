"""docs/themes.md: the shipped themes, the styles and how a theme is written, from their sources."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from primitivus.themes.background import AUTO
from primitivus.themes.depth import MONO
from primitivus.themes.load import SHIPPED, load_theme
from primitivus.themes.looks import BASIC
from primitivus.themes.styles import STYLES
from primitivus.themes.theme import WORDS, Theme


def page(root: Path) -> str:
    """Return the page."""
    head = (Path(__file__).parent / "themes.head.md").read_text(encoding="utf-8")
    # Whoever generates it may have themes of their own.
    shipped = [load_theme(name, root / "nowhere")[0] for name in SHIPPED]
    head = head.replace("<!-- shipped -->\n", _lines(_shipped(shipped)))
    return head.replace("<!-- words -->\n", _lines(_words())) + _lines(_styles())


def _shipped(themes: Iterable[Theme]) -> Iterator[str]:
    yield "| name | | contrast |"
    yield "|---|---|---|"
    for theme in themes:
        contrast = "" if theme.most == MONO else f"{theme.contrast:g} to 1 and more"
        yield f"| `{theme.name}` | {theme.description} | {contrast} |"
    yield f"| `{AUTO}` | `light` or `dark`, as the background of the terminal is | |"


def _words() -> Iterator[str]:
    yield f"Colours: {', '.join(f'`{each}`' for each in BASIC)}."
    yield f"Words: {', '.join(f'`{each}`' for each in WORDS)}; a background has none."


def _styles() -> Iterator[str]:
    yield "\n## Styles\n"
    yield "| style | what is drawn in it |"
    yield "|---|---|"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in STYLES.items())


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
