"""What this frontend keeps of one conversation, wherever it is looked at: what one types."""

from backendd.api.records import Conversation
from primitivus.model.editing.purpose import SAYING, Purpose
from primitivus.model.editing.signs import may_begin_anew
from primitivus.model.messages.comings import Comings
from primitivus.model.messages.draft import Drafted
from primitivus.model.messages.seen import Seen
from primitivus.model.messages.window import Window
from primitivus.model.wording.times import came


class Chat(Drafted[str]):
    """One conversation as it is written to here."""

    def __init__(self, peer: str) -> None:
        super().__init__("")
        self.peer = peer
        # Marked unread by hand, or only peeked at: it stays so until it is opened again.
        self.is_read_held = False
        self.is_peeked = False
        # Up to which message it was marked as read last, or is being; 0: it wasn't.
        self.marked_to = 0
        # What of it was on a screen that somebody looked at.
        self.seen = Seen()
        # What is typed is for, beyond being said.
        self.purpose = SAYING
        # What happened, by the message behind which it did; 0: before there was any.
        self.comings: dict[int, Comings] = {}
        # What was typed before something else was changed, which is no draft; None: nothing is.
        self._aside: str | None = None
        # What says now what is being changed.
        self._said = ""
        # The text that was given back at the end of its last line; None: what is typed goes on.
        self._ended: str | None = None
        # The command that failed, and is there to be mended.
        self._failed: str | None = None

    def peek(self) -> None:
        """Have nothing that is seen from now on count as read."""
        self.is_read_held = self.is_peeked = True
        self.seen.clear()

    def release(self) -> bool:
        """Have what is seen from now on count as read; return whether it didn't."""
        was_held, self.is_read_held, self.is_peeked = self.is_read_held, False, False
        if was_held:
            self.seen.clear()
        return was_held

    def place_comings(self, window: Window) -> None:
        """Have what happened before there was any message stand behind those that are older."""
        first = self.comings.get(0)
        if first is None or not len(window) or came(window[0]) > first.since:
            return
        older = (each for each in reversed(range(len(window))) if came(window[each]) <= first.since)
        self.comings.setdefault(window[next(older)].id, self.comings.pop(0))

    @property
    def drafted(self) -> str:
        return self.editor.text if self._aside is None else self._aside

    @property
    def is_blank(self) -> bool:
        return not self.drafted.strip()

    @property
    def has_failed(self) -> bool:
        """Whether what is typed is the command that failed, as it was."""
        return self._failed is not None and self._failed == self.editor.text

    @property
    def correction(self) -> str:
        """Return what is typed to change what was said, once it is another text; else nothing.

        No backend keeps that: its draft is what was put aside.
        """
        is_other = self._aside is not None and self.editor.text.strip() != self._said.strip()
        return self.editor.text if is_other else ""

    def write(self, purpose: Purpose, text: str = "") -> None:
        """Have what is typed be for something; to change a `text` what is typed is put aside."""
        self.leave()
        self.purpose = purpose
        if purpose.is_change:
            self._aside, self._said = self.editor.text, text
            self.editor.reset(text)

    def leave(self) -> Purpose:
        """Have what is typed be only said, and what was put aside be typed again.

        Return what it was for.
        """
        purpose, self.purpose = self.purpose, SAYING
        if self._aside is not None:
            self.editor.reset(self._aside)
            self._aside = None
        return purpose

    def go_on(self, text: str) -> None:
        """Make room for what is typed: the next line behind one that was ended.

        With a command of its own it takes the place of one that failed.
        """
        editor, ended, failed = self.editor, self._ended, self._failed
        self._ended = self._failed = None
        if editor.cursor < len(editor.text):
            return
        if ended == editor.text:
            editor.newline()
        elif failed == editor.text and may_begin_anew(failed, text):
            editor.replace("")

    def mend(self, command: str) -> None:
        """Have a command typed again that failed."""
        self.editor.replace(command)
        self._failed = self.editor.text

    def give_back(self, purpose: Purpose, typed: str, *, is_ended: bool = False) -> None:
        """Have a text typed again that isn't taken; what is typed meanwhile is a line behind it.

        `is_ended`: so is what is typed from now on.
        """
        if purpose.is_change:
            self.write(purpose, typed)
            return
        rest, self.purpose = self.editor.text, purpose
        self.editor.reset(f"{typed}\n{rest}" if rest else typed)
        if is_ended:
            self._ended = self.editor.text

    def follow(self, record: Conversation) -> bool:
        """Take over the draft of a conversation record; return whether the input changed by it."""
        if not self.draft.told(record.draft, record.revision, self.drafted, record.draft_id):
            return False
        if self._aside is not None:
            self._aside = record.draft
            return False
        self.take_over(record.draft)
        return True
