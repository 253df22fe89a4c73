"""Blogs: what was said to the user and who likes theirs, what is unread, what is not out."""

from collections.abc import Iterator

from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import Blogs
from primitivus.model.blogs.discussions import Discussions, liker, named, speaker
from primitivus.model.blogs.outgoing import OutgoingPosts
from primitivus.model.home.source import MOST
from primitivus.model.panes.listed_row import ListedRow
from primitivus.model.state import State
from primitivus.model.wording.quoting import quote
from primitivus.sentences import ntr, tr


def comments(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield the posts to which something was said to the user that they have not seen."""
    found = account.of(Discussions).waiting()
    for each in found[-MOST:]:
        text = tr('on "{post}"', post=named(each))
        if each.last is not None:
            text = tr(
                'on "{post}", the last by {speaker}',
                post=named(each),
                speaker=speaker(account, each.last),
            )
        yield ListedRow(
            account.place(""),
            f"discussion {each.uri}",
            sign=str(each.unread),
            name=tr("comments"),
            text=text,
            tone="unread",
            time=each.last_came,
            line=f"next-comment {quote(each.uri)}",
        )
    if (more := len(found) - MOST) > 0:
        yield ListedRow(
            account.place(""), "more discussions", symbol="comments", name=tr("comments"),
            text=ntr("on {n} more post", "on {n} more posts", more), tone="quiet",
            line="next-comment",
        )  # fmt: skip


def likes(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield what the user wrote that somebody has come to like, which they have not seen."""
    found = [each for each in account.of(Discussions).liked() if each.notify == "all"]
    for each in found[-MOST:]:
        who = liker(account, each)
        text = (
            tr('of "{post}", by {who}', post=named(each), who=who)
            if each.new_likes == 1
            else tr('of "{post}", the last by {who}', post=named(each), who=who)
        )
        yield ListedRow(
            account.place(""),
            f"likes {each.uri}",
            sign=str(each.new_likes),
            name=tr("likes"),
            text=text,
            time=each.liked_at,
            line=f"post {quote(each.uri)}",
        )
    if hidden := found[:-MOST]:
        text = ntr(
            "of {n} more thing that you wrote", "of {n} more things that you wrote", len(hidden)
        )
        yield ListedRow(
            account.place(""), "more likes", symbol="likes", name=tr("likes"), text=text,
            tone="quiet", line=f"post {quote(hidden[-1].uri)}",
        )  # fmt: skip


def posts(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield how many posts are unread in the blogs that are followed."""
    followed = [each for each in account.of(Blogs).followed() if each.unread]
    if followed:
        unread = sum(each.unread for each in followed)
        text = ntr(
            "unread in {n} blog that you follow",
            "unread in {n} blogs that you follow",
            len(followed),
        )
        yield ListedRow(
            account.place(""), "posts", sign=str(unread), name=tr("posts"),
            text=text, line="blog-unread",
        )  # fmt: skip


def unpublished(state: State, account: Account) -> Iterator[ListedRow]:
    """Yield how many posts of the user's have failed, or wait to be published."""
    outgoing = account.of(OutgoingPosts)
    if failed := outgoing.failed:
        yield ListedRow(
            account.place(""), "failed posts", symbol="failed", name=tr("posts"), tone="error",
            text=ntr("{n} was not published", "{n} were not published", failed), line="unpublished",
        )  # fmt: skip
    if waiting := outgoing.waiting:
        yield ListedRow(
            account.place(""), "waiting posts", symbol="pending", name=tr("posts"),
            text=ntr("{n} waits to be published", "{n} wait to be published", waiting),
            line="unpublished",
        )  # fmt: skip
