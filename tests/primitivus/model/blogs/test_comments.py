"""Comments as talks, and where one is among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.records import Entry
from primitivus.model.blogs.comments import Comments
from primitivus.model.blogs.talk import Talk


def comment(id, published, parent="", **known):
    more = {"parent": parent} if parent else {}
    return Entry(id=str(id), published=published, more=more, revision=1, **known)


def listed(*entries):
    comments = Comments()
    comments.add(entries, "")
    return [(each.entry.id, each.depth) for each in comments.listed()]


class Rows:
    """Every comment has so many rows, the post ten, and nothing is told below."""

    def __init__(self, talk, each=3):
        self.talk = talk
        self.each = each
        self.asked = set()

    def parts(self):
        return len(self.talk.comments) + 2

    def rows(self, part, most):
        self.asked.add(part)
        return min(most, 10 if part == 0 else self.each if part <= len(self.talk.comments) else 0)


class Uneven(Rows):
    """Parts of these heights: a post, each comment, and what is told below."""

    def __init__(self, talk, heights):
        super().__init__(talk)
        self.heights = heights

    def rows(self, part, most):
        return min(most, self.heights[part])


def talk(many, *, height=12, each=3):
    talk = Talk()
    talk.comments.add([comment(number, number) for number in range(many)], "")
    rows = Rows(talk, each)
    talk.measured(rows, height)
    return talk, rows


def test_a_comment_of_next_century_stands_where_it_came():
    later, far = comment("later", 20, order=20), comment("far", 10**15, order=10)
    assert listed(far, later) == [("later", 0), ("far", 0)]
    answer = comment("answer", 10**15, "later", order=15)
    assert listed(far, later, answer) == [("later", 0), ("answer", 1), ("far", 0)]


def shown(talk):
    return [(each.part, each.first, each.rows) for each in talk.column.view()]


def test_the_talk_in_which_something_was_said_last_comes_first_and_goes_on_from_its_oldest():
    said = listed(
        comment("a", 1), comment("b", 2), comment("a2", 4, "a"), comment("a1", 3, "a"),
        comment("a11", 5, "a1"), comment("c", 3),
    )  # fmt: skip
    assert said == [("a", 0), ("a1", 1), ("a11", 2), ("a2", 1), ("c", 0), ("b", 0)]


def test_of_one_moment_comments_stand_as_their_service_lists_them_and_else_as_they_came():
    comments = Comments()
    comments.add([comment("b", 5), comment("c", 5)], "more")
    comments.add([comment("a", 5), comment("d", 5)], "")
    comments.hear([comment("f", 5), comment("e", 5)])
    in_turn = ["e", "f", "b", "c", "a", "d"]
    assert [each.entry.id for each in comments.listed()] == in_turn
    other = Talk()
    other.comments = comments
    assert [each.entry.id for each in other.copy().comments.listed()] == in_turn
    comments.hear([comment("c", 5, body="changed")])
    assert [each.entry.id for each in comments.listed()] == in_turn
    comments.reset([comment("d", 5), comment("e", 5)], "")
    assert [each.entry.id for each in comments.listed()] == ["d", "e"]
    comments.find(comment("b", 5))
    comments.reset([comment("e", 5), comment("d", 5)], "")
    assert [each.entry.id for each in comments.listed()] == ["b", "e", "d"]


def test_answers_of_one_moment_stand_as_they_were_said():
    said = listed(comment("a", 2, "b"), comment("z", 2, "b"), comment("b", 1))
    assert said == [("b", 0), ("z", 1), ("a", 1)]


def test_what_is_loaded_later_moves_no_talk():
    comments, before = Comments(), []
    for start in range(280, -1, -20):
        page = [comment(n, n, str(n - 7) if n >= 7 else "") for n in range(start, start + 20)]
        comments.add(page, str(start))
        now = [each.entry.id for each in comments.listed()]
        talks = [id for id in now if id in before]
        # Of a talk the oldest is the first, so what is older comes between, and nowhere else.
        assert talks == before
        before = now
    assert len(before) == 300


def test_what_answers_something_that_is_not_here_is_told_to_until_that_comes():
    comments = Comments()
    comments.add([comment("b", 3, "a")], "more")
    (apart,) = comments.listed()
    assert (apart.is_apart, apart.answered) == (True, None)
    comments.add([comment("a", 1)], "")
    assert [(each.entry.id, each.depth, each.is_apart) for each in comments.listed()] == [
        ("a", 0, False),
        ("b", 1, False),
    ]


@pytest.mark.parametrize(
    "circle", [[("a", "a")], [("a", "b"), ("b", "a")], [("a", "c"), ("b", "a"), ("c", "b")]]
)
def test_comments_that_answer_each_other_in_a_circle_all_show_once(circle):
    entries = [comment(id, number, parent) for number, (id, parent) in enumerate(circle)]
    assert sorted(id for id, _ in listed(*entries)) == [id for id, _ in circle]


def test_a_talk_of_ten_thousand_answers_to_answers_is_listed():
    chain = [comment(number, number, str(number - 1) if number else "") for number in range(10_000)]
    assert listed(*chain)[-1] == ("9999", 9999)


def test_a_heart_is_no_comment():
    comments = Comments()
    comments.add([Entry(id="h", more={"heart": True})], "")
    comments.hear([Entry(id="i", more={"heart": True})])
    assert len(comments) == 0


def test_what_is_told_while_a_page_is_on_its_way_wins_over_it():
    comments = Comments()
    comments.expect()
    comments.drop(["a"])
    comments.add([comment("a", 1), comment("b", 2)], "")
    assert [each.entry.id for each in comments.listed()] == ["b"]


def test_what_is_said_while_the_first_page_is_on_its_way_is_held_beside_it():
    comments = Comments()
    comments.expect()
    comments.hear([comment("new", 2)])
    comments.hear([comment("gone", 3)])
    comments.drop(["gone"])
    comments.reset([comment("old", 1), comment("gone", 3)], "")
    assert [each.entry.id for each in comments.listed()] == ["new", "old"]


def test_going_down_leads_through_the_post_and_then_from_comment_to_comment_and_back():
    here, _ = talk(5, height=5)
    here.step(5)
    assert (here.marked, shown(here)) == (None, [(0, 5, 5)])
    seen = []
    for _ in range(5):
        here.step(1)
        seen.append(here.marked.id)
    assert seen == ["4", "3", "2", "1", "0"]
    here.step(-4)
    assert here.marked.id == "4"
    here.step(-1)
    assert here.marked is None


def test_a_comment_higher_than_the_view_is_read_to_its_end_before_the_next_is_marked():
    here, _ = talk(2, height=4, each=9)
    here.scroll(10)
    assert (here.marked.id, shown(here)) == ("1", [(1, 0, 4)])
    here.step(5)
    assert (here.marked.id, shown(here)) == ("1", [(1, 5, 4)])
    here.step(1)
    assert (here.marked.id, shown(here)) == ("0", [(2, 0, 4)])
    here.step(-1)
    assert here.marked.id == "1"


def by_pages(talk):
    talk.scroll(max(1, talk.column.height - 2))


def by_lines(talk):
    talk.step(1)


def by_lines_and_unmarked_amidst_a_comment(talk):
    column = talk.column
    if column.offset and not column.shows_end(column.part):
        talk.unmark()
    talk.step(1)


@pytest.mark.parametrize("go_on", [by_lines, by_pages, by_lines_and_unmarked_amidst_a_comment])
@given(
    comments=st.lists(st.integers(1, 30), max_size=6),
    post=st.integers(1, 30),
    told=st.integers(0, 2),
    height=st.integers(1, 12),
)
def test_whoever_goes_down_sees_every_row_whatever_the_heights_are(
    go_on, comments, post, told, height
):
    here, heights = Talk(), [post, *comments, told]
    here.comments.add([comment(number, number) for number, _ in enumerate(comments)], "")
    rows, seen = Uneven(here, heights), set()
    for _ in range(sum(heights) + len(heights) + 1):
        here.measured(rows, height)
        for part, first, many in shown(here):
            seen.update((part, row) for row in range(first, first + many))
        go_on(here)
    here.measured(rows, height)
    every = {(part, row) for part, many in enumerate(heights) for row in range(many)}
    assert seen == every
    assert not here.column.has_below
    # And back, to the very first row.
    for _ in range(sum(heights) + len(heights) + 1):
        here.step(-1)
        here.measured(rows, height)
    assert not here.column.has_above


def test_only_what_is_in_view_is_measured_among_ten_thousand():
    here, rows = talk(10_000)
    for rows_down in (1_000_000, -1_000_000, 12, 12):
        here.scroll(rows_down)
    here.step(30)
    assert len(rows.asked) < 100


def test_new_talks_above_move_nothing_of_what_one_looks_at():
    here, rows = talk(20)
    here.scroll(25)
    marked, at = here.marked.id, here.column.top_of(here.marked_part)
    here.comments.hear([comment("new", 100), comment("newer", 101)])
    here.measured(rows, 12)
    assert (here.marked.id, here.column.top_of(here.marked_part)) == (marked, at)


def test_where_the_marked_comment_is_gone_the_one_in_its_place_is_marked():
    here, rows = talk(3)
    here.scroll(10)
    here.step(1)
    assert here.marked.id == "2"
    here.comments.drop(["2"])
    here.measured(rows, 12)
    assert here.marked.id == "1"
    here.comments.drop(["1", "0"])
    here.measured(rows, 12)
    assert here.marked is None


def test_a_comment_that_is_sought_is_marked_and_in_view_once_it_is_there():
    here, rows = talk(50)
    here.look_for("late")
    here.measured(rows, 12)
    assert here.marked is None
    here.comments.hear([comment("late", -1)])
    here.measured(rows, 12)
    assert here.marked.id == "late"
    assert here.column.top_of(here.marked_part) is not None


def test_the_marked_comment_stays_in_view_when_there_is_less_room():
    here, rows = talk(20, height=30)
    here.step(5)
    assert here.column.top_of(here.marked_part) is not None
    here.measured(rows, 5)
    assert here.column.top_of(here.marked_part) is not None


def test_a_comment_that_is_different_stands_where_it_did_and_one_that_answers_another_moves():
    comments = Comments()
    comments.add([comment("a", 1), comment("b", 2), comment("c", 3)], "")
    assert [each.entry.id for each in comments.listed()] == ["c", "b", "a"]
    comments.hear([comment("b", 2, title="new")])
    assert [each.entry.title for each in comments.listed()] == ["", "new", ""]
    comments.hear([comment("b", 2, "a")])
    assert [(each.entry.id, each.depth) for each in comments.listed()] == [
        ("c", 0),
        ("a", 0),
        ("b", 1),
    ]
