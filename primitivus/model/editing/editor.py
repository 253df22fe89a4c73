"""The line editor: a text with undo, kills and the history of what was sent."""

from typing import Literal

from primitivus.model.editing.history import History
from primitivus.model.editing.kills import Kills
from primitivus.model.editing.line import Line, clean
from primitivus.model.editing.overtyping import overtyped
from primitivus.model.editing.undo import Undo

_Step = Literal["", "insert", "kill", "yank", "vertical"]


class Editor:
    """Readline's operations by their names, on a text of several lines."""

    def __init__(self, history: History | None = None, kills: Kills | None = None) -> None:
        self.history = history or History()
        self._kills = kills or Kills()
        self._line = Line()
        self._undo = Undo()
        self._last: _Step = ""  # what the last operation was: some join those like them
        self._yanked = (0, 0)  # where the text is that was yanked last
        self._column = 0  # where up and down want to be

    @property
    def text(self) -> str:
        return self._line.text

    @property
    def cursor(self) -> int:
        """Return the index in `text` before which the cursor stands."""
        return self._line.cursor

    @property
    def line(self) -> Line:
        """Return the text with its cursor."""
        return self._line

    @property
    def kept(self) -> str:
        """Return what would be yanked."""
        return self._kills.newest()

    # What comes in

    def insert(self, text: str, *, is_over: bool = False) -> None:
        """Put typed text at the cursor, before or over; without a blank it is undone as one."""
        text = clean(text)
        joins = self._last == "insert" and not text.isspace()
        line = overtyped(self._line, text) if is_over else self._line.insert(text)
        self._change(line, "insert", joins=joins)

    def paste(self, text: str) -> None:
        """Put pasted text before the cursor, undone as one."""
        self._change(self._line.insert(clean(text)))

    def newline(self) -> None:
        """Begin a new line at the cursor."""
        self._change(self._line.insert("\n"))

    def replace(self, text: str, cursor: int | None = None) -> None:
        """Put `text` in place of all, with the cursor there or at its end; can be undone."""
        text = clean(text)
        self._change(Line(text).at(len(text) if cursor is None else cursor))

    def reset(self, text: str = "") -> None:
        """Begin anew with `text`: nothing to undo, no walk through the history."""
        text = clean(text)
        self._line = Line(text, len(text))
        self._undo.clear()
        self._last = ""
        self.history.stop()

    def take(self) -> str:
        """Return the text, put it into the history and be empty."""
        text = self.text
        self.history.add(text)
        self.reset()
        return text

    # Motions

    def left(self) -> None:
        self.move_to(self._line.left)

    def right(self) -> None:
        self.move_to(self._line.right)

    def word_left(self) -> None:
        self.move_to(self._line.word_left)

    def word_right(self) -> None:
        self.move_to(self._line.word_right)

    def line_start(self) -> None:
        self.move_to(self._line.line_start)

    def line_end(self) -> None:
        self.move_to(self._line.line_end)

    def text_start(self) -> None:
        self.move_to(0)

    def text_end(self) -> None:
        self.move_to(len(self.text))

    def move_to(self, index: int) -> None:
        """Put the cursor at `index`, or behind the cluster that `index` is inside of."""
        self._line = self._line.at(index)
        self._last = ""

    def up(self) -> bool:
        """Go to the line above; False if there is none."""
        if self._line.line_start == 0:
            return False
        above = self.text.rfind("\n", 0, self._line.line_start - 1) + 1
        self._go_to_line(above)
        return True

    def down(self) -> bool:
        """Go to the line below; False if there is none."""
        if self._line.line_end == len(self.text):
            return False
        self._go_to_line(self._line.line_end + 1)
        return True

    # Deletion; what is killed can be yanked

    def delete(self) -> None:
        """Delete what is after the cursor."""
        self._change(self._line.replace(self.cursor, self._line.right))

    def backspace(self) -> None:
        """Delete what is before the cursor."""
        self._change(self._line.replace(self._line.left, self.cursor))

    def kill_line(self) -> None:
        """Kill to the end of the line; at its end, the line end."""
        end = self._line.line_end
        self._kill(self.cursor, end if end > self.cursor else min(end + 1, len(self.text)))

    def kill_to_start(self) -> None:
        """Kill to the start of the line."""
        self._kill(self._line.line_start, self.cursor, before=True)

    def kill_whole_line(self) -> None:
        """Kill the line with its line end."""
        start, end = self._line.line_start, self._line.line_end
        if end < len(self.text):
            end += 1
        elif start:
            start -= 1
        self._kill(start, end)

    def kill_word(self) -> None:
        """Kill to the end of the word."""
        self._kill(self.cursor, self._line.word_right)

    def kill_word_back(self) -> None:
        """Kill to the blank before the word."""
        self._kill(self._line.blank_left, self.cursor, before=True)

    def keep(self, text: str) -> None:
        """Have `text` yanked next."""
        self._kills.add(text, joins=False, before=False)
        self._last = ""

    def cut(self, start: int, end: int, text: str = "") -> None:
        """Put `text` in place of what is between the indexes."""
        self._change(self._line.replace(start, end, text))

    def yank(self, text: str | None = None) -> None:
        """Insert what was killed last, or what was made of that."""
        self._put_yanked(self.kept if text is None else text, self.cursor, self.cursor)

    def yank_pop(self) -> None:
        """Put what was killed before in place of what was just yanked."""
        if self._last == "yank":
            self._put_yanked(self._kills.older(), *self._yanked)

    def transpose(self) -> None:
        """Swap the characters around the cursor; at the end of the line, the two before it."""
        self._change(self._line.transposed)

    def undo(self) -> bool:
        """Take the last change back; False if there is none."""
        self._last = ""
        before = self._undo.back(self._line)
        self._put(before or self._line)
        return before is not None

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._put(self._undo.again(self._line) or self._line)
        self._last = ""

    @property
    def depth(self) -> int:
        """Return how many changes there were; it says to `join` from where on."""
        return self._undo.depth

    def join(self, depth: int) -> None:
        """Have the changes since there were `depth` of them undone as one."""
        self._undo.join(depth)
        self._last = ""

    # What was sent before

    def history_previous(self) -> bool:
        """Show the text sent before; False if there is none."""
        return self._show(self.history.previous(self.text))

    def history_next(self) -> bool:
        """Show the text sent after, behind the newest what was being typed; False if none."""
        return self._show(self.history.next())

    def _show(self, text: str | None) -> bool:
        if text is not None:
            self.replace(text)
        return text is not None

    def _go_to_line(self, start: int) -> None:
        if self._last != "vertical":
            self._column = self._line.column
        self._line = self._line.at_column(start, self._column)
        self._last = "vertical"

    def _kill(self, start: int, end: int, *, before: bool = False) -> None:
        self._kills.add(self.text[start:end], joins=self._last == "kill", before=before)
        self._change(self._line.replace(start, end), "kill")

    def _put_yanked(self, text: str, start: int, end: int) -> None:
        self._change(self._line.replace(start, end, text), "yank")
        self._yanked = (start, start + len(text))

    def _change(self, line: Line, step: _Step = "", *, joins: bool = False) -> None:
        if line.text == self.text:
            self.move_to(line.cursor)
            return
        self._undo.changes(self._line, joins=joins)
        self._put(line)
        self._last = step

    def _put(self, line: Line) -> None:
        """Have this line; whoever empties it is done with what was sent before."""
        self._line = line
        if not line.text:
            self.history.stop()
