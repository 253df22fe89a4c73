"""Back and forward through what was shown."""

import pytest

from backendd.api.records import Message
from primitivus.model.messages.chat import Chat
from primitivus.model.messages.stand import Position
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.panes.pane import BlankPane
from primitivus.model.place import Place
from primitivus.model.screen.trail import Trail


@pytest.fixture
def panes():
    return [ConversationPane(Place("a", peer), Chat(peer)) for peer in ("x@b", "y@b", "z@b")]


def test_back_and_forward_walk_what_was_shown(panes):
    x, y, z = panes
    trail = Trail(x)
    trail.go(y)
    trail.go(z)
    assert [trail.back().pane, trail.back().pane, trail.back()] == [y, x, None]
    assert [trail.forward().pane, trail.forward().pane, trail.forward()] == [y, z, None]


def test_where_one_goes_from_there_is_what_lies_ahead_no_longer(panes):
    x, y, z = panes
    trail = Trail(x)
    trail.go(y)
    trail.back()
    trail.go(z)
    assert trail.forward() is None
    assert trail.back().pane is x


def test_a_jump_within_a_conversation_can_be_gone_back_from(panes):
    pane, *_ = panes
    pane.viewport.position = Position(7, 2)
    trail = Trail(pane)
    trail.mark()
    pane.viewport.position = Position(1)
    assert trail.back().position == Position(7, 2)


def test_what_was_never_there_is_not_gone_back_to(panes):
    trail = Trail(BlankPane())
    trail.go(panes[0])
    assert trail.back() is None


def test_a_copy_begins_with_what_is_shown_and_where_one_stands_in_it(panes):
    pane, *_ = panes
    pane.window.reset([Message(id=1, order=1), Message(id=2, order=2)], "end")
    pane.viewport.position = Position(1)
    copied = Trail(pane).copy().pane
    pane.window.remove([2])
    pane.viewport.to_bottom()
    assert (len(copied.window), copied.where()) == (2, Position(1))
