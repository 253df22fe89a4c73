"""org.primitivus.Backend1.Files."""

from collections.abc import Sequence
from typing import Protocol

from backendd.api import records
from backendd.api.descriptors import Descriptor
from backendd.api.words import SendMethod


class Files(Protocol):
    """Files on their way."""

    async def upload_service(self) -> tuple[str, int]: ...

    async def send(
        self,
        peer: str,
        path: str,
        *,
        method: SendMethod = "auto",
        token: str = "",
        description: str = "",
        encrypted: bool = False,
    ) -> int: ...

    async def send_handle(
        self,
        peer: str,
        file: Descriptor,
        name: str,
        *,
        method: SendMethod = "auto",
        token: str = "",
        description: str = "",
        encrypted: bool = False,
    ) -> int: ...

    async def send_album(
        self,
        peer: str,
        paths: Sequence[str],
        text: str,
        *,
        token: str = "",
        encrypted: bool = False,
        draft: str = "",
    ) -> Sequence[int]: ...

    async def send_album_handles(
        self,
        peer: str,
        files: Sequence[Descriptor],
        names: Sequence[str],
        text: str,
        *,
        token: str = "",
        encrypted: bool = False,
        draft: str = "",
    ) -> Sequence[int]: ...

    async def accept(self, id: int, directory: str) -> None: ...

    async def accept_handle(self, id: int, file: Descriptor) -> None: ...

    async def reject(self, id: int) -> None: ...

    async def download(self, message_id: int, attachment: int, directory: str) -> int: ...

    async def download_handle(self, message_id: int, attachment: int, file: Descriptor) -> int: ...

    async def list(self) -> Sequence[records.Transfer]: ...

    async def wait(self, ids: Sequence[int], timeout_ms: int) -> Sequence[records.Transfer]: ...

    async def cancel(self, id: int) -> None: ...

    async def pause(self, id: int) -> None: ...

    async def resume(self, id: int) -> None: ...

    async def remove(self, id: int) -> None: ...

    async def set_path(self, id: int, path: str) -> None: ...
