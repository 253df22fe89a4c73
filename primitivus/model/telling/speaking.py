"""What the user is told in the status line, of several accounts whose it is."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from backendd.api.records import Warning
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.known import Known
from primitivus.model.area import Area
from primitivus.model.telling.alert import Alerts
from primitivus.model.telling.notices import Level, Notice, Notices
from primitivus.model.telling.truth import is_true
from primitivus.sentences import tr

_TOO_EARLY = tr("what you typed was not done, as there was no connection; there is one now")


class Speaking(Known):
    """Says what there is to say, as long as that is so, to whom it is for."""

    def __init__(self, now_us: Callable[[], int]) -> None:
        super().__init__()
        self._now_us = now_us
        self.notices = Notices(lambda: self.changed(Area.NOTICES))
        self.alerts = Alerts()
        self.changes.watch(lambda area: self.notices.check())

    def set_backend_warnings(self, warnings: Iterable[Warning]) -> None:
        """Take over what the backend as a whole warns of, and say what is new in it."""
        known, self.backend_warnings = self.backend_warnings, tuple(warnings)
        for warning in self.backend_warnings:
            if warning not in known:
                about = f"backend {warning.word} {warning.subject}"
                self.complain(warning.text, about=about, line="warnings")
        for warning in set(known).difference(self.backend_warnings):
            self.settle(f"backend {warning.word} {warning.subject}")
        self.changed(Area.NOTICES)

    def say(
        self,
        text: str,
        about: str = "",
        account: Account | None = None,
        also: str = "",
        line: str = "",
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Show a sentence in the status line, until it is settled, or untrue (truth.py).

        Of several accounts it says whose it is, if it is of one; `also` only where it fits. `line`
        is the command line that goes to what it is about. Of what is about what shows, `holds`
        returns whether that still does; it can be looked up later even so.
        """
        made = self._made(Level.INFO, text, about, account, also, line)
        self.notices.add(replace(made, holds=holds) if holds is not None else made)

    def hint(self, text: str, holds: Callable[[], bool], account: Account | None = None) -> None:
        """Show how things stand, for as long as they do; nobody looks that up later."""
        made = self._made(Level.INFO, text, "", account, "")
        self.notices.add(replace(made, holds=holds, is_passing=True))

    def mention(
        self, text: str, about: str, account: Account, also: str = "", line: str = ""
    ) -> None:
        """Show what has come by itself, as `say`, unless an error of something else is shown."""
        self.notices.mention(self._made(Level.INFO, text, about, account, also, line))

    def complain(
        self, text: str, about: str = "", account: Account | None = None, line: str = ""
    ) -> None:
        """Show an error in the status line, as `say`; it says what to do."""
        self.notices.add(self._made(Level.ERROR, text, about, account, "", line))

    def answer(self, text: str, about: str = "", *, is_error: bool = True) -> None:
        """Show in the status line, as `complain`, why what was typed isn't done."""
        made = self._made(Level.ERROR if is_error else Level.INFO, text, about, None, "")
        self.notices.add(replace(made, is_answer=True))

    def settle(self, about: str | None, account: Account | None = None) -> None:
        """Take what was said about this, or whatever it was, and this account off the line."""
        self.notices.settle(account.profile.name if account is not None else "", about)

    @property
    def acted_for(self) -> Account | None:
        """Return for which account something is done now, where that isn't the one in use."""
        return None

    @property
    def notice(self) -> Notice | None:
        """Return what the status line says, if whoever sits here may read it."""
        current = self.notices.current
        return current if current is not None and self._is_told(current) else None

    def told(self) -> list[Notice]:
        """Return what was said so far and whoever sits here may read."""
        return list(filter(self._is_told, self.notices.past))

    def _made(
        self,
        level: Level,
        text: str,
        about: str,
        of: Account | None,
        also: str,
        line: str = "",
    ) -> Notice:
        of = of or self.acted_for
        name, account = of.profile.name if of is not None else "", of or self.account
        said = f"{name}: {text}" if name and len(self.accounts) > 1 else text
        made = Notice(said, level, self._now_us(), about, name, account.owner, also)
        return replace(made, line=line) if line else made

    def _is_told(self, notice: Notice) -> bool:
        return (owner := self.accounts.get(notice.owner)) is None or not owner.is_withheld

    def _drop_untrue(self) -> None:
        notice = self.notices.current
        account = self.accounts.get(notice.account, self.account) if notice else self.account
        if notice and not is_true(notice.about, self.backend, account.profile):
            self.notices.clear()
            if notice.is_answer and notice.about == "NotConnected":
                # Else it would go unseen where the connection comes a moment later.
                self.notices.add(replace(notice, text=_TOO_EARLY, about=""))
