"""What becomes different in a room for us who are in it, and what it is about."""

from dataclasses import replace

import pytest

from backendd.api.records import Room
from primitivus.model.rooms.standing import news_of

ROOM = Room(
    room="garden@rooms.example.org",
    state="in",
    nick="me",
    role="participant",
    affiliation="none",
    subject="old",
    subject_by="ann",
)


def told(before=None, **changes):
    old = replace(ROOM, **(before or {}))
    return "; ".join(news_of(old, replace(old, **changes)).values())


def test_a_topic_is_told_with_who_set_it():
    assert told(subject="new", subject_time=1) == "ann set the topic: new"
    assert told(subject="new", subject_by="me", subject_time=1) == "you set the topic: new"
    assert told(subject="", subject_time=1) == "ann removed the topic"
    assert told(subject="t" * 4000, subject_time=1).endswith(f" {'t' * 300}…")


def test_the_topic_that_is_told_to_who_enters_is_no_news():
    assert told(subject="new") == ""
    assert told({"subject_time": 5}, subject_time=0) == ""
    assert told({"state": "joining"}, state="in", subject="new", subject_time=1) == ""


@pytest.mark.parametrize(
    ("before", "changes", "said"),
    [
        ({}, {"role": "moderator"}, "you are a moderator now"),
        ({}, {"role": "visitor"}, "you can only read now"),
        ({"role": "visitor"}, {"role": "participant"}, "you may speak now"),
        ({"role": "moderator"}, {"role": "participant"}, "you are no longer a moderator"),
        ({}, {"affiliation": "admin"}, "you are an admin of the room now"),
        ({"affiliation": "member"}, {"affiliation": "none"}, "you are no longer a member"),
        ({}, {"nick": "you"}, "you are now you"),
        ({}, {"state": "out", "error": ("Banned", "you were banned.")}, "you were banned"),
    ],
)
def test_what_we_are_in_a_room_is_told_when_it_changes(before, changes, said):
    assert told(before, **changes).startswith(said)


def test_what_we_are_is_no_news_where_we_were_not_there_or_left_ourselves():
    assert told({"state": "joining", "role": ""}, state="in", role="moderator") == ""
    assert told(state="out") == ""
    assert told(state="waiting", error=("ServerError", "lost")) == ""
