"""In another language all that the program says is in that language, on every view."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.primitivus import pseudo

ROOT = Path(__file__).parents[2]


def test_every_view_is_in_the_language_of_the_catalogue(tmp_path):
    # What modules say is translated while they are loaded: it takes a process of its own.
    pseudo.write(tmp_path)
    environment = {
        **os.environ,
        "TESTS_LANGUAGE": pseudo.LANGUAGE,
        "LC_ALL": "C.UTF-8",
        "XDG_DATA_HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command.append("tests/primitivus/in_pseudo.py")
    # The names of sockets have to be short.
    with tempfile.TemporaryDirectory() as folder:
        command += ["--basetemp", f"{folder}/of"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout
