"""org.primitivus.Backend1.Messages."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypedDict, Unpack

from backendd.api import records
from backendd.api.signature import Plain
from backendd.api.words import UnsentState, WantedNotify


class ConversationChanges(TypedDict, total=False):
    """How a conversation behaves; what isn't given stays as it is."""

    pinned: bool
    notify: WantedNotify
    markers: bool
    typing_out: bool


class Messages(Protocol):
    """Messages and conversations."""

    async def send(
        self,
        peer: str,
        body: str,
        *,
        token: str = "",
        clear_draft: bool = False,
        draft: str = "",
        encryption: str = "",
        reply_to: int = 0,
        spoiler: bool = False,
        spoiler_about: str = "",
        unstyled: bool = False,
    ) -> int: ...

    async def list(
        self,
        peer: str,
        *,
        before: int = 0,
        after: int = 0,
        around: int = 0,
        time: int = 0,
        limit: int = 50,
    ) -> tuple[Sequence[records.Message], Mapping[str, Plain]]: ...

    async def get(self, id: int) -> records.Message: ...

    async def search(
        self,
        query: str,
        *,
        peer: str = "",
        sender: str = "",
        since: int = 0,
        until: int = 0,
        in_order: bool = False,
        before: int = 0,
        limit: int = 50,
    ) -> Sequence[records.Hit]: ...

    async def changes(
        self, since: int, *, limit: int = 200
    ) -> tuple[Sequence[records.Message], Mapping[str, Plain]]: ...

    async def wait(
        self, peer: str, after_id: int, timeout_ms: int
    ) -> Sequence[records.Message]: ...

    async def unsent(
        self, *, peer: str = "", state: UnsentState | None = None, limit: int = 200
    ) -> Sequence[records.Message]: ...

    async def conversations(self) -> Sequence[records.Conversation]: ...

    async def mark_read(self, peer: str, up_to: int) -> None: ...

    async def mark_unread(self, peer: str, from_: int) -> None: ...

    async def react(self, id: int, emojis: Sequence[str]) -> None: ...

    async def correct(self, id: int, body: str) -> None: ...

    async def retract(self, id: int) -> None: ...

    async def edits(self, id: int) -> Sequence[records.Edit]: ...

    async def attention(self, peer: str) -> None: ...

    async def set_typing(self, peer: str, typing: bool) -> None: ...

    async def set_draft(self, peer: str, text: str, *, id: str = "") -> None: ...

    async def retry(self, id: int) -> None: ...

    async def retry_failed(
        self, peer: str, *, ids: Sequence[int] | None = None
    ) -> tuple[int, Sequence[tuple[int, str, str]]]: ...

    async def discard(self, id: int) -> None: ...

    async def discard_failed(self, peer: str, *, ids: Sequence[int] | None = None) -> int: ...

    async def set_conversation(self, peer: str, **changes: Unpack[ConversationChanges]) -> None: ...

    async def open(self, peer: str) -> str: ...

    async def close(self, peer: str) -> None: ...

    async def delete_local(self, peer: str) -> None: ...
