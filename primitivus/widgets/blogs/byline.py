"""Who wrote an entry and when, how far one of ours got, and what others say of it."""

from collections.abc import Callable, Iterator

from backendd.api.records import Entry
from backendd.api.values import Value
from primitivus.failures import reason
from primitivus.model.blogs import discussion
from primitivus.model.blogs.blogs import is_going
from primitivus.model.wording.dates import came_before, is_ahead
from primitivus.model.wording.times import clock, now_us
from primitivus.sentences import cntr, ntr, tr
from primitivus.themes.symbols import Symbols
from primitivus.widgets.blogs.xhtml.inline import wrapped
from primitivus.widgets.drawing import linking
from primitivus.widgets.drawing.cells import Row, Segment, printable, single_line
from primitivus.widgets.pictures.pictures import Gallery

NO_DATE = "?"

_FORM = "%Y-%m-%d %H:%M"
# What was changed so soon after it was written isn't told to be.
_SOON_US = 60_000_000
_STATES = {"pending": tr("it waits to be published"), "failed": tr("it was not published")}


class EntryLook(Value):
    """All that decides about the rows of an entry but the entry itself."""

    columns: int
    symbols: Symbols
    nick_style: Callable[[str], str]
    # How pictures are shown; None: by their names alone.
    gallery: Gallery | None = None
    # Whether what is said to it makes no noise.
    is_muted: bool = False


def state(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield how far an entry of ours got that isn't out, or isn't gone, as texts with styles."""
    why = single_line(reason(entry.error))
    if said := _STATES.get(entry.state):
        style = "message.error" if entry.state == "failed" else "message.info"
        yield f"{said}: {why}" if why else said, style
    elif is_going(entry):
        yield tr("it is gone as soon as its service knows"), "message.info"
    elif why:
        yield tr("it could not be taken back: {why}", why=why), "message.error"


def written(entry: Entry, look: EntryLook) -> Iterator[Segment]:
    """Yield who wrote it and when; what nothing shows to be true has a sign."""
    yield from author(entry, look)
    if entry.service != entry.author and entry.author:
        yield "message.info", "  " + tr("at {service}", service=single_line(entry.service))
    yield from when(entry)


def author(entry: Entry, look: EntryLook) -> Iterator[Segment]:
    """Yield who wrote it."""
    jid = single_line(entry.author or entry.service)
    name = single_line(entry.author_name)
    yield look.nick_style(entry.author), name or jid
    if name and name != jid:
        yield "message.info", f" {jid}"
    if not entry.author_verified:
        yield "message.error", " ?"
        if entry.publisher not in ("", entry.author):
            yield "message.error", " " + tr("put there by {who}", who=single_line(entry.publisher))


def when(entry: Entry) -> Iterator[Segment]:
    """Yield when it was written, and changed, as it says; what can't be has a sign."""
    yield "message.time", f"  {_day(entry.published)}"
    if came := came_before(entry):
        yield "message.error", " ? " + tr("it came {day}", day=_day(came))
    if entry.updated - entry.published > _SOON_US:
        yield "message.time", " " + tr("(edited {day})", day=_day(entry.updated))
        yield "message.error", " ?" * is_ahead(entry.updated, now_us())


def _day(time_us: int) -> str:
    try:
        return clock(time_us, _FORM)
    except (OverflowError, OSError, ValueError):  # of a year that no calendar has
        return NO_DATE


def counts(entry: Entry, look: EntryLook) -> Iterator[Segment]:
    """Yield how many like it and have said something to it, if any have."""
    many = discussion.likes(entry)
    if many:
        is_liked = discussion.is_liked(entry)
        yield "reaction.own" if is_liked else "reaction", f"{look.symbols.likes} {many}"
        yield "message.info", " " + tr("(you too)") if is_liked else ""
    if said := discussion.comments(entry):
        yield "message.info", "  " * bool(many) + ntr("{n} comment", "{n} comments", said)
    if unread := discussion.unread(entry):
        yield "list.count", " " + cntr("comments", "({n} unread)", "({n} unread)", unread)


def link(label: str, url: str, look: EntryLook) -> Iterator[Row]:
    """Yield where something leads."""
    parts = [("message.info", f"{single_line(label)} "), (linking.link(url), single_line(url))]
    yield from segments(parts, look.columns)


def segments(parts: Iterator[Segment] | list[Segment], columns: int) -> Iterator[Row]:
    """Yield parts of one line, broken into rows."""
    found = list(parts)
    text = "".join(said for _, said in found)
    if printable(text) != text:
        text = printable(text)
        found = [("message.info", text)]
    yield from wrapped(text, [(style, len(said)) for style, said in found], columns)
