"""Who reads a blog of one's own whose readers are named or let in, one by one."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from backendd.api.errors import UnknownItem
from primitivus.client.blog_access import BlogAccessPart
from primitivus.commands.arguments.people import begun, everywhere
from primitivus.commands.arguments.types import Kind
from primitivus.commands.arguments.which_blog import Blog
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.blog_access import own_blog, person
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import blog_name
from primitivus.model.popups.readers import KnownReaders, readers_popup, whom
from primitivus.sentences import tr

_NAMING = ("whitelist", "authorize")


def _complete_others(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, everywhere(asked.known.state, _others))


def _complete_reading(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, everywhere(asked.known.state, _reading))


def _others(account: Account) -> Iterator[Candidate]:
    reading = account.of(KnownReaders).listed()
    for each in account.roster.listed():
        if each.jid not in reading:
            yield Candidate(each.jid, each.name)


def _reading(account: Account) -> Iterator[Candidate]:
    for each in account.of(KnownReaders).listed():
        yield Candidate(each, account.name(each))


# Who is to read a blog, and who is to do so no more.
NewReader = Annotated[str, Kind("person", complete=_complete_others, has_blanks=True)]
OldReader = Annotated[str, Kind("person", complete=_complete_reading, has_blanks=True)]


@command("readers")
async def readers(ctx: Context) -> None:
    """Show who reads your blog, or the one that is shown, where they are named or were let in.

    Enter takes the marked one out, after asking.
    """
    meant = own_blog(ctx)
    name, account = blog_name(meant.account, meant.feed), meant.account
    model, members = await _access(ctx, meant)
    if model not in _NAMING:
        said = whom(account, model, members)
        ctx.state.say(
            tr("{name}: {said}; nobody is named for that", name=name, said=said),
            account=account,
        )
    elif not members:
        said = tr(
            'nobody reads "{name}" but who writes there; :add-reader WHO lets somebody in',
            name=name,
        )
        ctx.state.say(said, account=account)
    else:
        whose = ctx.state.accounts.told_apart(account)
        ctx.state.open_popup(readers_popup(account, name, members, whose))


@command("add-reader")
async def add_reader(ctx: Context, who: NewReader) -> None:
    """Let somebody read your blog, or the one that is shown, beside those who do.

    It is for those who are named (`:blog-access whitelist`), or whom you let in (`authorize`).
    """
    meant = own_blog(ctx)
    jid = person(ctx, who)
    await _named(ctx, meant)
    await _set(ctx, meant, jid, may_read=True)
    ctx.state.say(
        tr(
            '{who} reads "{blog}" from now on',
            who=_name(meant, jid),
            blog=blog_name(meant.account, meant.feed),
        ),
        account=meant.account,
    )


@command("remove-reader")
async def remove_reader(ctx: Context, who: OldReader) -> None:
    """Let somebody read your blog no more, or the one that is shown, after asking.

    The others read on. What was read is known, and what they have can't be taken away.
    """
    meant = own_blog(ctx)
    jid, name = person(ctx, who), blog_name(meant.account, meant.feed)
    if jid not in await _named(ctx, meant):
        raise CommandError(
            tr(
                '{who} doesn\'t read "{name}": :readers lists who does',
                who=_name(meant, jid),
                name=name,
            )
        )
    text = tr(
        '{who}\nIs told of nothing new in "{name}", nor of what is said there. What was read before'
        " is known.",
        who=_name(meant, jid),
        name=name,
    )
    if not await confirm(ctx, tr("Take a reader out"), text):
        return
    await _set(ctx, meant, jid, may_read=False)
    ctx.state.say(
        tr('{who} reads "{name}" no more', who=_name(meant, jid), name=name), account=meant.account
    )


async def _set(ctx: Context, meant: Blog, jid: str, *, may_read: bool) -> None:
    part = ctx.at(meant.account.place("")).part(BlogAccessPart)
    await part.calls.set_reader(*meant.feed, jid, may_read)
    part.ask_again(meant.feed)
    await part.access(meant.feed)


async def _named(ctx: Context, meant: Blog) -> list[str]:
    """Return who is named or was let in; CommandError where nobody is."""
    model, members = await _access(ctx, meant)
    if model not in _NAMING:
        name, said = blog_name(meant.account, meant.feed), whom(meant.account, model, ())
        raise CommandError(
            tr(
                "{name}: {said}; :blog-access whitelist WHO makes it be for some",
                name=name,
                said=said,
            )
        )
    return members


async def _access(ctx: Context, meant: Blog) -> tuple[str, list[str]]:
    part = ctx.at(meant.account.place("")).part(BlogAccessPart)
    try:
        model, members = await part.access(meant.feed)
    except UnknownItem:
        raise CommandError(tr("there is no such blog yet; :blog-access MODEL makes it")) from None
    return model, list(members)


def _name(meant: Blog, jid: str) -> str:
    return meant.account.name(jid) or jid
