"""Who writes in a blog beside its owner."""

from collections.abc import Sequence
from typing import Annotated

from backendd.api.errors import BackendError
from backendd.api.words import PublishModel
from primitivus.client.blog_access import BlogAccessPart
from primitivus.commands.arguments.which_blog import Blog
from primitivus.commands.asking.forms import confirm
from primitivus.commands.blogs.blog_access import Readers, one_of, own_blog, person
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.blogs.blogs import blog_name
from primitivus.model.popups.readers import by_whom
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import commas
from primitivus.sentences import ntr, tr

_WRITING = {
    "publishers": tr("those whom you name"), "subscribers": tr("who follows it"),
    "open": tr("everybody who sees it"),
}  # fmt: skip

WriterModel = Annotated[PublishModel, one_of(_WRITING)]


@command("blog-writers", aliases=("blog writers",))
async def blog_writers(
    ctx: Context, model: WriterModel | None = None, people: Readers | None = None
) -> None:
    """Say who writes in the blog that is shown, or in yours; alone, tell who does now.

    `publishers` are those who are named behind it, with commas between; without any they stay as
    they are, and your own address alone takes all of them out. Who is taken out goes on to read it
    where it names its readers, and that is said. `subscribers` is whoever follows the blog, `open`
    everybody who sees it.
    """
    meant = own_blog(ctx)
    part = ctx.at(meant.account.place("")).part(BlogAccessPart)
    name = blog_name(meant.account, meant.feed)
    before, members = await part.calls.writers(*meant.feed)
    if model is None:
        said = by_whom(meant.account, before, members)
        ctx.state.say(
            tr("{name}: {said}; :blog-writers MODEL WHO changes it", name=name, said=said)
        )
        return
    named = list(members) if people is None else [person(ctx, each) for each in people]
    if model == "open" and before != "open":
        text = tr("{name}\nEverybody who can read it can write there as well.", name=name)
        if not await confirm(ctx, tr("Have everybody write"), text):
            return
    named = [each for each in named if each != meant.account.profile.jid]
    await part.calls.set_writers(*meant.feed, model, named if model == "publishers" else [])
    ended = [each for each in members if each not in named] if model == "publishers" else []
    stay = await _still_reading(meant, part, ended)
    said = tr("{name}: {whom}", name=name, whom=by_whom(meant.account, model, named))
    ctx.state.say(joined(said, stay))


async def _still_reading(meant: Blog, part: BlogAccessPart, ended: Sequence[str]) -> str:
    """Return what to say of those who write in a blog no more, and are named as its readers."""
    if not ended:
        return ""
    try:
        model, readers = await part.access(meant.feed)
    except BackendError:
        return ""
    names = [meant.account.name(each) or each for each in ended if each in readers]
    if model != "whitelist" or not names:
        return ""
    return ntr(
        "{names} still reads it: :remove-reader ends that",
        "{names} still read it: :remove-reader ends that",
        len(names),
        names=commas(names),
    )
