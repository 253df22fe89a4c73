"""Files on their way: a row each, and how far they are in the status line."""

import time
from collections.abc import Iterator

from backendd.api import sizes
from backendd.api.records import Transfer
from primitivus.model.panes.transfers import Listed, TransfersPane
from primitivus.model.transfers import Transfers, per_cent, share
from primitivus.widgets.cells import Row, Segment, clip, fill, fit, single_line, width
from primitivus.widgets.scene import Scene

NAME_COLUMNS = 16
_STYLES = {"failed": "message.error", "done": "list", "cancelled": "list.muted"}


def draw(scene: Scene, pane: TransfersPane, columns: int, height: int) -> list[Row]:
    """Return exactly `height` rows, from the first one in view on."""
    selected = pane.selected
    rows = [
        _row(scene, each, columns, is_chosen=place == selected)
        for place, each in enumerate(pane.in_view(), pane.top)
    ]
    if not rows:
        said = " no files yet: :send-file FILE sends one to whom you talk with"
        rows = [(("message.info", fit(said, columns, scene.symbols.ellipsis)),)]
    return [fill(row, columns) for row in (*rows, *[()] * height)][:height]


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
        yield "status", f"{_sign(scene, transfer)} {name} {_progress(known, transfer)}  "
    elif going:
        size, done = sum(each.size for _, each in going), sum(each.done for _, each in going)
        yield "status", f"{len(going)} files {share(done, size)}  "


def _row(scene: Scene, listed: Listed, columns: int, *, is_chosen: bool) -> Row:
    transfer, account = listed.transfer, scene.state.at(listed.place)
    style = "list.selected.focused" if is_chosen else _STYLES.get(transfer.state, "list")
    quiet = "list.selected.focused" if is_chosen else "list.muted"
    whom = single_line(account.name(transfer.peer))
    name = f" {_sign(scene, transfer)} {single_line(transfer.name)}"
    room = max(1, min(width(name), columns // 2))
    told = _told(account.of(Transfers), transfer)
    return fill(
        (
            (style, fit(name, room, scene.symbols.ellipsis)),
            (quiet, f"  {sizes.shown(transfer.size)}" if transfer.size else ""),
            (quiet, f"  {'to' if transfer.direction == 'out' else 'from'} {whom}"),
            (style, f"  {single_line(told)}"),
        ),
        columns,
        style,
    )


def _told(known: Transfers, transfer: Transfer) -> str:
    """Return how it stands with one, with the reason where it failed."""
    if transfer.state == "failed":
        return f"failed: {transfer.error[1]}"
    if transfer.state in ("running", "paused"):
        return f"{transfer.state} {_progress(known, transfer)}"
    return transfer.state


def _progress(known: Transfers, transfer: Transfer) -> str:
    if transfer.state == "queued":
        return "waits"
    now = time.monotonic()
    parts = [per_cent(transfer)]
    if transfer.state == "running" and (rate := known.rate(transfer, now)):
        parts.append(f"{sizes.shown(int(rate))}/s")
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
