"""The lanes of the outbox: what waits goes out in order in each, and none waits for another."""

from collections.abc import Iterator

from backendd.core.entries import Feed
from backendd.store.view import View

# From one lane that has something fresh to the next, past all that is in it.
_OPEN = """
WITH RECURSIVE waiting (lane) AS (
  SELECT (SELECT lane FROM outbox WHERE profile = ?1 AND state = 'fresh' ORDER BY lane LIMIT 1)
  UNION ALL
  SELECT (SELECT lane FROM outbox WHERE profile = ?1 AND state = 'fresh' AND lane > waiting.lane
          ORDER BY lane LIMIT 1)
  FROM waiting WHERE waiting.lane IS NOT NULL)
SELECT lane FROM waiting WHERE lane IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM outbox u WHERE u.profile = ?1 AND u.lane = waiting.lane
  AND u.state = 'uncertain' AND u.resolved <> 'blind')
"""


def conversation(peer: str) -> str:
    """Return the lane of what is said in a conversation."""
    return f"conversation {peer}"


def feed(at: Feed) -> str:
    """Return the lane of what is published in a feed."""
    return f"feed {at.service} {at.node}"


def opened(view: View) -> Iterator[str]:
    """Iterate over the lanes from which something may be sent now.

    One is closed while something in it is uncertain, unless that may come twice.
    """
    for (lane,) in view.db.execute(_OPEN, (view.profile_id,)):
        yield lane
