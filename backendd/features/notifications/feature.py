"""The part that finds what is worth a notification in one profile."""

import asyncio

from backendd.api import names, records
from backendd.core import clock
from backendd.core.messages import ConversationsChanged, MessagesChanged
from backendd.core.profiles import ProfileChanged
from backendd.features.notifications import model
from backendd.features.notifications.bus import QuietTimeMembers
from backendd.features.notifications.discussions import Discussions
from backendd.features.notifications.model import Note
from backendd.features.notifications.questions import Questions
from backendd.features.notifications.service import Notifications
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Outlet, Part


class ServedNotifications(Notifications):
    """What is shown of which conversation, and what callers see of when nothing is."""

    def members(self) -> object:
        return QuietTimeMembers(self.quiet)

    def tell(self, outlet: Outlet) -> None:
        self.quiet.changed = lambda: outlet.changed(names.MANAGER, "QuietTime")


class Notifier(Part):
    """Has shown what comes in, and taken away what is read or closed."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._notifications = home.backend.part(Notifications)
        self._path = names.profile_path(home.profile.name)
        self._newest = 0
        self._news: dict[str, records.Message] = {}
        self._told: dict[str, records.Conversation] = {}
        self._is_due = False
        if not home.config.notifications.desktop:
            return
        home.events.subscribe(MessagesChanged, self._on_messages)
        home.events.subscribe(ConversationsChanged, self._on_conversations)
        home.events.subscribe(ProfileChanged, self._on_profile)
        shows_text = home.config.notifications.text
        for follow in (Questions, Discussions):
            follow(self._path, home.events, self._notifications, self._show, shows_text=shows_text)

    def _on_messages(self, event: MessagesChanged) -> None:
        now = clock.now_us()
        news = [each for each in event.messages if model.is_news(each, self._newest, now)]
        self._newest = max([self._newest, *(each.id for each in event.messages)])
        for each in filter(model.is_retracted, event.messages):
            self._notifications.retract((self._path, each.peer), each.id)
        for each in news:
            self._news[each.peer] = model.foremost(self._news.get(each.peer), each)
        self._look_soon()

    def _look_soon(self) -> None:
        """Look at messages once the conversations are told as well that they are in.

        Both are of one transaction, in either order, and are told in one step of the loop.
        """
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        self._is_due = False
        news, self._news = self._news, {}
        told, self._told = self._told, {}
        shows_text = self._home.config.notifications.text
        for peer, message in news.items():
            conversation = told.get(peer)  # none where it is closed
            if conversation is not None and model.is_worth_it(conversation, message):
                self._show(model.note(self._path, conversation, message, shows_text=shows_text))

    def _show(self, note: Note) -> None:
        # While a profile is locked nothing of it is shown.
        is_locked = self._home.stream.current is None
        if not is_locked and not self._notifications.quiet.is_now():
            self._notifications.show(note)

    def _on_conversations(self, event: ConversationsChanged) -> None:
        self._told.update((each.peer, each) for each in event.conversations)
        self._look_soon()
        read = [each.peer for each in event.conversations if not each.unread]
        for peer in (*read, *event.closed):
            self._notifications.close((self._path, peer))

    def _on_profile(self, event: ProfileChanged) -> None:
        if "State" in event.properties and self._home.stream.current is None:
            self._notifications.close_all(self._path)


FEATURE = Feature("notifications", Notifier, backend=ServedNotifications)
