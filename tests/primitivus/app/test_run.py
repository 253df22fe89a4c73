"""What one run needs besides the screen: its log."""

import logging
import stat

from primitivus.app.run import LogFile


def test_the_log_stays_small_and_private(tmp_path):
    path = tmp_path / "a.log"
    handler = LogFile(path, maxBytes=1000, backupCount=1, encoding="utf-8")
    for number in range(300):
        handler.emit(logging.makeLogRecord({"msg": f"line {number} of the log"}))
    handler.close()
    files = sorted(tmp_path.iterdir())
    assert [each.name for each in files] == ["a.log", "a.log.1"]
    assert all(each.stat().st_size <= 1000 for each in files)
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in files)
    assert "line 299" in path.read_text()
