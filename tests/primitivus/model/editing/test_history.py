"""The texts sent before."""

from primitivus.model.editing.history import History


def test_it_holds_what_was_sent_once_in_a_row():
    history = History()
    for text in ("a", "a", "", "b", "a"):
        history.add(text)
    assert history.entries == ("a", "b", "a")


def test_it_forgets_the_oldest():
    history = History(["a", "b", "c"], limit=2)
    history.add("d")
    assert history.entries == ("c", "d")


def test_an_empty_one_has_nothing_before_or_after():
    history = History()
    assert history.previous("typed") is None
    assert history.next() is None


def test_sending_ends_the_walk():
    history = History(["a", "b"])
    assert history.previous("") == "b"
    assert history.previous("b") == "a"
    history.add("c")
    assert history.previous("") == "c"


def test_what_followed_comes_behind_what_is_sent_again_also_when_the_oldest_goes():
    history = History(["a", "b", "c"], limit=3)
    assert history.first("typed") == "a"
    history.add("a")
    assert history.entries == ("b", "c", "a")
    assert history.following("") == "b"
    history.add("new")
    assert history.following("") == "c"
    history.stop()
    history.add("other")
    assert history.following("") is None
