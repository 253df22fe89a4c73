"""What a pane holds of a conversation while pages of it are on their way."""

from backendd.api.records import Message
from primitivus.model.messages.chat import Chat
from primitivus.model.panes.conversation import ConversationPane
from primitivus.model.place import Place


def message(number, **more):
    return Message(id=number, order=number, source="live", **more)


def held(pane):
    return [pane.window[index].id for index in range(len(pane.window))]


def test_what_is_told_while_a_page_is_on_its_way_goes_into_it():
    pane = ConversationPane(Place("a", "bob@b"), Chat("bob@b"))
    pane.begin_loading()
    pane.take_in([message(3, revision=7), message(2, revision=6, body="changed")])
    pane.remove([1])
    pane.window.reset([message(1), message(2)], "end")
    pane.end_loading()
    assert held(pane) == [2, 3]
    assert pane.window.get(2).body == "changed"
