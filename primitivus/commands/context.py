"""What the commands of this program act on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from backendd.api.errors import BackendError, ProfileLocked
from backendd.api.values import Mutable, field
from primitivus.client.account import AccountClient
from primitivus.client.accounts import AccountClients
from primitivus.commands.errors import CommandError, NoConversation
from primitivus.commands.line.cycle import Cycle
from primitivus.commands.overdue import patient
from primitivus.commands.recording import Recorder
from primitivus.commands.registry import Registry
from primitivus.commands.screen import Screen
from primitivus.commands.waiting import MOST_S, Waiting
from primitivus.config import Settings
from primitivus.model.area import Area
from primitivus.model.editing.argument import Argument
from primitivus.model.editing.editor import Editor
from primitivus.model.editing.finding import Find
from primitivus.model.editing.registers import Registers
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import Pane
from primitivus.model.place import Place
from primitivus.model.popups.chooser import Folders
from primitivus.model.popups.popup import Dialog
from primitivus.model.screen.touch import Spot
from primitivus.model.state import State
from primitivus.sentences import tr

T = TypeVar("T")


class Context(Mutable):
    """The state to look at, the backend to call, and the screen."""

    state: State
    accounts: AccountClients
    registry: Registry
    screen: Screen
    # The settings as they stand in the user's file.
    saved: Settings
    # The completion that is being walked through, if one is.
    cycle: Cycle | None = None
    # What is typed meanwhile is for what is there then.
    waiting: Waiting = field(default_factory=Waiting)
    # The character that was looked for last in what is typed.
    found: Find | None = None
    # What is kept by letters, and the letter that the next key is about, with a count before it.
    registers: Registers = field(default_factory=Registers)
    register: tuple[str, int | None] | None = None
    # The last change of what is typed.
    recorder: Recorder = field(default_factory=Recorder)
    # The word of an earlier text that was inserted last.
    argument: Argument | None = None
    # What ends the programs that run for a command, the last one last.
    running: list[Callable[[], object]] = field(default_factory=list)
    # Where files were chosen.
    folders: Folders = field(default_factory=Folders)
    # The main pane where one was when one went anywhere last.
    shown: Pane | None = None
    # Whether the last thing that happened was going to a conversation.
    has_arrived: bool = False
    # Whether the last key was for the messages, while the focus was on the input.
    reaches: bool = False
    # What was drawn where the mouse is, while a command begins that it runs.
    spot: Spot | None = None

    @property
    def settings(self) -> Settings:
        return self.state.settings

    @property
    def pane(self) -> Pane:
        """Return what keys are for: a popup, else the pane with the focus."""
        return self.state.pane

    @property
    def account(self) -> AccountClient:
        """Return what acts on the account where one is; CommandError before there is any."""
        return self._shown_to_be_here(self.at(self.state.layout.place))

    def at(self, place: Place) -> AccountClient:
        """Return what acts on the account of a place; CommandError where that is gone."""
        account = self.accounts.at(place)
        if account is None:
            raise CommandError(tr("there is no profile here"))
        return account

    def named(self, profile: str | None) -> AccountClient:
        """Return what acts on the account of this name, by default where one is; CommandError."""
        if profile is None:
            return self.account
        return self._shown_to_be_here(self.entrance(profile))

    def entrance(self, profile: str | None) -> AccountClient:
        """Return the account as `named` does, also if its password was not given here yet."""
        if profile is None:
            return self.at(self.state.layout.place)
        if profile not in self.state.accounts:
            helps = tr("an address has no blanks") if "@" in profile else tr(":profile lists them")
            raise CommandError(
                tr('there is no profile called "{profile}"; {helps}', profile=profile, helps=helps)
            )
        return self.at(Place(profile))

    def _shown_to_be_here(self, account: AccountClient) -> AccountClient:
        """Return the account if its owner has shown to be here; CommandError."""
        if not account.known.is_open:
            raise CommandError(account.known.why_locked())
        return account

    def key_for(self, *lines: str) -> str:
        """Return how the key is written that runs the first of these lines that one runs here."""
        tables = self.screen.tables()
        here = [bound for bound in self.screen.bindings() if bound.context in tables]
        found = (bound.keys for line in lines for bound in here if bound.line == line)
        return next(found, "")

    def no_conversation(self) -> CommandError | BackendError:
        """Return why nothing can be done in the conversation where one is."""
        here = self.state.account
        return ProfileLocked(here.why_locked()) if here.is_withheld else NoConversation()

    def change(self, name: str, value: object) -> None:
        """Change a setting until the program ends or `save` keeps it; ValueError."""
        if getattr(self.settings, name, None) != value:
            self.state.use_settings(self.settings.with_value(name, value))

    @property
    def editor(self) -> Editor | None:
        """Return where keys type to now, if anywhere."""
        view = self.state.view
        if view.shown_popup is not None:
            return view.shown_popup.editor
        return self.state.command_line if view.mode == "command" else self.state.typed

    @property
    def message_chat(self) -> Chat | None:
        """Return the conversation whose message is being edited, if one is."""
        view = self.state.view
        is_elsewhere = view.shown_popup is not None or view.mode == "command"
        return None if is_elsewhere else self.state.chat

    def edited(self) -> None:
        """Note that the text of `editor` may have changed: for drafts, notices and the screen."""
        self.cycle = None
        if self.editor is self.pane.editor:
            self.pane.edited()
        chat = self.message_chat
        if chat is not None:
            account = self.at(self.state.layout.place)
            account.typing.edited(chat.peer, chat.editor.text)
            if chat.has_unsaved_draft:
                account.drafts.edited(chat.peer)
        self.state.changed(Area.INPUT)

    async def told(self, call: Awaitable[T], is_told: Callable[[], bool]) -> T:
        """Return what a call of the backend gives, once it is told as well what came of it.

        Keys wait for that: what they do is decided by what is so then.
        """
        with self.waiting.keys():
            result = await call
            await self.until(is_told)
        return result

    async def until(self, is_told: Callable[[], bool]) -> None:
        """Return when something is told, or it is time to go on without."""
        with suppress(TimeoutError):
            async with asyncio.timeout(MOST_S):
                await self.state.changes.until(is_told)

    async def ask(self, dialog: Dialog) -> Mapping[str, str] | None:
        """Return what the user fills in, None if they leave; the dialog stays open and busy."""
        dialog.answer = asyncio.get_running_loop().create_future()
        dialog.is_busy = dialog.is_left = False
        self.state.open_popup(dialog)
        self.state.changed(Area.VIEW)
        answer = None
        try:
            with patient():
                answer = await dialog.answer
        finally:
            if answer is None and self.state.view.popup is dialog:
                self.state.close_popup()
        return answer

    def enter(self, account: AccountClient) -> None:
        """Be in an account, in no conversation of it; a locked one asks for its password."""
        before = self.state.layout.place
        self.state.showing.enter(account.known)
        self.moved(before)
        account.enter()

    def open(self, place: Place) -> ConversationPane:
        """Show the conversation at `place`; its messages come when they are there."""
        before = self.state.layout.place
        pane = self.state.showing.open(place)
        self.moved(before)
        self.state.settle(NoConversation.__name__)
        return pane

    def moved(self, before: Place) -> None:
        """Take note that one may be at another place now than this one; a locked one asks."""
        self.state.changed(Area.VIEW, Area.INPUT)
        shown, self.shown = self.shown, self.state.layout.main
        if shown is not None and shown is not self.shown and (said := shown.parting()):
            self.state.say(said)
        here = self.state.layout.place
        if before == here:
            return
        left, entered = self.accounts.at(before), self.accounts.at(here)
        if left is not None:
            left.drafts.left(before.peer)
            left.typing.stopped()
        if entered is not None and (here.peer or here.account != before.account):
            entered.enter()
