"""Times, numbers and sizes in the user's language."""

import time

import pytest

from primitivus.model.wording import written
from primitivus.model.wording.times import local_moment
from tests.primitivus.pseudo import said

# 2 May 2026, a Saturday.
AT = time.struct_time((2026, 5, 2, 9, 7, 3, 5, 122, 0))
FORM = "%A %a, %d. %B %b %h %Y 100%% %H:%M"


@pytest.fixture
def foreign(monkeypatch):
    """Have the catalogue say all in other letters, with commas for points."""
    signs = {"before decimals": ",", "between thousands": "."}
    caches = (written._names, written._units)
    for each in caches:
        each.cache_clear()
    monkeypatch.setattr(written, "ctr", lambda meant, text: signs.get(meant) or said(text))
    yield
    for each in caches:
        each.cache_clear()


def test_in_english_a_time_is_as_the_locale_has_it():
    assert written.strftime(FORM, AT) == time.strftime(FORM, AT)


def test_names_of_days_and_months_are_those_of_the_catalogue(foreign):
    names = " ".join(map(said, ("Saturday", "Sat"))), " ".join(map(said, ("May",) * 3))
    assert written.strftime(FORM, AT) == f"{names[0]}, 02. {names[1]} 2026 100% 09:07"


@pytest.mark.parametrize("number", range(7))
def test_each_day_has_its_own_name(foreign, number):
    at = time.gmtime((3 + number) * 86_400)
    english = time.strftime("%A %a %B %b", at)
    assert written.strftime("%A %a %B %b", at) == said(english)


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_has_its_own_name(foreign, month):
    at = time.strptime(f"2026-{month}-15", "%Y-%m-%d")
    assert written.strftime("%B %b", at) == said(time.strftime("%B %b", at))


def test_a_day_elsewhere_is_in_the_same_language(foreign):
    assert local_moment(0, 3600).startswith(f"{said('Thu')} 01:00")


def test_numbers_and_sizes_have_the_signs_and_units_of_the_catalogue(foreign):
    assert written.as_number(1_234_567) == "1.234.567"
    assert written.as_size(3_030_000) == f"3,03 {said('MB')}"


def test_in_english_sizes_are_as_the_backend_writes_them():
    assert [written.as_size(each) for each in (0, 1, 999, 1000, 3_030_000)] == [
        "0 bytes", "1 byte", "999 bytes", "1 kB", "3.03 MB",
    ]  # fmt: skip
    assert written.as_number(1_234_567) == "1,234,567"
