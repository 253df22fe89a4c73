"""What is copied to be run elsewhere does what it says, whatever a file is called."""

import os
import subprocess

import pytest

from primitivus.commands.asking.outside import fetching

# Both as they are where the other side is this machine; scp as it was before OpenSSH 9.
SSH = '#!/bin/sh\nshift\nexec sh -c "$*"\n'
SCP = '#!/bin/sh\nsh -c "cat ${1#*:}" > "$2/$(basename "${1#*:}")"\n'


@pytest.mark.parametrize(
    "name",
    [
        "plan.txt",
        "Pl\u00e4ne \U0001f408.txt",
        "the plan.txt",
        "$(touch harm).txt",
        "`touch harm`",
        "a;touch harm;.txt",
        "a'; touch harm; '.txt",
        'a"$(touch harm)".txt',
        "a&touch harm",
        "[a]*?",
        "a\\ b",
    ],
)
def test_a_file_comes_whatever_it_is_called_and_nothing_else_happens(tmp_path, name):
    there, here, programs = (tmp_path / each for each in ("there", "here", "programs"))
    for each in (there, here, programs):
        each.mkdir()
    for program, does in (("ssh", SSH), ("scp", SCP)):
        (programs / program).write_text(does)
        (programs / program).chmod(0o755)
    (there / name).write_bytes(b"what it says")
    line = fetching(str(there / name))
    paths = f"{programs}:{os.environ['PATH']}"
    subprocess.run(["/bin/sh", "-c", line], cwd=here, env={"PATH": paths}, check=True)
    assert os.listdir(here) == [name]
    assert (here / name).read_bytes() == b"what it says"
