"""What this frontend keeps of one conversation: its window, where one looks, what one types."""

from dataclasses import dataclass

from backendd.api.records import Conversation, Message
from primitivus.model.draft import Draft
from primitivus.model.editor import Editor
from primitivus.model.window import Window


@dataclass(frozen=True, slots=True)
class Position:
    """Where one has scrolled to: `hidden` rows of the message `anchor` lie below the lower edge."""

    anchor: int
    hidden: int = 0


class Chat:
    """One conversation as it is looked at and written to here."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.window = Window()
        self.editor = Editor()
        # None: at the newest message, and staying there.
        self.position: Position | None = None
        # The message before which the "new" line stands, 0 for none.
        self.new_line = 0
        # How many messages came while one was scrolled back.
        self.below = 0
        # Rows that were to be scrolled up but were not loaded yet.
        self.owed = 0
        # Of which messages more than the beginning shows, and how many times as much.
        self.unfolded: dict[int, int] = {}
        # A message to have at the upper edge as soon as it can be drawn, 0 for none.
        self.start_at = 0
        # The newest message that was drawn.
        self.shown_last = 0
        self.is_loading = False
        # Marked unread by hand: it stays so until it is opened again.
        self.is_read_held = False
        self.draft = Draft()

    def take_in(self, messages: list[Message]) -> list[Message]:
        """Merge told messages into the window; return the new ones."""
        fresh = self.window.merge(messages)
        if self.position is not None:
            self.below += sum(1 for message in fresh if message.source == "live")
        self.window.trim(self.position.anchor if self.position else 0)
        return fresh

    def to_bottom(self) -> None:
        self.position = None
        self.below = 0
        self.owed = 0
        self.start_at = 0

    @property
    def has_unsaved_draft(self) -> bool:
        return not self.draft.is_saved(self.editor.text)

    def follow(self, record: Conversation, *, is_attended: bool) -> bool:
        """Take over what a conversation record says; return whether the input changed by it."""
        if not is_attended and record.first_unread:
            self.new_line = record.first_unread
        if not self.draft.told(record.draft, record.revision, self.editor.text):
            return False
        if self.editor.text:
            # It was typed here a moment ago, and perhaps not for another's to take its place.
            self.editor.replace(record.draft)
        else:
            self.editor.reset(record.draft)
        return True
