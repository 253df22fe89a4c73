"""The window over a history."""

from hypothesis import given
from hypothesis import strategies as st

from backendd.api.records import Message
from primitivus.model.messages.window import KEEP, LIMIT, Window, key_of


def messages(*numbers, revision=1):
    return [Message(id=number, order=number, revision=revision) for number in numbers]


def ids(window):
    return [window[index].id for index in range(len(window))]


def loaded(*numbers, older="end", newer=False):
    window = Window()
    window.reset(messages(*numbers), older, newer=newer)
    return window


def test_nothing_is_taken_in_before_the_first_page():
    window = Window()
    assert window.merge(messages(1)) == []
    assert not window.is_loaded


def test_new_messages_come_at_the_end():
    window = loaded(1, 2)
    assert [each.id for each in window.merge(messages(3, 4))] == [3, 4]
    assert ids(window) == [1, 2, 3, 4]


def test_what_lies_beyond_a_hole_is_left_out():
    window = loaded(5, 6, older="local", newer=True)
    assert window.merge(messages(3, 9)) == []
    assert ids(window) == [5, 6]


def test_late_ones_from_the_archive_come_where_they_belong():
    window = loaded(5, 8, older="server")
    assert len(window.merge(messages(2, 6))) == 2
    assert ids(window) == [2, 5, 6, 8]


def test_the_higher_revision_wins_whatever_comes_first():
    window = loaded(1)
    window.merge([Message(id=1, order=1, revision=7, body="new")])
    window.merge([Message(id=1, order=1, revision=3, body="old")])
    assert window[0].body == "new"
    window.reset(messages(1, revision=2), "end")
    assert window[0].body == "new"


def test_a_message_that_gets_another_place_moves():
    window = loaded(1, 2, 3)
    window.merge([Message(id=1, order=9, revision=2)])
    assert ids(window) == [2, 3, 1]
    assert window.index(1) == 2


def test_pages_join_at_either_end():
    window = loaded(5, 6, older="local", newer=True)
    window.extend_older(messages(3, 4), "end")
    window.extend_newer(messages(7), newer=False)
    assert ids(window) == [3, 4, 5, 6, 7]
    assert (window.older, window.newer) == ("end", False)


def test_too_much_is_forgotten_at_the_far_end():
    window = loaded(*range(1, LIMIT + 2))
    window.trim()
    assert len(window) == KEEP
    assert (window.older, window.newer) == ("local", False)
    assert window.last_id == LIMIT + 1

    window = loaded(*range(1, LIMIT + 2))
    window.trim(around=10)
    assert window.first_id == 1
    assert (window.older, window.newer) == ("end", True)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(1, 40), st.integers(1, 5)), max_size=60),
    st.lists(st.integers(1, 30), max_size=10),
)
def test_it_is_always_in_order_and_holds_each_once(told, removed):
    window = loaded()
    for number, order, revision in told:
        window.merge([Message(id=number, order=order, revision=revision)])
    window.remove(removed)
    held = [window[index] for index in range(len(window))]
    assert [key_of(each) for each in held] == sorted({key_of(each) for each in held})
    assert len({each.id for each in held}) == len(held)
    for index, message in enumerate(held):
        assert window.index(message.id) == index
        best = max(revision for number, _, revision in told if number == message.id)
        assert message.revision == best


class Stored:
    """What is stored of a conversation, and a window that is told of it and loads pages."""

    PAGE = 3

    def __init__(self, orders):
        self.messages = {}
        for number, order in enumerate(orders, 1):
            self.messages[number] = Message(id=number, order=order, revision=1)
        self.window = Window()
        self.open(len(orders) // 2)

    @property
    def ids(self):
        return [each.id for each in sorted(self.messages.values(), key=key_of)]

    def page(self, start, end):
        """Return the messages of a stretch, and what lies before the first of them."""
        start = max(0, start)
        found = [self.messages[each] for each in self.ids[start:end]]
        return found, "local" if start else "server"

    def open(self, at):
        """Load what is around a place."""
        messages, older = self.page(at - 2, at + 2)
        self.window.reset(messages, older, newer=at + 2 < len(self.ids))

    def tell(self, number, order):
        """Have a message be at this place, a new one or one that was elsewhere."""
        known = self.messages.get(number, Message(id=number))
        told = Message(id=number, order=order, revision=known.revision + 1)
        self.messages[number] = told
        self.window.merge([told])

    def older(self):
        if not len(self.window):
            self.window.reset(*self.page(len(self.ids) - self.PAGE, len(self.ids)))
        elif self.window.older == "local":
            at = self.ids.index(self.window.first_id)
            self.window.extend_older(*self.page(at - self.PAGE, at))

    def newer(self):
        if len(self.window) and self.window.newer:
            at = self.ids.index(self.window.last_id) + 1
            found, _ = self.page(at, at + self.PAGE)
            self.window.extend_newer(found, newer=len(found) >= self.PAGE)


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=12),
    st.lists(
        st.one_of(
            st.tuples(st.just("tell"), st.integers(1, 16), st.integers(0, 30)),
            st.tuples(st.sampled_from(["older", "newer"])),
        ),
        max_size=12,
    ),
)
def test_whatever_is_told_nothing_is_lost_between_what_is_held_and_all_comes_with_the_pages(
    orders, steps
):
    stored = Stored(orders)
    for name, *arguments in steps:
        getattr(stored, name)(*arguments)
        if held := ids(stored.window):
            first, last = (stored.ids.index(each) for each in (held[0], held[-1]))
            assert held == stored.ids[first : last + 1]
    for _ in stored.ids:
        stored.older()
        stored.newer()
    assert ids(stored.window) == stored.ids
