"""What is searched for in messages may stand in posts, and the other way round: that is said."""

from primitivus.client.blogs import BlogsPart
from primitivus.client.search import Search
from primitivus.commands.context import Context
from primitivus.commands.errors import NothingFound
from primitivus.sentences import tr

IN_ARCHIVES = tr("what only a server has, :find in a conversation brings")
"""What is said where nothing that is stored here was found."""

_ABOUT = "found elsewhere"


async def look_in_posts(ctx: Context, words: str, *, is_any: bool) -> None:
    """Say that posts have what messages were searched for; NothingFound where nothing has."""
    found = () if ctx.account.known.is_locked else await _posts(ctx, words)
    hint = ""
    if found and is_any:
        hint = tr("posts contain it too: :blog-search {words}", words=words)
    elif found:
        hint = tr("posts contain it: :blog-search {words}", words=words)
    if not is_any:
        nothing = tr('no message contains "{words}"', words=words)
        raise NothingFound(f"{nothing}; {hint or IN_ARCHIVES}")
    if hint:
        ctx.state.say(hint, about=_ABOUT)


async def look_in_messages(ctx: Context, words: str) -> None:
    """Say that messages have what posts were searched for."""
    searches = [each.part(Search) for each in ctx.accounts if not each.known.is_locked]
    for each in searches:
        if await each.find(words, limit=1):
            ctx.state.say(tr("messages contain it: :search {words}", words=words), about=_ABOUT)
            return


async def _posts(ctx: Context, words: str) -> object:
    return await ctx.account.part(BlogsPart).calls.search(words, limit=1)
