"""Forms for numbers: each language has its own, as many as it tells apart (CLDR, plural rules)."""

import importlib
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from primitivus import sentences
from tests.primitivus.pseudo import TEMPLATE

NUMBERS = (0, 1, 2, 5, 11, 21, 100)
# Which form each of these has.
FORMS = {
    "ja": (0, 0, 0, 0, 0, 0, 0),
    "fr": (0, 0, 2, 2, 2, 2, 2),  # the one between is that of millions
    "ru": (2, 0, 1, 2, 2, 0, 2),
    "sl": (3, 0, 1, 3, 3, 3, 3),
    "ar": (0, 1, 2, 3, 4, 4, 5),
}
COUNTS = {"ja": 1, "fr": 3, "ru": 3, "sl": 4, "ar": 6}


def counted():
    """Return the sentences of the template that count something: the context, and two forms."""
    with TEMPLATE.open("rb") as file:
        return [
            (each.context or "", *each.id)
            for each in read_po(file, locale="en")
            if each.pluralizable
        ]


def say(context, one, several, number, /, **given):
    """Return what the program says of a number of something."""
    if context:
        return sentences.cntr(context, one, several, number, **given)
    return sentences.ntr(one, several, number, **given)


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def an_example(*, has_context):
    """Return one of them in which nothing but the number is filled in."""
    found = (each for each in counted() if fields(each[2]) == {"n"})
    return next(each for each in found if bool(each[0]) is has_context)


def form_of(text, number):
    """Return a translation that says which form it is, and has all that is filled in."""
    return " ".join((f"form{number}", *(f"{{{each}}}" for each in sorted(fields(text)))))


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """What has the program speak a language, until the test is over."""

    def speak(language, made=form_of):
        catalogue = Catalog(locale=language)
        for context, one, several in counted():
            forms = tuple(made(several, each) for each in range(catalogue.num_plurals))
            catalogue.add((one, several), forms, context=context or None)
        path = tmp_path / "locale" / language / "LC_MESSAGES" / "primitivus.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        monkeypatch.setenv("LANGUAGE", language)
        importlib.reload(sentences)
        return catalogue.num_plurals

    yield speak
    monkeypatch.undo()
    importlib.reload(sentences)


@pytest.mark.parametrize("language", FORMS)
def test_each_number_has_the_form_of_its_language_in_every_sentence(speak, language):
    assert speak(language) == COUNTS[language]
    wrong = []
    for context, one, several in counted():
        given = dict.fromkeys(fields(several) - {"n"}, "x")
        for number, form in zip(NUMBERS, FORMS[language], strict=True):
            said = say(context, one, several, number, **given)
            which, *filled = said.split()
            if which != f"form{form}" or ("{n}" in several) != (str(number) in filled):
                wrong.append((several, number, said))
    assert wrong == []


@pytest.mark.parametrize("language", FORMS)
def test_a_form_may_do_without_the_number(speak, language):
    speak(language, lambda text, number: form_of(text, number).replace(" {n}", ""))
    for meant in an_example(has_context=False), an_example(has_context=True):
        for number, form in zip(NUMBERS, FORMS[language], strict=True):
            assert say(*meant, number) == f"form{form}"


@pytest.mark.parametrize("language", FORMS)
def test_a_form_that_is_missing_is_english(speak, language):
    speak(language, lambda text, number: "" if number else form_of(text, number))
    for meant in an_example(has_context=False), an_example(has_context=True):
        _, one, several = meant
        for number, form in zip(NUMBERS, FORMS[language], strict=True):
            english = (one if number == 1 else several).format(n=number)
            assert say(*meant, number) == (english if form else f"form0 {number}")


def test_what_is_said_of_one_is_about_no_more_than_what_is_said_of_several():
    # A form may have what the English one for several has: not all languages have one for 1 alone.
    assert [each for each in counted() if not fields(each[1]) <= fields(each[2])] == []
