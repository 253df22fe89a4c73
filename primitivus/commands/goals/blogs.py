"""The blogs that are followed."""

from collections.abc import Iterator

from primitivus.commands.context import Context
from primitivus.model.blogs.blogs import Blogs, blog_name, feed_of
from primitivus.model.popups.switching import Goal
from primitivus.model.wording.quoting import quote


def followed(ctx: Context) -> Iterator[Goal]:
    """Yield them, each once, however many profiles follow it."""
    accounts = ctx.state.accounts
    opened = sorted(accounts.opened(), key=lambda each: each is not ctx.state.account)
    seen = set()
    for account in opened:
        for each in account.of(Blogs).followed():
            feed = feed_of(each)
            if feed not in seen:
                seen.add(feed)
                yield Goal(
                    "blog",
                    blog_name(account, feed),
                    f"blog {quote(feed.service)} {quote(feed.node)}",
                    also=feed.address,
                    whose=accounts.told_apart(account),
                    unread=each.unread,
                )
