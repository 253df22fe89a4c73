"""Each view as text, at sizes small and large: as the snapshots have it."""

import difflib
from pathlib import Path

import pytest

from primitivus.widgets import panes
from primitivus.widgets.popups import popups
from tests.primitivus.scenes import SCENES

SNAPSHOTS = Path(__file__).parent / "snapshots"
SYMBOLS = ("utf-8", "ascii")
SIZES = ((60, 16), (80, 24), (120, 35))
# Of the smallest screen that is drawn to, and of a wall.
MORE_SIZES = ((20, 5), (300, 100))
AT_MORE_SIZES = {"conversation", "home", "post", "help_here", "two_beside", "settings"}
# Those that README.md shows.
SHOWN = {"home": (80, 15), "occupants": (84, 14), "chat_beside_post": (100, 29)}
RENEW = "python -m pytest tests/primitivus/test_snapshots.py --renew-snapshots"


def sizes(name):
    more = MORE_SIZES if name in AT_MORE_SIZES else ()
    return (*SIZES, *more, *((SHOWN[name],) if name in SHOWN else ()))


def file(name, symbols, size):
    return f"{name}.{symbols}.{size[0]}x{size[1]}.txt"


def differences(name, wanted, now):
    lines = difflib.unified_diff(
        wanted.splitlines(), now.splitlines(), f"{name} as it was", f"{name} now", lineterm="", n=2
    )
    return "\n".join(lines)


@pytest.mark.parametrize("name", SCENES)
async def test_the_view_is_as_it_was(stage, name, request):
    await stage.play(SCENES[name])
    taken = {}
    for symbols in SYMBOLS:
        await stage.dress(symbols)
        for size in sizes(name):
            taken[file(name, symbols, size)] = text = await stage.capture(*size)
            assert str(stage.folder) not in text
            if (symbols, size) == ("utf-8", SIZES[1]) and name != "picture":
                # What no colour says alone, stands there without them as well.
                assert await stage.without_colours(*size) == text
        assert not stage.unsigned()
    if request.config.getoption("renew_snapshots"):
        SNAPSHOTS.mkdir(exist_ok=True)
        for path in SNAPSHOTS.glob(f"{name}.*.txt"):
            path.unlink()
        for each, text in taken.items():
            (SNAPSHOTS / each).write_text(text, encoding="utf-8")
        return
    known = {
        path.name: path.read_text(encoding="utf-8") for path in SNAPSHOTS.glob(f"{name}.*.txt")
    }
    others = [each for each in sorted({*known, *taken}) if known.get(each) != taken.get(each)]
    told = "\n\n".join(
        differences(each, known.get(each, ""), taken.get(each, "")) for each in others
    )
    assert not others, f"{told}\n\nIf this is how it is to be: {RENEW}"


def test_every_snapshot_is_of_a_scene():
    assert {path.name.partition(".")[0] for path in SNAPSHOTS.iterdir()} <= set(SCENES)


def test_every_pane_and_popup_that_there_is_has_a_scene():
    shown = {each for scene in SCENES.values() for each in scene.shows}
    contexts = {each.context for each in shown}
    assert {*panes.DRAWN, *popups.DRAWN} - shown == set()
    assert {*panes.BEHIND, *panes.LATE} - contexts == set()
