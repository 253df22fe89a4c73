"""Whether what was said is about what still shows."""

from collections.abc import Callable

from primitivus.model.screen.layout import Layout


def still_here(layout: Layout) -> Callable[[], bool]:
    """Return what tells later whether one is still where one is now."""
    here = layout.main
    return lambda: layout.main is here


def still_shows(layout: Layout) -> Callable[[], bool]:
    """Return what tells later whether that still shows where one is now, if only beside."""
    here = layout.main

    def shows() -> bool:
        is_beside = len(layout.mains()) > 1 and any(each.pane is here for each in layout.trails)
        return layout.main is here or is_beside

    return shows
