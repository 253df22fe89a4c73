"""The status line: the mode, what is unread, who types, what was said last."""

from primitivus.model.notices import Level
from primitivus.widgets.cells import Row, Segment, clip, fill, joined, single_line, width
from primitivus.widgets.scene import Scene


def draw(scene: Scene, columns: int, help_key: str) -> Row:
    """Return the one row of the status line."""
    view = scene.state.view
    left: list[Segment] = []
    if view.is_modal:
        left.append(("status.mode", f" {view.in_mode.upper()} "))
    left.append(("status", f" {scene.state.profile.name}  "))
    middle = _notice(scene) or _news(scene)
    hint = f" {help_key} help " if help_key and columns >= 50 else ""
    room = columns - sum(width(text) for _, text in left) - width(hint)
    row = [*left, *_clipped(middle, room, scene.symbols.ellipsis)]
    filled = fill(tuple(row), columns - width(hint), "status")
    return joined((*filled, ("hint", hint)))


def _notice(scene: Scene) -> list[Segment]:
    notice = scene.state.notices.current
    if notice is None:
        return []
    style = "status.error" if notice.level is Level.ERROR else "status.notice"
    return [(style, single_line(notice.text))]


def _news(scene: Scene) -> list[Segment]:
    state = scene.state
    parts: list[Segment] = []
    unread = state.conversations.unread()
    if unread:
        parts.append(("status.unread", f"{unread} unread  "))
    if state.roster.requests:
        number = len(state.roster.requests)
        noun = "request" if number == 1 else "requests"
        parts.append(("status.unread", f"{number} {noun}  "))
    record = state.conversations.get(state.view.peer)
    if record is not None and record.typing:
        names = ", ".join(single_line(state.name(each)) for each in record.typing)
        verb = "is" if len(record.typing) == 1 else "are"
        parts.append(("status.typing", f"{names} {verb} typing"))
    return parts


def _clipped(parts: list[Segment], columns: int, ellipsis: str) -> list[Segment]:
    row = []
    for style, text in parts:
        if columns <= 0:
            break
        row.append((style, clip(text, columns, ellipsis)))
        columns -= width(text)
    return row
