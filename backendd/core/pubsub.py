"""Publish-subscribe as elements (XEP-0060, and XEP-0163 for one's own account)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast, get_args
from xml.etree.ElementTree import Element

from backendd.api.values import Value
from backendd.core import disco, forms, rsm, xml
from backendd.core.fields import Form
from backendd.core.rsm import Got, Wanted

PUBSUB = "http://jabber.org/protocol/pubsub"
OWNER = "http://jabber.org/protocol/pubsub#owner"
ERRORS = "http://jabber.org/protocol/pubsub#errors"
ORDER_BY = "urn:xmpp:order-by:1"
ORDERS_ITEMS = f"{ORDER_BY}@{PUBSUB}"

PRECONDITION_NOT_MET = f"{{{ERRORS}}}precondition-not-met"

NODE_CONFIG = "http://jabber.org/protocol/pubsub#node_config"
PUBLISH_OPTIONS = "http://jabber.org/protocol/pubsub#publish-options"

SubscriptionState = Literal["none", "pending", "subscribed", "unconfigured"]
Order = Literal["", "creation", "modification"]
Options = Mapping[str, str | bool | int | Sequence[str]]
"""Fields of a form without their `pubsub#`, as in `{"access_model": "open"}`."""


class Item(Value):
    """An item of a node. Who published it only some services say, and never the item itself."""

    id: str
    payload: Element | None = None
    publisher: str = ""


class ItemsPage(Value):
    """Some items of a node, in the order they came in; `got` is None where it is no page."""

    items: tuple[Item, ...]
    got: Got | None = None


class Subscription(Value):
    """What a service says of a subscription of ours to one of its nodes."""

    node: str
    jid: str
    state: SubscriptionState


def publish(node: str, item: Item, options: Options | None = None) -> Element:
    """Return the payload that publishes an item; `options` are preconditions (XEP-0060 7.1.5)."""
    children = [
        xml.element(PUBSUB, "publish", {"node": node}, [_encode_item(item)]),
    ]
    if options:
        form = _form(PUBLISH_OPTIONS, options)
        children.append(xml.element(PUBSUB, "publish-options", children=[form]))
    return xml.element(PUBSUB, "pubsub", children=children)


def retract(node: str, item_id: str) -> Element:
    """Return the payload that takes an item back, and has it told to subscribers."""
    item = xml.element(PUBSUB, "item", {"id": item_id})
    gone = xml.element(PUBSUB, "retract", {"node": node, "notify": "true"}, [item])
    return xml.element(PUBSUB, "pubsub", children=[gone])


def items(
    node: str,
    ids: Iterable[str] = (),
    *,
    page: Wanted | None = None,
    newest: int = 0,
    order: Order = "",
) -> Element:
    """Return the payload that asks for items: those of `ids`, a page, or the `newest` so many.

    By an `order` the newest come last (XEP-0413); without one they come as the service has them.
    """
    attributes = {"node": node} | ({"max_items": str(newest)} if newest else {})
    wanted = [xml.element(PUBSUB, "item", {"id": each}) for each in ids]
    asked = xml.element(
        PUBSUB, "pubsub", children=[xml.element(PUBSUB, "items", attributes, wanted)]
    )
    if order:
        asked.append(xml.element(ORDER_BY, "order", {"by": order}))
    if page is not None:
        asked.append(rsm.encode(page))
    return asked


def create(node: str, options: Options | None = None) -> Element:
    """Return the payload that makes a node, configured by `options` from the beginning."""
    made = xml.element(PUBSUB, "pubsub", children=[xml.element(PUBSUB, "create", {"node": node})])
    if options:
        form = _form(NODE_CONFIG, options)
        made.append(xml.element(PUBSUB, "configure", children=[form]))
    return made


def delete(node: str) -> Element:
    """Return the payload that deletes a node."""
    return xml.element(OWNER, "pubsub", children=[xml.element(OWNER, "delete", {"node": node})])


def ask_configuration(node: str) -> Element:
    """Return the payload that asks for the configuration form of a node."""
    return xml.element(OWNER, "pubsub", children=[xml.element(OWNER, "configure", {"node": node})])


def configure(node: str, form: Element) -> Element:
    """Return the payload that configures a node by a submitted form."""
    asked = xml.element(OWNER, "configure", {"node": node}, [form])
    return xml.element(OWNER, "pubsub", children=[asked])


def answers(options: Options) -> dict[str, Sequence[str]]:
    """Return `options` as answers to the configuration form of a node."""
    return {f"pubsub#{name}": forms.written(value) for name, value in options.items()}


def subscribe(node: str, jid: str) -> Element:
    """Return the payload that subscribes a bare JID to a node."""
    asked = xml.element(PUBSUB, "subscribe", {"node": node, "jid": jid})
    return xml.element(PUBSUB, "pubsub", children=[asked])


def unsubscribe(node: str, jid: str) -> Element:
    """Return the payload that ends a subscription."""
    asked = xml.element(PUBSUB, "unsubscribe", {"node": node, "jid": jid})
    return xml.element(PUBSUB, "pubsub", children=[asked])


def ask_subscriptions() -> Element:
    """Return the payload that asks for our subscriptions at a service."""
    return xml.element(PUBSUB, "pubsub", children=[xml.element(PUBSUB, "subscriptions")])


def ask_affiliations(node: str) -> Element:
    """Return the payload that asks who is what at a node."""
    asked = xml.element(OWNER, "affiliations", {"node": node})
    return xml.element(OWNER, "pubsub", children=[asked])


def set_affiliations(node: str, affiliations: Mapping[str, str]) -> Element:
    """Return the payload that makes each of these JIDs what is said; `none` removes it."""
    entries = [
        xml.element(OWNER, "affiliation", {"jid": jid, "affiliation": what})
        for jid, what in affiliations.items()
    ]
    asked = xml.element(OWNER, "affiliations", {"node": node}, entries)
    return xml.element(OWNER, "pubsub", children=[asked])


def decode_published(iq: Element) -> str:
    """Return the id that a service gave to what was published, empty where it doesn't say."""
    item = iq.find(f"{{{PUBSUB}}}pubsub/{{{PUBSUB}}}publish/{{{PUBSUB}}}item")
    return item.get("id", "") if item is not None else ""


