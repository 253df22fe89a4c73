"""What stands on the lines of a service, however long it is and however narrow the pane."""

import pytest

from backendd.api.records import Item
from primitivus.model.panes.service_level import Level
from primitivus.model.panes.services import ServicesPane
from primitivus.model.place import Place
from primitivus.model.state import State
from primitivus.themes.symbols import symbols_for
from primitivus.widgets.lists import services
from primitivus.widgets.scene import Scene

CONFERENCE = "conference.example.org"


def shown(item, columns, detail=""):
    """Return the line of what a service has, as it is drawn in so many columns."""
    level = Level(CONFERENCE, items=[item], is_asked=True, details={item.jid: detail})
    pane = ServicesPane(Place("alice"), level, lambda _: True)
    pane.arranged(5)
    scene = Scene(State(lambda: 0), symbols_for("utf-8", "utf-8"), lambda name: name)
    row = services.draw(scene, pane, columns, 5)[0]
    text = "".join(text for _, text in row)
    assert len(text) == columns
    return text


@pytest.mark.parametrize("columns", [20, 37, 38, 39, 60, 80])
@pytest.mark.parametrize("length", [1, 5, 8, 9, 10, 20, 37, 60])
def test_what_stands_beside_a_line_is_parted_from_it(columns, length):
    jid = "r" * length
    for detail in ("2 here", "7 here  all about tea and what else is drunk"):
        said = shown(Item(jid=jid), columns, detail)
        _, _, beside = said.partition("  ")
        assert beside.strip()[0] == detail[0]
    name = shown(Item(jid="address", name="n" * length), columns)
    assert "  address" in name or name.rstrip().endswith("…")
    assert "na" not in name


def test_a_short_remark_leaves_the_room_to_a_long_address():
    jid = f"garden@{CONFERENCE}"
    assert f"{jid}  2 here" in shown(Item(jid=jid), 45, "2 here")
