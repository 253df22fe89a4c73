"""What others say to the user about posts: going to what is unread, and having it make no noise."""

from primitivus.client.discussions import DiscussionsPart
from primitivus.commands.arguments.types import Text
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import NothingFound
from primitivus.commands.panes.panes import show
from primitivus.model.area import Area
from primitivus.model.blogs.discussions import Discussions
from primitivus.model.blogs.post_titles import title
from primitivus.model.panes.post import PostPane
from primitivus.model.panes.timeline import TimelinePane
from primitivus.sentences import tr


@command("next-comment")
async def next_comment(ctx: Context, post: Text | None = None) -> None:
    """Go to the first comment to you that you have not seen: on the POST of this link, or on any.

    It may be on a post of yours, or answer what you said to one of others. Those of the profile in
    use come before those of others.
    """
    if not show_unread_comment(ctx, post):
        raise NothingFound(tr("nothing is said to you that you have not seen"))


def show_unread_comment(ctx: Context, post: str | None = None) -> bool:
    """Go to the first comment to us that was not seen yet; return whether there is one.

    It is one of the account where one is before those of others, and on the `post` of this link,
    if it is given, of that account alone.
    """
    here = ctx.state.account
    opened = ctx.state.accounts.opened() if post is None else [here]
    for account in sorted(opened, key=lambda each: each is not here):
        for each in account.of(Discussions).waiting():
            if post not in (None, each.uri):
                continue
            pane = ctx.state.layout.main
            is_here = isinstance(pane, PostPane) and pane.key == (each.service, each.node, each.id)
            if isinstance(pane, PostPane) and is_here and each.first_unread in pane.talk.comments:
                pane.talk.look_for(each.first_unread)
                ctx.state.changed(Area.VIEW)
            else:
                # What leads to a comment leads to the post that it is on.
                at = (each.comments_service, each.comments_node, each.first_unread)
                show(ctx, PostPane(account.place(""), *at))
            return True
    return False


async def mute_discussion(ctx: Context, pane: PostPane | TimelinePane) -> bool:
    """Let what is said to a post make no noise, or as much as usual again; False: none is shown."""
    entry = pane.entry if isinstance(pane, PostPane) else pane.chosen
    if entry is None:
        return False
    account = ctx.state.at(pane.place)
    is_quiet = account.of(Discussions).is_muted(entry.uri)
    part = ctx.at(pane.place).part(DiscussionsPart)
    await part.calls.set_discussion(
        entry.service, entry.node, entry.id, notify="all" if is_quiet else "none"
    )
    said = (
        tr('what is said to "{title}" makes a noise', title=title(entry))
        if is_quiet
        else tr('what is said to "{title}" makes no noise', title=title(entry))
    )
    ctx.state.say(said, account=account)
    return True
