"""The rows of the messages in a pane, laid out when they are first seen and kept."""

from dataclasses import replace

from backendd.api.records import Message, Transfer
from backendd.api.tuples import NamedTuple
from primitivus.model.files.pictures import Read, Wanted
from primitivus.model.files.transfers import Transfers
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.screen.touch import Choice
from primitivus.sentences import tr
from primitivus.widgets.drawing.cells import Row, fill, joined, width
from primitivus.widgets.drawing.touching import row_of
from primitivus.widgets.messages.comings import rows as happened
from primitivus.widgets.messages.look import NICK_COLUMNS, Look
from primitivus.widgets.messages.message import LaidOut, lay_out, name_of, named

_OLDER = {
    "local": "",
    "server": tr("asking the server for older messages"),
    "offline": tr("older messages may be on the server, which can't be asked now"),
    "end": tr("this is where it began"),
}
_KEPT = 3000

# What the rows of a message depend on, besides the look.
_Key = tuple[int, int, bool, bool, bool, int, int, tuple[Transfer, ...]]


class _Held(NamedTuple):
    """The rows of a message, what they depend on, and the pictures as they were then."""

    key: _Key
    laid_out: LaidOut
    filled: tuple[Row, ...]
    seen: tuple[Read | None, ...]


class MessageRows:
    """Rows stay as long as the look does; how many there are is what a viewport measures by."""

    def __init__(
        self, pane: ConversationPane, transfers: Transfers, look: Look, height: int
    ) -> None:
        self.pane = pane
        self._transfers = transfers
        self.look = look
        self._height = height
        self._rows: dict[int, _Held] = {}
        # Whether any of the messages that were laid out has some.
        self._has_pictures = False

    @property
    def height(self) -> int:
        return self._height

    def use(self, look: Look, height: int) -> None:
        """Lay out with this look and height from now on; nicks keep the room that they have."""
        if look.columns == self.look.columns and look.nicks < self.look.nicks:
            look = replace(look, nicks=self.look.nicks)
        if look != self.look or len(self._rows) > _KEPT:
            self._rows.clear()
        self.look, self._height = look, height

    def fit_nicks(self) -> bool:
        """Make room for the nicks in view where there is too little; return whether there was."""
        look = self.look
        if not look.fits_nicks:
            return False
        longest = max((width(name_of(each, look)) for each in self.pane.in_view()), default=0)
        is_wider = look.nicks < min(longest, NICK_COLUMNS)
        if is_wider:
            self.use(replace(look, nicks=longest), self._height)
        return is_wider

    def rows(self, index: int) -> int:
        return len(self.block(index))

    def head_rows(self) -> int:
        return len(self.head())

    def lead(self, index: int) -> int:
        return self._of(index).laid_out.start

    def block(self, index: int) -> tuple[Row, ...]:
        """Return the rows of the message at `index`, with the lines above that belong to it."""
        return self._of(index).laid_out.rows

    def look_ahead(self) -> None:
        """Lay out what a page up would bring into view, for whoever is reading there."""
        if self.pane.viewport.position is not None:
            for index in self.pane.viewport.above():
                self._of(index)

    def filled(self, index: int) -> tuple[Row, ...]:
        """Return them as wide as all are; of a picture it takes long to find that out."""
        return self._of(index).filled

    def _of(self, index: int) -> _Held:
        # Each frame asks this several times of each message in view: what is kept has to be found
        # with next to no work.
        pane, window = self.pane, self.pane.window
        message = window[index]
        is_selected = message.id == pane.selected
        share, is_new = pane.share(message), message.id == pane.new_line
        comings = pane.chat.comings.get(message.id)
        version = comings.version if comings is not None else 0
        moved = self._transfers.of_attachments(message)
        above = window.id_at(index - 1) if index else 0
        files = (*moved.values(),)
        as_next = (
            message.state == "failed"
            and not (is_selected or files)
            and self._fails_as_next(message, index)
        )
        key = (message.revision, above, is_new, is_selected, as_next, share, version, files)
        held = self._rows.get(message.id)
        if held is not None and held.key == key and held.seen == self._seen(held.laid_out):
            return held
        before = window[index - 1] if index else None
        said = tuple(comings.lines()) if comings is not None else ()
        look = replace(self.look, is_numbered=True) if is_selected else self.look
        laid_out = lay_out(
            message, before, look, share=share, is_new=is_new, comings=said, moved=moved,
            fails_as_next=as_next,
        )  # fmt: skip
        self._has_pictures |= bool(laid_out.pictures)
        chosen = Choice(message.id)
        laid_out = laid_out._replace(rows=tuple(row_of(chosen, row) for row in laid_out.rows))
        filled = tuple(joined(fill(row, self.look.columns)) for row in laid_out.rows)
        self._rows[message.id] = held = _Held(key, laid_out, filled, self._seen(laid_out))
        return held

    def _fails_as_next(self, failed: Message, index: int) -> bool:
        """Return whether the message below one that was not sent wasn't for the same reason."""
        window = self.pane.window
        below = window[index + 1] if index + 1 < len(window) else None
        return below is not None and (below.state, below.error) == (failed.state, failed.error)

    def _seen(self, laid_out: LaidOut) -> tuple[Read | None, ...]:
        gallery = self.look.gallery
        return tuple(map(gallery.get, laid_out.pictures)) if gallery is not None else ()

    def pictures(self) -> list[Wanted]:
        """Return those of the messages in view, from below."""
        if not self._has_pictures:
            return []
        in_view = self.pane.viewport.in_view()
        return [wanted for index in in_view for wanted in self._of(index).laid_out.pictures]

    def head(self) -> list[Row]:
        """Return what stands above the oldest message: whether there are older ones.

        Where there are none, also what happened before there was any.
        """
        text = _OLDER.get(self.pane.window.older, "") if self.look.decorations else ""
        rows: list[Row] = [(("message.info", " " + text),)] if text else []
        comings = self.pane.chat.comings.get(0)
        if comings is not None and self.pane.window.reaches_start:
            rows += happened(comings.lines(), self.look)
        return rows

    def named(self, index: int, number: int) -> Row:
        """Return a row of the message at `index`: one of its own so that it tells whose it is."""
        laid_out = self._of(index).laid_out
        row = laid_out.rows[number]
        if not laid_out.start <= number < laid_out.end:
            return row
        return named(row, self.pane.window[index], self.look)
