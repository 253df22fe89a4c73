"""Services as one walks through them, while it comes in what they have."""

from backendd.api.records import Item
from primitivus.model.panes.service_level import Level
from primitivus.model.panes.services import ServicesPane
from primitivus.model.place import Place


def test_the_chosen_item_stays_so_when_it_is_said_above_why_no_more_can_be_had():
    level = Level("example.org", items=[Item(jid="a.org"), Item(jid="b.org"), Item(jid="c.org")])
    pane = ServicesPane(Place("a"), level, lambda command: True)
    pane.scroll(1)
    assert pane.chosen.item.jid == "b.org"
    level.error = "the server is away"
    level.changed()
    assert pane.entries()[0].text == "the server is away"
    assert pane.chosen.item.jid == "b.org"
    pane.scroll(1)
    assert pane.chosen.item.jid == "c.org"
