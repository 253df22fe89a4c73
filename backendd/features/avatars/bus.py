"""Avatar, of the Roster interface, and SetAvatar, of Services."""

from backendd.api.descriptors import Descriptor
from backendd.features.avatars.service import Avatars
from backendd.session import addressing
from backendd.session.home import Home


class AvatarMembers:
    """What callers see of pictures of contacts."""

    def __init__(self, home: Home, service: Avatars) -> None:
        self._home = home
        self._avatars = service

    async def avatar(self, jid: str) -> Descriptor:
        return await self._avatars.avatar(await addressing.contact(self._home, jid))


class OwnAvatarMembers:
    """What callers do with our picture."""

    def __init__(self, service: Avatars) -> None:
        self._avatars = service

    async def set_avatar(self, image: Descriptor) -> None:
        await self._avatars.set_own(image)
