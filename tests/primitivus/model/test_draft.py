"""Drafts: kept by the backend, typed at several frontends."""

from primitivus.model.draft import Draft


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
