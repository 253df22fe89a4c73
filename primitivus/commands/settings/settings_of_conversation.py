"""How the conversation behaves from which one came, as lines of the view of settings."""

from collections.abc import Iterator
from functools import partial
from typing import cast, get_args

from backendd.api.contract.messages import ConversationChanges
from backendd.api.words import Notify
from primitivus.commands.messages.behaviour import change_conversation, set_notify
from primitivus.commands.settings.settings_source import Source
from primitivus.model.accounts import noise
from primitivus.model.setting import SWITCH, Setting, switch
from primitivus.sentences import tr

_KEPT = tr("kept by the backend")


class ConversationSettings(Source):
    """Its place, its noise, and what its people are told."""

    def settings(self) -> Iterator[Setting]:
        account, peer = self.account, self.place.peer
        if account is None or not peer:
            return
        known, now = account.known, account.known.conversation(peer)
        name, usual = known.name(peer), noise.usual(known, peer)
        yield Setting(
            section="conversation",
            name="notify",
            value=now.notify or usual,
            doc=tr(
                "Which messages of {name} make a noise: all, those that mention you, or none. Of a"
                " bookmarked room that counts on all your clients.",
                name=name,
            ),
            choices=get_args(Notify),
            default=usual,
            origin=_KEPT,
            change=self._notify,
        )
        is_room = now.kind == "room"
        yield self._switch(
            *("pinned", "pinned", now.pinned),
            tr(
                "Keep {name} at the top of the list; a bookmarked room on all your clients.",
                name=name,
            ),
            is_usual=False,
        )
        yield self._switch(
            *("markers", "markers", now.markers),
            tr("Tell those in {name} what you have read.", name=name)
            if is_room
            else tr("Tell {name} what you have read.", name=name),
            is_usual=True,
        )
        yield self._switch(
            *("typing_notices", "typing_out", now.typing_out),
            tr("Tell those in {name} when you type.", name=name)
            if is_room
            else tr("Tell {name} when you type.", name=name),
            is_usual=True,
        )

    def _switch(self, name: str, key: str, is_on: bool, doc: str, *, is_usual: bool) -> Setting:
        return Setting(
            section="conversation",
            name=name,
            value=switch(is_on),
            doc=doc,
            choices=SWITCH,
            default=switch(is_usual) if self._has_usual(key) else None,
            origin=_KEPT,
            change=partial(self._change, key),
        )

    def _has_usual(self, key: str) -> bool:
        """Return whether it is known what is so by itself: in rooms less is told than to people."""
        account = self.account
        kind = account.known.conversation(self.place.peer).kind if account is not None else ""
        return key == "pinned" or kind == "chat"

    async def _notify(self, value: str) -> None:
        known = self.ctx.state.at(self.place)
        is_usual = value == noise.usual(known, self.place.peer)
        await set_notify(self.ctx, self.place, "" if is_usual else cast("Notify", value))

    async def _change(self, key: str, value: str) -> None:
        changes = cast("ConversationChanges", {key: value == "on"})
        await change_conversation(self.ctx, self.place, **changes)
