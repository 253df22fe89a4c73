"""Which panes there are, which of them show at a size, and how the focus moves among them."""

import pytest

from backendd.api.records import Hit
from primitivus.config import Settings
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.pane import BlankPane
from primitivus.model.panes.places import ContactsPane, ConversationsPane, PlacesPane
from primitivus.model.panes.search import Found, SearchPane
from primitivus.model.place import Place
from primitivus.model.screen.layout import Layout

BOB, MIA = Place("a", "bob@b"), Place("a", "mia@b")
CHATS = {place: Chat(place.peer) for place in (BOB, MIA)}
SETTINGS = Settings()


@pytest.fixture
def layout():
    layout = Layout(ConversationsPane(lambda: [BOB, MIA]), ContactsPane(lambda: [MIA]))
    show(layout, BOB)
    return layout


def show(layout, place):
    layout.trail.go(layout.opened(place, CHATS[place]))


def go(layout, *where, settings=SETTINGS):
    for each in where:
        layout.go(layout.spot(each, settings))
    return layout.focus, layout.place


def sizes(layout, columns, rows, settings=SETTINGS):
    placing = layout.arrange(settings, columns, rows)
    return [(placed.columns, placed.rows) for placed in placing.mains]


def test_a_split_shows_the_same_twice_and_each_goes_on_by_itself(layout):
    layout.split(is_beside=True)
    first, second = layout.arrange(SETTINGS, 120, 30).mains
    assert first.pane is not second.pane
    assert first.pane.chat is second.pane.chat
    show(layout, MIA)
    assert [trail.pane.place for trail in layout.trails] == [BOB, MIA]


def test_two_panes_share_the_room_with_a_line_between_them(layout):
    layout.split(is_beside=True)
    alone = Settings(conversations=False)
    (left, _), (right, _) = sizes(layout, 120, 30, alone)
    assert left + 1 + right == 120
    layout.split(is_beside=False)
    (_, upper), (_, lower) = sizes(layout, 120, 31, alone)
    assert upper + lower == 31


def test_lists_make_room_for_two_conversations_but_not_the_one_with_the_focus(layout):
    layout.split(is_beside=True)
    assert layout.arrange(SETTINGS, 80, 30).left is None
    assert len(layout.placing.mains) == 2
    go(layout, "conversations")
    assert layout.arrange(SETTINGS, 80, 30).left is not None
    assert len(layout.placing.mains) == 1


@pytest.mark.parametrize(
    ("is_beside", "columns", "rows", "why"),
    [(True, 70, 30, "too narrow for both"), (False, 80, 7, "too low for both")],
)
def test_where_there_is_no_room_for_two_the_one_with_the_focus_shows_and_says_why(
    layout, is_beside, columns, rows, why
):
    layout.split(is_beside=is_beside)
    show(layout, MIA)
    assert len(sizes(layout, columns, rows)) == 1
    assert layout.placing.why == why
    assert [pane.place for pane in layout.mains()] == [MIA]
    go(layout, "other")
    sizes(layout, columns, rows)
    assert [pane.place for pane in layout.mains()] == [BOB]
    sizes(layout, 200, 50)
    assert [pane.place for pane in layout.mains()] == [BOB, MIA]
    assert not layout.placing.why


def test_on_a_narrow_screen_a_focused_list_has_all_of_it(layout):
    go(layout, "contacts")
    placing = layout.arrange(SETTINGS, 40, 20)
    assert placing.right.columns == 40
    assert layout.mains() == ()


def test_the_focus_goes_round_all_there_is(layout):
    layout.split(is_beside=True)
    show(layout, MIA)
    settings = Settings(contacts=True)
    seen = [go(layout, "next", settings=settings) for _ in range(5)]
    assert seen == [
        ("conversations", MIA),
        ("messages", BOB),
        ("messages", MIA),
        ("contacts", MIA),
        ("input", MIA),
    ]
    assert go(layout, "previous", "previous", settings=settings) == ("messages", MIA)


