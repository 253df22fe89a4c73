"""Secrets as they are stored: sealed by the key of their profile, and opened by it alone."""

import pytest

from backendd.api.errors import ProfileLocked
from backendd.crypto.data_key import DataKey
from backendd.crypto.secrets import Secrets


@pytest.fixture
def secrets():
    found = Secrets("alice")
    found.key = DataKey.random()
    return found


def test_what_is_sealed_is_opened_for_what_it_was_sealed_for_and_for_nothing_else(secrets):
    sealed = secrets.seal("sesame", "door")
    assert b"sesame" not in sealed
    assert secrets.open(sealed, "door") == "sesame"
    assert secrets.open(sealed, "window") == ""


def test_nothing_is_stored_as_nothing(secrets):
    assert secrets.seal("", "door") == b""
    secrets.key = None
    assert secrets.open(b"", "door") == ""


def test_what_another_key_has_sealed_is_none_that_is_known(secrets):
    sealed = secrets.seal("sesame", "door")
    secrets.key = DataKey.random()
    assert secrets.open(sealed, "door") == ""


def test_nothing_is_sealed_or_opened_while_the_profile_is_locked(secrets):
    sealed = secrets.seal("sesame", "door")
    secrets.key = None
    with pytest.raises(ProfileLocked, match="alice"):
        secrets.seal("sesame", "door")
    with pytest.raises(ProfileLocked, match="alice"):
        secrets.open(sealed, "door")
