"""How far posts are on their way out, as frontends hear it."""

from backendd.api import names
from tests.features.test_messages import frontend, options

__all__ = ["frontend"]

BLOG = names.BLOG


async def publish(frontend, title):
    entry = options(title=title, comments=False)
    return await frontend.call(BLOG, "Publish", "ssa{sv}", "", "", entry)


def heard(frontend):
    """Return what was told last of how many wait, have failed and are out."""
    told = [each for (some,) in frontend.of("OutgoingChanged") for each in some]
    keys = ("pending", "failed", "published")
    return tuple(told[-1].get(key, 0) for key in keys) if told else None


async def test_a_frontend_hears_how_many_posts_wait_and_that_none_does_any_more(frontend):
    for title in ("one", "two"):
        await publish(frontend, title)
    await frontend.until(lambda: heard(frontend) == (2, 0, 0))
    (listed,) = await frontend.call(BLOG, "Outgoing")
    assert (listed["pending"], "failed" in listed) == (2, False)
    await frontend.call(names.PROFILE, "Connect")
    await frontend.until(lambda: heard(frontend) == (0, 0, 2))
    assert await frontend.call(BLOG, "Outgoing") == []


async def test_what_is_given_up_is_told_to_wait_no_more(frontend):
    for title in ("one", "two", "three"):
        await publish(frontend, title)
    await frontend.until(lambda: heard(frontend) == (3, 0, 0))
    assert await frontend.call(BLOG, "DiscardPending", "ss", "", "") == 3
    await frontend.until(lambda: heard(frontend) == (0, 0, 0))
