"""What is installed works from any directory: from the sdist, the wheel, and in editable form.

Slow by nature (it builds, and installs all dependencies into a new environment), so each of these
is done once for the whole file.
"""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = ("backendd", "primitivus", "jp")
DATA = {  # what the programs read at run time: place in the checkout, place in the wheel
    "dbus-interfaces/*.xml": "backendd/api/dbus-interfaces",
    "systemd/*": "backendd/api/systemd",
    "primitivus/keymaps/*.toml": "primitivus/keymaps",
    "primitivus/themes/*.toml": "primitivus/themes",
    "jp/templates/*.j2": "jp/templates",
    "backendd/store/migrations/*.sql": "backendd/store/migrations",
}

pytestmark = pytest.mark.timeout(600)


def run(*command, cwd):
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the sdist of this checkout, and the wheel that was made from that."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT), cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    """The wheel."""
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The commands' folder of a new environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    commands = folder / "bin"
    run(str(commands / "python"), "-m", "pip", "install", "-q", str(wheel), cwd=folder)
    return commands


def wanted():
    """Return the paths in the wheel of all data files of the checkout."""
    return {
        f"{place}/{path.name}" for pattern, place in DATA.items() for path in ROOT.glob(pattern)
    }


@pytest.mark.parametrize("pattern", DATA)
def test_the_checkout_has_data_of_each_kind(pattern):
    assert list(ROOT.glob(pattern))


def test_the_wheel_holds_the_data_of_the_checkout(wheel):
    with zipfile.ZipFile(wheel) as archive:
        assert wanted() - set(archive.namelist()) == set()


def test_the_wheel_holds_the_programs_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.startswith("primitivus-")} == set(COMMANDS)


def test_the_sdist_holds_what_the_project_is_made_of(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "Makefile", "pyproject.toml", "tests/conftest.py"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/"))]


def test_the_installed_data_is_found(installed, tmp_path):
    listing = "; ".join(
        (
            "from importlib.resources import files",
            "import backendd.api.introspection",
            "print(*(e.name for e in (files('backendd.api') / 'dbus-interfaces').iterdir()))",
        )
    )
    found = run(str(installed / "python"), "-c", listing, cwd=tmp_path).split()
    assert set(found) == {path.name for path in ROOT.glob("dbus-interfaces/*.xml")}
    shared = installed.parent / "share/dbus-1/interfaces"
    assert {path.name for path in shared.iterdir()} == set(found)


def test_each_command_has_a_manual_page(installed):
    pages = installed.parent / "share/man/man1"
    assert {path.name for path in pages.iterdir()} >= {f"{command}.1" for command in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_installed_command_explains_itself_from_any_directory(installed, command, tmp_path):
    assert "usage" in run(str(installed / command), "--help", cwd=tmp_path).lower()


@pytest.mark.parametrize("command", COMMANDS)
def test_an_editable_command_explains_itself_from_any_directory(command, tmp_path):
    path = Path(sys.executable).parent / command
    assert "usage" in run(str(path), "--help", cwd=tmp_path).lower()
