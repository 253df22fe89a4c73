"""The generated pages are as the code is, and the check notices when not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.docs import dbus
from tools.docs.__main__ import PAGES

ROOT = Path(__file__).parents[2]
PATHS = (
    *("backendd", "primitivus", "tools", "tests/lab", "tests/primitivus/snapshots"),
    *("dbus-interfaces", "docs", "primitivus.doap", "README.md"),
)


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the pages are made from, and of the pages."""
    for path in PATHS:
        copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
        copy(ROOT / path, tmp_path / path)
    return tmp_path


def docs(directory, *arguments):
    command = (sys.executable, "-m", "tools.docs", *arguments)
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


def test_a_page_that_was_edited_is_named_and_written_anew(checkout):
    page = checkout / "docs/dbus.md"
    before = page.read_text()
    page.write_text(before + "by hand\n")
    checked = docs(checkout, "--check")
    assert checked.returncode == 1
    assert checked.stderr == "docs/dbus.md is out of date; run `make docs`\n"
    assert docs(checkout).returncode == 0
    assert page.read_text() == before
    assert docs(checkout, "--check").returncode == 0


def test_a_member_without_documentation_is_refused(checkout):
    path = checkout / "dbus-interfaces/org.primitivus.Backend1.Bare.xml"
    path.write_text('<node><interface name="a.Bare"><method name="Do"/></interface></node>')
    with pytest.raises(ValueError, match="Bare is not documented"):
        dbus.page(checkout)


def test_the_table_of_objects_names_every_interface():
    (row,) = (line for line in dbus.page(ROOT).splitlines() if "profile/<name>` |" in line)
    names = {path.stem.rpartition(".")[2] for path in (ROOT / "dbus-interfaces").glob("*.xml")}
    assert set(row.split("|")[2].strip().split(", ")) == names - {"Manager"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_that_it_is_generated(name):
    text = (ROOT / name).read_text().lower()
    assert "generated" in text or "<!-- capture: " in text
