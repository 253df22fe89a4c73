"""Installing for a user, and being started by a bus that knows no systemd."""

import asyncio
import configparser
import shlex
import stat
import subprocess
from pathlib import Path

import pytest

from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus
from tests.lab.scratch import Scratch

UNIT = ".config/systemd/user/backendd.service"
DESKTOP_FILE = ".local/share/applications/primitivus.desktop"
BUS_FILE = ".local/share/dbus-1/services/org.primitivus.Backend1.service"


@pytest.fixture
def bus(tmp_path: Path, scratch: Scratch):
    """The bus of this user, who installs services for it."""
    services = scratch.home / ".local/share/dbus-1/services"
    with PrivateBus(tmp_path / "bus", services=services, env=scratch.env) as private_bus:
        yield private_bus


@pytest.fixture
async def user(bus: PrivateBus, scratch: Scratch):
    """A user who has installed the backend, and may have it running."""
    backend = Backend(scratch, bus.address)
    code, _, errors = await backend.run("install")
    assert (code, errors) == (0, "")
    yield backend
    assert (await backend.run("stop"))[0] == 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_it_writes_the_files_and_makes_the_directories(user: Backend):
    home = user.scratch.home
    unit = (home / UNIT).read_text()
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    assert line.endswith('/backendd" "fg"')
    (line,) = [line for line in unit.splitlines() if line.startswith("ReadWritePaths=")]
    places = (user.scratch.data, home / ".local/state/primitivus", home / "Downloads")
    assert line == "ReadWritePaths=" + " ".join(f'"-{place}"' for place in places)
    assert [place.is_dir() for place in places] == [True, True, True]
    assert mode(user.scratch.data) == 0o700
    assert (home / BUS_FILE).is_file()


async def test_links_open_the_terminal_ui_which_understands_them(user: Backend):
    entry = configparser.RawConfigParser(strict=False)
    entry.read(user.scratch.home / DESKTOP_FILE)
    section = entry["Desktop Entry"]
    assert (section["MimeType"], section["Terminal"]) == ("x-scheme-handler/xmpp;", "true")
    program, _, field = section["Exec"].rpartition(" ")
    assert field == "%u"
    ui = await asyncio.create_subprocess_exec(
        *shlex.split(program), "xmpp:bob%4", env=user.env, stderr=subprocess.PIPE
    )
    _, said = await ui.communicate()
    assert b"two hexadecimal digits" in said


async def test_nothing_is_started_by_it(user: Backend):
    assert (await user.run("status"))[0] == 3


async def test_a_call_on_the_bus_starts_it(user: Backend):
    call = await asyncio.create_subprocess_exec(
        *("dbus-send", "--session", "--print-reply=literal", "--dest=org.primitivus.Backend1"),
        *("/org/primitivus/Backend1", "org.freedesktop.DBus.Properties.Get"),
        *("string:org.primitivus.Backend1.Manager", "string:Version"),
        env={"DBUS_SESSION_BUS_ADDRESS": user.env["DBUS_SESSION_BUS_ADDRESS"]},
        stdout=subprocess.PIPE,
    )
    said, _ = await call.communicate()
    assert call.returncode == 0
    assert b"0." in said
    assert (user.scratch.data / "backendd.db").is_file()
    assert (await user.run("status"))[0] == 0


async def test_uninstalling_removes_them_and_can_be_repeated(user: Backend):
    code, said, errors = await user.run("uninstall")
    assert (code, errors) == (0, "")
    assert said.count("removed") == 3
    assert not (user.scratch.home / UNIT).exists()
    assert not (user.scratch.home / BUS_FILE).exists()
    assert not (user.scratch.home / DESKTOP_FILE).exists()
    assert user.scratch.data.is_dir()
    code, said, _ = await user.run("uninstall")
    assert code == 0
    assert "removed" not in said


async def test_what_the_environment_says_is_written_down(user: Backend, tmp_path: Path):
    user.env["XDG_DATA_HOME"] = str(tmp_path / "my data")
    assert (await user.run("install"))[0] == 0
    assert (
        f'Environment="XDG_DATA_HOME={tmp_path}/my data"' in (user.scratch.home / UNIT).read_text()
    )
    bus_file = tmp_path / "my data/dbus-1/services/org.primitivus.Backend1.service"
    assert f"'XDG_DATA_HOME={tmp_path}/my data'" in bus_file.read_text()


async def test_the_download_directory_of_the_settings_is_writable(user: Backend, tmp_path: Path):
    given = tmp_path / "mine.toml"
    given.write_text(f'[files]\ndownload_dir = "{tmp_path}/in"\n')
    assert (await user.run("install", "--config", str(given)))[0] == 0
    unit = (user.scratch.home / UNIT).read_text()
    assert f'"-{tmp_path}/in"' in unit
    assert f'"--config" "{given}" "fg"' in unit
    assert (tmp_path / "in").is_dir()


async def test_a_home_that_can_not_be_written_is_a_sentence(user: Backend):
    blocked = user.scratch.home / ".config/systemd"
    (user.scratch.home / UNIT).unlink()
    (blocked / "user").rmdir()
    blocked.rmdir()
    blocked.touch()
    code, _, errors = await user.run("install")
    assert code == 1
    assert errors == f"backendd: {blocked}/user can't be made: Not a directory\n"
