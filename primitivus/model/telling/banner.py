"""What is wrong with the connection, since or until when, and above all what helps."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from backendd.api.values import Value
from primitivus.failures import reason
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.link import Backend
from primitivus.model.accounts.profile import Profile
from primitivus.model.wording.times import clock
from primitivus.sentences import tr

# A command that helps, and what it does.
Remedy = tuple[str, str]
# What is broken, what the user has to do something about, and what is only news.
Tone = Literal["error", "warning", "info"]
# Fewer words of somebody's sentence say nothing.
_LEAST_WORDS = 3


class Banner(Value):
    """A sentence to show above the messages."""

    what: str
    # The sentence of whoever caused it, such as a server.
    why: str = ""
    news: str = ""
    remedies: tuple[Remedy, ...] = ()
    tone: Tone = "error"

    @property
    def quiet(self) -> bool:
        """Whether it is no trouble, only news."""
        return self.tone == "info"

    @property
    def text(self) -> str:
        """The whole sentence."""
        why = f": {self.why}" if self.why else ""
        news = f"; {self.news}" if self.news else ""
        remedies = ", ".join(f"{name} {does}" for name, does in self.remedies)
        return f"{self.what}{why}{news}" + (f" ({remedies})" if remedies else "")

    def sentences(self, ellipsis: str) -> Iterator[str]:
        """Yield the sentence, then shorter ones: what helps is left out in none."""
        yield self.text
        words = self.why.split()
        for count in range(len(words) - 1, _LEAST_WORDS - 1, -1):
            yield replace(self, why=" ".join(words[:count]) + ellipsis).text
        yield replace(self, why="").text
        yield replace(self, why="", news="").text
        names = " ".join(name for name, _ in self.remedies)
        yield f"{self.what}: {names}" if names else self.what
        yield names or self.what


# What may be missing, as people call it.
_MISSING = {
    "disco": tr("what it can do"),
    "roster": tr("contacts"),
    "carbons": tr("copies from other clients"),
}

# What helps against errors of a connection, by their names.
_CURES: dict[str, tuple[Remedy, ...]] = {
    "AuthenticationFailed": (
        (":xmpp-password", tr("corrects the password")),
        (":account", tr("the address")),
    ),
    "HostUnreachable": ((":account", tr("changes address and server")),),
    "CertificateError": ((":account", tr("changes whom to trust")),),
}


def banner(backend: Backend, account: Account) -> Banner | None:
    """Return what to show, or None when all is well."""
    if backend.is_lost:
        return Banner(
            tr("No backend since {time}", time=clock(backend.since_us)),
            news=tr("what you type is kept"),
            remedies=((":start-backend", tr("starts it")),),
        )
    profile = account.profile
    if not profile.name:
        return None
    if account.is_locked:
        asks = tr("asks for its password")
        opens = asks if profile.has_password else tr("opens it without a password")
        return Banner(tr("The profile is locked"), remedies=((":unlock", opens),), tone="warning")
    return _of_state(profile) or _of_stream(profile)


def _of_stream(profile: Profile) -> Banner | None:
    if profile.missing:
        lacking = ", ".join(_MISSING.get(word, word) for word in profile.missing)
        return Banner(
            tr("The server doesn't answer: {lacking}; trying again", lacking=lacking), tone="info"
        )
    if profile.syncing:
        return Banner(tr("Catching up with the archive of the server"), tone="info")
    return None


def _of_state(profile: Profile) -> Banner | None:
    why = reason(profile.last_error).rstrip(".")
    cures = _CURES.get(profile.last_error[0], ())
    match profile.state:
        case "connecting":
            return Banner(tr("Connecting as {jid}", jid=profile.jid), why, tone=news_unless(why))
        case "waiting":
            again = _next_attempt(profile.next_attempt)
            remedies = ((":connect", tr("tries now")), *cures)
            return Banner(tr("Not connected"), why, again, remedies)
        case "offline":
            remedies = ((":connect", tr("goes online")), *cures)
            return Banner(tr("Offline"), why, remedies=remedies, tone=news_unless(why))
    return None


def news_unless(why: str) -> Tone:
    """Return how it sounds that something is not there: by whether somebody says why."""
    return "error" if why else "info"


def _next_attempt(time_us: int) -> str:
    if not time_us:
        return tr("next attempt soon")
    return tr("next attempt at {time}", time=clock(time_us, "%H:%M:%S"))
