"""The layers of ARCHITECTURE.md hold, and what guards them notices when they don't."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("backendd", "primitivus", "jp", "tools", "tests", "bench")
LONGEST = 250
OF_TYPING = re.compile(
    r"^ *from typing import .*\bNamedTuple\b|\btyping\.NamedTuple\b", re.MULTILINE
)
VIOLATIONS = {  # contract: a file and the import that breaks it
    "daemon-layers": ("backendd/core/broken.py", "import backendd.bus"),
    "no-circles": ("backendd/session/missing.py", "import backendd.session.home"),
    "feature-layers": ("backendd/features/broken/model.py", "import backendd.features.broken.bus"),
    "features-independent": ("backendd/features/broken/bus.py", "import backendd.features.other"),
    "home": ("backendd/features/broken/feature.py", "import backendd.session.session"),
    "stages": ("backendd/features/broken/inbound.py", "import backendd.session.home"),
    "primitivus-layers": ("primitivus/model/broken.py", "import primitivus.widgets"),
    "daemon-alone": ("backendd/api/broken.py", "import primitivus"),
    "frontend-api-only": ("primitivus/model/curious.py", "import backendd.core"),
    "frontends-apart": ("jp/kinds/sharing.py", "import primitivus"),
    "jp-layers": ("jp/kinds/broken.py", "import jp.session"),
    "templates": ("jp/output/rendering.py", "import jinja2"),
    "bars": ("jp/output/showing.py", "import tqdm"),
    "urwid": ("primitivus/model/drawing.py", "import urwid"),
    "dbus": ("backendd/core/talking.py", "import dbus_next"),
    "slixmpp": ("backendd/features/broken/service.py", "import slixmpp"),
    "sql": ("backendd/core/storing.py", "import sqlite3"),
    "http": ("backendd/core/fetching.py", "import aiohttp"),
    "markup": ("backendd/core/marking.py", "import nh3"),
    "pillow": ("primitivus/pictures/showing.py", "import PIL"),
    "cryptography": ("backendd/store/sealing.py", "import cryptography"),
}


def contracts():
    """Return the contracts of .importlinter by id."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:"
    return {name.removeprefix(prefix): config[name] for name in config if name.startswith(prefix)}


def lint(directory, contract=None):
    """Run import-linter in `directory`; return its exit code and output."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    if contract:
        command += ["--contract", contract]
    env = {**os.environ, "PYTHONPATH": str(directory), "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=directory, env=env, capture_output=True, text=True, timeout=250, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A copy of the sources that breaks each contract once."""
    directory = tmp_path_factory.mktemp("broken")
    shutil.copy(ROOT / ".importlinter", directory)
    for package in ("backendd", "primitivus", "jp"):
        shutil.copytree(ROOT / package, directory / package)
    for path, line in VIOLATIONS.values():
        target = directory / path
        target.parent.mkdir(exist_ok=True)
        (target.parent / "__init__.py").touch()
        target.write_text(line + "\n")
    (directory / "backendd/features/broken/bus.py").touch()
    (directory / "backendd/features/other").mkdir()
    (directory / "backendd/features/other/__init__.py").touch()
    return directory


def test_every_folder_with_sources_is_a_package():
    # import-linter passes silently over a folder without __init__.py
    folders = {
        path.parent
        for source in SOURCES
        for path in (ROOT / source).rglob("*.py")
        if "__pycache__" not in path.parts
    }
    assert [str(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def test_the_interfaces_can_be_read_in_a_window_of_a_hundred_columns():
    files = list((ROOT / "dbus-interfaces").glob("*.xml"))
    assert files
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if len(line) > 100] == []


def test_every_contract_is_known_to_notice_a_violation():
    assert set(contracts()) == set(VIOLATIONS)


def test_the_broken_copy_breaks_every_contract(broken):
    code, output = lint(broken)
    assert code == 1
    kept = [name for name in contracts() if f"{contracts()[name]['name']} KEPT" in output]
    assert kept == []
    assert f"{len(VIOLATIONS)} broken" in output


def test_the_frontend_may_import_only_the_api_of_the_daemon():
    forbidden = set(contracts()["frontend-api-only"]["forbidden_modules"].split())
    children = {
        f"backendd.{path.stem}"
        for path in (ROOT / "backendd").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert forbidden == children - {"backendd.api", "backendd.__init__"}


def test_no_module_of_the_programs_or_the_tools_is_longer_than_one_can_keep_in_mind():
    modules = [
        path
        for name in ("backendd", "primitivus", "jp", "tools")
        for path in (ROOT / name).rglob("*.py")
        if "__pycache__" not in path.parts
    ]
    assert modules
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert [str(path.relative_to(ROOT)) for path in modules if lines[path] > LONGEST] == []


def test_the_end_of_the_frontend_waits_for_no_disk_that_hangs():
    # What asyncio does in threads, asyncio.run waits for; `apart` is for what may hang.
    allowed = {Path("primitivus/app/run.py")}  # imports the program itself
    users = {
        path.relative_to(ROOT)
        for path in (ROOT / "primitivus").rglob("*.py")
        if "to_thread" in path.read_text(encoding="utf-8")
        or "run_in_executor" in path.read_text(encoding="utf-8")
    }
    assert users == allowed


def test_programs_are_begun_by_the_one_module_that_ends_them_whenever_it_is_cancelled():
    # asyncio's own hang where they are cancelled while they begin.
    users = {
        path.relative_to(ROOT)
        for name in ("backendd", "primitivus", "jp")
        for path in (ROOT / name).rglob("*.py")
        if "create_subprocess" in path.read_text(encoding="utf-8")
    }
    assert users == set()


def test_named_tuples_are_those_that_are_not_compiled_at_each_start():
    users = {
        path.relative_to(ROOT)
        for name in ("backendd", "primitivus", "jp")
        for path in (ROOT / name).rglob("*.py")
        if OF_TYPING.search(path.read_text(encoding="utf-8"))
    }
    assert users == {Path("backendd/api/tuples.py")}  # which tells mypy what they are