def test_the_other_pane_is_typed_into_where_one_was_typing(layout):
    layout.split(is_beside=False)
    show(layout, MIA)
    assert go(layout, "other") == ("input", BOB)
    assert go(layout, "messages", "other") == ("messages", MIA)
    assert go(layout, "conversations", "other") == ("messages", BOB)


def test_with_one_pane_the_other_is_the_next(layout):
    assert go(layout, "other") == ("conversations", BOB)


def test_left_and_right_go_through_what_stands_side_by_side(layout):
    layout.split(is_beside=True)
    show(layout, MIA)
    go(layout, "messages")
    assert go(layout, "left") == ("messages", BOB)
    assert go(layout, "left") == ("conversations", BOB)
    assert go(layout, "right", "right") == ("messages", MIA)
    assert go(layout, "right") == ("messages", MIA)
    assert go(layout, "input", "left") == ("input", BOB)


def test_up_and_down_go_through_what_stands_one_above_the_other(layout):
    layout.split(is_beside=False)
    show(layout, MIA)
    assert go(layout, "up") == ("messages", MIA)
    assert go(layout, "up") == ("messages", BOB)
    assert go(layout, "up") == ("messages", BOB)
    assert go(layout, "down", "down") == ("input", MIA)
    assert go(layout, "up", "left") == ("conversations", MIA)


def test_closing_a_pane_leaves_the_other_and_only_leaves_this(layout):
    layout.split(is_beside=True)
    show(layout, MIA)
    layout.close()
    assert (layout.is_split, layout.place) == (False, BOB)
    layout.split(is_beside=True)
    show(layout, MIA)
    layout.only()
    assert (layout.is_split, layout.place) == (False, MIA)


def test_what_is_gone_is_shown_nowhere_and_not_gone_back_to(layout):
    show(layout, MIA)
    layout.split(is_beside=True)
    show(layout, BOB)
    for trail in layout.trails:
        trail.drop(MIA.__eq__, BlankPane)
    assert [trail.pane.place.peer for trail in layout.trails] == ["", "bob@b"]
    assert layout.trail.back() is None


def test_what_was_found_is_split_into_two_that_go_on_by_themselves(layout):
    found = [Found(BOB, Hit(id=number, snippet="tea"), "bob") for number in (1, 2)]
    layout.trail.go(SearchPane("tea", found, is_all=True))
    layout.split(is_beside=True)
    first, second = (trail.pane for trail in layout.trails)
    second.step(1)
    assert (first.selected, second.selected) == (0, 1)


class Guests(PlacesPane):
    """A list of the tests' own, beside the conversation with mia alone."""

    context = "guests"

    def is_on(self, settings):
        return True

    def is_for(self, main):
        return main.place == MIA


@pytest.fixture
def with_guests():
    lists = ConversationsPane(lambda: [BOB, MIA]), ContactsPane(lambda: [MIA])
    layout = Layout(*lists, Guests(lambda: [BOB]))
    show(layout, BOB)
    return layout


def at_the_right(layout):
    placed = layout.arrange(Settings(contacts=True), 120, 30).right
    return placed.pane.context if placed is not None else ""


def test_of_two_lists_at_one_side_the_one_for_what_one_is_in_shows(with_guests):
    assert at_the_right(with_guests) == "contacts"
    show(with_guests, MIA)
    assert at_the_right(with_guests) == "guests"


def test_of_two_lists_at_one_side_the_one_with_the_focus_shows(with_guests):
    show(with_guests, MIA)
    go(with_guests, "contacts")
    assert at_the_right(with_guests) == "contacts"


def test_the_focus_goes_to_the_list_that_shows(with_guests):
    show(with_guests, MIA)
    assert go(with_guests, "messages", "right") == ("guests", MIA)
    assert with_guests.pane.entries() == [BOB]
