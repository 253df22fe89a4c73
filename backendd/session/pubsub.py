"""Publish-subscribe for all features: one's own nodes (XEP-0163), and those of any service."""

from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element

from backendd.api.errors import NotAllowed, NotSupported, ServerError, Timeout, UnknownItem
from backendd.core import pubsub, pubsub_subscribers
from backendd.core.answers import fill_in
from backendd.core.fields import Form
from backendd.core.pubsub import Item, Options, Subscription, SubscriptionState
from backendd.session import pubsub_refusals as refusals
from backendd.session.disco import Disco
from backendd.session.pageless import host
from backendd.session.pubsub_events import Events
from backendd.session.pubsub_items import Items
from backendd.session.uplink import Settle, Uplink
from backendd.xmpp.requests import IqType

_KNOWS_OPTIONS = f"{pubsub.PUBSUB}#publish-options"


class Pubsub:
    """Asks a `service` about a node; where that is empty it is the own account.

    All raise what a request does; for what a service refuses that is UnknownItem (no such node or
    item), NotAllowed, NotSupported, TooLarge or ServerError, each with a sentence that says why.
    `own` is the bare JID of the account.
    """

    def __init__(self, stream: Uplink, disco: Disco, own: Callable[[], str]) -> None:
        self.items = Items(self._request)
        self.events = Events()
        self._stream = stream
        self._disco = disco
        self._own = own
        self._has_order: dict[str, bool] = {}

    def forget(self) -> None:
        """Know nothing of services any more: on another stream they may be others."""
        self.items.forget()
        self._has_order = {}

    # -- items

    async def publish(
        self,
        node: str,
        item: Item,
        *,
        service: str = "",
        options: Options | None = None,
        settle: Settle | None = None,
    ) -> str:
        """Return the id of what was published, in a node that is set up as `options` say.

        A node that isn't is set up first, and one that can't be gets nothing: or it would be shown
        to more people than it is meant for. `settle` stores that it is published.
        """
        if not options:
            return await self._publish(node, item, service, settle=settle)
        if not await self._knows_options(service):
            await self.set_up(node, options, service=service)
            return await self._publish(node, item, service, settle=settle)
        try:
            asked = pubsub.publish(node, item, options)
            answer = await self._ask("set", service, asked, settle)
            return pubsub.decode_published(answer) or item.id
        except ServerError as error:
            if not refusals.may_be_about_options(error):
                raise refusals.explained(error, service, node) from error
            again = options if refusals.is_about_preconditions(error) else None
        await self.set_up(node, options, service=service)
        return await self._publish(node, item, service, again, settle)

    async def retract(
        self, node: str, item_id: str, *, service: str = "", settle: Settle | None = None
    ) -> None:
        """Take an item back, and have it told; `settle` stores that it is gone."""
        await self._request("set", service, node, pubsub.retract(node, item_id), settle)

    # -- nodes

    async def set_up(self, node: str, options: Options, *, service: str = "") -> None:
        """Have a node with these options: make it, or configure it where it is otherwise.

        NotSupported where the service can't set one of them.
        """
        try:
            form = await self.configuration(node, service=service)
        except UnknownItem:
            await self.create(node, service=service, options=options)
            return
        answers = pubsub.answers(options)
        if not _is_so(form, answers):
            await self._configure(node, service, form, answers)

    async def create(self, node: str, *, service: str = "", options: Options | None = None) -> None:
        """Make a node, configured from the beginning."""
        await self._request("set", service, node, pubsub.create(node, options))

    async def delete(self, node: str, *, service: str = "") -> None:
        """Delete a node with all that is in it."""
        await self._request("set", service, node, pubsub.delete(node))

    async def configuration(self, node: str, *, service: str = "") -> Form:
        """Return how a node is configured, as a form to fill in."""
        asked = pubsub.ask_configuration(node)
        return pubsub.decode_configuration(await self._request("get", service, node, asked))

    async def configure(
        self, node: str, options: Options, *, service: str = "", form: Form | None = None
    ) -> None:
        """Change these options of a node, and leave the others as they are.

        `form` is how it is configured, where that was asked for just now. NotSupported where it has
        no such option, FormRejected where one takes no such value.
        """
        if form is None:
            form = await self.configuration(node, service=service)
        answers = pubsub.answers(options)
        if not _is_so(form, answers):
            await self._configure(node, service, form, answers)

    async def affiliations(self, node: str, *, service: str = "") -> Mapping[str, str]:
        """Return who is what at a node."""
        asked = pubsub.ask_affiliations(node)
        return pubsub.decode_affiliations(await self._request("get", service, node, asked))

    async def affiliate(
        self, node: str, affiliations: Mapping[str, str], *, service: str = ""
    ) -> None:
        """Make each of these JIDs what is said, and leave the others as they are."""
        await self._request("set", service, node, pubsub.set_affiliations(node, affiliations))

    async def subscribers(
        self, node: str, *, service: str = "", and_waiting: bool = True
    ) -> tuple[str, ...]:
        """Return who has subscribed to a node of ours; NotSupported where nobody says."""
        answer = await self._request("get", service, node, pubsub_subscribers.ask(node))
        return pubsub_subscribers.decode(answer, and_waiting=and_waiting)

    async def decide(
        self, node: str, subscriber: str, *, is_allowed: bool, subid: str = "", service: str = ""
    ) -> None:
        """Agree to a subscription to a node of ours that waits for that, or end it."""
        decided = pubsub_subscribers.decide(node, subscriber, is_allowed=is_allowed, subid=subid)
        await self._request("set", service, node, decided)

    async def end_subscriptions(
        self, node: str, subscribers: Sequence[str], *, service: str = ""
    ) -> None:
        """Have these addresses be told no more of a node of ours; some fail where one never was."""
        await self._request("set", service, node, pubsub_subscribers.end(node, subscribers))

    # -- subscriptions

    async def subscribe(self, node: str, *, service: str) -> SubscriptionState:
        """Subscribe to a node; return how far that is: `pending` waits for its owner."""
        asked = pubsub.subscribe(node, self._own())
        return pubsub.decode_subscription(await self._request("set", service, node, asked))

    async def unsubscribe(self, node: str, *, service: str) -> None:
        """End a subscription."""
        await self._request("set", service, node, pubsub.unsubscribe(node, self._own()))

    async def subscriptions(self, *, service: str) -> tuple[Subscription, ...]:
        """Return our subscriptions at a service."""
        answer = await self._request("get", service, "", pubsub.ask_subscriptions())
        return pubsub.decode_subscriptions(answer)

    async def has_order(self, *, service: str = "") -> bool:
        """Return whether items come in the order that one asks for (XEP-0413)."""
        at = host(service)
        if at not in self._has_order:
            try:
                features = (await self._disco.info(service or self._own())).features
            except (NotAllowed, NotSupported, ServerError, Timeout, UnknownItem):
                features = frozenset()
            self._has_order[at] = pubsub.ORDERS_ITEMS in features
        return self._has_order[at]

    # -- what they stand on

    async def _knows_options(self, service: str) -> bool:
        return _KNOWS_OPTIONS in (await self._disco.info(service or self._own())).features

    async def _publish(
        self,
        node: str,
        item: Item,
        service: str,
        options: Options | None = None,
        settle: Settle | None = None,
    ) -> str:
        asked = pubsub.publish(node, item, options)
        answer = await self._request("set", service, node, asked, settle)
        return pubsub.decode_published(answer) or item.id

    async def _configure(
        self, node: str, service: str, form: Form, answers: Mapping[str, Sequence[str]]
    ) -> None:
        lacking = sorted(set(answers) - {field.var for field in form.fields})
        if lacking:
            named = ", ".join(var.removeprefix("pubsub#") for var in lacking)
            raise NotSupported(f"{service or 'the server'} has no such options for nodes: {named}")
        filled = fill_in(form, answers)
        await self._request("set", service, node, pubsub.configure(node, filled))

    async def _request(
        self,
        kind: IqType,
        service: str,
        node: str,
        payload: Element,
        settle: Settle | None = None,
        *,
        is_large: bool = False,
    ) -> Element:
        try:
            return await self._ask(kind, service, payload, settle, is_large=is_large)
        except ServerError as error:
            raise refusals.explained(error, service, node) from error

    async def _ask(
        self,
        kind: IqType,
        service: str,
        payload: Element,
        settle: Settle | None = None,
        *,
        is_large: bool = False,
    ) -> Element:
        to = service or None
        if is_large:
            return await self._stream.request_large(kind, to, payload)
        return await self._stream.request(kind, to, payload, settle=settle)


def _is_so(form: Form, answers: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a node is configured like this already."""
    return all(tuple(form.values(var)) == tuple(values) for var, values in answers.items())
