"""SetTyping, of the Messages interface."""

from backendd.features.typing.service import Typing
from backendd.session import addressing
from backendd.session.home import Home


class TypingMembers:
    """What callers see of `Typing`."""

    def __init__(self, home: Home, service: Typing) -> None:
        self._home = home
        self._typing = service

    async def set_typing(self, peer: str, typing: bool, *, caller: str) -> None:
        whom = await addressing.correspondent(self._home, peer)
        await self._typing.set_ours(whom, is_typing=typing)
        if typing:
            self._home.when_caller_leaves(caller, lambda: self._typing.pause(whom))
