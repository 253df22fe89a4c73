"""The settings file, and what is said of a wrong one."""

import pytest

from primitivus.config import Settings, documentation, load_settings


def load(tmp_path, text):
    path = tmp_path / "primitivus.toml"
    path.write_text(text)
    settings, problems = load_settings(path)
    assert all(p.path == path for p in problems)
    return settings, [(p.line, p.sentence) for p in problems]


def test_no_file_gives_the_defaults(tmp_path):
    assert load_settings(tmp_path / "primitivus.toml") == (Settings(), [])


def test_a_file_sets_what_it_names(tmp_path):
    settings, problems = load(tmp_path, 'keymap = "vi"\nbell = false\nsequence_timeout_ms = 300\n')
    assert problems == []
    assert settings == Settings(keymap="vi", bell=False, sequence_timeout_ms=300)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('kaymap = "vi"', 'unknown setting "kaymap"; did you mean "keymap"?'),
        ("[look]\ntheme = 1", 'unknown setting "look"'),
        ('bell = "yes"', "bell has to be on or off (in the file true or false)"),
        ("keymap = 3", "keymap has to be a text in quotes"),
        ('symbols = "emoji"', "symbols has to be one of auto, utf-8, ascii"),
        ("sequence_timeout_ms = 3", "sequence_timeout_ms has to be a whole number, at least 50"),
        ("sequence_timeout_ms = true", "sequence_timeout_ms has to be a whole number, at least 50"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_works(tmp_path, text, sentence):
    settings, problems = load(tmp_path, f'# mine\ntheme = "light"\n{text}\n')
    assert problems == [(3, sentence)]
    assert settings == Settings(theme="light")


def test_a_file_that_is_no_toml_gives_the_defaults(tmp_path):
    settings, ((line, sentence),) = load(tmp_path, 'theme = "light"\nbell = maybe\n')
    assert line == 2
    assert sentence.startswith("the file is left out: this isn't valid TOML")
    assert settings == Settings()


def test_a_file_that_can_not_be_read_gives_the_defaults(tmp_path):
    folder = tmp_path / "primitivus.toml"
    folder.mkdir()
    settings, (problem,) = load_settings(folder)
    assert settings == Settings()
    assert str(problem) == f"{folder}: the file is left out: it can't be read: Is a directory"


def test_the_users_file_is_where_xdg_says(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "primitivus").mkdir()
    (tmp_path / "primitivus" / "primitivus.toml").write_text("title = false\n")
    assert load_settings() == (Settings(title=False), [])


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("bell", "off", False),
        ("bell", "NO", False),
        ("bell", "toggle", False),
        ("short_nicks", "toggle", True),
        ("short_nicks", "yes", True),
        ("sequence_timeout_ms", "700", 700),
        ("time_format", "%H:%M:%S", "%H:%M:%S"),
        ("editor", "", ""),
    ],
)
def test_a_setting_can_be_typed(name, text, value):
    assert getattr(Settings().with_text(name, text), name) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("bell", "loud", "bell has to be on or off"),
        ("sequence_timeout_ms", "soon", "a whole number"),
        ("sequence_timeout_ms", "-5", "a whole number"),
        ("symbols", "", "symbols has to be one of"),
        ("them", "light", 'did you mean "theme"'),
    ],
)
def test_a_wrong_value_is_refused(name, text, sentence):
    with pytest.raises(ValueError, match=sentence):
        Settings().with_text(name, text)


@pytest.mark.parametrize("name", documentation())
def test_every_setting_is_documented_and_can_be_typed_back(name):
    assert documentation()[name].doc
    assert Settings().with_text(name, Settings().text_of(name)) == Settings()
