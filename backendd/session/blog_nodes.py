"""Nodes of blogs, and of what belongs to them: how they are made, and whom they are for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from backendd.api.errors import (
    FormRejected,
    NotAllowed,
    NotSupported,
    ServerError,
)  # fmt: skip
from backendd.core import access
from backendd.core.access import Access, Writers
from backendd.core.entries import Feed
from backendd.core.fields import Form
from backendd.core.node_metadata import Metadata
from backendd.core.pubsub import Options
from backendd.session import blog_refusals as refusals
from backendd.session import pubsub_refusals
from backendd.session.disco import Disco
from backendd.session.pubsub import Pubsub
from backendd.store import audience, contacts, feeds, readers
from backendd.store.ledger import ProfileStore
from backendd.store.view import View

TYPE = "pubsub#type"
"""What a node says is in it (XEP-0060 16.4.4)."""

KEEPING: Options = {"persist_items": True, "max_items": "max"}
BLOG: Options = {**KEEPING, "publish_model": "publishers", "notify_retract": True}
DISCUSSION: Options = {**KEEPING, "notify_retract": True}
"""Of what belongs to a blog; who writes there goes by who reads it (`Access.of_readers`)."""

_AT_ONCE = 50
# Whom these are for, and nobody beside them.
_CLOSED = ("presence", "roster", "whitelist")
_WRITING = ("publisher", "publish-only")
_ENOUGH = {"member": ("member", *_WRITING, "owner"), "publisher": ("publisher", "owner")}


class BlogNodes:
    """Makes nodes, and has them be for some people; all raise what `Pubsub` does.

    `own` is the bare JID of the account.
    """

    def __init__(
        self, store: ProfileStore, pubsub: Pubsub, disco: Disco, own: Callable[[], str]
    ) -> None:
        self._store = store
        self._pubsub = pubsub
        self._disco = disco
        self._own = own

    async def begin(self, feed: Feed, options: Options, whose: Access) -> bool:
        """Make a node of entries, as of `make`: all that is in it is here from now on."""
        is_made = await self.make(feed, options, whose)
        if is_made:
            await self._store.write(lambda ledger: feeds.begin(ledger, feed))
        return is_made

    async def make(self, feed: Feed, options: Options, whose: Access) -> bool:
        """Make a node for those who may see it; return False where there is one already."""
        at = self.service(feed)
        try:
            await self._pubsub.create(feed.node, service=at, options={**options, **whose.options})
        except NotAllowed as error:
            raise NotAllowed(f"{at or 'the server'} does not let you make blogs there") from error
        except ServerError as error:
            if error.condition == "conflict":
                return False
            if isinstance(error, NotSupported) and not error.detail:
                # A service of nodes would say what of it is not supported.
                raise NotSupported(f"{at or 'the server'} can't have blogs") from error
            raise refusals.of_readers(error, at, whose.model) from error
        if whose.model == "whitelist":
            await self._admit(feed, whose, {})
        return True

    async def access(self, feed: Feed) -> Access:
        """Return who may see a node; NotAllowed where that is told to its owner alone."""
        return await self._access(feed, await self._form(feed))

    async def _form(self, feed: Feed) -> Form:
        return await self._pubsub.configuration(feed.node, service=self.service(feed))

    async def _access(self, feed: Feed, form: Form) -> Access:
        model = access.model(form)
        if model == "roster":
            return Access(model, groups=form.values(access.GROUPS))
        if model == "authorize":
            return Access(model, members=await self._let_in(feed))
        return _named(await self._roles(feed)) if model == "whitelist" else Access(model)

    async def _roles(self, feed: Feed) -> Mapping[str, str]:
        """Return what others are at a node who may see it because they are named."""
        roles = await self._pubsub.affiliations(feed.node, service=self.service(feed))
        nobody = {"none", "outcast"}
        return {
            each: what for each, what in roles.items() if what not in nobody and each != self._own()
        }

    async def _let_in(self, feed: Feed) -> tuple[str, ...]:
        """Return who was let in, as the service says, or else as it was done here."""
        own, at = self._own(), self.service(feed)
        try:
            found = await self._pubsub.subscribers(feed.node, service=at, and_waiting=False)
        except (NotAllowed, NotSupported):
            return await self._store.read(lambda view: readers.let_in(view, feed))
        people = dict.fromkeys(each.partition("/")[0] for each in found)
        return tuple(each for each in people if each != own)

    async def public_model(self, feed: Feed) -> str:
        """Return whom a node says to everybody that it is for, empty where it doesn't.

        UnknownItem where there is no such node.
        """
        try:
            return (await self.metadata(feed)).access
        except (NotAllowed, NotSupported, ServerError):
            return ""

    async def metadata(self, feed: Feed) -> Metadata:
        """Return what a node says of itself to everybody; UnknownItem where there is none."""
        try:
            info = await self._disco.info(feed.service, feed.node, anew=True)
        except ServerError as error:
            raise pubsub_refusals.explained(error, feed.service, feed.node) from error
        return Metadata.of(info)

    async def give(self, feed: Feed, whose: Access, options: Options | None = None) -> bool:
        """Have a node be for these people from now on, whoever follows it, and have `options`.

        Return False where others may go on to see it who have followed it before: its service
        doesn't say who they are.
        """
        node, at = feed.node, self.service(feed)
        form = await self._form(feed)
        is_named = access.model(form) == "whitelist"
        # Whoever was named once, and not since, nobody would see.
        roles = await self._roles(feed) if is_named or whose.model in _CLOSED else {}
        before = _named(roles) if is_named else await self._access(feed, form)
        readers = ("member", *_WRITING) if whose.publish_model else ("member",)
        ended = {each for each, what in roles.items() if what in readers}
        gone = {*before.members, *ended} - {*whose.members, *whose.writers}
        if whose.model == "whitelist":
            await self._admit(feed, whose, roles)
        try:
            wanted = {**(options or {}), **whose.options}
            await self._pubsub.configure(node, wanted, service=at, form=form)
        except (FormRejected, NotSupported, ServerError) as error:
            raise refusals.of_readers(error, at, whose.model) from error
        is_known = await self._end_others(feed, before, whose, gone)
        if whose.model in _CLOSED or whose.publish_model:
            # Behind that: Prosody refuses to let somebody be nobody who has subscribed.
            await self._affiliate(feed, gone, "none")
        return is_known

    async def writers(self, feed: Feed) -> Writers:
        """Return who may write in a node; NotAllowed where that is told to its owner alone."""
        at = self.service(feed)
        form = await self._pubsub.configuration(feed.node, service=at)
        roles = await self._pubsub.affiliations(feed.node, service=at)
        members = tuple(each for each, what in roles.items() if what in _WRITING)
        return Writers(access.publish_model(form), members)

    async def let_write(self, feed: Feed, whose: Writers) -> None:
        """Have these people write in a node; who doesn't any more goes on to read it."""
        at, before = self.service(feed), await self.writers(feed)
        is_named = (await self.access(feed)).model == "whitelist"
        try:
            await self._pubsub.configure(feed.node, {"publish_model": whose.model}, service=at)
        except (FormRejected, NotSupported, ServerError) as error:
            raise refusals.of_writers(error, at, whose.model) from error
        if whose.model != "publishers":
            return
        roles = dict.fromkeys(
            set(before.members) - {*whose.members}, "member" if is_named else "none"
        )
        roles |= dict.fromkeys(set(whose.members) - {*before.members, self._own()}, "publisher")
        if roles:
            await self._pubsub.affiliate(feed.node, roles, service=at)

    async def _admit(self, feed: Feed, whose: Access, roles: Mapping[str, str]) -> None:
        """Have those be named who are not yet; `roles` are what others are there."""
        enough = _ENOUGH[whose.role]
        lacking = {each for each in whose.members if roles.get(each) not in enough}
        await self._affiliate(feed, lacking - {self._own()}, whose.role)

    async def _affiliate(self, feed: Feed, people: Iterable[str], role: str) -> None:
        if roles := dict.fromkeys(people, role):
            await self._pubsub.affiliate(feed.node, roles, service=self.service(feed))

    async def _end_others(self, feed: Feed, before: Access, now: Access, gone: set[str]) -> bool:
        """End subscriptions of those who may not see a node any more; False as of `give`."""
        if now.model in ("open", "authorize"):
            return True
        at, allowed = self.service(feed), {self._own(), *now.members, *before.writers} - gone
        allowed |= await self._store.read(lambda view: _allowed(view, now))
        try:
            known = await self._pubsub.subscribers(feed.node, service=at)
        except NotSupported:
            # Those who may have subscribed. ejabberd goes on behind one who hasn't.
            people = await self._store.read(lambda view: _allowed(view, before))
            await self._end(feed, sorted({*people, *gone} - allowed))
            return before.model in ("whitelist", "roster", "presence")
        await self._end(feed, [each for each in known if each.partition("/")[0] not in allowed])
        return True

    async def _end(self, feed: Feed, subscribers: Sequence[str]) -> None:
        for start in range(0, len(subscribers), _AT_ONCE):
            some = subscribers[start : start + _AT_ONCE]
            # One of them may have none.
            with suppress(NotAllowed, ServerError):
                at = self.service(feed)
                await self._pubsub.end_subscriptions(feed.node, some, service=at)

    def service(self, feed: Feed) -> str:
        """Return where a feed is as `Pubsub` takes it."""
        return "" if feed.service == self._own() else feed.service


def _named(roles: Mapping[str, str]) -> Access:
    """Return who may see a node that is for those who are named."""
    members = tuple(each for each, what in roles.items() if what == "member")
    writers = tuple(each for each, what in roles.items() if what != "member")
    return Access("whitelist", members=members, writers=writers)


def _allowed(view: View, whose: Access) -> set[str]:
    """Return which contacts may see a node, or may have before, where it doesn't name them."""
    if whose.model == "open":
        return set(contacts.listed(view))
    if whose.model == "presence":
        return audience.seeing(view)
    return audience.grouped(view, whose.groups) if whose.model == "roster" else set()
