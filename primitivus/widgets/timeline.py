"""Lists of posts: a row each, how the marked one begins below them, and what is unread."""

from collections.abc import Iterator

from backendd.api.records import Entry, EntryHit
from primitivus.model import discussion
from primitivus.model.account import Account
from primitivus.model.address import called
from primitivus.model.blogs import MICROBLOG, Blogs, feed_of, is_going, where, writer
from primitivus.model.comment_drafts import CommentDrafts
from primitivus.model.counting import counted
from primitivus.model.dates import came_before
from primitivus.model.discussions import Discussions
from primitivus.model.link import NOT_RUNNING
from primitivus.model.panes.post import title
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.post_sources import OneBlog
from primitivus.model.posts import hashtag, key_of
from primitivus.model.times import now_us, short_moment
from primitivus.model.touch import Choice
from primitivus.widgets import byline
from primitivus.widgets.cells import (
    Row,
    Segment,
    clip,
    clip_row,
    fill,
    fit,
    printable,
    row_width,
    single_line,
    width,
)
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene
from primitivus.widgets.touching import row_of, running
from primitivus.widgets.wrap import wrap_runs

# From these widths on a row has the time, and how much a name takes of it.
TIME_FROM, TIME_COLUMNS = 32, 6
NAME_COLUMNS, NAME_PART = (6, 16), 5
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
        _row(scene, pane, each, columns, is_chosen=place == selected)
        for place, each in enumerate(pane.in_view(), pane.top)
    ]
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


def news(scene: Scene) -> Iterator[Segment]:
    """Yield how much is unread in the blogs that are followed, and said to us, in all accounts."""
    unread = sum(account.of(Blogs).unread for account in scene.state.accounts.opened())
    if unread:
        text = f"{counted(unread, 'unread post', 'unread posts')}  "
        yield from running([("status.unread", text)], "blog")
    said = sum(account.of(Discussions).unread for account in scene.state.accounts.opened())
    if said:
        text = f"{counted(said, 'unread comment', 'unread comments')}  "
        yield from running([("status.unread", text)], "next-unread")


