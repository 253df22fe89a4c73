"""The tests' own user of the program: whoever waits for what never comes is told what shows."""

import pytest

from tests.primitivus import pilot as pilots


async def test_keys_that_are_never_taken_fail_with_the_screen(pilot, account, monkeypatch):
    monkeypatch.setattr(account, "properties_changed", lambda *_: None)  # a key waits for them
    monkeypatch.setattr(pilots, "PATIENCE_S", 0.1)
    with pytest.raises(AssertionError, match=r"keys that were not taken in:\n(.|\n)*seen this"):
        await pilot.command("presence away")
