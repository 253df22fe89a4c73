"""Settings: a list of them with their values, and beside or below it all about the chosen one."""

from collections.abc import Iterator

from primitivus.model.panes.settings import SettingsPane
from primitivus.model.screen.touch import Choice, Nothing
from primitivus.model.scrolling.beyond import Beyond
from primitivus.model.setting import Setting
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, clip, fill, fit, printable, single_line, width
from primitivus.widgets.drawing.shortened_paths import without_folders
from primitivus.widgets.drawing.touching import row_of, touched
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.pointing import pointed
from primitivus.widgets.popups.box import more
from primitivus.widgets.scene import Scene

# From so many columns on what is told of the chosen one stands beside the list.
_BESIDE_FROM = 72
_LIST_COLUMNS, _LEAST_LIST_COLUMNS = 48, 34
# What is told of one is no wider, however wide the window is.
_ABOUT_COLUMNS = 76
_NAME_COLUMNS = 24
# So many rows of the list show at least, where there are as many.
_LEAST_ROWS = 3
# So many rows of what is told of one show at least where keys are told as well.
_LEAST_ABOUT = 5


def measure(scene: Scene, pane: SettingsPane, columns: int, height: int) -> None:
    """Take over what is so now, and how much of the list and of what is told there is room for."""
    pane.refresh()
    about = len(_about(scene, pane, _about_columns(columns)))
    keys = len(_keys(pane, _about_columns(columns)))
    if columns >= _BESIDE_FROM:
        pane.measured(height, about, _text_room(about, height, keys))
        return
    room = _room_below(about, keys, len(pane.rows()), height)
    pane.measured(height - room, about, _text_room(about, room - 1, keys))


