"""Files on their way: a row each, and how far they are in the status line."""

import time
from collections.abc import Iterator

from backendd.api.records import Transfer
from primitivus.failures import reason
from primitivus.model.files.transfers import (
    GOING,
    Transfers,
    checked,
    checking,
    has_passed,
    is_here,
    is_waiting,
    name_of,
    per_cent,
    share,
    size_of,
)
from primitivus.model.panes.transfers import Listed, TransfersPane
from primitivus.model.screen.touch import Choice
from primitivus.model.wording.terms import term
from primitivus.model.wording.written import as_size
from primitivus.sentences import ntr, tr
from primitivus.widgets.drawing import linking
from primitivus.widgets.drawing.cells import (
    Row,
    Segment,
    clip,
    clip_row,
    fill,
    row_width,
    single_line,
    width,
)
from primitivus.widgets.drawing.shortened_paths import rows_of, without_folders
from primitivus.widgets.drawing.touching import row_of, running
from primitivus.widgets.lists.rows import wrapped
from primitivus.widgets.pointing import pointed
from primitivus.widgets.scene import Scene

NAME_COLUMNS = 16
# The part of a row that a name has at least.
_LEAST_PART = 4
_STYLES = {"failed": "message.error", "done": "list", "cancelled": "list.muted"}


