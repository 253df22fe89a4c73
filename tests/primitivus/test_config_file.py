"""What saving settings makes of the user's file."""

import stat

import pytest

from primitivus.config import Settings, load_settings
from primitivus.config_file import NotSaved, save

MINE = """\
# my own
theme = "light"   # for the day
bell = true
time_format = '''
%H:%M'''

[later]  # what a newer version reads
bell = "loud"
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "primitivus" / "primitivus.toml"


@pytest.fixture
def mine(path):
    path.parent.mkdir()
    path.write_text(MINE)
    return path


def test_without_a_file_one_is_made_of_what_changed(path):
    assert save({"bell": False, "keymap": "vi"}, path) == path
    assert path.read_text() == 'bell = false\nkeymap = "vi"\n'
    assert load_settings(path) == (Settings(bell=False, keymap="vi"), [])


def test_values_are_changed_in_place_and_all_else_stays(mine):
    changes = {"theme": "mono", "bell": False, "time_format": 'at "%H"', "resources": True}
    save(changes, mine)
    assert (
        mine.read_text()
        == """\
# my own
theme = "mono"   # for the day
bell = false
time_format = "at \\"%H\\""

resources = true
[later]  # what a newer version reads
bell = "loud"
"""
    )


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_the_last_line_of_a_file_is_a_line_of_its_own(path, end):
    path.parent.mkdir()
    path.write_bytes(f"# mine\r\nbell = true{end}".encode())
    save({"title": False}, path)
    assert path.read_bytes() == b"# mine\r\nbell = true\r\ntitle = false\r\n"


@pytest.mark.parametrize(
    "text", [b"bell = maybe", b"bell = 'yes'", b"theme = 3", b"[bell]\nx = 1", b"\xff"]
)
def test_a_file_with_errors_is_left_as_it_is(path, text):
    path.parent.mkdir()
    path.write_bytes(text)
    with pytest.raises(NotSaved, match="nothing was saved"):
        save({"title": False, "bell": False}, path)
    assert path.read_bytes() == text
    assert list(path.parent.iterdir()) == [path]


def test_a_way_of_writing_that_is_not_understood_is_left_as_it_is(path):
    path.parent.mkdir()
    path.write_text('more = """\ntheme = "light"\n"""\ntheme = "mono"\n')
    before = path.read_text()
    with pytest.raises(NotSaved, match="not understood"):
        save({"theme": "default"}, path)
    assert path.read_text() == before


def test_a_link_and_the_rights_of_a_file_stay(mine, tmp_path):
    mine.chmod(0o600)
    link = tmp_path / "link.toml"
    link.symlink_to(mine)
    assert save({"bell": False}, link) == mine
    assert link.is_symlink()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o600
    assert load_settings(link)[0].bell is False


def test_where_nothing_can_be_written_it_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotSaved, match="can't be written"):
        save({"bell": False}, tmp_path / "file" / "primitivus.toml")
