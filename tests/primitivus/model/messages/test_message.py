"""What one is told of a message."""

import pytest

from backendd.api.records import Conversation, Message
from primitivus.model.messages.message import state_of


def message(id, state="unread", direction="in"):
    return Message(id=id, order=id * 10, state=state, direction=direction)


@pytest.mark.parametrize(
    ("state", "record", "first", "expected"),
    [
        ("unread", Conversation(unread=0), None, "read"),
        ("unread", Conversation(unread=2, first_unread=7), message(7), "read"),
        ("unread", Conversation(unread=2, first_unread=5), message(5), "unread"),
        ("unread", Conversation(unread=2, first_unread=3), message(3), "unread"),
        ("unread", Conversation(unread=2, first_unread=9), None, "unread"),
        ("unread", None, None, "unread"),
        ("read", Conversation(unread=2, first_unread=3), message(3), "read"),
        ("delivered", Conversation(unread=0), None, "delivered"),
    ],
)
def test_that_a_message_was_read_is_known_from_its_conversation(state, record, first, expected):
    assert state_of(message(5, state), record, first) == expected
