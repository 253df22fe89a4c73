"""A file of the web, fetched into where it goes to, and decrypted where its address says how."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from backendd.api.errors import FileError
from backendd.api.values import Value
from backendd.core import file_addresses
from backendd.crypto.gcm import TAG_BYTES, Decryption
from backendd.files import encryption
from backendd.files.fetched import Answer, Told
from backendd.files.hashing import Data
from backendd.files.policy import Reach
from backendd.files.targets import Target
from backendd.files.web import Web


async def _no_matter(_told: Told) -> None:
    """Tell nobody."""


def _no_progress(_done: int) -> None:
    """Tell nobody."""


class Download(Value):
    """What is fetched from `address`, and how; `most` is how many bytes of the file may come.

    `began` is told of the answer before anything of it is in the target, whose `validator` is what
    this takes to go on later; `progress` of how many bytes are there.
    """

    address: str
    reach: Reach
    most: int
    validator: str = ""
    began: Callable[[Told], Awaitable[None]] = _no_matter
    progress: Callable[[int], None] = _no_progress

    async def into(self, target: Target, web: Web) -> None:
        """Return once all of it is in `target`, behind what was there of it, or from its beginning.

        The target is to be finished then. What came encrypted is verified by now: where it isn't
        what it was, it is a FileError, and nothing of it stays. Raises what `Web.get` and the
        target do.
        """
        if file_addresses.is_secret(self.address):
            await self._decrypted(target, web)
            return
        start = target.position
        async with web.get(
            self.address, reach=self.reach, most=self.most, start=start, validator=self.validator
        ) as answer:
            await self._begin(answer.told, target)
            async for piece in answer:
                await target.write(piece)
                self.progress(target.position)

    async def _decrypted(self, target: Target, web: Web) -> None:
        url, secret = encryption.read(self.address)
        cipher = encryption.decryption(secret)
        start = target.position if await target.recall(_Before(cipher)) else 0
        most = self.most + TAG_BYTES
        async with web.get(
            url, reach=self.reach, most=most, start=start, validator=self.validator
        ) as answer:
            if answer.told.start != start:
                cipher = encryption.decryption(secret)
            await self._begin(_without_tag(answer.told), target)
            await self._decrypt(answer, cipher, target)

    async def _begin(self, told: Told, target: Target) -> None:
        if told.start != target.position:
            await target.restart()
        if target.size is None and told.size is not None:
            await target.expect(told.size)
        await self.began(told)

    async def _decrypt(self, answer: Answer, cipher: Decryption, target: Target) -> None:
        async for piece in answer:
            await target.write(cipher.update(piece))
            self.progress(target.position)
        try:
            cipher.finish()
        except FileError:
            await target.abandon()
            raise


class _Before(Value):
    """Has a decryption take what it gave before."""

    decryption: Decryption

    def update(self, data: Data) -> None:
        self.decryption.catch_up(data)


def _without_tag(told: Told) -> Told:
    return told if told.size is None else replace(told, size=max(0, told.size - TAG_BYTES))
