"""Starting in the background, asking how it is, stopping."""

import asyncio
import os
import re
import signal
import stat
from pathlib import Path

import pytest

from backendd.api.failures import DRIVER
from backendd.api.link import Link, MatchRule, Signal
from backendd.api.names import BUS_NAME
from backendd.api.tasks import Tasks
from backendd.store.directory import DataDirectory
from tests.backendd.cli.conftest import Run
from tests.lab.backend import Backend
from tests.lab.bus import PrivateBus

NO_BUS = "unix:path=/nonexistent/bus"


async def test_it_starts_says_how_it_is_and_stops(run: Run, stopped: Backend):
    assert await run("status") == (3, "stopped\n", "")
    assert await run() == (0, "", "")
    code, said, errors = await run("status")
    assert (code, errors) == (0, "")
    running = re.fullmatch(r"running, pid (\d+), version \d+\.\d+\.\d+\n", said)
    assert running
    pid = int(running[1])
    assert os.getsid(pid) == pid  # it outlives the terminal it was started from
    assert await run() == (0, "it is running already\n", "")
    assert await run("stop") == (0, "", "")
    DataDirectory.open(stopped.scratch.data).close()  # nobody holds it any more
    assert await run("status") == (3, "stopped\n", "")
    assert await run("stop") == (0, "it was not running\n", "")


async def test_a_damaged_database_is_kept_and_told_of(run: Run, stopped: Backend):
    stopped.scratch.data.mkdir(parents=True, mode=0o700, exist_ok=True)
    (stopped.scratch.data / "backendd.db").write_bytes(b"no database" * 1000)
    code, said, errors = await run()
    assert (code, said) == (0, "")
    (kept,) = stopped.scratch.data.glob("backendd.db.corrupt-*Z")
    assert errors == (
        "backendd: the database was damaged; nothing of it could be read, and a new one is made; "
        f"the damaged one is kept as {kept}\n"
    )


async def test_its_log_is_the_owners_alone(run: Run, stopped: Backend):
    await run()
    log = stopped.scratch.home / ".local/state/primitivus/backendd.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    assert "migrated" in log.read_text()


async def test_a_long_log_is_put_away(run: Run, stopped: Backend):
    log = stopped.scratch.home / ".local/state/primitivus/backendd.log"
    log.parent.mkdir(parents=True)
    log.write_text("old\n" * 400_000)
    await run()
    assert log.stat().st_size < 100_000
    assert log.with_suffix(".log.1").read_text().startswith("old")


async def test_one_that_has_begun_at_the_same_moment_is_waited_for(
    run: Run, stopped: Backend, bus: PrivateBus
):
    link, given_up = await Link.open(bus.address), asyncio.Event()
    rule = MatchRule(DRIVER, "/org/freedesktop/DBus", interface=DRIVER, member="NameOwnerChanged")

    def heard(signal: Signal) -> None:
        _, _, owner = signal.args
        if not owner:
            given_up.set()  # the one that found the data held has left the bus

    link.subscribe(rule, heard)
    directory = DataDirectory.open(stopped.scratch.data)
    tasks = Tasks()
    try:
        started = tasks.start(run(), name="backendd")
        await given_up.wait()
        await link.request_name(BUS_NAME)
        assert await started == (0, "it is running already\n", "")
    finally:
        await tasks.stop()
        await link.close()
        directory.close()


@pytest.mark.parametrize("words", [[], ["fg"], ["install"]])
async def test_a_mistake_in_the_settings_ends_with_78(words: list[str], run: Run, stopped: Backend):
    path = stopped.scratch.config / "backendd.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[connection]\nkeepalive = 3\n")
    said = f'backendd: {path}:2: unknown key "keepalive"; did you mean "keepalive_s"?\n'
    assert await run(*words) == (78, "", said)


async def test_a_settings_file_can_be_given(run: Run, tmp_path: Path):
    given = tmp_path / "mine.toml"
    given.write_text('[backend]\nlog_level = "debug"\n')
    assert await run("--config", str(given)) == (0, "", "")
    assert (await run("status"))[0] == 0
    assert (await run("--config", str(tmp_path / "absent.toml")))[0] == 78


async def test_why_it_can_not_start_is_said(run: Run, stopped: Backend):
    stopped.scratch.data.parent.mkdir(parents=True)
    stopped.scratch.data.touch()
    code, said, errors = await run()
    assert (code, said) == (1, "")
    assert errors.startswith("backendd: the data directory ")
    assert errors.endswith("can't be used: File exists\n")


@pytest.mark.parametrize(
    "words", [[], ["fg"], ["stop"], ["status"], ["profile", "list"], ["unlock", "alice"]]
)
async def test_without_a_bus_it_ends_with_4(words: list[str], run: Run, stopped: Backend):
    address = stopped.env["DBUS_SESSION_BUS_ADDRESS"]
    stopped.env["DBUS_SESSION_BUS_ADDRESS"] = NO_BUS
    code, said, errors = await run(*words)
    stopped.env["DBUS_SESSION_BUS_ADDRESS"] = address
    assert (code, said) == (4, "")
    assert "session bus" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("words", [["profile", "list"], ["profile", "remove", "a"]])
async def test_what_needs_it_says_that_it_is_not_running(words: list[str], run: Run):
    said = "backendd: it is not running; `backendd` starts it\n"
    assert await run(*words, given="x\ny\n") == (3, "", said)


async def test_to_make_a_profile_or_to_unlock_one_starts_it(run: Run, stopped: Backend):
    add = ("profile", "add", "a", "a@localhost", "--host", "127.0.0.1", "--port", "1")
    assert await run(*add, given="secret\nprotected\n") == (0, "", "")
    assert "a@localhost" in (await run("status"))[1]
    assert await run("stop") == (0, "", "")
    assert await run("unlock", "a", given="protected\n") == (0, "", "")
    code, said, _ = await run("profile", "list")
    assert code == 0
    assert "locked" not in said


async def test_one_that_does_not_answer_is_said_to(backend: Backend):
    os.kill(backend.pid, signal.SIGSTOP)
    try:
        code, _, errors = await backend.run("status")
    finally:
        os.kill(backend.pid, signal.SIGCONT)
    assert code == 1
    assert errors == "backendd: no answer within 5 seconds\n"


async def test_a_second_one_on_the_same_data_is_refused(backend: Backend):
    code, said, errors = await backend.run("fg")
    assert (code, said) == (1, "")
    assert f"another backend (pid {backend.pid}) already uses" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
async def test_in_the_foreground_it_ends_in_order_with_a_signal(backend: Backend, number: int):
    assert await backend.end_by(number) == 0
    assert "stopping: stop" in backend.log


async def test_signals_it_was_started_to_ignore_stay_ignored(stopped: Backend):
    await stopped.start(before=("sh", "-c", 'trap "" INT HUP; exec "$@"', "sh"))
    for number in (signal.SIGINT, signal.SIGHUP):
        os.kill(stopped.pid, number)
    assert (await stopped.run("status"))[0] == 0
    assert await stopped.stop() == 0
