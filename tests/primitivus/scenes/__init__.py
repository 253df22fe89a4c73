"""Scenes: each view of the program, come to from a world that is always the same.

`SCENES` has them by their names. Whoever wants to look at every view plays them on a `Stage`.
"""

from tests.primitivus.scenes import beginnings, blogs, files, lists, messages, over, rooms, troubles
from tests.primitivus.scenes.scene import SCENES, Scene, Stage, hold_the_clock

__all__ = [
    "SCENES",
    "Scene",
    "Stage",
    "beginnings",
    "blogs",
    "files",
    "hold_the_clock",
    "lists",
    "messages",
    "over",
    "rooms",
    "troubles",
]
