"""The log: who may say what, and in which form."""

import asyncio
import io
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from backendd import log as logs

SECRET = "the body of a message"


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """Give the root logger back as pytest had it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs._TALKATIVE}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, former in levels.items():
        logging.getLogger(name).setLevel(former)


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


def fail(text: str) -> None:
    raise ValueError(text)


def test_a_record_is_a_line_with_its_level(written: io.StringIO):
    logs.set_up("info", written)
    logging.getLogger("backendd.store").info("migrated to %d", 3)
    logging.getLogger("backendd.store").debug("unseen")
    (line,) = written.getvalue().splitlines()
    assert line.endswith("INFO    backendd.store: migrated to 3")


def test_nothing_told_can_write_lines_or_steer_a_terminal(written: io.StringIO):
    logs.set_up("info", written)
    logging.getLogger("backendd").info("joined by %s", "eve\n2026 ERROR fake\x1b[2J\u202e\udcff\r")
    (line,) = written.getvalue().splitlines()
    assert line.endswith(r"joined by eve\n2026 ERROR fake[2J")


def test_of_an_exception_types_and_frames_are_told_and_nothing_that_it_says(
    written: io.StringIO,
):
    logs.set_up("info", written)
    try:
        try:
            fail(SECRET)
        except ValueError as error:
            error.add_note(SECRET)
            raise ExceptionGroup(SECRET, [OSError(28, SECRET), sqlite_error()]) from error
    except ExceptionGroup:
        logging.getLogger("backendd").exception("it failed")
    assert SECRET not in written.getvalue()
    lines = written.getvalue().splitlines()
    assert lines[0].endswith("ERROR   backendd: it failed")
    assert lines[1].startswith("Traceback")
    assert any("in fail" in line for line in lines)
    types = [line for line in lines if not line.startswith(" ")][2:]
    assert [line for line in types if not line.startswith("Traceback")] == [
        "ValueError",
        "which led to:",
        "ExceptionGroup",
        "among them:",
        "OSError (ENOSPC)",
        "among them:",
        "OperationalError (SQLITE_ERROR)",
    ]


def sqlite_error() -> sqlite3.Error:
    db = sqlite3.connect(":memory:")
    try:
        db.execute(f'SELECT "{SECRET}" FROM nowhere')
    except sqlite3.Error as error:
        return error
    finally:
        db.close()
    raise AssertionError("it has no such table")


async def test_what_fails_in_the_event_loop_quotes_no_arguments(written: io.StringIO):
    logs.set_up("info", written)
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    loop.call_soon(fail, SECRET)
    loop.call_soon(over.set)
    await over.wait()
    assert SECRET not in written.getvalue()
    assert "in fail" in written.getvalue()
    assert written.getvalue().splitlines()[-1] == "ValueError"


def test_for_the_journal_every_line_has_its_priority(tmp_path: Path, monkeypatch):
    with (tmp_path / "journal").open("w+") as file:
        status = os.fstat(file.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{status.st_dev}:{status.st_ino}")
        logs.set_up("debug", file)
        log = logging.getLogger("backendd")
        log.debug("d")
        log.info("i")
        log.warning("w")
        try:
            fail("why")
        except ValueError:
            log.exception("e")
        file.seek(0)
        lines = file.read().splitlines()
    assert lines[:4] == ["<7>backendd: d", "<6>backendd: i", "<4>backendd: w", "<3>backendd: e"]
    assert len(lines) > 6
    assert all(line.startswith("<3>") for line in lines[3:])


def test_a_stream_of_another_kind_is_not_the_journal(tmp_path: Path):
    with (tmp_path / "file").open("w") as file:
        assert not logs.is_journal(file, {"JOURNAL_STREAM": "8:1"})
        assert not logs.is_journal(file, {})
    assert not logs.is_journal(io.StringIO(), {"JOURNAL_STREAM": "8:1"})


def test_libraries_tell_no_stanzas_even_at_debug(written: io.StringIO):
    logs.set_up("debug", written)
    for name in ("slixmpp.xmlstream", "dbus_next", "aiosqlite"):
        log = logging.getLogger(name)
        log.debug("RECV: %s", SECRET)
        log.info("SEND: %s", SECRET)
        log.error("Parse error: %r", SECRET)
        try:
            fail(SECRET)
        except ValueError as error:
            log.error(error, exc_info=True)  # noqa: G201 - without a sentence
            log.error("Unable to parse: %-10.3s,\n%s", error, SECRET, exc_info=True)  # noqa: G201
    assert SECRET not in written.getvalue()
    first = [line.partition("slixmpp.xmlstream: ")[2] for line in written.getvalue().splitlines()]
    assert first[:3] == [
        "Parse error: ...",
        "ValueError (ValueError)",
        r"Unable to parse: ...,\n... (ValueError)",
    ]


def test_what_is_said_without_a_name_is_only_placed(written: io.StringIO):
    logs.set_up("info", written)
    logging.error(f"unexpected message: {SECRET}")  # noqa: G004, LOG015 - as dbus-next does
    (line,) = written.getvalue().splitlines()
    assert line.endswith("root: error in test_log.test_what_is_said_without_a_name_is_only_placed")


def test_setting_up_again_replaces_the_first(written: io.StringIO):
    logs.set_up("info", written)
    logs.set_up("error", written)
    logging.getLogger("backendd").info("no")
    logging.getLogger("backendd").error("once")
    assert written.getvalue().count("once") == 1
    assert "no" not in written.getvalue()
