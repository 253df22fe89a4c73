"""What others say to the user about posts, as the backend tells of it, and how that is told."""

from collections.abc import Iterable

from backendd.api.records import Discussion, Entry
from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import writer
from primitivus.model.blogs.post_titles import UNTITLED
from primitivus.model.meanwhile import Meanwhile
from primitivus.model.wording.address import called
from primitivus.sentences import ntr, tr

_LONGEST = 40


class Discussions:
    """Those of an account, by the link to the post that is talked about."""

    def __init__(self) -> None:
        self._known: dict[str, Discussion] = {}
        self._meanwhile: Meanwhile[Discussion] = Meanwhile()

    def get(self, uri: str) -> Discussion | None:
        """Return what is known of what is said to the post of this link."""
        return self._known.get(uri)

    def is_muted(self, uri: str) -> bool:
        """Return whether what is said to the post of this link makes no noise."""
        known = self._known.get(uri)
        return known is not None and known.notify == "none"

    def unseen(self) -> list[Discussion]:
        """Return those in which something is unread."""
        return [each for each in self._known.values() if each.unread]

    def waiting(self) -> list[Discussion]:
        """Return those in which something is unread that is worth a notice, the oldest first."""
        found = [each for each in self.unseen() if each.notify == "all"]
        return sorted(found, key=lambda each: each.last_came)

    def liked(self) -> list[Discussion]:
        """Return those that somebody has come to like, unseen, the oldest such like first."""
        found = [each for each in self._known.values() if each.new_likes]
        return sorted(found, key=lambda each: each.liked_at)

    @property
    def unread(self) -> int:
        """Return how many comments were not seen yet."""
        return sum(each.unread for each in self.waiting())

    def expect(self) -> None:
        """Note that a snapshot is asked for: what is told from here on wins over it."""
        self._meanwhile.begin()

    def reset(self, known: Iterable[Discussion]) -> None:
        """Hold these, and what was told meanwhile."""
        self._known = {each.uri: each for each in known}
        self._meanwhile.settle(self._known)

    def merge(self, told: Iterable[Discussion]) -> list[tuple[Discussion | None, Discussion]]:
        """Take in what was told; return what is news of it, each with what was known before."""
        news = []
        for each in told:
            before = self._known.get(each.uri)
            if before is None or before.revision <= each.revision:
                self._known[each.uri] = each
                self._meanwhile.told(each.uri, each)
                news.append((before, each))
        return news


def said(account: Account, before: Discussion | None, now: Discussion) -> str:
    """Return a sentence about what was said to a post; nothing where nothing was."""
    came = before.last_came if before is not None else 0
    if now.last is None or now.last_came <= came:
        return ""
    who = speaker(account, now.last)
    if now.unread - (before.unread if before is not None else 0) > 1:
        # How many came at once is nothing to anybody.
        return ntr(
            '{n} unread comment on "{post}", the last by {who}',
            '{n} unread comments on "{post}", the last by {who}',
            now.unread,
            post=named(now),
            who=who,
        )
    return tr('{who} says something to "{post}"', who=who, post=named(now))


def liked(account: Account, before: Discussion | None, now: Discussion, since: int) -> str:
    """Return a sentence about who likes a post since a time; nothing where nobody does."""
    if now.liked_at <= max(since, before.liked_at if before is not None else 0):
        return ""
    return tr('{who} likes "{post}"', who=_name(account, now.liked_by), post=named(now))


def liker(account: Account, discussion: Discussion) -> str:
    """Return who has come last to like what is talked about; nothing where nobody is named."""
    return _name(account, discussion.new_likers[-1]) if discussion.new_likers else ""


def named(discussion: Discussion) -> str:
    """Return what to call the post that is talked about."""
    title = discussion.title
    if not title:
        return UNTITLED
    return f"{title[:_LONGEST]}{'…' * (len(title) > _LONGEST)}"


def speaker(account: Account, entry: Entry) -> str:
    """Return who said something, with a sign where nothing shows that they did."""
    return f"{_name(account, writer(entry))}{'' if entry.author_verified else ' ?'}"


def _name(account: Account, jid: str) -> str:
    return account.name(jid) or called(jid)
