"""Opening links: addresses of the form xmpp:name@server here, others and files outside."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from primitivus.commands.arguments.types import Kind, text_of
from primitivus.commands.arguments.which_blog import Blog
from primitivus.commands.asking.desktop import open_elsewhere, open_file
from primitivus.commands.blogs import posts
from primitivus.commands.blogs.blogs import open_blog
from primitivus.commands.command import Command, command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.commands.messages import linked
from primitivus.commands.messages.conversations import chat
from primitivus.model.blogs.blogs import Feed
from primitivus.model.files.transfers import Transfers
from primitivus.model.panes.post import PostPane
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.popups.popup import Overlay
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.wording import links
from primitivus.model.wording.links import SCHEME, Link
from primitivus.model.wording.quoting import QUOTES, quote
from primitivus.sentences import tr


def _complete_link(asked: Asked) -> Iterable[Candidate]:
    state = asked.known.state
    known = state.account.of(Transfers)
    found = dict.fromkeys(
        each for held in linked.shown(state) for each in linked.links(held, known)
    )
    return [Candidate(url) for url in found if url.startswith(asked.word)]


def _address(text: str) -> str:
    return text_of(text) if text[:1] in QUOTES else text


# A link, its number, or the path of a file; by default one of a message.
Address = Annotated[str, Kind("link", _address, takes_rest=True, complete=_complete_link)]


@command("open")
async def open_link(ctx: Context, address: Address | None = None) -> None:
    """Open a link or file, by default of the selected message, else of the newest that has one.

    `:open 2` opens the second of several, by the numbers that stand behind the links of the
    selected message; in the list of them a number chooses one. Where no message has one it is that
    of the topic. Of what a search has found it is that of the chosen message, and of a text over
    the screen, such as details, that of the text.

    A file that was downloaded is opened from the disk, with the program that the setting `opener`
    names, else by the desktop. Where there is none, as over ssh, the command is copied that brings
    the file to where you sit, and a link as it is. A terminal that knows links (OSC 8) opens one
    that is clicked by itself, with Shift where the mouse is used here.

    A link of the form xmpp:name@server (XEP-0147) opens a conversation, with the text that it has
    for you to send, and the link to a post of a blog that one. For all else that it asks for the
    command is written for you to run, and a node of a service can be looked at. Nothing goes out by
    itself.
    """
    if address is None or address.isdecimal():
        is_post = isinstance(ctx.pane, PostPane)
        found = posts.opened(ctx) if is_post else linked.found(ctx, linked.opened)
        await _take_one_of(ctx, found, open_link, tr("Open"), number=address)
    elif address.startswith("/"):
        await open_file(ctx, address)
    elif address[: len(SCHEME)].lower() == SCHEME:
        await _open_address(ctx, address)
    else:
        await open_elsewhere(ctx, address)


@command("copy-link")
async def copy_link(ctx: Context, address: Address | None = None) -> None:
    """Copy a link, by default the one that `open` would open.

    `:copy-link 2` copies the second of several; that of a post itself is its 0. That of a file is
    where it is; one that begins with aesgcm: has the key in it, too.
    """
    if address is None or address.isdecimal():
        is_post = isinstance(ctx.pane, PostPane)
        found = posts.copied(ctx) if is_post else linked.found(ctx, linked.links)
        first = 0 if is_post else 1
        await _take_one_of(
            ctx, found, copy_link, tr("Copy the address"), number=address, first=first
        )
    else:
        ctx.state.say(f"{await ctx.screen.copy(address)}: {address}")


async def _take_one_of(
    ctx: Context,
    found: Mapping[str, str],
    take: Command,
    what: str,
    *,
    number: str | None,
    first: int = 1,
) -> None:
    """Run a command with the link of this number, or that is meant; of several one is chosen."""
    if number is not None:
        at = int(number) - first
        if not 0 <= at < len(found):
            raise CommandError(
                tr(
                    "no link here has the number {number}: the last is {last}",
                    number=number,
                    last=last,
                )
                if (last := len(found) - 1 + first)
                else tr("no link here has a number")
            )
        await take(ctx, [*found][at])
    elif len(found) == 1:
        await take(ctx, next(iter(found)))
    else:
        choose_one_of(ctx, found, take, what, first=first)


def choose_one_of(
    ctx: Context, found: Mapping[str, str], take: Command, what: str, *, first: int = 1
) -> None:
    """Have the user choose the link, or path, with which a command is run, that does `what`.

    Each has a number, by which it is chosen as well: the `first` one that.
    """
    entries = tuple(
        Entry(
            (("popup.key", f"[{number}] "), ("popup", name)),
            f"{take.name} {quote(url) if url.startswith('/') else url}",
        )
        for number, (url, name) in enumerate(found.items(), first)
    )
    hint = tr("Enter does so with what is chosen, a number chooses")
    ctx.state.open_popup(Listing(what, (Part(tr("Found here"), entries),), hint, is_numbered=True))


async def _open_address(ctx: Context, address: str) -> None:
    try:
        link = links.read(address)
    except ValueError as error:
        raise CommandError(str(error)) from None
    # Whoever else knows an address, it is opened as who one is.
    profile, line = _profile(ctx, link) or ctx.account.known.profile.name, links.line(link)
    if isinstance(ctx.pane, Overlay):  # the text that the link was in
        ctx.state.close_popup()
    if links.is_of_item(link):
        await posts.post(ctx, address, profile)
        return
    if links.is_of_node(link):
        feed = Feed(link.jid.partition("/")[0], link.values["node"])
        await open_blog(ctx, Blog(ctx.named(profile).known, feed))
        return
    if link.action == "invite":
        await _go_to_room(ctx, link.jid.partition("/")[0], profile)
    if line:
        await _offer(ctx, line, profile)
        if group := links.group(link):
            group_too = tr(
                "the group {group} is up to you: :group {quote} once it is a contact",
                group=group,
                quote=quote(group),
            )
            ctx.state.say(group_too)
    else:
        await _write(ctx, link, profile)


async def _offer(ctx: Context, line: str, profile: str) -> None:
    """Write a command for the user to run, as the profile it is for."""
    if profile != ctx.state.account.profile.name:
        await ctx.screen.run_line(f"profile {quote(profile)}")
    ctx.state.command_line.reset(line)
    ctx.state.show(mode="command")
    ctx.edited()


async def _go_to_room(ctx: Context, room: str, profile: str) -> None:
    """Show the room to which somebody is to be invited; CommandError where one is not in it."""
    if not ctx.named(profile).known.of(Rooms).is_in(room):
        raise CommandError(
            tr('you are not in "{room}": :join {quote} enters it', room=room, quote=quote(room))
        )
    await chat(ctx, room, profile)


async def _write(ctx: Context, link: Link, profile: str) -> None:
    """Open a conversation, with what the link would have said there."""
    await chat(ctx, link.jid, profile)
    body, conversation = link.values.get("body", ""), ctx.state.conversation
    if body and conversation is not None:
        if conversation.editor.text:
            raise CommandError(tr("what you have begun to write stands where the link has a text"))
        conversation.editor.insert(body)
        ctx.edited()


def _profile(ctx: Context, link: Link) -> str | None:
    """Return the profile that the link wants it opened with; CommandError where there is none."""
    if not link.account:
        return None
    for account in ctx.state.accounts.opened():
        if account.profile.jid == link.account:
            return account.profile.name
    raise CommandError(
        tr('no profile here is "{account}", with whom this is to be opened', account=link.account)
    )
