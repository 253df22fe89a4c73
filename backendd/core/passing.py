"""What keeps something from being done now, and not for good."""

from backendd.api.errors import NotConnected, ServerError, Timeout


def passes(error: BaseException) -> bool:
    """Return whether the same may go well after a while, with nothing changed here.

    So it is where nobody answers, or an answer says it (RFC 6120 8.3.2: wait, 8.3.3:
    remote-server-timeout), also where another error tells what that means.
    """
    cause: BaseException | None = error
    seen: list[BaseException] = []
    while cause is not None and cause not in seen:  # one may be raised from itself
        if isinstance(cause, NotConnected | Timeout):
            return True
        if isinstance(cause, ServerError) and (
            cause.type == "wait" or cause.condition == "remote-server-timeout"
        ):
            return True
        seen.append(cause)
        cause = cause.__cause__
    return False
