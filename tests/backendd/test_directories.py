"""Where received files go."""

from pathlib import Path

import pytest

from backendd import directories


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    return tmp_path


def user_dirs(home: Path, text: str) -> None:
    (home / "config/user-dirs.dirs").write_text(text)


def test_they_go_to_downloads(home: Path):
    assert directories.downloads(environment={}) == home / "Downloads"


def test_the_desktop_may_have_another_place(home: Path):
    user_dirs(home, '# XDG_DOWNLOAD_DIR="$HOME/no"\nXDG_DOWNLOAD_DIR="$HOME/T\u00e9l\u00e9"\n')
    assert directories.downloads(environment={}) == home / "T\u00e9l\u00e9"
    user_dirs(home, 'XDG_DOWNLOAD_DIR="/data/in"\n')
    assert directories.downloads(environment={}) == Path("/data/in")


def test_a_relative_place_is_none(home: Path):
    user_dirs(home, 'XDG_DOWNLOAD_DIR="in"\n')
    assert directories.downloads(environment={}) == home / "Downloads"
    assert directories.downloads(environment={"XDG_DOWNLOAD_DIR": "in"}) == home / "Downloads"


def test_the_environment_comes_before_the_desktop_and_the_settings_before_both(home: Path):
    user_dirs(home, 'XDG_DOWNLOAD_DIR="$HOME/desktop"\n')
    environment = {"XDG_DOWNLOAD_DIR": "/from/environment"}
    assert directories.downloads(environment=environment) == Path("/from/environment")
    assert directories.downloads("~/mine", environment) == home / "mine"
