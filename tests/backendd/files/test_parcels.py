"""What a web server is told of a file that it can't read."""

import pytest

from backendd.files.parcels import Open, Sealed
from tests.backendd.files.memory import InMemory


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("our plan.PDF", ".pdf"),
        ("letter.tar.gz", ".gz"),
        ("letter", ""),
        (".profile", ""),
        ("to. my dear", ""),
        ("letter.to_my_dear", ""),
        ("letter.verylongwords", ""),
        ("letter.für", ""),
        ("letter.", ""),
        ("", ""),
    ],
)
def test_of_the_name_of_an_encrypted_file_nothing_is_told_but_an_ending(name, ending):
    told = Sealed(InMemory(b"x"), name)
    stem, dot, rest = told.name.partition(".")
    assert dot + rest == ending
    assert len(stem) == 24
    assert stem != Sealed(InMemory(b"x"), name).name.partition(".")[0]
    assert told.mime == ""


def test_a_file_that_anybody_may_read_keeps_its_name_and_type():
    told = Open(InMemory(b"x"), "our plan.PDF", "application/pdf")
    assert (told.name, told.mime) == ("our plan.PDF", "application/pdf")
    assert told.address("http://a.example/x") == "http://a.example/x"
