"""The command line: help at once, mistakes named."""

import subprocess
import sys

import pytest

MODULES = """
import sys
sys.argv = ["backendd", *sys.argv[1:]]
from backendd.__main__ import main
try:
    main()
except SystemExit:
    pass
print(*sys.modules)
"""
HEAVY = {"asyncio", "dbus_next", "slixmpp", "sqlite3", "cryptography", "logging"}


def backendd(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "backendd", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("words", [["--help"], ["profile", "add", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(words: list[str]):
    command = [sys.executable, "-c", MODULES, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert not HEAVY & set(done.stdout.splitlines()[-1].split())


def test_help_names_every_command():
    done = backendd("--help")
    assert done.returncode == 0
    for command in ("fg", "stop", "status", "profile", "unlock", "install", "uninstall"):
        assert f"\n    {command} " in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sotp"], "invalid choice: 'sotp'"),
        (["profile"], "required: COMMAND"),
        (["profile", "add", "alice"], "required: JID"),
        (["profile", "add", "alice", "a@b", "--port", "0"], "from 1 to 65535"),
        (["profile", "add", "alice", "a@b", "--port", "x"], "from 1 to 65535"),
        (["unlock"], "required: NAME"),
        (["status", "now"], "unrecognized arguments: now"),
    ],
)
def test_wrong_usage_is_named_and_ends_with_2(words: list[str], said: str):
    done = backendd(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
