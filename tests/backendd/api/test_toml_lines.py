"""Keys of TOML files are found in the lines they are in."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.toml_lines import Locator, error_line, load

EXAMPLE = '''\
# a comment = with an equals sign
name = "first" # and [brackets]

[connection]
keepalive_s = 30
"quoted key" = 'x'
list = [
  1, # ] not the end
  [2, 3],
]
after_list = """
[not.a.table]
nor = "a key"
"""
after_text = \'\'\'it's
= fine\'\'\'
dotted . "in two" = 1

[ connection . deeper ]
key = { inline = 1, other = "}" }
last = 1.5e3

[["ctrl x"]]
a = 1
[["ctrl x"]]
b = 2
["ctrl x".below]
c = 3
'''
LINES = {
    ("name",): 2,
    ("connection",): 4,
    ("connection", "keepalive_s"): 5,
    ("connection", "quoted key"): 6,
    ("connection", "list"): 7,
    ("connection", "after_list"): 11,
    ("connection", "after_text"): 15,
    ("connection", "dotted"): 17,
    ("connection", "dotted", "in two"): 17,
    ("connection", "deeper"): 19,
    ("connection", "deeper", "key"): 20,
    ("connection", "deeper", "key", "inline"): 20,
    ("connection", "deeper", "last"): 21,
    ("ctrl x",): 23,
    ("ctrl x", 0, "a"): 24,
    ("ctrl x", 1): 25,
    ("ctrl x", 1, "b"): 26,
    ("ctrl x", 1, "below"): 27,
    ("ctrl x", 1, "below", "c"): 28,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "example.toml"


def located(path: Path, text: str) -> Locator:
    path.write_bytes(text.encode())
    return load(path)[1]


@pytest.mark.parametrize("place", LINES)
def test_each_key_is_in_its_line(place: tuple[str | int, ...], path: Path):
    assert located(path, EXAMPLE).line(*place) == LINES[place]


def test_line_ends_of_another_system_count_once(path: Path):
    windows = located(path, EXAMPLE.replace("\n", "\r\n"))
    assert [windows.line(*place) for place in LINES] == list(LINES.values())


def test_a_key_without_a_line_is_where_its_table_is(path: Path):
    locator = located(path, EXAMPLE)
    assert locator.line("connection", "absent", "too") == 4
    assert locator.line("absent") == 1


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = = 2\n", 2), ("a = 1\n\na = 2\n", 3), ("a = [1,", 0)]
)
def test_an_error_says_its_line(text: str, line: int, path: Path):
    path.write_text(text)
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        load(path)
    assert error_line(raised.value) == line


keys = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", min_codepoint=32))
values = st.sampled_from(
    ["1", "true", '"a # [b] = c"', "'\"'", "[[1],\n 2]", '"""\n[x]\ny=1\n"""', "{a = 1, b = []}"]
)


def _quoted(key: str) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(st.dictionaries(keys, values, min_size=1))
def test_any_keys_and_values_are_found(items: dict[str, str]):
    lines, text = {}, ""
    for key, value in items.items():
        lines[key] = text.count("\n") + 1
        text += f"{_quoted(key)} = {value}\n"
    assert set(tomllib.loads(text)) == set(items)
    locator = Locator(text)
    assert {key: locator.line(key) for key in items} == lines
