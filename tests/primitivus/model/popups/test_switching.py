"""What the switcher finds, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.popups.switcher import Switcher
from primitivus.model.popups.switching import Goal, Ranking

BOB = Goal("chat", "bob", "chat bob@example.org", also="bob@example.org", recent=5)
MIA = Goal("contact", "Mia Example", "chat mia@example.org", also="mia@example.org")
GARDEN = Goal("room", "garden", "chat garden@rooms.b", also="garden@rooms.b", recent=9)
HOME = Goal("view", "home", "home", about="Show what waits for you")
UNREAD = Goal(
    "command", "next-unread", "next-unread", about="Go to the next unread one", keys="M-a"
)
THEME = Goal("setting", "theme", "settings theme", about="Which colours there are")
ALL = (BOB, MIA, GARDEN, HOME, UNREAD, THEME)


def found(typed, goals=ALL):
    return list(Ranking(goals).find(typed))


def test_a_sign_leaves_some_kinds():
    assert found("#") == [GARDEN]
    assert found("@") == [BOB, MIA]
    assert found(",") == [THEME]
    assert found(">") == found(":") == [HOME, UNREAD]
    assert found("@ga") == []
    assert found(">nu") == [UNREAD]


def test_who_is_called_so_comes_before_whose_address_has_it():
    other = Goal("contact", "Example", "chat x@b", also="x@b")
    assert found("exa", (*ALL, other))[:2] == [other, MIA]
    domain_only = Goal("contact", "Zoe", "chat zoe@milk.b", also="zoe@milk.b")
    assert found("mi", (domain_only, MIA)) == [MIA, domain_only]


def test_what_a_command_does_finds_it_by_words():
    assert found("waits") == [HOME]
    assert found("aits") == []


def test_the_most_recent_of_those_that_fit_alike_comes_first():
    old, new = BOB._replace(run="old", recent=1), BOB._replace(run="new", recent=2)
    assert found("bob", (old, new)) == [new, old]


def test_nothing_typed_what_speaks_to_the_user_comes_first_then_what_is_unread():
    read = BOB._replace(run="read", recent=99)
    muted = BOB._replace(run="muted", recent=50, unread=3)
    unread = BOB._replace(run="unread", recent=2, unread=1, waits=True)
    mention = BOB._replace(run="mention", recent=1, unread=1, mentions=1, waits=True)
    goals = (HOME, muted, read, unread, mention)
    assert found("", goals) == [mention, unread, read, muted, HOME]


def test_the_profile_finds_what_is_in_it():
    home, work = BOB._replace(run="1", whose="home"), BOB._replace(run="2", whose="work")
    assert found("bob wo", (home, work)) == [work]


@given(st.text(st.sampled_from("beaomx #>@ "), max_size=7))
def test_typing_letter_by_letter_finds_the_same_as_all_at_once(typed):
    ranking = Ranking(ALL)
    for end in range(len(typed)):
        ranking.find(typed[:end])
    assert list(ranking.find(typed)) == found(typed)


def switcher(goals=ALL):
    made = Switcher(lambda: goals)
    made.arranged(20)
    return made


def type_in(popup, text):
    for letter in text:
        popup.editor.insert(letter)
        popup.edited()
        popup.arranged(20)


def test_what_comes_meanwhile_is_not_opened_instead_of_what_shows():
    now = [ALL]
    popup = Switcher(lambda: now[0])
    popup.arranged(20)
    assert popup.chosen == GARDEN
    now[0] = (BOB._replace(recent=10), *ALL[1:])
    popup.arranged(20)
    assert popup.found()[0].name == "bob"
    assert popup.enter() == GARDEN.run


def test_completing_takes_the_name_and_then_goes_on():
    popup = switcher((MIA, MIA._replace(run="chat other", also="other@b")))
    type_in(popup, "@mi")
    popup.complete(1)
    popup.edited()
    assert popup.editor.text == "@Mia Example"
    assert popup.enter() == MIA.run
    popup.complete(1)
    popup.edited()
    assert popup.enter() == "chat other"


def test_moving_in_what_is_typed_leaves_what_is_chosen():
    popup = switcher()
    popup.scroll(2)
    chosen = popup.chosen
    popup.editor.left()
    popup.edited()
    assert popup.chosen == chosen


def test_an_address_that_is_typed_whole_is_opened_where_nobody_here_has_it():
    popup = switcher()
    type_in(popup, "ob@example.org")
    assert popup.enter() == "chat ob@example.org"
    popup = switcher()
    type_in(popup, "bob@exam")
    assert popup.enter() == BOB.run
    popup = switcher()
    type_in(popup, "#new@rooms.b")
    assert popup.enter() == "join new@rooms.b"
