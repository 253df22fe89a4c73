"""Nodes of blogs, and of what belongs to them: how they are made, and whom they are for."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from backendd.api.errors import (
    BackendError,
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
from backendd.session import pubsub_refusals as refusals
from backendd.session.disco import Disco
from backendd.session.pubsub import Pubsub
from backendd.store import audience, contacts, feeds, readers
from backendd.store.ledger import ProfileStore
from backendd.store.view import View

TYPE = "pubsub#type"
"""What a node says is in it (XEP-0060 16.4.4)."""

KEEPING: Options = {"persist_items": True, "max_items": "max"}
BLOG: Options = {**KEEPING, "publish_model": "publishers", "notify_retract": True}
DISCUSSION: Options = {**KEEPING, "publish_model": "open", "notify_retract": True}

_AT_ONCE = 50
# Whom these are for, and nobody beside them.
_CLOSED = ("presence", "roster", "whitelist")
_WRITING = ("publisher", "publish-only")
_BY = {
    "publishers": "those whom you name", "subscribers": "those who follow it", "open": "everybody",
}  # fmt: skip
_WHOM = {
    "open": "everybody", "presence": "those who see your presence",
    "roster": "groups of your contacts", "whitelist": "those alone whom you name",
    "authorize": "those whom you let in one by one",
}  # fmt: skip


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
            raise _explained(error, at, _cannot(whose)) from error
        if whose.model == "whitelist":
            await self._admit(feed, whose.members)
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
        return await self._named(feed) if model == "whitelist" else Access(model)

    async def _named(self, feed: Feed) -> Access:
        """Return who may see a node because they are named, and do so whomever else it is for."""
        roles = await self._pubsub.affiliations(feed.node, service=self.service(feed))
        members = tuple(each for each, what in roles.items() if what == "member")
        others = {"none", "outcast", "member"}
        writers = tuple(
            each for each, what in roles.items() if what not in others and each != self._own()
        )
        return Access("whitelist", members=members, writers=writers)

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
            raise refusals.explained(error, feed.service, feed.node) from error
        return Metadata.of(info)

    async def give(self, feed: Feed, whose: Access) -> bool:
        """Have a node be for these people from now on, whoever follows it.

        Return False where others may go on to see it who have followed it before: its service
        doesn't say who they are.
        """
        node, at = feed.node, self.service(feed)
        form = await self._form(feed)
        before = await self._access(feed, form)
        named = before
        if before.model != "whitelist" and whose.model in _CLOSED:
            named = await self._named(feed)  # once, and not since, which nobody would see
        gone = {*before.members, *named.members} - {*whose.members, *whose.writers}
        if whose.model == "whitelist":
            await self._admit(feed, set(whose.members) - {*named.members, *named.writers})
        try:
            await self._pubsub.configure(node, whose.options, service=at, form=form)
        except (FormRejected, NotSupported, ServerError) as error:
            raise _explained(error, at, _cannot(whose)) from error
        is_known = await self._end_others(feed, before, whose, gone)
        if whose.model in _CLOSED:
            # Behind that: Prosody refuses to let somebody be nobody who has subscribed.
            seeing = await self._store.read(lambda view: _allowed(view, whose))
            await self._affiliate(feed, gone - seeing, "none")
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
            whom = _BY.get(whose.model, whose.model)
            raise _explained(error, at, f"can't have a blog be written by {whom}") from error
        if whose.model != "publishers":
            return
        roles = dict.fromkeys(
            set(before.members) - {*whose.members}, "member" if is_named else "none"
        )
        roles |= dict.fromkeys(set(whose.members) - {*before.members, self._own()}, "publisher")
        if roles:
            await self._pubsub.affiliate(feed.node, roles, service=at)

    async def _admit(self, feed: Feed, people: Iterable[str]) -> None:
        await self._affiliate(feed, set(people) - {self._own()}, "member")

    async def _affiliate(self, feed: Feed, people: Iterable[str], role: str) -> None:
        if roles := dict.fromkeys(people, role):
            await self._pubsub.affiliate(feed.node, roles, service=self.service(feed))

    async def _end_others(self, feed: Feed, before: Access, now: Access, gone: set[str]) -> bool:
        """End subscriptions of those who may not see a node any more; False as of `give`."""
        if now.model in ("open", "authorize"):
            return True
        at, allowed = self.service(feed), {self._own(), *now.members, *before.writers}
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


def _allowed(view: View, whose: Access) -> set[str]:
    """Return which contacts may see a node, or may have before, where it doesn't name them."""
    if whose.model == "open":
        return set(contacts.listed(view))
    if whose.model == "presence":
        return audience.seeing(view)
    return audience.grouped(view, whose.groups) if whose.model == "roster" else set()


def _cannot(whose: Access) -> str:
    return f"can't have a blog be for {_WHOM.get(whose.model, whose.model)}"


def _explained(error: BackendError, service: str, what: str) -> BackendError:
    """Return that a service can't do what is wanted, if it is that what it refuses."""
    is_refused = isinstance(error, FormRejected | NotSupported) or (
        isinstance(error, ServerError) and error.condition == "not-acceptable"
    )
    return NotSupported(f"{service or 'the server'} {what}") if is_refused else error
