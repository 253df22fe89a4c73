"""What is installed, whatever the paths are called."""

import re
import shlex
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from backendd.cli import templates
from backendd.cli.failure import CommandFailed

# systemd starts no program whose path has one of the others; arguments may.
PROGRAMS = ["plain", "two words", "100%n", "$HOME", "${HOME}", "été", "a;b"]
STRANGE = [*PROGRAMS, 'quo"te', "back\\slash", "it's", "a=b"]


def read(text: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False, delimiters="=", comment_prefixes="#")
    parser.optionxform = str
    parser.read_string(text)
    return parser


def test_no_placeholder_is_left():
    for environment in ({}, {"XDG_DATA_HOME": "/data"}):
        unit = templates.unit(["/bin/backendd", "fg"], environment, [Path("/data")])
        bus = templates.bus_service(["/bin/backendd", "fg"], environment)
        assert "@" not in unit.replace("@system-service", "").replace("@privileged @resources", "")
        assert "@" not in bus
        assert "@" not in templates.desktop_entry(["/bin/primitivus"], environment)


def test_the_bus_starts_the_unit_or_the_command():
    service = read(templates.bus_service(["/bin/backendd", "fg"], {}))["D-BUS Service"]
    assert service["Name"] == "org.primitivus.Backend1"
    assert service["SystemdService"] == "backendd.service"
    assert service["Exec"] == "/bin/backendd fg"


@pytest.mark.parametrize("name", STRANGE)
def test_the_bus_finds_a_program_of_any_name(name: str):
    command = ["/opt/backendd", "--config", f"/etc/{name}", "fg"]
    environment = {"XDG_DATA_HOME": f"/data/{name}"}
    line = read(templates.bus_service(command, environment))["D-BUS Service"]["Exec"]
    words = shlex.split(line.replace("\\\\", "\\"))
    assert words == ["/usr/bin/env", f"XDG_DATA_HOME=/data/{name}", *command]


@pytest.mark.parametrize("name", STRANGE)
def test_a_desktop_finds_a_program_of_any_name(name: str):
    environment = {"XDG_DATA_HOME": f"/data/{name}`"}
    entry = templates.desktop_entry(["/opt/primitivus", name], environment)
    line = read(entry)["Desktop Entry"]["Exec"]
    # The value of the key is unescaped first, then the words in quotes.
    value = line.replace("\\\\", "\\").replace("%%", "%")
    words = [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r'"((?:\\.|[^"\\])*)"', value)]
    assert words == ["/usr/bin/env", f"XDG_DATA_HOME=/data/{name}`", "/opt/primitivus", name]


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="needs desktop-file-utils")
def test_a_desktop_finds_nothing_wrong(tmp_path: Path):
    entry = tmp_path / templates.DESKTOP_FILE
    entry.write_text(templates.desktop_entry(["/opt/primitivus"], {"XDG_DATA_HOME": "/my data"}))
    subprocess.run(["desktop-file-validate", entry], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("name", STRANGE)
def test_systemd_finds_a_program_of_any_name_and_nothing_wrong(name: str, tmp_path: Path):
    program = tmp_path / (name if name in PROGRAMS else "plain") / "backendd"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    text = templates.unit(
        [str(program), "--config", name, "fg"], {"XDG_DATA_HOME": name}, [tmp_path / name]
    )
    unit = tmp_path / "backendd.service"
    unit.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", "--man=no", unit],
        env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    about_it = [line for line in done.stderr.splitlines() if "backendd" in line]
    assert (done.returncode, about_it) == (0, []), done.stderr


@pytest.mark.parametrize("name", sorted(set(STRANGE) - set(PROGRAMS)))
def test_a_program_that_can_not_be_started_is_refused(name: str):
    with pytest.raises(CommandFailed, match="can't be started"):
        templates.unit([f"/opt/{name}/backendd", "fg"], {}, [])
    with pytest.raises(CommandFailed, match="can't be started"):
        templates.bus_service([f"/opt/{name}/backendd", "fg"], {})


def test_a_path_with_a_line_end_is_refused():
    with pytest.raises(CommandFailed, match="can't be installed"):
        templates.unit(["/opt/new\nline", "fg"], {}, [])
