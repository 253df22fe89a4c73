"""The state of the whole program: what is known of XMPP, and what the user looks at.

What is known of XMPP changes only by what the backend tells (client/); commands change the view.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from backendd.api.records import Conversation, Warning
from backendd.api.signature import Plain
from primitivus.config import Settings
from primitivus.model.address import local_part, with_meaning
from primitivus.model.area import Area, Changes
from primitivus.model.chat import Chat
from primitivus.model.conversations import Conversations, blank
from primitivus.model.editor import Editor
from primitivus.model.fuzzy import rank
from primitivus.model.jumps import Jumps
from primitivus.model.link import Attachment, Backend
from primitivus.model.namesakes import Namesakes
from primitivus.model.notices import Level, Notice, Notices
from primitivus.model.popup import Dialog, Popup
from primitivus.model.profile import Profile
from primitivus.model.roster import Roster
from primitivus.model.truth import is_true
from primitivus.model.view import View


class State:
    """Holds the parts, and tells watchers which area changed."""

    def __init__(self, now_us: Callable[[], int]) -> None:
        self._now_us = now_us
        self.changes = Changes()
        self.backend = Backend()
        self.profile = Profile()
        # What the backend as a whole warns of, beside the profile.
        self.backend_warnings: tuple[Warning, ...] = ()
        self.conversations = Conversations()
        self.roster = Roster()
        self.notices = Notices()
        self.view = View()
        self.chats: dict[str, Chat] = {}
        self._namesakes = Namesakes()
        self.command_line = Editor()
        self.jumps = Jumps()
        # The form behind another popup, such as help.
        self._form: Dialog | None = None
        # How much is shown, and how: keys and commands change it, `save` keeps it.
        self.settings = Settings()

    def changed(self, *areas: Area) -> None:
        for area in areas:
            self.changes.changed(area)

    @property
    def chat(self) -> Chat | None:
        """Return the conversation that is shown, if one is."""
        return self.chat_with(self.view.peer) if self.view.peer else None

    def chat_with(self, peer: str) -> Chat:
        """Return what is kept of the conversation with `peer`, made when first asked for."""
        if peer not in self.chats:
            self.chats[peer] = Chat(peer)
        return self.chats[peer]

    def conversation(self, peer: str) -> Conversation:
        return self.conversations.get(peer) or blank(peer)

    def name(self, peer: str) -> str:
        """Return what to call a peer: the conversation's name, the roster's, or part of the JID."""
        record = self.conversations.get(peer)
        if record is not None and record.name:
            return record.name
        return self.roster.name(peer)

    def label(self, peer: str) -> str:
        """Return what to call a peer among others: with the address where others are called so."""
        name = self.name(peer)
        naming = self.roster.naming, self.conversations.naming
        self._namesakes.count(naming, self._peers_and_contacts, self.name)
        if not self._namesakes.has(name):
            return name
        return with_meaning(peer) if name == local_part(peer) else f"{name} {peer}"

    def _peers_and_contacts(self) -> set[str]:
        return {*self.conversations.peers(), *self.roster.jids()}

    def matches(self, pattern: str) -> list[str]:
        """Return the peers and contacts whose name or address fits some letters, best first."""
        peers = self.conversations.peers()
        others = [each.jid for each in self.roster.listed() if each.jid not in self.conversations]
        return rank(pattern, ((jid, f"{self.name(jid)} {jid}") for jid in [*peers, *others]))

    def listed_contacts(self) -> list[str]:
        """Return the JIDs in the contacts pane, from top to bottom: who asks, then contacts."""
        contacts = [
            each.jid
            for each in self.roster.listed()
            if (self.settings.offline_contacts or each.show)
            and each.jid not in self.roster.requests
        ]
        return [*self.roster.requests, *contacts]

    @property
    def is_attached(self) -> bool:
        return self.backend.attachment is Attachment.ATTACHED

    def unread(self) -> int:
        """Return how many messages wait somewhere: not those that are just being seen."""
        seen = self.view.peer if self.is_attended(self.view.peer) else ""
        return self.conversations.unread(but=seen)

    def is_attended(self, peer: str) -> bool:
        """Return whether what comes in from `peer` is seen at once."""
        if self.view.peer != peer or not self.is_looked_at:
            return False
        chat = self.chat_with(peer)
        return chat.position is None and not chat.is_read_held

    @property
    def is_looked_at(self) -> bool:
        """Return whether the messages on the screen are being seen, as far as one can know."""
        return self.view.is_terminal_focused and self.view.shown_popup is None

    def show(self, **changes: Plain) -> None:
        """Replace parts of the view."""
        view = replace(self.view, **changes)
        if view != self.view:
            self.view = view
            self.changed(Area.VIEW)

    def use_settings(self, settings: Settings) -> None:
        """Replace the settings."""
        self.settings = settings
        self.changed(Area.VIEW)

    def open_popup(self, popup: Popup) -> None:
        """Show a popup; a form that is open lies behind it until it is closed."""
        if isinstance(self.view.popup, Dialog) and not isinstance(popup, Dialog):
            self._form = self.view.popup
        self.show(popup=popup, is_popup_hidden=False)

    def close_popup(self) -> None:
        """Close what is shown; a form that lies behind it shows again."""
        form, self._form = self._form, None
        is_answered = form is not None and form.answer is not None and form.answer.done()
        self.show(popup=None if is_answered else form, is_popup_hidden=False)

    def set_backend(self, attachment: Attachment, owner: str = "") -> None:
        since = self._now_us() if attachment is Attachment.LOST else 0
        if attachment is self.backend.attachment and attachment is Attachment.LOST:
            since = self.backend.since_us
        self.backend = Backend(attachment, since, owner)
        self.changed(Area.LINK)
        self._drop_untrue()

    def set_profile(self, profile: Profile) -> None:
        if profile != self.profile:
            self.profile = profile
            self.changed(Area.PROFILE)
            self._drop_untrue()

    def set_backend_warnings(self, warnings: Iterable[Warning]) -> None:
        """Take over what the backend as a whole warns of, and say what is new in it."""
        known, self.backend_warnings = self.backend_warnings, tuple(warnings)
        for warning in self.backend_warnings:
            if warning not in known:
                self.complain(warning.text, about=f"backend {warning.word} {warning.subject}")
        for warning in set(known).difference(self.backend_warnings):
            self.settle(f"backend {warning.word} {warning.subject}")
        self.changed(Area.NOTICES)

    def say(self, text: str, about: str = "") -> None:
        """Show a sentence in the status line, until it is settled, or untrue (model/truth.py)."""
        self._notice(Notice(text, Level.INFO, self._now_us(), about))

    def complain(self, text: str, about: str = "") -> None:
        """Show an error in the status line, as `say`; it says what to do."""
        self._notice(Notice(text, Level.ERROR, self._now_us(), about))

    def settle(self, about: str) -> None:
        """Take what was said about this off the status line."""
        notice = self.notices.current
        if notice is not None and notice.about == about:
            self.hush()

    def hush(self) -> None:
        """Take the sentence off the status line."""
        if self.notices.clear():
            self.changed(Area.NOTICES)

    def _notice(self, notice: Notice) -> None:
        self.notices.add(notice)
        self.changed(Area.NOTICES)

    def _drop_untrue(self) -> None:
        notice = self.notices.current
        if notice is not None and not is_true(notice.about, self.backend, self.profile):
            self.hush()
