"""Which blogs are followed."""

from backendd.api.records import Subscription
from backendd.api.words import BlogNotify
from primitivus.client.blogs import BlogsPart
from primitivus.commands.arguments.people import accounts
from primitivus.commands.arguments.which_blog import Blog, BlogAddress, BlogNode, the_blog
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.model.blogs.blogs import Blogs, blog_name
from primitivus.model.popups.blog_list import BlogList
from primitivus.model.popups.followed import FollowedPopup
from primitivus.model.wording.enumerating import joined
from primitivus.model.wording.quoting import commas
from primitivus.sentences import ntr, tr


@command("follow")
async def follow(
    ctx: Context, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Follow a blog, by default the one that is shown, else that of whom you look at.

    What is written there comes by itself from now on, and is kept to be read without a connection.
    One that is followed and can't be read is asked for anew.
    """
    meant = the_blog(ctx, address, node)
    blogs, feed = meant.account.of(Blogs), meant.feed
    name, account, too = blog_name(meant.account, feed), meant.account, _too(ctx, meant)
    before = blogs.get(feed)
    if before is not None and before.pending:
        ctx.state.say(
            joined(
                tr('"{name}" waits for approval still', name=name),
                too,
                tr(":unfollow ends that"),
            ),
            account=account,
        )
        return
    if before is not None and not before.error[0]:
        ctx.state.say(
            joined(tr('"{name}" is followed already', name=name), too, tr(":unfollow ends that")),
            account=account,
        )
        return
    calls = ctx.at(meant.account.place("")).part(BlogsPart).calls
    # One that can't be read is asked for anew: that is told even where it is followed.
    call = calls.subscribe(feed.service, feed.node)
    await ctx.told(call, lambda: blogs.get(feed) is not before)
    followed = blogs.get(feed)
    if followed is not None and followed.pending:
        said = tr('"{name}" waits for approval: it is followed once its owner agrees', name=name)
        said = joined(said, too)
    else:
        said = joined(tr('you follow "{name}"', name=name), too, tr(":unfollow ends that"))
    ctx.state.say(said, account=account)


@command("unfollow")
async def unfollow(
    ctx: Context, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Follow a blog no more, by default the one that is shown or marked."""
    meant = the_blog(ctx, address, node)
    blogs, feed = meant.account.of(Blogs), meant.feed
    name = blog_name(meant.account, feed)
    if address is None and not await _is_sure(ctx, name):
        return
    calls = ctx.at(meant.account.place("")).part(BlogsPart).calls
    call = calls.unsubscribe(feed.service, feed.node)
    await ctx.told(call, lambda: blogs.get(feed) is None)
    ctx.state.say(
        joined(tr('you no longer follow "{name}"', name=name), _too(ctx, meant)),
        account=meant.account,
    )


@command("mute-blog", aliases=("blog mute",))
async def mute_blog(
    ctx: Context, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Let a blog make no noise, or as much as usual again: by default the shown or marked one.

    What is new in it stays unread, and is not counted with the rest; `followed` tells how much it
    is. What is said to you there is told as ever.
    """
    meant = the_blog(ctx, address, node)
    blogs, feed = meant.account.of(Blogs), meant.feed
    name, account = blog_name(meant.account, feed), meant.account
    known = blogs.get(feed)
    if known is None:
        raise CommandError(tr('"{name}" isn\'t followed; :follow does that', name=name))
    notify: BlogNotify = "all" if known.notify == "none" else "none"
    calls = ctx.at(account.place("")).part(BlogsPart).calls
    call = calls.set_subscription(feed.service, feed.node, notify=notify)
    await ctx.told(call, lambda: _notify(blogs.get(feed)) == notify)
    said = (
        tr('"{name}" makes no noise: what is new there is not counted', name=name)
        if notify == "none"
        else tr('"{name}" makes noise', name=name)
    )
    ctx.state.say(said, account=account)


@command("followed")
async def followed(ctx: Context) -> None:
    """Show the blogs that you follow, and how much is unread in each; Enter shows one."""
    account = ctx.account.known
    blogs = account.of(Blogs)
    await ctx.until(lambda: blogs.are_known)
    if not blogs.followed():
        ctx.state.say(tr("you follow no blog; :follow ADDRESS follows somebody's"))
        return
    ctx.state.open_popup(FollowedPopup(tr("Blogs you follow"), (), _hint(ctx), account=account))


def _notify(followed: Subscription | None) -> str:
    return followed.notify if followed is not None else ""


def _hint(ctx: Context) -> str:
    bound = [each for each in ctx.screen.bindings() if each.context == FollowedPopup.context]
    does = {"unfollow": tr("follows it no more"), "mute-blog": tr("mutes it")}
    keys = [f"{each.keys} {does[each.line]}" for each in bound if each.line in does]
    return "; ".join((tr("type to search"), tr("Enter shows it"), *keys))


def _too(ctx: Context, meant: Blog) -> str:
    """Return in which other profiles a blog is followed; nothing where in none."""
    others = [
        each.profile.name
        for each in accounts(ctx.state)
        if each is not meant.account and each.of(Blogs).get(meant.feed) is not None
    ]
    if not others:
        return ""
    return ntr(
        "{others} follows it too",
        "{others} follow it too",
        len(others),
        others=commas(others),
    )


async def _is_sure(ctx: Context, name: str) -> bool:
    """Return whether the chosen one of the list is to go, which shows again after the question."""
    listed = ctx.pane
    if not isinstance(listed, BlogList):
        return True
    text = tr("{name}\nWhat is here of it stays, to be found.", name=name)
    is_sure = await confirm(ctx, tr("Follow no more"), text)
    ctx.state.open_popup(listed)
    return is_sure
