"""The settings of the backend, as it tells them: in force, and in which line of its file."""

from pathlib import Path

import pytest

from backendd import config
from backendd.features.configuration import model
from tests.lab.caller import Caller


@pytest.fixture
def file(backend):
    path = backend.scratch.config / "backendd.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture
async def configuration(backend, bus):
    """Call it for what the backend tells: of each setting, by its name in the file, a record."""
    caller = await Caller.open(bus.address, "nobody")

    async def read():
        told = plain(await caller.manage("Configuration", "a{sv}", {}))
        by_name = {f"{each['table']}.{each['name']}": each for each in told.pop("settings")}
        return told, by_name

    yield read
    await caller.close()


def plain(record):
    """Return a record of the bus without its types."""
    held = {key: getattr(value, "value", value) for key, value in record.items()}
    return {
        key: [plain(each) for each in value] if isinstance(value, list) else value
        for key, value in held.items()
    }


async def test_without_a_file_all_is_by_default_and_it_is_told_which_would_be_read(
    configuration, file
):
    told, settings = await configuration()
    assert told == {"file": str(file)}
    assert settings["connection.keepalive_s"]["value"] == "30"
    assert all(each.get("value") == each.get("default") for each in settings.values())
    assert all("line" not in each for each in settings.values())
    assert all(each["doc"] for each in settings.values())


async def test_what_the_file_has_is_told_with_its_line(backend, configuration, file):
    await backend.stop()
    file.write_text("# mine\n[history]\nkeep_days = 9\n[notifications]\ntext = false\n")
    await backend.start()
    _, settings = await configuration()
    kept = settings["history.keep_days"]
    assert (kept["value"], kept["default"], kept["written"], kept["line"]) == ("9", "0", "9", 3)
    assert settings["notifications.text"]["value"] == "false"
    assert settings["notifications.text"]["line"] == 5


async def test_what_was_written_since_the_start_is_told_beside_what_is_in_force(
    configuration, file
):
    file.write_text("[history]\nkeep_days = 9\n")
    _, settings = await configuration()
    kept = settings["history.keep_days"]
    assert (kept["value"], kept["written"], kept["line"]) == ("0", "9", 2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[history]\nkeep_day = 9\n", ':2: unknown key "keep_day"; did you mean "keep_days"?'),
        ("[history]\nkeep_days = -1\n", ":2: keep_days has to be a whole number, at least 0"),
        ("[history\n", ":1: this isn't valid TOML"),
        ("history = 3\n", ":1: history has to be a table"),
    ],
)
async def test_what_the_next_start_would_refuse_is_told_with_its_line(
    configuration, file, text, problem
):
    file.write_text(text)
    told, settings = await configuration()
    assert f"{file}{problem}" in told["problem"]
    assert settings["history.keep_days"]["value"] == "0"


def test_a_file_that_was_named_from_where_one_was_is_told_from_the_root_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = Path("mine.toml")
    given.write_text("[history]\nkeep_days = 9\n")
    now = config.load(given)
    given.write_text("[history]\nkeep_day = 9\n")
    told = model.configuration(now, given)
    assert told.file == str(tmp_path / given)
    assert told.problem.startswith(f"{tmp_path / given}:2: ")
