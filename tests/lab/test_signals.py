import signal
import subprocess
import sys

TESTS = "tests/lab/test_terminal.py"
INTERRUPTED = "test_ctrl_c_interrupts_the_program"
HUNG_UP = "test_a_lost_terminal_hangs_the_program_up"


def ignore():
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def test_programs_get_their_signals_though_the_tests_run_in_the_background(pytestconfig):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    finished = subprocess.run(
        [*command, f"{TESTS}::{INTERRUPTED}", f"{TESTS}::{HUNG_UP}"],
        cwd=pytestconfig.rootpath,
        preexec_fn=ignore,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout
    assert "2 passed" in finished.stdout
