"""What is wrong in a file of the user's: as the backend says it of its own, in any language."""

import ast
from pathlib import Path

import pytest

import primitivus
from backendd import config
from backendd.api import settings
from backendd.api.form_rules import refuse as refused_by_backend
from backendd.api.records import FormRule
from backendd.api.settings import documentation, misfit, setting
from backendd.api.values import Value
from primitivus.config import Settings
from primitivus.model.popups.form_rule import refuse
from primitivus.user_files import Unknown, read_toml, trouble, unknown, wanted_number

ROOT = Path(primitivus.__file__).parent
KINDS = (Settings, *config.tables().values())
SETTINGS = [(kind, name) for kind in KINDS for name in documentation(kind)]


class Numbers(Value):
    """Settings of numbers with any bounds."""

    free: int = setting(1, "")
    least: int = setting(1, "", least=1)
    most: int = setting(1, "", most=2)
    both: int = setting(1, "", least=1, most=2)


@pytest.mark.parametrize(
    ("kind", "name"), [*SETTINGS, *((Numbers, name) for name in documentation(Numbers))]
)
def test_a_wrong_value_is_told_as_the_backend_tells_it(kind, name):
    said = [
        (trouble(name, wrong), settings.trouble(kind, name, value))
        for value in ("%q here", "", "x/y", 3, -1, True, [], 1e3)
        if (wrong := misfit(kind, name, value)) is not None
    ]
    assert said
    assert all(one == other for one, other in said)


def test_a_number_that_is_typed_is_told_what_it_has_to_be():
    told = [wanted_number(meaning) for meaning in documentation(Numbers).values()]
    assert told == [
        "a whole number",
        "a whole number, at least 1",
        "a whole number, at most 2",
        "a whole number from 1 to 2",
    ]


@pytest.mark.parametrize("name", ["bel", "xyzzy"])
@pytest.mark.parametrize("is_listing", [False, True])
def test_a_name_that_nothing_has_is_told_as_the_backend_tells_it(name, is_listing):
    known = ("bell", "theme")
    said = unknown(f'unknown setting "{name}"', name, known, is_listing=is_listing)
    assert said == settings.unknown("setting", name, known, is_listing=is_listing)


def test_a_file_that_cant_be_read_is_left_out_and_told_with_the_line(tmp_path):
    wrong = {"a": b"x = 1\ny = = 2\n", "b": b"x = 1\ny = '\xff'\n"}
    for name, held in wrong.items():
        (tmp_path / name).write_bytes(held)
    (tmp_path / "c").mkdir()
    problems = [read_toml(tmp_path / name)[2] for name in "abc"]
    assert [(each.line, each.sentence.split(" (")[0]) for (each,) in problems] == [
        (2, "the file is left out: this isn't valid TOML: Invalid value"),
        (2, "the file is left out: this is not UTF-8"),
        (0, "the file is left out: it can't be read: Is a directory"),
    ]


def test_a_problem_that_a_name_is_unknown_is_a_problem_as_others():
    problem = Unknown(Path("a.toml"), 3, 'unknown setting "x"')
    assert str(problem) == 'a.toml:3: unknown setting "x"'


@pytest.mark.parametrize(
    ("value", "rule", "said"),
    [
        ("old", ("xs:integer", "", ""), "it has to be a whole number"),
        ("old", ("xs:decimal", "", ""), "it has to be a number"),
        ("old", ("xs:date", "", ""), "it has to be a date as 2026-11-25"),
        ("old", ("xs:dateTime", "", ""), "it has to be a time as 2026-11-25T20:00:00Z"),
        ("old", ("xs:time", "", ""), "it has to be a time of day as 20:00:00"),
        ("121", ("xs:integer", "0", "120"), "it has to be from 0 to 120"),
        ("-1", ("xs:integer", "0", ""), "it has to be 0 or more"),
        ("121", ("xs:integer", "", "120"), "it has to be 120 or less"),
        ("12", ("xs:integer", "0", "120"), ""),
        ("12", ("xs:string", "", ""), ""),
    ],
)
def test_what_a_form_wants_is_told_where_the_backend_would_refuse_it(value, rule, said):
    datatype, least, most = rule
    assert refuse(value, FormRule(datatype, min=least, max=most)) == said
    assert bool(refused_by_backend(value, *rule)) == bool(said)


def test_no_sentence_of_the_backend_is_taken_for_one_of_the_program():
    makers = {"trouble", "unknown", "refuse"}
    found = [
        (path.relative_to(ROOT).as_posix(), each.name)
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("backendd.api")
        for each in node.names
        if each.name in makers or (each.name == "settings" and path.name != "config.py")
    ]
    assert found == [("user_files.py", "settings")]  # what reads them, by `nearest` and `read`