def draw(scene: Scene, pane: TransfersPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    selected = pane.selected
    rows = [
        _row(scene, each, columns, is_chosen=place == selected)
        for place, each in enumerate(pane.in_view(), pane.top)
    ]
    if not rows:
        said = tr("no files yet: :send-file FILE sends one to whom you talk with")
        rows = wrapped(said, "message.info", columns)
    below = _below(scene, pane, columns, height)
    rows = [*rows, *[()] * height][: height - len(below)]
    return [fill(row, columns) for row in (*rows, *below)]


def measure(scene: Scene, pane: TransfersPane, columns: int, height: int) -> None:
    """Let the list know how much room there is for it above what is said of the marked file."""
    pane.arranged(height - len(_below(scene, pane, columns, height)))


def news(scene: Scene) -> Iterator[Segment]:
    """Yield how far the files are that go on in all accounts."""
    going = [
        (known, each)
        for account in scene.state.accounts.opened()
        if (known := account.of(Transfers)).going()
        for each in known.going()
    ]
    if len(going) == 1:
        ((known, transfer),) = going
        name = clip(single_line(transfer.name), NAME_COLUMNS, scene.symbols.ellipsis)
        said = f"{_sign(scene, transfer)} {name} {_progress(known, transfer)}  "
        yield from running([("status", said)], "transfers")
    elif going:
        size, done = sum(each.size for _, each in going), sum(each.done for _, each in going)
        part = "" if all(has_passed(each) for _, each in going) else share(done, size)
        if all(each.state == "queued" for _, each in going):
            part = tr("wait")
        files = ntr("{n} file", "{n} files", len(going))
        said = f"{files} {part}".rstrip() + "  "
        yield from running([("status", said)], "transfers")


def _row(scene: Scene, listed: Listed, columns: int, *, is_chosen: bool) -> Row:
    told = _told_of(scene, listed, columns, is_chosen=is_chosen)
    return row_of(Choice(listed.key), fill(told, columns, told[0][0]))


def _told_of(scene: Scene, listed: Listed, columns: int, *, is_chosen: bool) -> tuple[Segment, ...]:
    """Return what is told of a file, as much as there is room for.

    First what it is about gives way, then a long name, and the end of a reason.
    """
    transfer, account = listed.transfer, scene.state.at(listed.place)
    style = "list.selected.focused" if is_chosen else _STYLES.get(transfer.state, "list")
    quiet = "list.selected.focused" if is_chosen else "list.muted"
    name = _name(scene, transfer, style)
    told = f"  {single_line(_told(account.of(Transfers), transfer))}"
    needed = min(width(told), columns // 2) if _has_reason(transfer) else width(told)
    about = _about(scene, listed, columns - min(row_width(name), columns // 2) - needed)
    least = min(row_width(name), columns // _LEAST_PART)
    room = max(least, columns - width(about) - needed)
    shown = clip_row(name, room, scene.symbols.ellipsis)
    left = columns - row_width(shown) - width(about)
    ellipsis = scene.symbols.ellipsis
    drawn = (
        *shown,
        (quiet, about),
        (style, clip(without_folders(told, left, ellipsis), left, ellipsis)),
    )
    return pointed(scene, drawn) if is_chosen else drawn


def _name(scene: Scene, transfer: Transfer, style: str) -> Row:
    """Return what a file is called, which leads to it where it is here."""
    way = linking.file(transfer.path, style) if is_here(transfer) else style
    return (style, f" {_sign(scene, transfer)} "), (way, single_line(transfer.name))


def _about(scene: Scene, listed: Listed, columns: int) -> str:
    """Return how large a file is and with whom, as far as there is room; whose it is first."""
    transfer, account = listed.transfer, scene.state.at(listed.place)
    size, whose = size_of(transfer), single_line(scene.state.accounts.told_apart(account))
    whom = single_line(account.name(transfer.peer))
    post = f'"{single_line(transfer.entry_title)}"' if transfer.entry_id else ""
    if transfer.direction == "in":
        with_whom = tr("from {whom}", whom=post or whom)
    else:
        with_whom = tr("for {post}", post=post) if post else tr("to {whom}", whom=whom)
    parts = [
        f"  {as_size(size)}" if size is not None else "",
        f"  {with_whom}",
        f"  {whose}" if whose else "",
    ]
    while parts and width("".join(parts)) > columns:
        parts.pop(0)
    return "".join(parts)


def _below(scene: Scene, pane: TransfersPane, columns: int, height: int) -> list[Row]:
    """Return what is to be told of the marked file that its row has no room for."""
    if (chosen := pane.chosen) is None:
        return []
    most, ellipsis = height // 2, scene.symbols.ellipsis
    rows: list[Row] = []
    for style, said in (*_why(scene, chosen, columns), *_where(chosen), *_remarks(chosen)):
        if len(rows) < most:
            rows += rows_of(said, style, max(2, columns), most - len(rows), ellipsis)
    return rows


def _why(scene: Scene, chosen: Listed, columns: int) -> Iterator[Segment]:
    """Yield why a file failed, or what it waits for, where its row hasn't all of that."""
    transfer = chosen.transfer
    if not _has_reason(transfer):
        return
    why = single_line(reason(transfer.error))
    (*_, (_, told)) = _told_of(scene, chosen, columns, is_chosen=True)
    if not told.endswith(why):
        name = single_line(name_of(transfer))
        if is_waiting(transfer):
            yield "message.info", tr("{name} waits: {why}", name=name, why=why)
        else:
            yield "message.error", tr("{name} failed: {why}", name=name, why=why)


def _where(chosen: Listed) -> Iterator[Segment]:
    """Yield where a file is that has come: others may be called so, too."""
    if chosen.transfer.direction == "in" and is_here(chosen.transfer):
        yield "message.info", single_line(chosen.transfer.path)


def _has_reason(transfer: Transfer) -> bool:
    return transfer.state == "failed" or is_waiting(transfer)


def _remarks(chosen: Listed) -> Iterator[Segment]:
    """Yield what to know of the way that a file took."""
    if chosen.transfer.remarks:
        yield "message.info", single_line("; ".join(chosen.transfer.remarks))


def _told(known: Transfers, transfer: Transfer) -> str:
    """Return how it stands with one, with the reason where there is one."""
    if transfer.state == "failed":
        return tr("failed: {why}", why=reason(transfer.error))
    if transfer.state in GOING and not known.is_told:
        return tr("unknown")
    if is_waiting(transfer):
        return tr("queued: {why}", why=reason(transfer.error))
    if said := checking(transfer):
        return said
    if transfer.state in ("running", "paused"):
        return f"{transfer.error[1] or term(transfer.state)} {_progress(known, transfer)}".rstrip()
    return term(transfer.state)


def _progress(known: Transfers, transfer: Transfer) -> str:
    if transfer.state == "queued":
        return tr("waits")
    if part := checked(transfer):
        return tr("checking {part}", part=part)
    now = time.monotonic()
    parts = [part] if (part := per_cent(transfer)) else []
    if transfer.state == "running" and (rate := known.rate(transfer, now)):
        parts.append(f"{as_size(int(rate))}/s")
        if (left := known.left(transfer, now)) is not None:
            parts.append(_duration(left))
    return " ".join(parts)


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _sign(scene: Scene, transfer: Transfer) -> str:
    return scene.symbols.above if transfer.direction == "out" else scene.symbols.below
