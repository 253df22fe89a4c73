"""What changed the text in the input last, taken down as it happens, to be made once more."""

from dataclasses import replace

from backendd.api.tuples import NamedTuple
from backendd.api.values import Value
from primitivus.commands.registry import Invocation
from primitivus.commands.typing.counted import so_often
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.line import Line
from primitivus.model.editing.typed import Typed, type_again, typed_between

# What opens a line of its own to type in, each time.
_OPENS = ("above", "below")


class Change(Value):
    """A command, if it was one, and what was typed behind it, so many times, in an account."""

    account: str
    invocation: Invocation | None = None
    typed: Typed = Typed()
    times: int = 1

    def counted(self, count: int) -> "Change":
        """Return it with another count: of its command, or where that only begins, of its text."""
        if self.invocation is None or self.invocation.command.name == "mode":
            return replace(self, times=count)
        return replace(self, invocation=self.invocation.recounted(count))

    def typed_in(self, editor: Editor) -> Typed:
        """Return what was typed, as often as that was told, for this editor; CommandError."""
        return self.typed._replace(text=self._text_in(editor, self.times))

    def more_in(self, editor: Editor) -> Typed:
        """Return the same where it was typed once already."""
        text = self._between + self._text_in(editor, self.times - 1)
        return Typed(text, is_over=self.typed.is_over)

    def _text_in(self, editor: Editor, times: int) -> str:
        return so_often(editor, self.typed.text, times, self._between)

    @property
    def _between(self) -> str:
        """Return what parts one time from the next."""
        return "\n" if _where(self.invocation) in _OPENS else ""


class Begun(NamedTuple):
    """Where something is typed that belongs to one change: the line, and how deep its undo was.

    `is_change`: it is one, whether or not anything is typed.
    """

    account: str
    editor: Editor
    line: Line
    depth: int
    invocation: Invocation | None = None
    is_change: bool = False


class Recorder:
    """Keeps the last change: commands are told to it, and when something is about to be typed.

    What was typed is seen by comparing, so it doesn't matter how it came into the text.
    """

    def __init__(self) -> None:
        self.last: Change | None = None
        self._begun: Begun | None = None

    def is_typing(self, editor: Editor) -> bool:
        """Return whether what is typed there goes on with what was typed before."""
        return self._begun is not None and self._begun.editor is editor

    def begun_at(self, editor: Editor) -> Line | None:
        """Return the line as it was where one began to type what goes on, if that is there."""
        return self._begun.line if self._begun is not None and self.is_typing(editor) else None

    def begin(self, begun: Begun) -> None:
        """Take what is typed from now on for a part of this change."""
        self._begun = begun

    def made(self, invocation: Invocation, account: str) -> None:
        """Keep a command that changed the text and is over."""
        self.last = Change(account, invocation)

    def note(self) -> Change | None:
        """Keep what was typed until now, and return it; None if nothing was."""
        begun = self._begun
        if begun is None:
            return None
        is_over = _where(begun.invocation) == "over"
        typed = typed_between(begun.line, begun.editor.line, is_over=is_over)
        if not begun.is_change and typed == Typed():
            return None
        times = _times(begun.invocation)
        self.last = Change(begun.account, begun.invocation, typed, times)
        return self.last

    def stop(self) -> None:
        """Take what is typed from now on for another change; undo takes this one back at once."""
        begun, self._begun = self._begun, None
        if begun is not None and begun.invocation is not None:
            begun.editor.join(begun.depth)

    def finish(self, *, is_left: bool = False) -> None:
        """Keep what was typed; where insert mode `is_left` it comes as often as it was told to.

        CommandError where that would be too long: then it is there once.
        """
        begun, change = self._begun, self.note()
        try:
            if is_left and begun is not None and change is not None and change.times > 1:
                type_again(begun.editor, change.more_in(begun.editor))
        finally:
            self.stop()


def _where(invocation: Invocation | None) -> object:
    """Return what was said of where one types."""
    return invocation.arguments.get("where") if invocation is not None else None


def _times(invocation: Invocation | None) -> int:
    """Return how often it was told that what is typed comes into the text."""
    if invocation is None or invocation.command.name != "mode":
        return 1
    times = invocation.arguments.get("times")
    return times if isinstance(times, int) else 1
