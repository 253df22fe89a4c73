"""What one run needs besides the screen: its log."""

import logging
import stat

from primitivus.app.log import Log
from primitivus.app.log_file import LogFile


def said(text):
    return logging.makeLogRecord({"msg": text})


def test_the_log_stays_small_and_private(tmp_path):
    path = tmp_path / "state" / "a.log"
    handler = LogFile(path, most=1000)
    for number in range(300):
        handler.emit(said(f"line {number} of the log"))
    handler.close()
    files = sorted(path.parent.iterdir())
    assert [each.name for each in files] == ["a.log", "a.log.1"]
    assert all(each.stat().st_size <= 1000 for each in files)
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in files)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "line 299" in path.read_text()


def test_a_run_that_goes_well_leaves_no_log(tmp_path):
    path = tmp_path / "a.log"
    log = Log(path)
    assert not path.exists()
    log.emit(said("that went wrong"))
    log.emit(said("and that"))
    log.close()
    assert path.read_text() == "that went wrong\nand that\n"


def test_where_no_log_can_be_nothing_is_said_of_it(tmp_path):
    (tmp_path / "file").touch()
    log = Log(tmp_path / "file" / "a.log")
    log.emit(said("that went wrong"))
    log.close()


def test_a_log_that_can_not_be_written_says_nothing_on_the_screen(tmp_path, capfd):
    (tmp_path / "a.log").symlink_to("/dev/full")
    log = Log(tmp_path / "a.log")
    log.emit(said("that went wrong"))
    log.close()
    assert capfd.readouterr() == ("", "")
