"""What a command loads: nothing that it can do without, for it starts as often as it is called."""

import subprocess
import sys

import pytest

# Each takes as long to load as a call to the backend, or several times that.
HEAVY = ("argparse", "asyncio", "dataclasses", "dbus_next", "inspect", "json", "logging", "pathlib")
HEAVY += ("re", "socket", "typing", "urllib.parse", "xml.etree.ElementTree")
HEAVY += ("backendd.api.records", "backendd.api.link", "jinja2", "wcwidth")
SEND = ["arguments", "session", "running", "commands.message.send"]


def loaded_to_send():
    """Return what is loaded to send a message, in a Python that had nothing but its own."""
    modules = ["jp.__main__", *(f"jp.{each}" for each in SEND)]
    code = "import sys; before = set(sys.modules)\n"
    code += "".join(f"import {each}\n" for each in modules)
    code += "print(*(set(sys.modules) - before))"
    words = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_who_sends_a_message_loads_nothing_that_takes_its_time():
    assert loaded_to_send().intersection(HEAVY) == set()


@pytest.mark.parametrize("other", ["profile", "watch", "call", "message.list"])
def test_no_module_of_another_command_is_loaded(other):
    assert f"jp.commands.{other}" not in loaded_to_send()
