"""The messages of a conversation: the rows that show, wherever one has scrolled to."""

from collections.abc import Iterator

from backendd.api.records import Message
from primitivus.model.chat import Chat, Position
from primitivus.widgets import message as layout
from primitivus.widgets.cells import Row, fill
from primitivus.widgets.look import Look

_OLDER = {
    "local": "",
    "server": "asking the server for older messages",
    "offline": "older messages may be on the server, which can't be asked now",
    "end": "this is where it began",
}
_KEPT = 3000
# So many times as much of a message shows when more of it is asked for.
_MORE = 8

# What the rows of a message depend on, besides the look.
_Key = tuple[int, int, bool, int]


class MessageList:
    """Draws a window over history from below, and knows how to scroll in it.

    Rows are laid out when they are first seen, and kept as long as the look stays.
    """

    def __init__(self) -> None:
        self._look: Look | None = None
        self._peer = ""
        self._rows: dict[int, tuple[_Key, tuple[Row, ...]]] = {}
        self._height = 1

    def draw(self, chat: Chat, look: Look, height: int, *, selected: int = 0) -> list[Row]:
        """Return exactly `height` rows."""
        self._use(chat, look)
        self._height = height
        if not len(chat.window):
            return self._blank(chat, look, height)
        self._settle(chat)
        rows, last = self._visible(chat, height)
        chat.shown_last = last
        if selected:
            rows = self._marked(rows, chat, selected)
        drawn = [row for row, _ in rows]
        drawn += [()] * (height - len(drawn))
        if chat.position is not None and (chat.below or chat.window.newer):
            drawn[-1] = self._below(chat, look)
        return [fill(row, look.columns) for row in drawn]

    def scroll(self, chat: Chat, rows: int) -> None:
        """Move the view by `rows`, up if negative; what can't be done yet is owed."""
        if self._look is None or not len(chat.window):
            return
        if rows < 0:
            self._scroll_up(chat, -rows)
        else:
            self._scroll_down(chat, rows)

    def unfold(self, chat: Chat, selected: int = 0) -> bool:
        """Show more of the selected message, else of the lowest in view of which some is folded.

        What is read stays where it is. Return whether there was such a message.
        """
        if self._look is None or not len(chat.window):
            return False
        for index in self._in_view(chat):
            message_id = chat.window[index].id
            if not selected or message_id == selected:
                rows = self._block(chat, index)
                share = chat.unfolded.get(message_id, 1)
                chat.unfolded[message_id] = _MORE * share
                more = self._block(chat, index)
                if more != rows:
                    self._scroll_up(chat, len(more) - len(rows))
                    return True
                chat.unfolded[message_id] = share
        return False

    def rows_above(self, chat: Chat, enough: int) -> int:
        """Return how many rows are held above the view, counted up to `enough`."""
        index, hidden = self._bottom(chat)
        total = -hidden - self._height
        while index >= 0 and total < enough:
            total += len(self._block(chat, index))
            index -= 1
        return total if index >= 0 else total + len(self._head(chat))

    def is_near_start(self, chat: Chat) -> bool:
        """Return whether the view may be about to reach the start of what is held."""
        # Two pages above the view. Messages are counted, not rows, which is on the safe side:
        # to lay out what isn't seen would cost more than to draw.
        return self._bottom(chat)[0] < 3 * self._height

    def is_near_end(self, chat: Chat) -> bool:
        """Return whether the view is about to reach the end of what is held."""
        return self._bottom(chat)[0] >= len(chat.window) - 2 * self._height

    def page(self) -> int:
        """Return how many rows a page is: all but two, so that one sees where one was."""
        return max(1, self._height - 2)

    def _use(self, chat: Chat, look: Look) -> None:
        if look != self._look or chat.peer != self._peer or len(self._rows) > _KEPT:
            self._rows.clear()
        self._look = look
        self._peer = chat.peer

    def _block(self, chat: Chat, index: int) -> tuple[Row, ...]:
        """Return the rows of the message at `index`, with the lines above that belong to it."""
        assert self._look is not None
        message = chat.window[index]
        before = chat.window[index - 1] if index else None
        share = chat.unfolded.get(message.id, 1)
        key = (message.revision, before.id if before else 0, message.id == chat.new_line, share)
        held = self._rows.get(message.id)
        if held is not None and held[0] == key:
            return held[1]
        rows = self._lay_out(chat, message, before)
        self._rows[message.id] = (key, rows)
        return rows

    def _lay_out(self, chat: Chat, message: Message, before: Message | None) -> tuple[Row, ...]:
        assert self._look is not None
        return layout.rows(
            message,
            before,
            self._look,
            share=chat.unfolded.get(message.id, 1),
            is_new=message.id == chat.new_line,
        )

    def _bottom(self, chat: Chat) -> tuple[int, int]:
        """Return the index of the lowest message in view, and how many of its rows are below it."""
        position = chat.position
        if position is None:
            return len(chat.window) - 1, 0
        index = chat.window.index(position.anchor)
        return (index, position.hidden) if index >= 0 else (len(chat.window) - 1, 0)

    def _settle(self, chat: Chat) -> None:
        """Keep the view sensible after the window changed: pay what is owed, fill the height."""
        if chat.position is not None and chat.window.index(chat.position.anchor) < 0:
            chat.to_bottom()
        index, hidden = self._bottom(chat)
        gone = hidden + 1 - len(self._block(chat, index))
        if gone > 0:
            # In a wider window the message takes fewer rows.
            self._scroll_down(chat, max(gone, -self.rows_above(chat, 1)))
        if chat.start_at:
            start, chat.start_at = chat.window.index(chat.start_at), 0
            self._start_at(chat, start)
        if chat.owed and not chat.is_loading:
            owed, chat.owed = chat.owed, 0
            self._scroll_up(chat, owed)
            if chat.window.older != "local":
                chat.owed = 0

    def _start_at(self, chat: Chat, start: int) -> None:
        """Have `start` at the upper edge, if all from there on is too much to show."""
        if start < 0:
            return
        room = self._height
        for index in range(start, len(chat.window)):
            room -= len(self._block(chat, index))
            if room < 0:
                chat.position = Position(chat.window[index].id, -room)
                return

    def _visible(self, chat: Chat, height: int) -> tuple[list[tuple[Row, int]], int]:
        """Return the rows in view with their messages' ids, and the lowest message wholly seen."""
        index, hidden = self._bottom(chat)
        last = chat.window[index].id if not hidden else (chat.window[index - 1].id if index else 0)
        rows: list[tuple[Row, int]] = []
        while index >= 0 and len(rows) < height:
            block = self._block(chat, index)
            shown = block[: len(block) - hidden] if hidden else block
            message_id = chat.window[index].id
            rows.extend((row, message_id) for row in reversed(shown))
            hidden = 0
            index -= 1
        if index < 0 and len(rows) < height:
            rows.extend((row, 0) for row in reversed(self._head(chat)))
        rows.reverse()
        return self._named(chat, rows[-height:]), last

    def _named(self, chat: Chat, rows: list[tuple[Row, int]]) -> list[tuple[Row, int]]:
        """Return `rows` so that the first tells who wrote it, wherever its group begins."""
        assert self._look is not None
        row, message_id = rows[0]
        message = chat.window.get(message_id)
        if message is None:  # The line above the oldest message.
            return rows
        return [(layout.named(row, message, self._look), message_id), *rows[1:]]

    def _in_view(self, chat: Chat) -> Iterator[int]:
        """Yield the indices of the messages in view, from below."""
        index, hidden = self._bottom(chat)
        room = self._height + hidden
        while index >= 0 and room > 0:
            yield index
            room -= len(self._block(chat, index))
            index -= 1

    def _head(self, chat: Chat) -> list[Row]:
        assert self._look is not None
        text = _OLDER.get(chat.window.older, "")
        if not text or not self._look.decorations:
            return []
        return [(("message.info", " " + text),)]

    def _below(self, chat: Chat, look: Look) -> Row:
        new = f"{chat.below} new below" if chat.below else "newer below"
        return (("line.below", look.rule(f"{look.symbols.below} {new}")),)

    def _blank(self, chat: Chat, look: Look, height: int) -> list[Row]:
        chat.shown_last = 0
        rows = self._head(chat) if chat.window.is_loaded else []
        return [fill(row, look.columns) for row in (*rows, *[()] * height)][:height]

    def _marked(
        self, rows: list[tuple[Row, int]], chat: Chat, selected: int
    ) -> list[tuple[Row, int]]:
        return [
            (tuple(("message.selected", text) for _, text in row), message_id)
            if message_id == selected
            else (row, message_id)
            for row, message_id in rows
        ]

    def _scroll_up(self, chat: Chat, rows: int) -> None:
        room = self.rows_above(chat, rows)
        step = min(rows, max(0, room))
        if step < rows and chat.window.older == "local":
            chat.owed = rows - step
        if not step:
            return
        index, hidden = self._bottom(chat)
        hidden += step
        while index > 0 and hidden >= len(self._block(chat, index)):
            hidden -= len(self._block(chat, index))
            index -= 1
        chat.position = Position(chat.window[index].id, hidden)

    def _scroll_down(self, chat: Chat, rows: int) -> None:
        chat.owed = 0
        if chat.position is None:
            return
        index, hidden = self._bottom(chat)
        hidden -= rows
        while hidden < 0 and index < len(chat.window) - 1:
            index += 1
            hidden += len(self._block(chat, index))
        if hidden <= 0 and index == len(chat.window) - 1 and not chat.window.newer:
            chat.to_bottom()
        else:
            chat.position = Position(chat.window[index].id, max(0, hidden))
