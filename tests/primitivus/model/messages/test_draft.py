"""Drafts: kept by the backend, typed at several frontends."""

from primitivus.model.messages.draft import Draft


def given(text):
    draft = Draft("")
    draft.begin(text)
    draft.end(is_taken=True)
    return draft


def test_what_the_backend_was_given_is_saved():
    draft = Draft("")
    assert draft.is_saved("")
    draft.begin("text")
    assert draft.is_saved("text")
    draft.end(is_taken=False)
    assert not draft.is_saved("text")
    assert not draft.is_saved("")


def test_what_another_frontend_typed_replaces_what_is_saved_here():
    draft = given("here")
    assert draft.told("there", 1, typed="here")
    assert draft.is_saved("there")


def test_what_was_typed_here_since_stays():
    draft = given("here")
    assert not draft.told("there", 1, typed="here and more")
    assert not draft.is_saved("here and more")


def test_our_own_echo_changes_nothing():
    draft = given("here")
    assert not draft.told("here", 1, typed="here")


def test_records_from_before_our_save_change_nothing():
    draft = Draft("")
    assert draft.told("old", 3, typed="")
    draft.begin("new")
    assert not draft.told("old", 4, typed="new")
    draft.end(is_taken=True)
    assert not draft.told("old", 3, typed="new")
    assert draft.is_saved("new")


def test_a_draft_removed_elsewhere_is_removed_here():
    draft = given("here")
    assert draft.told("", 1, typed="here")


def test_what_is_typed_was_made_of_the_draft_that_was_given_or_taken_over():
    draft = Draft("")
    assert draft.id == ""
    assert draft.begin("here") == draft.id != ""
    draft.end(is_taken=True)
    draft.told("there", 1, typed="here", id="theirs")
    assert draft.id == "theirs"
    draft.told("there", 2, typed="there and more", id="the same, kept again")
    assert draft.id == "the same, kept again"


def test_what_is_typed_beside_the_draft_of_another_was_not_made_of_it():
    draft = given("here")
    draft.told("there", 1, typed="here and more", id="theirs")
    assert draft.id == ""
    draft.told("here and more", 2, typed="here and more", id="as is typed here")
    assert draft.id == "as is typed here"


def test_each_that_is_kept_has_an_id_of_its_own_and_none_where_nothing_is_typed():
    draft = given("here")
    first = draft.id
    assert draft.begin("") == ""
    draft.end(is_taken=True)
    assert draft.begin("here") not in ("", first)


def test_what_is_refused_was_made_of_what_it_was_before():
    draft = given("here")
    id = draft.id
    draft.begin("")
    draft.end(is_taken=False)
    assert draft.id == id
