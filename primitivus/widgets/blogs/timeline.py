"""Lists of posts: rows, and how the marked one begins below them."""

from functools import partial

from backendd.api.records import Entry
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.link import NOT_RUNNING
from primitivus.model.blogs.blogs import blog_name, feed_of, is_of_writer, where, writer
from primitivus.model.blogs.posts import hashtag
from primitivus.model.panes.timeline import TimelinePane
from primitivus.sentences import tr
from primitivus.widgets.blogs import byline, entry_row
from primitivus.widgets.drawing import edges
from primitivus.widgets.drawing.cells import (
    Row,
    clip_row,
    fill,
    printable,
    single_line,
)
from primitivus.widgets.drawing.wrap import wrap_runs
from primitivus.widgets.scene import Scene

# From this height on the marked post is shown below the list, on so many of the rows.
BELOW_FROM, BELOW_PART = 8, 3
# Of a post so many characters are looked at for each cell that there is for it.
_CHARACTERS = 4


def draw(scene: Scene, pane: TimelinePane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    account = scene.state.at(pane.place)
    if account.is_locked:
        return [fill((), columns)] * height
    below = _below(scene, pane, columns, height)
    selected = pane.selected
    rows = [
        entry_row.row(scene, pane, each, columns, is_chosen=place == selected)
        for place, each in enumerate(pane.in_view(), pane.top)
    ]
    if pane.tells_above:
        is_drawn = scene.settings.decorations
        line = partial(edges.rule, columns=columns, symbols=scene.symbols, is_drawn=is_drawn)
        rows.insert(0, edges.above(line, scene.symbols, ("posts", pane.above), "top"))
    room = height - len(below)
    if len(rows) < room:
        rows += _end(scene, pane, columns)
    rows = [*rows, *[()] * height][:room]
    return [fill(row, columns) for row in (*rows, *below)]


def measure(scene: Scene, pane: TimelinePane, columns: int, height: int) -> None:
    """Let the list know how much room there is for it, and whether the marked one shows whole."""
    pane.arranged(height - len(_below(scene, pane, columns, height)))
    chosen = pane.chosen
    pane.is_read_through = chosen is not None and _is_whole(scene, pane, chosen, columns, height)


def _end(scene: Scene, pane: TimelinePane, columns: int) -> list[Row]:
    """Return what is told below the last of them: that more comes, or why there is none."""
    paging, is_lost = pane.paging, scene.state.backend.is_lost
    if paging.error or (paging.is_awaiting and is_lost):
        style, said = "message.error", paging.error or NOT_RUNNING
    elif paging.is_awaiting:
        style, said = "hint", tr("asking{ellipsis}", ellipsis=scene.symbols.ellipsis)
    elif not len(pane.posts):
        style, said = "message.info", pane.source.empty
    elif paging.refusal:
        style, said = "message.error", paging.told
    else:
        return []
    text, room = single_line(said), max(2, columns - 1)
    return [((style, " "), *row) for row in wrap_runs(text, [(style, len(text))], room)]


def _below(scene: Scene, pane: TimelinePane, columns: int, height: int) -> list[Row]:
    """Return how the marked post begins, on a part of the rows: always as many of them."""
    if (chosen := pane.chosen) is None or height < BELOW_FROM:
        return []
    room = height // BELOW_PART
    rows, is_cut = _text(scene, pane, chosen, columns, room)
    if is_cut:
        rows[-1] = clip_row((*rows[-1], ("hint", f" {scene.symbols.ellipsis}")), columns)
    rule: Row = (("pane.border", scene.symbols.rule * columns),)
    return [rule, *rows, *[()] * (room - len(rows))]


def _is_whole(scene: Scene, pane: TimelinePane, entry: Entry, columns: int, height: int) -> bool:
    """Return whether all that a post says is on the screen."""
    if height < BELOW_FROM or entry.truncated:
        return False
    return not _text(scene, pane, entry, columns, height // BELOW_PART)[1]


def _text(
    scene: Scene, pane: TimelinePane, entry: Entry, columns: int, room: int
) -> tuple[list[Row], bool]:
    """Return so many rows of what a post says, and whether there is more of it."""
    most = _CHARACTERS * columns * room
    account = scene.state.at(pane.place)
    told = [("message.info", _by(account, entry)), ("message.strong", entry.title)]
    lines = entry.body[:most].strip("\n").split("\n")
    is_title = lines[0].split() == entry.title.split()
    told += [("message.body", line) for line in lines[is_title:]]
    told[:0] = [(style, text) for text, style in byline.state(entry)]
    rows: list[Row] = []
    for style, text in told:
        line = printable(text[:most]).strip()
        shown = wrap_runs(line, [(style, len(line))], max(2, columns - 1)) if line else ()
        rows += [(("default", " "), *row) for row in shown]
        if len(rows) > room:
            break
    is_cut = len(rows) > room or max(len(entry.body), len(entry.title)) > most
    return rows[:room], is_cut


def _by(account: Account, entry: Entry) -> str:
    """Return who wrote a post when, by address: anybody may say to be called anything."""
    who = writer(entry) + (f' "{entry.author_name}"' if entry.author_name else "")
    by = who if entry.author_verified else tr("says to be by {who}", who=who)
    tags = "".join(f" {hashtag(each)}" for each in entry.tags)
    when = "".join(said for _, said in byline.when(entry)).strip()
    # A blog that is called as its writer is told of by them.
    is_theirs = is_of_writer(entry) and blog_name(account, feed_of(entry)) == account.name(
        entry.service
    )
    at = "" if is_theirs else f", {where(account, entry)}"
    return single_line(f"{by}{at}, {when}{tags}")
