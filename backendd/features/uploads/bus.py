"""What of the Files interface is of the server's place for files."""

from collections.abc import Sequence

from backendd.api.descriptors import Descriptor
from backendd.features.uploads.albums import Album, Albums
from backendd.features.uploads.places import Places
from backendd.files.handed import named
from backendd.session import addressing
from backendd.session.home import Home


class UploadMembers:
    """What callers see of the server's place for files."""

    def __init__(self, home: Home, places: Places, albums: Albums) -> None:
        self._home = home
        self._places = places
        self._albums = albums

    @property
    def max_upload_size(self) -> int:
        return self._places.largest

    async def upload_service(self) -> tuple[str, int]:
        service = await self._places.find()
        return service.address, service.largest

    async def send_album(
        self,
        peer: str,
        paths: Sequence[str],
        text: str,
        *,
        token: str = "",
        encrypted: bool = False,
        draft: str = "",
    ) -> Sequence[int]:
        whom = await addressing.addressee(self._home, peer)
        return await self._albums.send(Album(whom, text, token, encrypted, draft, paths))

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
    ) -> Sequence[int]:
        handed = named(names, files)
        whom = await addressing.addressee(self._home, peer)
        return await self._albums.send(Album(whom, text, token, encrypted, draft, handed=handed))
