"""Which rows of a list with headings show."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.scrolling.headings import LEAST_ROOM, held_below, in_view, is_text


def listed(*sections):
    """Return the rows of sections with so many entries: titles are text, entries numbers."""
    rows = []
    for number, many in enumerate(sections):
        rows += [f"section {number}", *(100 * number + each for each in range(many))]
    return rows


def shown(rows, selected, height, top=0):
    top = held_below(top, selected, height, rows, is_text)
    return list(in_view(rows, top, height, is_text))


def test_the_heading_stays_where_what_is_below_it_goes_up():
    rows = listed(5)
    assert shown(rows, 3, 3) == ["section 0", 1, 2]
    assert shown(rows, 5, 3) == ["section 0", 3, 4]


def test_the_next_heading_comes_in_its_place():
    rows = listed(3, 3)
    assert shown(rows, 5, 4) == ["section 0", 2, "section 1", 100]
    assert shown(rows, 6, 4) == ["section 1", 100, 101, 102]
    assert shown(rows, 7, 4) == ["section 1", 100, 101, 102]


def test_a_list_without_headings_shows_all_it_has_room_for():
    assert shown([1, 2, 3, 4], 2, 3) == [1, 2, 3]


def test_in_two_rows_the_first_of_a_section_has_its_heading():
    assert shown(listed(3), 1, 2, top=2) == ["section 0", 0]
    assert shown(listed(3), 1, 1, top=2) == [0]


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=5),
    st.integers(LEAST_ROOM, 12),
    st.lists(st.integers(0, 40), min_size=1, max_size=8),
)
def test_whatever_shows_has_its_heading_above_it_and_the_chosen_one_shows(sections, height, way):
    rows = listed(*sections)
    choices = [at for at, each in enumerate(rows) if not is_text(each)]
    top = 0
    for step in way:
        selected = choices[step % len(choices)]
        top = held_below(top, selected, height, rows, is_text)
        view = list(in_view(rows, top, height, is_text))
        assert is_text(view[0])
        assert rows[selected] in view
        assert view.index(rows[selected]) == selected - top
        heading = ""
        for each in view:
            if is_text(each):
                heading = each
            else:
                assert heading == f"section {each // 100}"
