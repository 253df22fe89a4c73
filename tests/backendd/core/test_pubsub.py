"""Publish-subscribe: questions as services read them, and whatever answers come."""

from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from backendd.core import forms, pubsub, pubsub_events, rsm, xml
from backendd.core.pubsub import Item
from backendd.core.rsm import Got, Wanted

NS = "xmlns='http://jabber.org/protocol/pubsub'"
NODE = "urn:xmpp:microblog:0"


def iq(text):
    return fromstring(f"<iq xmlns='jabber:client' type='result'>{text}</iq>")


def test_an_item_is_published_with_what_has_to_hold_of_its_node():
    payload = xml.element("urn:x", "entry", text="hi")
    asked = pubsub.publish(NODE, Item("1", payload), {"access_model": "open", "max_items": "max"})
    published, options = list(asked)
    assert published.get("node") == NODE
    assert published[0].get("id") == "1"
    assert published[0][0] is payload
    form = forms.decode(options[0])
    assert form.form_type == pubsub.PUBLISH_OPTIONS
    assert (form.value("pubsub#access_model"), form.value("pubsub#max_items")) == ("open", "max")


def test_an_item_without_an_id_gets_one_from_the_service():
    asked = pubsub.publish(NODE, Item(""))
    assert asked[0][0].attrib == {}
    answer = iq(f"<pubsub {NS}><publish node='n'><item id='given'/></publish></pubsub>")
    assert pubsub.decode_published(answer) == "given"
    assert pubsub.decode_published(iq("")) == ""


def test_items_are_asked_for_by_id_by_page_or_as_the_newest():
    by_id = pubsub.items(NODE, ["a", "b"])
    assert [each.get("id") for each in by_id[0]] == ["a", "b"]
    paged = pubsub.items(NODE, page=Wanted(20, before=""), order="creation")
    assert paged[1].get("by") == "creation"
    assert [(each.tag.rpartition("}")[2], each.text) for each in paged[2]] == [
        ("max", "20"),
        ("before", None),
    ]
    assert pubsub.items(NODE, newest=5)[0].get("max_items") == "5"


def test_a_page_of_items_says_where_it_ends_if_the_service_does():
    page = pubsub.decode_items(
        iq(
            f"<pubsub {NS}><items node='n'><item id='a' publisher='x@y'><e xmlns='u'/></item>"
            "<item/><item id='b'/></items><set xmlns='http://jabber.org/protocol/rsm'>"
            "<first index='0'>a</first><last>b</last><count>7</count></set></pubsub>"
        )
    )
    first, second = page.items
    assert (first.id, first.publisher, first.payload.tag) == ("a", "x@y", "{u}e")
    assert (second.id, second.payload) == ("b", None)
    assert page.got == Got("a", "b", 7, 0)
    assert pubsub.decode_items(iq(f"<pubsub {NS}><items node='n'/></pubsub>")).got is None
    assert pubsub.decode_items(iq("")).items == ()


def test_a_count_that_is_no_number_is_none():
    page = "<x><set xmlns='http://jabber.org/protocol/rsm'><count>many</count></set></x>"
    assert rsm.decode(fromstring(page)) == Got()


def test_an_event_tells_what_is_new_and_what_is_gone():
    message = fromstring(
        "<message><event xmlns='http://jabber.org/protocol/pubsub#event'>"
        "<items node='n'><item id='a'><e xmlns='u'/></item><retract id='b'/><retract/></items>"
        "</event></message>"
    )
    event = pubsub_events.decode_event(message)
    assert event is not None
    assert ([item.id for item in event.items], event.retracted) == (["a"], ("b",))
    for name, purged, deleted in (("purge", True, False), ("delete", False, True)):
        event = pubsub_events.decode_event(
            fromstring(
                "<message><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                f"<{name} node='n'/></event></message>"
            )
        )
        assert event is not None
        assert (event.node, event.is_purged, event.is_deleted) == ("n", purged, deleted)


def test_who_is_what_at_a_node_is_set_and_read_alike():
    asked = pubsub.set_affiliations("n", {"a@b": "member", "c@d": "none"})
    answer = xml.element(xml.CLIENT, "iq", children=[asked])
    assert pubsub.decode_affiliations(answer) == {"a@b": "member", "c@d": "none"}


NAMES = st.sampled_from(["items", "item", "retract", "purge", "event", "set", "x"])


@given(st.recursive(NAMES, lambda inner: st.tuples(NAMES, st.lists(inner, max_size=3))))
def test_whatever_is_told_is_an_event_or_none(tree):
    def build(node):
        name, children = (node, ()) if isinstance(node, str) else node
        return xml.element(
            pubsub_events.EVENT, name, {"node": "n"}, [build(each) for each in children]
        )

    message = xml.element(xml.CLIENT, "message", children=[build(tree)])
    assert isinstance(pubsub_events.decode_event(message), pubsub_events.Event | None)
