"""Services: looking around at them, and asking who answers for what they are."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

from backendd.api.records import LastActivity, SoftwareVersion
from primitivus.client.services import ServicesPart
from primitivus.commands.arguments.people import PeerJid, find_here
from primitivus.commands.arguments.types import Kind
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.panes.panes import show
from primitivus.model.accounts.offered import Offered, What
from primitivus.model.area import Area
from primitivus.model.panes.service_level import Level
from primitivus.model.panes.services import ServicesPane
from primitivus.model.place import Place
from primitivus.model.wording.times import local_moment, moment
from primitivus.sentences import tr


def _complete_service(asked: Asked) -> Iterable[Candidate]:
    known = asked.known.state.account.services
    return [Candidate(jid, name) for jid, name in known.items() if jid.startswith(asked.word)]


def _complete_offered(asked: Asked, what: What) -> Iterable[Candidate]:
    """Complete to what the service has that is named before; it is asked for that at first."""
    items = asked.known.state.account.of(Offered).of(asked.earlier, what)
    return [Candidate(each.node, each.name) for each in items if each.node.startswith(asked.word)]


# A server, one of its services, or any other address.
ServiceJid = Annotated[str, Kind("service", complete=_complete_service)]
NodeOfService = Annotated[str, Kind("word", complete=partial(_complete_offered, what="nodes"))]
CommandNode = Annotated[str, Kind("word", complete=partial(_complete_offered, what="commands"))]


@command("services", aliases=("disco",))
async def services(
    ctx: Context, jid: ServiceJid | None = None, node: NodeOfService | None = None
) -> None:
    """Look around at a server, by default your own: what it is, can do and has.

    With a node it is about that alone. Enter opens what is chosen, or does what is offered there;
    Esc goes back.
    """
    place = ctx.account.known.place("")
    domain = ctx.account.known.profile.jid.partition("@")[2]
    level = Level(jid or domain, node or "", is_own=jid in (None, domain) and not node)
    show(ctx, ServicesPane(place, level, lambda name: ctx.registry.find(name) is not None))


@command("services-into", context="services")
async def services_into(ctx: Context) -> None:
    """Go into what is chosen of a service."""
    pane = _pane(ctx)
    chosen = pane.chosen
    if chosen is not None and chosen.item is not None:
        pane.go_into(chosen.item)
        ctx.state.changed(Area.VIEW)


@command("services-more", context="services")
async def services_more(ctx: Context) -> None:
    """Load more of what a service has."""
    pane = _pane(ctx)
    ctx.at(pane.place).part(ServicesPart).load_more(pane.level)
    ctx.state.changed(Area.VIEW)


@command("services-features", context="services")
async def services_features(ctx: Context) -> None:
    """Show what a service can do, or fold that again."""
    level = _pane(ctx).level
    level.shows_features = not level.shows_features
    level.changed()
    ctx.state.changed(Area.VIEW)


@command("services-join", context="services")
async def services_join(ctx: Context) -> None:
    """Join the room that is chosen, or where one is."""
    pane = _pane(ctx)
    chosen = pane.chosen
    jid = chosen.item.jid if chosen is not None and chosen.item is not None else pane.level.jid
    if "@" not in jid:
        raise CommandError(tr('"{jid}" is no room: Enter shows what it has', jid=jid))
    await ctx.screen.run_line(f"join {jid}")


@command("ping")
async def ping(ctx: Context, jid: PeerJid | None = None) -> None:
    """Ask whether somebody or a service answers, by default whom you talk with, else the server."""
    place, whom = _whom(ctx, jid)
    took = await ctx.at(place).part(ServicesPart).interface.ping(whom)
    ctx.state.say(tr("{whom} answers in {took:.0f} ms", whom=whom, took=took / 1000))


@command("version")
async def version(ctx: Context, jid: PeerJid | None = None) -> None:
    """Tell which program somebody or a service runs, by default whom you talk with."""
    place, whom = _whom(ctx, jid)
    found = await ctx.at(place).part(ServicesPart).interface.software_version(whom)
    ctx.state.say(f"{whom}: {_program(found)}")


@command("last-activity")
async def last_activity(ctx: Context, jid: PeerJid | None = None) -> None:
    """Tell since when somebody is away, or a service runs."""
    place, whom = _whom(ctx, jid)
    asked = place.peer if jid is not None or place.peer else whom
    found = await ctx.at(place).part(ServicesPart).interface.last_activity(asked)
    ctx.state.say(f"{asked}: {_since(found, is_service='@' not in asked)}")


@command("time")
async def time(ctx: Context, jid: PeerJid | None = None) -> None:
    """Tell what time it is where somebody is, or a service, by default whom one is with."""
    place, whom = _whom(ctx, jid)
    found = await ctx.at(place).part(ServicesPart).interface.entity_time(whom)
    ctx.state.say(
        tr(
            "where {whom} is, it is {time}",
            whom=whom,
            time=local_moment(found.time, found.offset),
        )
    )


def _program(found: SoftwareVersion) -> str:
    said = " ".join(filter(None, (found.name, found.version)))
    if found.os:
        return (
            tr("{program} on {os}", program=said, os=found.os)
            if said
            else tr("it does not say which program it is (on {os})", os=found.os)
        )
    return said or tr("it does not say which program it is")


def _since(found: LastActivity, *, is_service: bool) -> str:
    if not found.time:
        told = tr("it does not say")
    elif is_service:
        told = tr("running since {time}", time=moment(found.time))
    else:
        told = tr("last seen {time}", time=moment(found.time))
    return f"{told} ({found.status})" if found.status else told


def _whom(ctx: Context, jid: str | None) -> tuple[Place, str]:
    """Return who is asked, by which address: of a contact it is one of their clients."""
    place = find_here(ctx.state, jid) if jid else ctx.state.layout.place
    if not place.peer:
        account = ctx.account.known
        return account.place(""), account.profile.jid.partition("@")[2]
    contact = ctx.state.at(place).roster.get(place.peer)
    if contact is None or not contact.resources:
        return place, place.peer
    client = max(contact.resources, key=lambda each: each.priority)
    return place, f"{place.peer}/{client.resource}"


def _pane(ctx: Context) -> ServicesPane:
    pane = ctx.state.layout.main
    if not isinstance(pane, ServicesPane):
        raise CommandError(tr("no services are shown: :services shows them"))
    return pane
