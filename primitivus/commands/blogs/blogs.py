"""Reading blogs: all that is followed, one of them, or what has some words in it."""

from primitivus.client.blogs import BlogsPart
from primitivus.commands.arguments.types import NOTHING, Rest
from primitivus.commands.arguments.which_blog import (
    Blog,
    BlogAddress,
    BlogNode,
    shown_blog,
    the_blog,
)
from primitivus.commands.asking.forms import confirm
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.elsewhere import look_in_messages
from primitivus.commands.panes.panes import again, show
from primitivus.model.area import Area
from primitivus.model.blogs.blogs import Blogs, Feed, feed_of
from primitivus.model.blogs.discussion import unread
from primitivus.model.blogs.discussions import Discussions
from primitivus.model.blogs.post_sources import Followed, FoundPosts, OneBlog, Unpublished
from primitivus.model.panes.timeline import TimelinePane, UnpublishedPane
from primitivus.model.telling.still import still_shows
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import ntr, tr

# So many are marked as read without a question.
_FEW = 5


@command("blog")
async def blog(
    ctx: Context, address: BlogAddress | None = None, node: BlogNode | None = None
) -> None:
    """Show what was written in all blogs that you follow, or one blog: of whoever has this address.

    A group's blog is a node of a service, of which both are needed, or a link to it (xmpp:). It is
    a list, newest first, and goes on by itself further down; how the marked post goes on stands
    below it. What you have seen whole there is read.
    With the rest of another command's name it is that one: `:blog album` is `:blog-album`. Quotes
    make an address of such a word.
    """
    if address is None:
        await _again(ctx, TimelinePane(ctx.account.known.place(""), Followed()))
    else:
        await open_blog(ctx, the_blog(ctx, address, node))


@command("blog-unread", aliases=("blog unread",))
async def blog_unread(ctx: Context) -> None:
    """Show only what is unread in the blogs that you follow; there, show all of it again."""
    pane = ctx.state.layout.main
    is_there = isinstance(pane, TimelinePane) and pane.source == Followed(is_unread=True)
    place = ctx.account.known.place("")
    await _show(ctx, TimelinePane(place, Followed(is_unread=not is_there)))


@command("unpublished")
async def unpublished(ctx: Context) -> None:
    """Show what you wrote that is not published: posts and comments that wait, or have failed.

    What you took back is there as well until its service knows.
    Why stands below; `retry` publishes the marked one again, `discard` gives it up.
    """
    await _again(ctx, UnpublishedPane(ctx.account.known.place(""), Unpublished()))


@command("blog-search", aliases=("blog search",))
async def blog_search(ctx: Context, words: Rest = NOTHING) -> None:
    """Find posts by their words and tags, in all that is here of blogs; `back` returns.

    All words have to be there; "a phrase" in quotes, begin* with a star. #tag finds what has just
    that tag, #"of several words" too. Without words it shows again what was found last. Messages
    have a search of their own, `search`.
    """
    if not words:
        await _show_found(ctx)
        return
    await _show(ctx, TimelinePane(ctx.account.known.place(""), FoundPosts(words)))
    await look_in_messages(ctx, words)


@command("their-blog")
async def their_blog(ctx: Context) -> None:
    """Show the blog of the marked post alone, else that of whom you look at."""
    await open_blog(ctx, shown_blog(ctx))


@command("mark-post-read", context="timeline")
async def mark_post_read(ctx: Context) -> None:
    """Have the marked post be read, what others say to you there, and who likes it be seen."""
    pane = _pane(ctx)
    if pane.chosen is not None:
        part, chosen = ctx.at(pane.place).part(BlogsPart), pane.chosen
        await part.seen.mark_read([chosen])
        if unread(chosen):
            await part.calls.mark_read(chosen.comments_service, chosen.comments_node, [])
        known = ctx.state.at(pane.place).of(Discussions).get(chosen.uri)
        if known is not None and known.new_likes:
            await part.calls.see_likes(chosen.service, chosen.node, [chosen.id])


@command("mark-posts-read", context="timeline")
async def mark_posts_read(ctx: Context) -> None:
    """Have all be read of the blog that is shown, or of all blogs that you follow.

    So is what others say there to you. Of more than a few it asks before.
    """
    pane = _pane(ctx)
    part, account = ctx.at(pane.place).part(BlogsPart), ctx.state.at(pane.place)
    if isinstance(pane.source, FoundPosts):
        found = [each for each in pane.posts.listed() if each.unread]
        if what := await _may_mark(ctx, len(found), 0):
            await part.seen.mark_read(found)
            ctx.state.say(what)
        return
    followed, said = account.of(Blogs).followed(), account.of(Discussions).unseen()
    if isinstance(pane.source, OneBlog):
        blog = pane.source.feed
        followed = [each for each in followed if feed_of(each) == blog]
        said = [each for each in said if Feed(each.service, each.node) == blog]
    posts, comments = sum(each.unread for each in followed), sum(each.unread for each in said)
    if not (what := await _may_mark(ctx, posts, comments)):
        return
    feeds = [feed_of(each) for each in followed if each.unread]
    feeds += (Feed(each.comments_service, each.comments_node) for each in said)
    for feed in feeds:
        await part.calls.mark_read(feed.service, feed.node, [])
    ctx.state.say(what)


async def _may_mark(ctx: Context, posts: int, comments: int) -> str:
    """Return what to say once so many are read; nothing where they aren't to be, which is said."""
    if not posts + comments:
        ctx.state.say(tr("nothing is unread here"), holds=still_shows(ctx.state.layout))
        return ""
    named = [ntr("{n} post", "{n} posts", posts)] * bool(posts)
    named += [ntr("{n} comment", "{n} comments", comments)] * bool(comments)
    text = tr("All of it counts as read from now on, whether you saw it or not.")
    text = "\n".join((*named, text))
    if posts + comments > _FEW and not await confirm(ctx, tr("Have all be read"), text):
        return ""
    said = [ntr("{n} post is read", "{n} posts are read", posts)] * bool(posts)
    said += [ntr("{n} comment is read", "{n} comments are read", comments)] * bool(comments)
    return joined(*said)


@command("reload-posts", context="timeline")
async def reload_posts(ctx: Context) -> None:
    """Read the list anew."""
    _pane(ctx).reload()
    ctx.state.changed(Area.VIEW)


async def open_blog(ctx: Context, meant: Blog) -> None:
    """Show a blog alone."""
    pane = TimelinePane(meant.account.place(""), OneBlog(meant.feed, meant.account))
    await _again(ctx, pane)


async def _show_found(ctx: Context) -> None:
    """Show again what was found last; CommandError where nothing was searched for."""
    pane = TimelinePane(ctx.account.known.place(""), FoundPosts(""))
    if (found := again(ctx, pane)) is pane:
        raise CommandError(tr("no post was searched for yet: give words to find"))
    await _show(ctx, found)


async def _again(ctx: Context, pane: TimelinePane) -> None:
    """Show a list of posts as it was left, if it was shown before."""
    await _show(ctx, again(ctx, pane))


async def _show(ctx: Context, pane: TimelinePane) -> None:
    """Show a list of posts, and have it filled."""
    show(ctx, pane)
    await ctx.at(pane.place).part(BlogsPart).open(pane)


def _pane(ctx: Context) -> TimelinePane:
    pane = ctx.state.layout.main
    if not isinstance(pane, TimelinePane):
        raise CommandError(tr("no posts are shown: :blog shows those of the blogs that you follow"))
    return pane
