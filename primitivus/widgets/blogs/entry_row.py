"""A post as a row of a list: who wrote it when, what it is called, and what is said to it."""

from collections.abc import Iterator

from backendd.api.records import Entry, EntryHit
from primitivus.model.accounts.account import Account
from primitivus.model.blogs import discussion
from primitivus.model.blogs.blogs import is_going, is_of_writer, where, writer
from primitivus.model.blogs.comment_drafts import CommentDrafts
from primitivus.model.blogs.discussions import Discussions
from primitivus.model.blogs.post_sources import OneBlog
from primitivus.model.blogs.post_titles import title
from primitivus.model.blogs.posts import hashtag, key_of
from primitivus.model.panes.timeline import TimelinePane
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.address import called
from primitivus.model.wording.dates import came_before
from primitivus.model.wording.times import now_us, short_moment
from primitivus.sentences import tr
from primitivus.widgets.blogs import byline
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip,
    clip_row,
    fill,
    fit,
    row_width,
    single_line,
    width,
)
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene

# From these widths on a row has the time, and how much a name takes of it.
TIME_FROM, TIME_COLUMNS = 32, 6
NAME_COLUMNS, NAME_PART = (6, 16), 5


def row(scene: Scene, pane: TimelinePane, entry: Entry, columns: int, *, is_chosen: bool) -> Row:
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
    return tr("me") if is_me else single_line(account.name(who) or called(who))


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
    is_told = isinstance(pane.source, OneBlog) or is_of_writer(entry)
    at = "" if is_told else f"  {single_line(where(account, entry))}"
    parts = [at, *(f"  {hashtag(single_line(each))}" for each in entry.tags)]
    while parts and width("".join(parts)) > room:
        parts.pop()
    return "".join(parts)
