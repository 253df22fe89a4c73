"""Clusters that terminals disagree on, in a terminal that disagrees: tmux."""

import os
import shutil
import subprocess
import time

import pytest
import wcwidth

from tests.primitivus.widgets.terminal.meaning import WRAP_OFF, fill, painter

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

COLUMNS, ROWS = 30, 6
DEADLINE_S = 90

DISPUTED = [
    "👩\u200d👩\u200d👧\u200d👦",
    "🇩🇪🇫🇷",
    "❤\ufe0f",
    "👍🏽",
    "e\u0301\u0323",
    "1\ufe0f\u20e3",
    "☃",
    "க்ஷி",
    "日\u0301",
    "🏴\u200d☠\ufe0f",
    "\xad",
    "🫨",
    "한국",
]


class Tmux:
    """One pane, and a way to write to it and ask what it shows."""

    def __init__(self, directory) -> None:
        self._socket = str(directory / "tmux")
        pipe = directory / "pipe"
        os.mkfifo(pipe)
        self._frames = 0
        self._run(
            *["-f", "/dev/null", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS + 1)],
            f"stty -echo -opost; exec cat {pipe}",
        )
        self._pipe = pipe.open("wb", buffering=0)

    def close(self) -> None:
        self._run("kill-server")
        self._pipe.close()

    def show(self, frame: str) -> None:
        """Write `frame` and return once tmux has taken it in."""
        self._frames += 1
        mark = f"frame {self._frames}"
        self._pipe.write(frame.encode() + f"\x1b]2;{mark}\x07".encode())
        deadline = time.monotonic() + DEADLINE_S
        while self.ask("#{pane_title}") != mark:
            assert time.monotonic() < deadline, "tmux did not take the frame in"

    def ask(self, what: str) -> str:
        return self._run("display-message", "-p", what)

    def text(self) -> list[str]:
        return self._run("capture-pane", "-p").split("\n")

    def at(self, column: int, row: int) -> str:
        """The character in a column, wherever text of a line stands after odd widths."""
        self.show(f"\x1b[{row + 1};{column + 1}H")
        return self.ask("#{cursor_character}")

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, "-u", *command],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
            timeout=DEADLINE_S,
        )
        return done.stdout.rstrip("\n")


@pytest.fixture
def tmux(tmp_path):
    pane = Tmux(tmp_path)
    pane.show(WRAP_OFF.decode())
    yield pane
    pane.close()


def column_of(text: str) -> int:
    return wcwidth.width(text)


@pytest.mark.parametrize("first", range(0, len(DISPUTED), 5))
def test_what_stands_beside_a_disputed_cluster_stays_in_its_column(tmux, first):
    clusters = DISPUTED[first : first + 5]
    ours = painter()

    def paint(lines):
        rows = [fill(line, COLUMNS) for line in lines]
        # Asking moved the cursor from where the painter left it.
        tmux.show("\x1b[H" + ours.paint((COLUMNS, ROWS), rows, (0, 0)))

    paint([[(None, "abcdefghijklmnopqrstuvwxyzabcdefghij")]] * ROWS)
    paint([[(None, f"ab{cluster}|cd{cluster}"), ("bar", "#")] for cluster in clusters])
    for row, cluster in enumerate(clusters):
        after = column_of(f"ab{cluster}")
        assert tmux.at(after, row) == "|"
        assert tmux.at(after + 1, row) == "c"
        assert tmux.at(column_of(f"ab{cluster}|cd{cluster}"), row) == "#"
        assert tmux.at(column_of(f"ab{cluster}|cd{cluster}#"), row) == " "

    # One character before, one in the middle, and the clusters gone: nothing of them is left.
    paint([[(None, f"xb{cluster}|ed{cluster}"), ("bar", "#")] for cluster in clusters])
    for row, cluster in enumerate(clusters):
        assert tmux.at(0, row) == "x"
        assert tmux.at(column_of(f"ab{cluster}|"), row) == "e"
    paint([[(None, "plain")]] * ROWS)
    assert [line.rstrip() for line in tmux.text()] == ["plain"] * ROWS


def test_scrolling_bands_and_the_last_column_in_tmux(tmux):
    ours = painter()
    lines = [[(None, f"{number} " + "日本" * number + "x" * 40)] for number in range(20)]
    for start in (0, 1, 2, 5, 4, 3, 0):
        shown = [[("bar", "top" + " " * 40)], *lines[start : start + ROWS - 1]]
        rows = [fill(line, COLUMNS) for line in shown]
        tmux.show(ours.paint((COLUMNS, ROWS), rows, (3, 3)))
        meant = ["".join(run[2].decode() for run in row).rstrip() for row in rows]
        assert [line.rstrip() for line in tmux.text()] == meant
