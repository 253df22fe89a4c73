"""org.primitivus.Backend1.Blog."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.signature import Plain
from backendd.api.words import AccessModel, BlogNotify, DiscussionNotify, PublishModel


class Blog(Protocol):
    """Blogs: what is written there, which are followed, and what one writes in them."""

    async def list(
        self, service: str, node: str, *, limit: int = 50, after: str = "", markup: bool = True
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]: ...

    async def get(
        self, service: str, node: str, id: str, *, published: bool = False
    ) -> records.Entry: ...

    async def comments(
        self, service: str, node: str, id: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]: ...

    async def comment(
        self,
        service: str,
        node: str,
        id: str,
        text: str,
        *,
        parent: str = "",
        token: str = "",
        clear_draft: bool = False,
        draft: str = "",
    ) -> str: ...

    async def comment_drafts(self) -> Sequence[records.CommentDraft]: ...

    async def set_comment_draft(
        self,
        service: str,
        node: str,
        id: str,
        text: str,
        *,
        parent: str = "",
        draft_id: str = "",
    ) -> None: ...

    async def discussions(self) -> Sequence[records.Discussion]: ...

    async def set_discussion(
        self, service: str, node: str, id: str, *, notify: DiscussionNotify = "all"
    ) -> None: ...

    async def see_likes(self, service: str, node: str, ids: Sequence[str]) -> None: ...

    async def like(self, service: str, node: str, id: str, like: bool) -> None: ...

    async def timeline(
        self, *, limit: int = 50, after: str = "", unread: bool = False, markup: bool = True
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]: ...

    async def unpublished(
        self, *, limit: int = 50, after: str = "", markup: bool = True
    ) -> tuple[Sequence[records.Entry], Mapping[str, Plain]]: ...

    async def search(
        self,
        query: str,
        *,
        service: str = "",
        node: str = "",
        before: int = 0,
        limit: int = 50,
        markup: bool = True,
    ) -> Sequence[records.EntryHit]: ...

    async def mark_read(self, service: str, node: str, ids: Sequence[str]) -> None: ...

    async def subscribe(self, service: str, node: str) -> None: ...

    async def unsubscribe(self, service: str, node: str) -> None: ...

    async def set_subscription(
        self, service: str, node: str, *, notify: BlogNotify = "all"
    ) -> None: ...

    async def subscriptions(self) -> Sequence[records.Subscription]: ...

    async def reader_requests(self) -> Sequence[records.ReaderRequest]: ...

    async def accept_reader(self, id: str) -> None: ...

    async def deny_reader(self, id: str) -> None: ...

    async def writers(self, service: str, node: str) -> tuple[str, Sequence[str]]: ...

    async def set_writers(
        self, service: str, node: str, model: PublishModel, members: Sequence[str]
    ) -> None: ...

    async def nodes(
        self, service: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.BlogNode], Mapping[str, Plain]]: ...

    async def node(self, service: str, node: str) -> records.BlogNode: ...

    async def followed_by(
        self, jid: str, *, limit: int = 50, after: str = ""
    ) -> tuple[Sequence[records.BlogNode], Mapping[str, Plain]]: ...

    async def group_service(self) -> str: ...

    async def create_node(
        self,
        service: str,
        node: str,
        *,
        access: AccessModel = "open",
        members: Sequence[str] = (),
        title: str = "",
        description: str = "",
        gallery: bool = False,
    ) -> None: ...

    async def delete_node(self, service: str, node: str) -> None: ...

    async def access(self, service: str, node: str) -> tuple[str, Sequence[str]]: ...

    async def set_access(
        self, service: str, node: str, model: AccessModel, members: Sequence[str]
    ) -> None: ...

    async def set_reader(self, service: str, node: str, jid: str, may_read: bool) -> None: ...

    async def publish(
        self,
        service: str,
        node: str,
        entry: Mapping[str, Plain],
        *,
        token: str = "",
        draft: str = "",
    ) -> str: ...

    async def drafts(self) -> Sequence[records.Draft]: ...

    async def save_draft(
        self, id: str, service: str, node: str, entry: Mapping[str, Plain], *, revision: int = 0
    ) -> str: ...

    async def delete_draft(self, id: str) -> None: ...

    async def publish_handles(
        self,
        service: str,
        node: str,
        entry: Mapping[str, Plain],
        files: Sequence[Descriptor],
        names: Sequence[str],
        *,
        token: str = "",
        draft: str = "",
    ) -> str: ...

    async def download(
        self, service: str, node: str, id: str, attachment: int, directory: str
    ) -> int: ...

    async def download_handle(
        self, service: str, node: str, id: str, attachment: int, file: Descriptor
    ) -> int: ...

    async def preview(self, markdown: str) -> tuple[str, str]: ...

    async def source(
        self, service: str, node: str, id: str
    ) -> tuple[Mapping[str, Plain], bool]: ...

    async def retract(self, service: str, node: str, id: str) -> None: ...

    async def retry(self, service: str, node: str, id: str, *, anyway: bool = False) -> None: ...

    async def discard(self, service: str, node: str, id: str) -> None: ...

    async def discard_pending(self, service: str, node: str) -> int: ...

    async def outgoing(self) -> Sequence[records.Outgoing]: ...

    async def export(self, service: str, node: str, file: Descriptor) -> None: ...

    async def export_to(self, service: str, node: str, path: str) -> str: ...

    async def import_(
        self, service: str, node: str, file: Descriptor, *, dry_run: bool = False
    ) -> Sequence[records.ImportedEntry]: ...

    async def import_from(
        self, service: str, node: str, path: str, *, dry_run: bool = False
    ) -> Sequence[records.ImportedEntry]: ...
