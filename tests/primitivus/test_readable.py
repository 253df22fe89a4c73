"""Every view in every theme: what is really drawn can be read, and says nothing by colour alone."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from primitivus.themes.contrast import LINE, LINES, terminals
from primitivus.themes.depth import MANY, SIXTEEN, TRUE
from primitivus.themes.load import SHIPPED, load_theme
from primitivus.themes.rgb import of_256, to_hex
from primitivus.themes.theme import Style
from primitivus.widgets.drawing.cells import width
from primitivus.widgets.terminal.hyperlinks import Linked
from tests.primitivus.scenes import SCENES

COLOURS = {TRUE: "true", MANY: "256", SIXTEEN: "16"}
# Where nothing is written, the colour of what is not there says nothing.
POPUP = "popup.border"
FILLING = str.maketrans("", "", " \u00a0")


def dress(stage, **settings):
    """Draw the view that shows with these settings, with nothing left of how it was drawn."""
    pilot = stage.pilot
    pilot.terminal.palette.clear()
    pilot.state.settings = replace(pilot.state.settings, **settings)
    pilot.app.display.dress()
    pilot.app.display.redraw()
    pilot.app.display.draw_now()


def name_of(attribute):
    """Return the name of a style that something is drawn in; None where it brings its colours."""
    style = attribute.style if isinstance(attribute, Linked) else attribute
    return str(style) if isinstance(style, str) else None


def written(stage):
    """Return the styles that something is written in, each with a text."""
    found = {}
    for row in stage.pilot.terminal.styles:
        for attribute, text in row:
            if text.translate(FILLING):
                found.setdefault(name_of(attribute or "default"), text)
    return {name: text for name, text in found.items() if name is not None}


def style_of(entry):
    """Return what the terminal was told of a style, as themes have it."""

    def plain(said):
        words = (part.strip() for part in (said or "").split(","))
        return ",".join(
            to_hex(of_256(int(word[1:]))) if word[:1] == "h" and word[1:].isdigit() else word
            for word in words
        )

    return Style(
        entry.foreground, entry.background, entry.mono or "",
        plain(entry.foreground_high), plain(entry.background_high),
    )  # fmt: skip


@pytest.mark.parametrize("name", SCENES)
async def test_all_that_is_written_can_be_read_in_every_theme(stage, name):
    await stage.play(SCENES[name])
    seen = set()
    for theme_name in SHIPPED:
        for depth, setting in COLOURS.items():
            dress(stage, theme=theme_name, colours=setting)
            # One that is only looked at goes before.
            theme, _ = load_theme(stage.pilot.app.display._looks.theme)
            drawn, told = written(stage), stage.pilot.terminal.palette
            assert drawn.keys() <= told.keys(), f"{theme_name} has no such style"
            for terminal in terminals():
                if terminal.depth != min(depth, theme.most):
                    continue
                for style, text in drawn.items():
                    seen.add(style)
                    least = LINE if style.partition(" on ")[0] in LINES else theme.contrast
                    ratio = terminal.contrast(style_of(told[style]), theme.background)
                    assert ratio >= least, (theme_name, terminal.name, style, text)
    assert seen


def shape(text):
    """Return a text with all words and all numbers alike: what is left are signs and places."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", " ".join(text.split())))


def rows_of_panes(stage):
    """Yield the rows of each pane, as styles with texts, and the column where the pane begins.

    What a popup lies over, and may have cut in the middle of a word, is left out.
    """
    for row in stage.pilot.terminal.styles:
        parts, column = [("", 0, [])], 0
        for attribute, text in row:
            name = name_of(attribute or "default")
            column += width(text)
            if name is None or name.startswith(LINES):
                parts.append((name, column, []))
            elif text.translate(FILLING):
                parts[-1][-1].append((name, text))
        is_over = any(name == POPUP for name, _, _ in parts)
        for (name, begins, part), (ends, _, _) in pairwise((*parts, ("", 0, []))):
            if not is_over or name == ends == POPUP:
                yield begins, part


def without_colours(row, told):
    """Return what is left of a row without colours, whatever its words are."""
    return tuple((shape(text), told[name].mono) for name, text in row)


def in_colours(row, told):
    """Return the colours of a row; those of somebody's name say no more than the name."""
    return tuple("" if name.startswith("nick ") else style_of(told[name]).high() for name, _ in row)


@pytest.mark.parametrize("name", SCENES)
async def test_rows_that_differ_in_colours_differ_without_them(stage, name):
    await stage.play(SCENES[name])
    for theme in SHIPPED:
        dress(stage, theme=theme, colours="true")
        told, seen = stage.pilot.terminal.palette, {}
        for column, row in rows_of_panes(stage):
            same = seen.setdefault((column, without_colours(row, told)), row)
            assert in_colours(row, told) == in_colours(same, told), (theme, same, row)