def _row(scene: Scene, pane: TimelinePane, entry: Entry, columns: int, *, is_chosen: bool) -> Row:
    """Return who wrote a post when, what it is called, and what it is about as far as that fits."""
    account = scene.state.at(pane.place)
    style = "list.selected.focused" if is_chosen else _style(entry)
    quiet = "list.selected.focused" if is_chosen else "list.muted"
    name = _writer(account, entry)
    shown_name = style if is_chosen else scene.nick_style(name)
    least, most = NAME_COLUMNS
    name_columns = max(least, min(most, columns // NAME_PART))
    doubt = "" if entry.author_verified else " ?"
    named = clip(name, name_columns - width(doubt), scene.symbols.ellipsis) + doubt
    head = [
        (style, f" {fit(_sign(scene, entry), 1)} "),
        (quiet, f"{_time(scene, entry):>{TIME_COLUMNS}} " if columns >= TIME_FROM else ""),
        (shown_name, f"{fit(named, name_columns)} "),
    ]
    said = list(_said(entry, style, "list.mention" if not is_chosen else style))
    counts = _counts(scene, account, entry)
    room = max(0, columns - row_width(tuple(head)) - width(counts))
    about = _about(account, pane, entry, room - row_width(tuple(said)))
    said_row = clip_row(said, room - width(about), scene.symbols.ellipsis)
    row = (*head, *said_row)
    end = (quiet, f"{about}{counts}")
    drawn = fill((*fill(row, columns - width(about) - width(counts), style), end), columns, style)
    return row_of(Choice(key_of(entry)), pointed(scene, drawn) if is_chosen else drawn)


def _style(entry: Entry) -> str:
    if entry.state == "failed":
        return "message.error"
    return "list.unread" if entry.unread or discussion.unread(entry) else "list"


def _sign(scene: Scene, entry: Entry) -> str:
    """Return how far one of ours got that isn't out, or gone, else if something is unread."""
    if is_going(entry) or entry.state in ("pending", "failed"):
        return scene.symbols.of("pending" if is_going(entry) else entry.state)
    return scene.symbols.unread if entry.unread or discussion.unread(entry) else " "


def _writer(account: Account, entry: Entry) -> str:
    """Return who wrote a post, as it says, by name as far as we gave them one."""
    who = writer(entry)
    is_me = who == account.profile.jid and entry.author_verified
    return "me" if is_me else single_line(account.name(who) or called(who))


def _time(scene: Scene, entry: Entry) -> str:
    """Return when a post was written, as it says; what can't be has a sign."""
    try:
        said = short_moment(entry.published, now_us(), scene.settings.time_format)
    except (OverflowError, OSError, ValueError):  # of a year that no calendar has
        return byline.NO_DATE
    return f"{said.replace(' ', '')}{byline.NO_DATE}" if came_before(entry) else said


def _said(entry: Entry, style: str, mark: str) -> Iterator[Segment]:
    """Yield what a post is called, and the words that were found with what stands around them."""
    called = single_line(title(entry))
    if not isinstance(entry, EntryHit):
        yield style, called
        return
    if not single_line(entry.snippet).startswith(called):
        yield style, f"{called}  "
    end = 0
    for start, length in entry.ranges:
        yield style, single_line(entry.snippet[end:start])
        yield mark, single_line(entry.snippet[start : start + length])
        end = start + length
    yield style, single_line(entry.snippet[end:])


def _counts(scene: Scene, account: Account, entry: Entry) -> str:
    """Return how many like a post, comments on it there are and are unread, and its files.

    Behind them stands whether that is muted, and whether one is about to say something to it.
    """
    signs = scene.symbols
    found = (
        (signs.likes, discussion.likes(entry)),
        (signs.comments, discussion.comments(entry)),
        (signs.unread, discussion.unread(entry)),
        (signs.file, len(entry.attachments)),
    )
    begun = account.of(CommentDrafts).begun((entry.service, entry.node, entry.id))
    counts = "".join(f" {sign}{many}" for sign, many in found if many)
    counts += f" {signs.muted}" * account.of(Discussions).is_muted(entry.uri)
    return f"{counts} {signs.draft}" if begun is not None else counts


def _about(account: Account, pane: TimelinePane, entry: Entry, room: int) -> str:
    """Return where a post is and what it is about, as far as there is room; tags give way first."""
    feed = feed_of(entry)
    is_of_writer = feed.service == writer(entry) and feed.node == MICROBLOG
    is_told = isinstance(pane.source, OneBlog) or is_of_writer
    at = "" if is_told else f"  {single_line(where(account, entry))}"
    parts = [at, *(f"  {hashtag(single_line(each))}" for each in entry.tags)]
    while parts and width("".join(parts)) > room:
        parts.pop()
    return "".join(parts)


def _end(scene: Scene, pane: TimelinePane, columns: int) -> list[Row]:
    """Return what is told below the last of them: that more comes, or why there is none."""
    paging, is_lost = pane.paging, scene.state.backend.is_lost
    if paging.error or (paging.is_awaiting and is_lost):
        style, said = "message.error", paging.error or NOT_RUNNING
    elif paging.is_awaiting:
        style, said = "hint", f"asking{scene.symbols.ellipsis}"
    elif not len(pane.posts):
        style, said = "message.info", pane.source.empty
    elif paging.refusal:
        style, said = "message.error", f"this is {paging.age}"
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
        rows += wrap_runs(line, [(style, len(line))], max(2, columns)) if line else ()
        if len(rows) > room:
            break
    is_cut = len(rows) > room or max(len(entry.body), len(entry.title)) > most
    return rows[:room], is_cut


def _by(account: Account, entry: Entry) -> str:
    """Return who wrote a post when, by address: anybody may say to be called anything."""
    sure = "" if entry.author_verified else "says to be by "
    named = f' "{entry.author_name}"' if entry.author_name else ""
    tags = "".join(f" {hashtag(each)}" for each in entry.tags)
    when = "".join(said for _, said in byline.when(entry)).strip()
    return single_line(f"{sure}{writer(entry)}{named}, {where(account, entry)}, {when}{tags}")
