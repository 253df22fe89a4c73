"""What this frontend keeps of one conversation, wherever it is looked at: what one types."""

from backendd.api.records import Conversation
from primitivus.model.comings import Comings
from primitivus.model.draft import Draft
from primitivus.model.editor import Editor
from primitivus.model.purpose import SAYING


class Chat:
    """One conversation as it is written to here."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.editor = Editor()
        # Marked unread by hand: it stays so until it is opened again.
        self.is_read_held = False
        self.draft = Draft()
        # What is typed is for, beyond being said.
        self.purpose = SAYING
        # Who came and went, by the message behind which they did.
        self.comings: dict[int, Comings] = {}

    @property
    def has_unsaved_draft(self) -> bool:
        return not self.draft.is_saved(self.editor.text)

    def follow(self, record: Conversation) -> bool:
        """Take over the draft of a conversation record; return whether the input changed by it."""
        if not self.draft.told(record.draft, record.revision, self.editor.text):
            return False
        if self.editor.text:
            # It was typed here a moment ago, and perhaps not for another's to take its place.
            self.editor.replace(record.draft)
        else:
            self.editor.reset(record.draft)
        return True
