"""The state of the whole program: what is known of XMPP, and what the user looks at.

What is known of XMPP changes only by what the backend tells (client/); commands change the view.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Unpack

from primitivus.config import Settings
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.acting import acting
from primitivus.model.accounts.link import Attachment, Backend
from primitivus.model.accounts.profile import Profile
from primitivus.model.area import Area
from primitivus.model.editing.editor import Editor
from primitivus.model.left import Left
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.occupants import OccupantsPane
from primitivus.model.panes.pane import Focus, Pane
from primitivus.model.panes.places import ContactsPane, ConversationsPane, PlacesPane
from primitivus.model.place import Place
from primitivus.model.popups.popup import Dialog
from primitivus.model.screen.layout import Layout
from primitivus.model.screen.showing import Showing
from primitivus.model.telling.speaking import Speaking
from primitivus.model.view import Mode, View, ViewChanges

if TYPE_CHECKING:
    from primitivus.model.editing.history_search import HistorySearch


class State(Speaking):
    """Holds the parts, and tells watchers which area changed."""

    def __init__(self, now_us: Callable[[], int]) -> None:
        super().__init__(now_us)
        self.view = View()
        self.layout = Layout(*(kind(partial(listed, self)) for kind, listed in LISTS.items()))
        self.showing = Showing(self.accounts, self.layout, self.changed, self._is_typing)
        self.command_line = Editor()
        # Whether nobody has pressed a key yet, nor have all profiles told what they have.
        self.is_starting = True
        self.left = Left()
        # The form behind another popup, such as help.
        self._form: Dialog | None = None
        # In whose account what lies over the panes was opened.
        self._popup_owner = ""
        # How much is shown, and how: keys and commands change it, `save` keeps it.
        self.settings = Settings()

    @property
    def account(self) -> Account:
        """Return the account where one is; a blank one before there is any."""
        return self.at(self.layout.place)

    @property
    def acted_for(self) -> Account | None:
        name = acting()
        return self.accounts.get(name) if name != self.layout.used else None

    @property
    def chat(self) -> Chat | None:
        """Return the conversation where one is, if one is in one."""
        return self.conversation.chat if self.conversation is not None else None

    @property
    def conversation(self) -> ConversationPane | None:
        """Return the pane of the conversation where one is, if one is in one and may see it."""
        main = self.layout.main
        return main if isinstance(main, ConversationPane) and not self.account.is_withheld else None

    @property
    def typed(self) -> Editor | None:
        """Return where one types in the main pane where one is, if anywhere."""
        is_conversation = isinstance(self.layout.main, ConversationPane)
        main = self.conversation if is_conversation else self.layout.main
        return main.editor if main is not None else None

    @property
    def pane(self) -> Pane:
        """Return what keys are for: a popup, else the pane with the focus."""
        popup = self.view.shown_popup
        return self.layout.pane if popup is None else popup

    @property
    def focus(self) -> Focus:
        """Return which table of the keymap is in force."""
        popup = self.view.shown_popup
        if popup is not None:
            return popup.context
        return "history" if self.history_search is not None else self.layout.context

    @property
    def history_search(self) -> "HistorySearch | None":
        """Return what looks for something that was sent, if keys are for that."""
        if self.view.shown_popup is not None:
            return None
        if self.view.mode == "command":
            return self.command_line.history.search
        editor = self.typed if self.mode == "insert" and self.layout.is_typed else None
        return editor.history.search if editor is not None else None

    @property
    def mode(self) -> Mode:
        """Return the mode in force: without modes one types where that is what the focus is for."""
        if self.view.is_modal or self.view.mode == "command":
            return self.view.mode
        return "insert" if self.layout.is_typed else "normal"

    @property
    def overtypes(self) -> bool:
        """Return whether a character that is typed takes the place of one."""
        return self.view.is_over and self.view.shown_popup is None

    def _is_typing(self) -> bool:
        return self.mode == "insert" and self.layout.focus == "input"

    def show(self, **changes: Unpack[ViewChanges]) -> None:
        """Replace parts of the view."""
        if "mode" in changes:
            changes.setdefault("is_over", False)
        view = replace(self.view, **changes)
        if view != self.view:
            self.view = view
            self.changed(Area.VIEW)

    def use_settings(self, settings: Settings) -> None:
        """Replace the settings."""
        self.settings = settings
        self.changed(Area.VIEW)

    def open_popup(self, popup: Pane) -> None:
        """Show a popup; a form that is open lies behind it until it is closed."""
        if isinstance(self.view.popup, Dialog) and not isinstance(popup, Dialog):
            self._form = self.view.popup
        self._popup_owner = (self.acted_for or self.account).owner
        self.show(popup=popup, is_popup_hidden=False)

    def close_popup(self) -> None:
        """Close what is shown; a form that lies behind it shows again."""
        form, self._form = self._form, None
        is_answered = form is not None and form.answer is not None and form.answer.done()
        self.show(popup=None if is_answered else form, is_popup_hidden=False)

    def _leave_popups(self, account: Account) -> None:
        """Take off the screen what its owner has opened there, and whatever hints there are."""
        self.show(hints=(), typed_keys="")
        if self._popup_owner != account.profile.name:
            return
        for popup in (self.view.popup, self._form):
            if isinstance(popup, Dialog):
                popup.give_up()
        self._form = None
        self.close_popup()

    def set_backend(self, attachment: Attachment, owner: str = "") -> None:
        since = self._now_us() if attachment is Attachment.LOST else 0
        if attachment is self.backend.attachment:
            since = self.backend.since_us
        self.backend = Backend(attachment, since, owner)
        self.changed(Area.LINK)
        self._drop_untrue()

    def set_profile(self, profile: Profile) -> None:
        """Take over what is told of a profile; one that wasn't known becomes an account."""
        account = self.accounts.make(profile.name)
        if profile == account.profile:
            return
        account.profile = profile
        if account.is_locked:
            self.showing.withhold(account)
        if account.is_withheld:
            self._leave_popups(account)
        self.changed(Area.PROFILE)
        self._drop_untrue()


LISTS: Mapping[type[PlacesPane], Callable[[State], Sequence[Place]]] = {
    ConversationsPane: lambda state: state.accounts.listed_conversations(),
    ContactsPane: lambda state: state.accounts.listed_contacts(
        offline=state.settings.offline_contacts,
        groups=state.settings.groups,
        wanted=state.layout.contacts.wanted,
    ),
    OccupantsPane: lambda state: state.account.occupant_places(state.layout.place),
}
"""The lists at the sides, and what is in each from top to bottom: nothing of what is locked."""
