"""Sentences in the user's language: which it is, and that no translation does harm."""

import importlib
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from primitivus import sentences
from primitivus.sentences import ctr, ntr, tr, translated

VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "XDG_DATA_HOME", "XDG_DATA_DIRS")


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """What has the program speak as the environment says, until the test is over."""

    def speak(**environment):
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        importlib.reload(sentences)

    yield speak
    monkeypatch.undo()
    importlib.reload(sentences)


def write(folder, language, said, locale="de"):
    """Write a catalogue of what is said for what: a form or several, also in a context."""
    catalogue = Catalog(locale=locale)
    for text, translation in said.items():
        context, _, text = text.rpartition("|") if isinstance(text, str) else ("", "", text)
        catalogue.add(text, translation, context=context or None)
    path = folder / "locale" / language / "LC_MESSAGES" / "primitivus.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return path


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "de_DE.UTF-8"},
        {"LC_ALL": "de_DE.UTF-8", "LANG": "fr_FR.UTF-8"},
        {"LC_MESSAGES": "de_AT@euro", "LANG": "C"},
        {"LANG": "fr_FR.UTF-8", "LANGUAGE": "de:en"},
        {"LANG": "C.UTF-8", "LANGUAGE": "xx:de"},
    ],
    ids=str,
)
def test_the_language_is_the_one_that_the_environment_says(speak, tmp_path, environment):
    write(tmp_path, "de", {"nobody was found": "niemand gefunden"})
    speak(**environment)
    assert tr("nobody was found") == "niemand gefunden"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANGUAGE": "de"},
        {"LANG": "de_DE.UTF-8", "LC_ALL": "C"},
        {"LANG": "en_GB.UTF-8"},
        {"LANG": "de_DE.UTF-8", "LANGUAGE": "en:de"},
        {"LANG": "../locale/de"},
    ],
    ids=str,
)
def test_it_is_english_where_none_or_english_is_wanted(speak, tmp_path, environment):
    write(tmp_path, "de", {"nobody was found": "niemand gefunden"})
    speak(**environment)
    assert tr("nobody was found") == "nobody was found"


def test_a_country_goes_before_its_language_and_the_user_before_the_system(speak, tmp_path):
    write(tmp_path / "system", "de", {"one": "system", "two": "system"})
    write(tmp_path / "system", "de_AT", {"one": "Austria"})
    speak(LANG="de_AT.UTF-8")
    assert tr("one") == "Austria"
    write(tmp_path, "de_AT", {"one": "own"})
    speak(LANG="de_AT.UTF-8")
    assert tr("one") == "own"
    speak(LANG="de_DE.UTF-8")
    assert tr("one") == "system"


def test_a_text_may_mean_several_things(speak, tmp_path):
    write(tmp_path, "de", {"of a file|open": "offen", "open": "öffnen"})
    speak(LANG="de_DE.UTF-8")
    assert ctr("of a file", "open") == "offen"
    assert ctr("of a door", "open") == "open"
    assert tr("open") == "öffnen"
    assert translated("open") == "öffnen"


def test_fields_may_stand_elsewhere_and_braces_without_fields_are_braces(speak, tmp_path):
    write(tmp_path, "de", {"{who} in {room}": "in {room}: {who}", "a { brace": "eine { Klammer"})
    speak(LANG="de_DE.UTF-8")
    assert tr("{who} in {room}", who="Ann {x}", room="garden") == "in garden: Ann {x}"
    assert tr("a { brace") == "eine { Klammer"


def test_a_language_has_as_many_forms_for_a_number_as_it_needs(speak, tmp_path):
    forms = ("{n} plik idzie do {whom}", "{n} pliki idą do {whom}", "{n} plików idzie do {whom}")
    english = ("{n} file goes to {whom}", "{n} files go to {whom}")
    write(tmp_path, "pl", {english: forms}, locale="pl")
    assert ntr(*english, 1, whom="Ann") == "1 file goes to Ann"
    assert ntr(*english, 0, whom="Ann") == "0 files go to Ann"
    speak(LANG="pl_PL.UTF-8")
    assert [ntr(*english, n, whom="Ann").split()[1] for n in (1, 2, 5, 12, 22)] == [
        "plik", "pliki", "plików", "plików", "pliki",
    ]  # fmt: skip
    assert ntr("one is left", "{n} are left", 1) == "one is left"


@pytest.mark.parametrize(
    "translation",
    [
        "{wer} kommt",
        "kommt",
        "{who} {who.__class__} kommt",
        "{who!r} kommt",
        "{who:>9999999} kommt",
        "{who kommt",
        "{} kommt",
        "{who}\n kommt",
        "{who} \x1b[2Jkommt",
        "{who} \x9bkommt",
        "{who} \u202ekommt",
    ],
)
def test_a_translation_that_would_do_harm_is_not_used(speak, tmp_path, translation):
    write(tmp_path, "de", {"{who} comes": translation})
    write(tmp_path, "nl", {("{n} of {who}", "{n}s of {who}"): (translation, translation)}, "nl")
    speak(LANG="de_DE.UTF-8")
    assert tr("{who} comes", who="Ann") == "Ann comes"
    speak(LANG="nl_NL.UTF-8")
    harmless = translation == "kommt"  # a form may leave something out
    said = ntr("{n} of {who}", "{n}s of {who}", 2, who="Ann")
    assert said == (translation if harmless else "2s of Ann")


@pytest.mark.parametrize("mark", ["\u200e", "\u200f"])
def test_a_mark_of_direction_may_stand_in_a_translation(speak, tmp_path, mark):
    write(tmp_path, "ar", {"{who} comes": f"{mark}{{who}} يأتي"}, "ar")
    speak(LANG="ar_EG.UTF-8")
    assert tr("{who} comes", who="Ann") == f"{mark}Ann يأتي"


def broken(whole):
    """Return what may be wrong with a file."""
    header = b"Content-Type: text/plain; charset=utf-8"
    return {
        "empty": b"",
        "no catalogue": b"never" * 1000,
        "cut": whole[: len(whole) // 2],
        "another encoding": whole.replace(header, header.replace(b"utf-8", b"utf-16")),
        "no such encoding": whole.replace(header, header.replace(b"utf-8", b"utf-x")),
        "no formula": whole.replace(b"plural=(n != 1)", b"plural=(n !! 1)"),
    }


@pytest.mark.parametrize("how", sorted(broken(b"")))
def test_a_catalogue_that_is_broken_is_left_out_and_told(speak, tmp_path, how):
    path = write(tmp_path, "de", {"nobody was found": "niemand gefunden"})
    path.write_bytes(broken(path.read_bytes())[how])
    speak(LANG="de_DE.UTF-8")
    assert tr("nobody was found") == "nobody was found"
    assert [problem.path for problem in sentences.problems()] == [path]


def test_a_formula_that_fails_gives_the_english_form(speak, tmp_path):
    path = write(tmp_path, "de", {("{n} file", "{n} files"): ("{n} Datei", "{n} Dateien")})
    path.write_bytes(path.read_bytes().replace(b"plural=(n != 1)", b"plural=(n  % 0)"))
    speak(LANG="de_DE.UTF-8")
    assert ntr("{n} file", "{n} files", 2) == "2 files"


def test_nothing_of_gettext_is_loaded_for_english(tmp_path):
    code = "import sys, primitivus.sentences; print('gettext' in sys.modules)"
    environment = {"LANG": "en_GB.UTF-8", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