def decode_items(iq: Element) -> ItemsPage:
    """Return the items that answer a question."""
    answer = xml.child(iq, PUBSUB, "pubsub")
    found = xml.child(answer, PUBSUB, "items") if answer is not None else None
    return ItemsPage(items_in(found, PUBSUB), rsm.decode(answer))


def decode_ids(iq: Element) -> tuple[str, ...]:
    """Return the ids of the items of a node that a result of disco#items names (5.5)."""
    found = iq.iterfind(f"{{{disco.ITEMS}}}query/{{{disco.ITEMS}}}item")
    return tuple(filter(None, (each.get("name") for each in found)))


def decode_configuration(iq: Element) -> Form:
    """Return the configuration form of a node; an empty one where there is none."""
    found = iq.find(f"{{{OWNER}}}pubsub/{{{OWNER}}}configure/{{{forms.FORM}}}x")
    return forms.decode(found) if found is not None else Form()


def decode_subscription(iq: Element) -> SubscriptionState:
    """Return how far a subscription is."""
    found = iq.find(f"{{{PUBSUB}}}pubsub/{{{PUBSUB}}}subscription")
    return _state(found.get("subscription", "")) if found is not None else "subscribed"


def decode_subscriptions(iq: Element) -> tuple[Subscription, ...]:
    """Return our subscriptions at a service."""
    found = iq.iterfind(f"{{{PUBSUB}}}pubsub/{{{PUBSUB}}}subscriptions/{{{PUBSUB}}}subscription")
    return tuple(each for each in map(subscription_of, found) if each.node)


def subscription_of(element: Element) -> Subscription:
    """Return what an element says of a subscription."""
    state = _state(element.get("subscription", ""))
    return Subscription(element.get("node", ""), element.get("jid", ""), state)


def _state(written: str) -> SubscriptionState:
    return cast("SubscriptionState", written) if written in get_args(SubscriptionState) else "none"


def decode_affiliations(iq: Element) -> dict[str, str]:
    """Return who is what at a node."""
    path = f"{{{OWNER}}}pubsub/{{{OWNER}}}affiliations/{{{OWNER}}}affiliation"
    return {each.get("jid", ""): each.get("affiliation", "none") for each in iq.iterfind(path)}


def _encode_item(item: Item) -> Element:
    attributes = {"id": item.id} if item.id else {}
    return xml.element(
        PUBSUB, "item", attributes, [item.payload] if item.payload is not None else []
    )


def items_in(parent: Element | None, namespace: str) -> tuple[Item, ...]:
    """Return the items of an element; what has no id is none."""
    if parent is None:
        return ()
    found = parent.iterfind(f"{{{namespace}}}item")
    return tuple(
        Item(each.get("id", ""), next(iter(each), None), each.get("publisher", ""))
        for each in found
        if each.get("id")
    )


def _form(form_type: str, options: Options) -> Element:
    return forms.submit(form_type, **{f"pubsub__{name}": value for name, value in options.items()})
