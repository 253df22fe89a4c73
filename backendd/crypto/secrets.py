"""The secrets of one profile as they are stored: under its key, while that is known."""

import logging

from backendd.api.errors import ProfileLocked, StorageError
from backendd.crypto.data_key import DataKey

log = logging.getLogger(__name__)


class Secrets:
    """Seals and opens those of the profile `name`; `key` is there while it is unlocked."""

    def __init__(self, name: str = "") -> None:
        self.key: DataKey | None = None
        self._name = name

    def require(self) -> DataKey:
        """Return the key; ProfileLocked."""
        if self.key is None:
            raise ProfileLocked(f'the profile "{self._name}" is locked; unlock it first')
        return self.key

    def seal(self, secret: str, purpose: str) -> bytes:
        """Return a secret as it is stored, nothing as nothing; ProfileLocked.

        The purpose is as of `DataKey.encrypt`.
        """
        return self.require().encrypt(secret.encode(), purpose) if secret else b""

    def open(self, sealed: bytes, purpose: str) -> str:
        """Return a secret; ProfileLocked.

        One that is damaged is none: it can be asked for again.
        """
        if not sealed:
            return ""
        try:
            return self.require().decrypt(sealed, purpose).decode()
        except StorageError as error:
            log.warning("%s: %s", self._name, error)
            return ""
