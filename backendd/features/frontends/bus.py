"""SetFrontend, of the Manager interface."""

from typing import Unpack

from backendd.api import text
from backendd.api.contract.manager import FrontendState
from backendd.api.errors import InvalidArgument
from backendd.core.frontends import Frontend
from backendd.features.frontends.service import Frontends

NAME_LIMIT = 100
MOST_FOCUSED = 100


class FrontendsMembers:
    """What callers see of `Frontends`."""

    def __init__(self, frontends: Frontends) -> None:
        self._frontends = frontends

    async def set_frontend(self, *, caller: str, **state: Unpack[FrontendState]) -> None:
        focus = state.get("focus", ())
        if len(focus) > MOST_FOCUSED:
            raise InvalidArgument(f"nobody looks at more than {MOST_FOCUSED} conversations at once")
        self._frontends.set(
            caller,
            Frontend(
                text.clean_line(state.get("name", ""), limit=NAME_LIMIT),
                state.get("idle", False),
                frozenset((path, peer) for path, peer in focus),
            ),
        )
