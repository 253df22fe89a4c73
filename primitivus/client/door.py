"""What only the user knows: who is asked for it, and how the program ends without it."""

import asyncio
from typing import Protocol

from primitivus.model.accounts.profile import Profile


class Ending(Exception):
    """Why the program has to end, though nothing has failed."""

    exit_code = 0


class GivenUp(Ending):
    """The user does not want to go on: no profile was made, no password given."""


class ProfileRemoved(Ending):
    """The profile that was shown does not exist any more."""


class UnknownProfileName(Ending):
    """There is no profile of the name that was asked for."""

    exit_code = 1


class Doorman(Protocol):
    """Asks the user for what only they know."""

    async def password(self, profile: Profile, error: str) -> str | None:
        """Return the profile password; None: not now."""
        ...

    def done(self) -> None:
        """Note that the password isn't asked for any longer."""
        ...

    async def new_profile(self, lacks: str) -> str | None:
        """Have a first profile made and return its name; None: not now.

        `lacks`: a sentence about those that were shown before, and this backend hasn't.
        """
        ...


class Door:
    """Stands in for the doorman until there is a screen on which he can ask."""

    def __init__(self) -> None:
        # Set once there is something to ask.
        self.is_asked = asyncio.Event()
        self._doorman: Doorman | None = None
        self._has_doorman = asyncio.Event()

    def keep(self, doorman: Doorman) -> None:
        """Leave the asking to `doorman`."""
        self._doorman = doorman
        self._has_doorman.set()

    async def password(self, profile: Profile, error: str) -> str | None:
        return await (await self._asking()).password(profile, error)

    async def new_profile(self, lacks: str) -> str | None:
        return await (await self._asking()).new_profile(lacks)

    def done(self) -> None:
        if self._doorman is not None:
            self._doorman.done()

    async def _asking(self) -> Doorman:
        self.is_asked.set()
        await self._has_doorman.wait()
        assert self._doorman is not None
        return self._doorman
