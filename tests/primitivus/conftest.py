"""The program on a private bus, with a scripted backend and no terminal."""

import time

import pytest

from tests.primitivus.fake import BOB, MIA, FakeBackend
from tests.primitivus.pilot import Pilot
from tests.primitivus.scenes import Stage, hold_the_clock


@pytest.fixture
def surroundings(bus, tmp_path, monkeypatch):
    """A bus and XDG directories of the test's own."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture
async def fake(surroundings, bus):
    """A backend without profiles."""
    backend = FakeBackend(bus.address)
    await backend.start()
    yield backend
    await backend.stop()


@pytest.fixture
async def account(fake):
    """A profile with two contacts and a few messages."""
    account = fake.add_profile()
    account.know(BOB, name="bob", show="online", status="on the train")
    account.know(MIA, show="away")
    account.message(MIA, "an older one", tell=False, state="read")
    account.message(BOB, "have you seen this?", tell=False, state="read")
    account.message(BOB, "yes", out=True, tell=False)
    for peer in (MIA, BOB):
        account.record(peer)
    return account


@pytest.fixture
async def fly(surroundings):
    """Call it for a Pilot; those that were started are ended with the test."""
    pilots = []

    def make(**settings):
        pilots.append(Pilot(**settings))
        return pilots[-1]

    yield make
    for pilot in pilots:
        if pilot.is_running:
            await pilot.end()


@pytest.fixture
async def pilot(account, fly):
    """The program as it shows the account."""
    return await fly().start(until="have you seen this?")


@pytest.fixture
async def stage(fake, fly, tmp_path, monkeypatch):
    """Where scenes are played, at a time that is held."""
    hold_the_clock(monkeypatch)
    stage = Stage(fake, fly, tmp_path, monkeypatch)
    monkeypatch.setenv("HOME", str(stage.home()))
    monkeypatch.chdir(stage.home())
    time.tzset()
    return stage


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Call it with a name for a program called so; return the file that has what it is run with."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")

    def make(name):
        called, file = tmp_path / f"called-{name}", tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{called}"\n')
        file.chmod(0o700)
        return called

    return make


@pytest.fixture
def desktop(program, monkeypatch):
    """A desktop; return the file that has what it was to open."""
    monkeypatch.setenv("DISPLAY", ":0")
    return program("xdg-open")