def draw(scene: Scene, pane: SettingsPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows."""
    if columns < _BESIDE_FROM:
        return _below(scene, pane, columns, height)
    left = _list(scene, pane, _list_columns(columns), height)
    room = columns - _list_columns(columns) - 1
    right = _shown(scene, pane, _about_columns(columns), height)
    border = (touched("pane.border", Nothing()), scene.symbols.border)
    return [(*row, border, *fill(told, room)) for row, told in zip(left, right, strict=True)]


def _below(scene: Scene, pane: SettingsPane, columns: int, height: int) -> list[Row]:
    about = len(_about(scene, pane, _about_columns(columns)))
    keys = len(_keys(pane, _about_columns(columns)))
    room = _room_below(about, keys, len(pane.rows()), height)
    rule: Row = (("pane.border", scene.symbols.rule * columns),)
    told = [rule, *_shown(scene, pane, _about_columns(columns), room - 1)] if room else []
    rows = [*_list(scene, pane, columns, height - room), *told]
    return [fill(row, columns) for row in rows]


def _room_below(about: int, keys: int, listed: int, height: int) -> int:
    """Return how many rows a line and what is told of the chosen one take below the list.

    That is mostly the same, so that the list stands still; the keys get those rows too that a
    short list leaves.
    """
    least = min(_LEAST_ROWS, max(1, height - 2))
    left = min(height - listed, about + 1 + keys)
    room = min(max(about + 1, height // 2, left), height - least)
    return room if room > 1 else 0


def _text_room(about: int, height: int, keys: int) -> int:
    """Return how many rows of what is told show; below those of more is said how many there are.

    So many rows of `keys` stay below that, where they leave enough for it.
    """
    height -= keys if _has_keys(about, height, keys) else 0
    return height if about <= height or height < 2 else height - 1


def _has_keys(about: int, height: int, keys: int) -> bool:
    """Return whether there are rows enough for the keys, and for what is told above them."""
    return height - keys >= min(about, _LEAST_ABOUT)


def _list_columns(columns: int) -> int:
    """Return how wide the list is beside what is told of the chosen one."""
    return max(_LEAST_LIST_COLUMNS, min(_LIST_COLUMNS, columns // 2))


def _about_columns(columns: int) -> int:
    if columns >= _BESIDE_FROM:
        columns -= _list_columns(columns) + 1
    return max(4, min(_ABOUT_COLUMNS, columns - 2))


def _list(scene: Scene, pane: SettingsPane, columns: int, height: int) -> list[Row]:
    chosen = pane.chosen
    rows: list[Row] = []
    for line in pane.in_view():
        if isinstance(line, str):
            rows.append(
                (("list.group", fit(f" {single_line(line)}", columns, scene.symbols.ellipsis)),)
            )
        else:
            row = _entry(scene, pane, line, columns, is_chosen=line is chosen)
            rows.append(row_of(Choice(line.key), row))
    if not rows:
        rows = [
            (
                (
                    "hint",
                    fit(" " + tr("nothing here has these words"), columns, scene.symbols.ellipsis),
                ),
            )
        ]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


def _entry(
    scene: Scene, pane: SettingsPane, setting: Setting, columns: int, *, is_chosen: bool
) -> Row:
    """Return a setting with its value; a star says that this is not saved."""
    star = "*" if setting.is_unsaved else " "
    usual = "list.unread" if setting.is_unsaved else "list"
    style = "list.selected.focused" if is_chosen else usual
    name = single_line(setting.name)
    room = min(_NAME_COLUMNS, max(4, columns * 3 // 5 - 1))
    cut = fit(f"  {star}{name}", room + 3, scene.symbols.ellipsis)
    value = single_line(_value(pane, setting))
    left, ellipsis = max(0, columns - width(cut) - 1), scene.symbols.ellipsis
    shown = clip(without_folders(value, left, ellipsis), left, ellipsis)
    row: Row = ((style, f"{cut} "), (style if is_chosen else "hint", shown))
    return fill(pointed(scene, row) if is_chosen else row, columns, style)


def _value(pane: SettingsPane, setting: Setting) -> str:
    """Return the value as it is, or while it is typed as that stands."""
    is_typing = pane.typing is not None and pane.typing.key == setting.key
    return pane.typed_value.text if is_typing else setting.value


def _shown(scene: Scene, pane: SettingsPane, columns: int, height: int) -> list[Row]:
    """Return as much of what is told of the chosen one as there is room for."""
    rows, keys = _about(scene, pane, columns), _keys(pane, columns)
    room = _text_room(len(rows), height, len(keys))
    shown = [((("default", " ")), *row) for row in rows[pane.about_top : pane.about_top + room]]
    if room < len(rows):
        beyond = Beyond.of(len(rows), pane.about_top, room)
        above = more(scene.symbols.above, beyond.above, 0)
        below = more(scene.symbols.below, beyond.below, columns)
        if below and pane.reads_on:
            below = tr("{below}: {key} reads on", below=below.rstrip(), key=pane.reads_on)
        shown.append((("hint", clip(f"{above}{below}", columns + 1, scene.symbols.ellipsis)),))
    if _has_keys(len(rows), height, len(keys)):
        # A blank row parts them, where there is one.
        shown += [*[()][: height - len(shown) - len(keys)], *keys]
    return [fill(row, columns + 1) for row in (*shown, *[()] * height)][:height]


def _keys(pane: SettingsPane, columns: int) -> list[Row]:
    """Return what keys do, below all else that is told."""
    return [(("hint", " "), *row) for row in _wrapped("hint", pane.hint, columns)]


def _about(scene: Scene, pane: SettingsPane, columns: int) -> list[Row]:
    """Return all about the chosen setting: its value, what it is, and where that comes from."""
    setting = pane.chosen
    if setting is None:
        return []
    return [row for style, text in _told(pane, setting) for row in _wrapped(style, text, columns)]


def _told(pane: SettingsPane, setting: Setting) -> Iterator[tuple[str, str]]:
    if setting.section == "problems":
        yield "message.error", setting.doc
        return
    value = _value(pane, setting)
    yield "popup.title", f"{setting.name} = {value}" if value else setting.name
    if pane.error and pane.typing is not None and pane.typing.key == setting.key:
        yield "message.error", pane.error
    yield "default", _sentence(setting.doc)
    if setting.choices:
        chosen = (f"[{each}]" if each == setting.value else each for each in setting.choices)
        yield "hint", tr("One of: {chosen}", chosen="  ".join(chosen))
    elif setting.wanted:
        yield "hint", tr("Wanted: {name}", name=setting.wanted)
    if setting.default is not None:
        yield "hint", tr("Default: {default}", default=setting.default or tr("empty"))
    if setting.origin:
        yield "hint", tr("Now: {origin}", origin=setting.origin)
    if (change := pane.changes.get(setting.key)) is not None:
        yield "hint", tr("Before: {before}", before=change.before or tr("empty"))


def _sentence(doc: str) -> str:
    """Return an explanation as a sentence."""
    return f"{doc[:1].upper()}{doc[1:]}{'' if doc.endswith('.') else '.'}" if doc else ""


def _wrapped(style: str, text: str, columns: int) -> list[Row]:
    return [
        row
        for line in printable(text).split("\n")
        for row in wrap_runs(line, [(style, len(line))], max(4, columns)) or [()]
    ]
