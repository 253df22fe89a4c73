"""What reads pictures is shut in, whatever a picture makes it do."""

import subprocess
import sys

import pytest

START = "from primitivus.pictures.confinement import confine\n"
TRIED = {
    "to read a file": "open('/etc/passwd')",
    "to write a file": "open({path!r}, 'w')",
    "to go on writing one that is open": "os.write(1, b'x')",
    "to remove a file": "os.unlink({path!r})",
    "to reach somebody": "socket.socket()",
    "to reach somebody on this machine": "socket.socket(socket.AF_UNIX)",
    "to begin a process": "subprocess.run(['true'])",
    "to have another number of files": "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
    "to have more memory": "bytearray(2 << 30)",
}


def confined(text, tmp_path, before=""):
    """Run something in a process that has shut itself in; return its exit code and what it says."""
    modules = "import os, resource, socket, subprocess, sys\n"
    source = f"{modules}{START}{before}\nconfine()\n{text}\n"
    with (tmp_path / "output").open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", source],
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=100,
            check=False,
        )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("tried", TRIED)
def test_it_is_refused(tmp_path, tried):
    path = tmp_path / "mine"
    path.write_text("mine")
    text = TRIED[tried].format(path=str(path))
    attempt = f"try: {text}\nexcept (OSError, MemoryError, ValueError): os._exit(7)\nos._exit(0)"
    assert confined(attempt, tmp_path)[0] == 7
    assert path.read_text() == "mine"


def test_bounds_that_are_narrower_stay(tmp_path):
    before = "resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))"
    text = "os._exit(7 if resource.getrlimit(resource.RLIMIT_AS) == (1 << 29, 1 << 29) else 0)"
    assert confined(text, tmp_path, before)[0] == 7


def test_what_runs_on_and_on_is_ended_by_the_time_it_has(tmp_path):
    code, _ = confined(
        "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass", tmp_path
    )
    assert code < 0


def test_other_processes_are_out_of_reach_where_the_kernel_can_see_to_that(tmp_path):
    pytest.importorskip("ctypes")
    if not _has_scopes():
        pytest.skip("this kernel has no Landlock with scopes (Linux 6.12)")
    text = "try: os.kill(os.getppid(), 0)\nexcept PermissionError: os._exit(7)\nos._exit(0)"
    assert confined(text, tmp_path)[0] == 7


def _has_scopes():
    import ctypes

    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) >= 6
