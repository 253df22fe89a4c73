"""Which pictures are kept."""

from backendd.api.records import Attachment, Transfer
from primitivus.model.files import pictures
from primitivus.model.files.pictures import Picture, Pictures, Refusal, Source, Wanted, source_of

LARGE = Picture(1, 1, bytes(pictures.MOST_KEPT // 3))


def wanted(name):
    return Wanted(Source(name, 1), 10, 10, "rgba")


def test_those_not_looked_at_for_longest_are_forgotten_first():
    known = Pictures()
    for name in ("one", "two", "three"):
        known.put(wanted(name), LARGE)
    known.keep([wanted("one")])
    known.put(wanted("four"), LARGE)
    assert known.get(wanted("two")) is None
    assert all(known.get(wanted(name)) for name in ("one", "three", "four"))


def test_one_that_is_larger_than_all_that_is_kept_is_there_for_as_long_as_it_is_the_last():
    known = Pictures()
    known.put(wanted("small"), Refusal("it is damaged"))
    huge = Picture(1, 1, bytes(pictures.MOST_KEPT + 1))
    known.put(wanted("huge"), huge)
    assert known.get(wanted("huge")) is huge
    known.put(wanted("next"), LARGE)
    assert known.get(wanted("huge")) is None


def test_a_picture_is_what_is_said_to_be_one_of_those_that_are_shown():
    here = Transfer(direction="in", state="done", path="/a", size=7)
    for mime, name, is_one in (
        ("image/png", "x", True),
        ("IMAGE/JPEG", "x", True),
        ("", "a.JPG", True),
        ("", "a.webp", True),
        ("", "a.svg", False),
        ("image/svg+xml", "a.png", False),
        ("text/plain", "a.png", False),
        ("", "", False),
    ):
        source = source_of(Attachment(name=name, mime=mime), here)
        assert source == (Source("/a", 7) if is_one else None)


def test_a_file_that_is_not_here_has_no_picture():
    picture = Attachment(name="a.png")
    for transfer in (
        Transfer(direction="in", state="running", path="/a"),
        Transfer(direction="in", state="failed", path="/a"),
        Transfer(direction="out", state="done", path=""),
    ):
        assert source_of(picture, transfer) is None
    assert source_of(picture, Transfer(direction="out", state="queued", path="/a", size=1))
