"""Files of others, in whatever encoding they are."""

import pytest

from primitivus.model.wording.encoded import decode


@pytest.mark.parametrize(
    ("data", "text", "lines"),
    [
        (b"", "", ()),
        ("größer ♥\n".encode(), "größer ♥\n", ()),
        (b"\xef\xbb\xbfTitle: a\r\nb", "Title: a\nb", ()),
        ("a\ngrößer\nb".encode("cp1252"), "a\ngrößer\nb", (2,)),
        ("“ä”\n".encode("cp1252") + "ä\n".encode(), "“ä”\nä\n", (1,)),
        (b"\x81\xff", "\x81ÿ", (1,)),
        (b"a\0b", "a\N{REPLACEMENT CHARACTER}b", ()),
    ],
)
def test_each_byte_is_read_as_what_it_may_mean_and_where_is_told(data, text, lines):
    assert decode(data) == (text, lines)


def test_every_byte_has_a_character_of_its_own():
    every = bytes(each for each in range(256) if each not in (0, 10))
    assert len(set(decode(every).text)) == len(decode(every).text) == len(every)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a", ""),
        (b"a\n\xff", "line 2 is not UTF-8: read as Windows-1252, so look at it again"),
        (b"\xff\n" * 7, "lines 1, 2, 3, 4, 5 and 2 more are not UTF-8"),
    ],
)
def test_the_lines_are_told(data, problem):
    found = decode(data).problem
    assert found.startswith(problem)
    assert bool(found) == bool(problem)
