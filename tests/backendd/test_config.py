"""backendd.toml: what it may hold, and what is said about what it may not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backendd import config
from backendd.api.settings import documentation
from backendd.config import Config, ConfigError


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's file, which isn't there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", f"{tmp_path / 'etc'}:{tmp_path / 'opt'}")
    path = tmp_path / "home/primitivus/backendd.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def refused(path: Path) -> Callable[[str], str]:
    """What is said about a file, without its place."""

    def refuse(text: str) -> str:
        path.write_text(text)
        with pytest.raises(ConfigError) as raised:
            config.load()
        said = str(raised.value)
        assert said.startswith(f"{path}:")
        return said.removeprefix(f"{path}:")

    return refuse


def test_no_file_is_the_defaults(path: Path):
    settings = config.load()
    assert settings == Config()
    assert settings.backend.log_level == "info"
    assert settings.history.keep_days == 0


def test_a_file_changes_what_it_says(path: Path):
    path.write_text('[connection]\nkeepalive_s = 60\n[files]\ndownload_dir = "~/in"\n')
    settings = config.load()
    assert settings.connection.keepalive_s == 60
    assert settings.connection.backoff_max_s == 300
    assert settings.files.download_dir == "~/in"


def test_the_users_file_comes_before_the_systems(path: Path, tmp_path: Path):
    for place, days in (("opt", 3), ("etc", 2)):
        file = tmp_path / place / "primitivus/backendd.toml"
        file.parent.mkdir(parents=True)
        file.write_text(f"[history]\nkeep_days = {days}\n")
        assert config.load().history.keep_days == days
    path.write_text("[history]\nkeep_days = 1\n")
    assert config.load().history.keep_days == 1


def test_a_file_given_is_the_only_one_read(path: Path, tmp_path: Path):
    path.write_text("[history]\nkeep_days = 1\n")
    given = tmp_path / "given.toml"
    given.write_text("[history]\nkeep_days = 9\n")
    assert config.load(given).history.keep_days == 9


def test_a_file_given_has_to_be_there(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"absent.toml: can't be read: No such file"):
        config.load(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[conection]\n", '1: unknown table "conection"; did you mean "connection"?'),
        (
            "\n[connection]\nkeepalive = 3\n",
            '3: unknown key "keepalive"; did you mean "keepalive_s"?',
        ),
        ("[connection]\nxyzzy = 3\n", '2: unknown key "xyzzy"'),
        ("keepalive_s = 3\n", '1: unknown key "keepalive_s"'),
        ("history = 3\n", "1: history has to be a table: write [history]"),
        (
            '[connection]\nkeepalive_s = "30"\n',
            "2: keepalive_s has to be a whole number from 10 to 900",
        ),
        (
            "[connection]\nkeepalive_s = 30.0\n",
            "2: keepalive_s has to be a whole number from 10 to 900",
        ),
        (
            "[connection]\nkeepalive_s = true\n",
            "2: keepalive_s has to be a whole number from 10 to 900",
        ),
        (
            "[connection]\nkeepalive_s = 1\n",
            "2: keepalive_s has to be a whole number from 10 to 900",
        ),
        (
            "[connection]\nkeepalive_s = 10000\n",
            "2: keepalive_s has to be a whole number from 10 to 900",
        ),
        ("[backend]\nlog_level = 3\n", "2: log_level has to be a text in quotes"),
        (
            '[backend]\nlog_level = "loud"\n',
            "2: log_level has to be one of debug, info, warning, error",
        ),
        (
            '[files]\ndownload_dir = "in"\n',
            "2: download_dir has to be an absolute path, or one that begins with ~/",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, said: str, refused: Callable[[str], str]):
    assert refused(text) == said


def test_what_is_no_toml_is_named_with_its_line(refused: Callable[[str], str]):
    assert refused("[backend]\nlog_level = = 2\n").startswith("2: this isn't valid TOML: ")


def test_what_is_no_text_is_named_with_its_line(path: Path):
    path.write_bytes(b"# caf\xc3\xa9\n# caf\xe9\n")
    with pytest.raises(ConfigError, match=r"backendd.toml:2: this is not UTF-8"):
        config.load()


def test_a_directory_in_its_place_is_a_sentence(path: Path):
    path.mkdir()
    with pytest.raises(ConfigError, match="can't be read: Is a directory"):
        config.load()


@pytest.mark.parametrize(
    "place",
    [
        ("backend", "log_level"),
        ("connection", "keepalive_s"),
        ("connection", "backoff_max_s"),
        ("history", "archive_page"),
        ("history", "keep_days"),
        ("files", "download_dir"),
    ],
)
def test_every_key_says_what_it_means_and_its_default_would_pass(
    path: Path, place: tuple[str, str]
):
    table, name = place
    declared = config.tables()[table]
    assert documentation(declared)[name].doc.endswith(".")
    default = getattr(declared(), name)
    value = f'"{default}"' if isinstance(default, str) else default
    path.write_text(f"[{table}]\n{name} = {value}\n")
    assert config.load() == Config()
