"""The settings of a profile, which the backend keeps, as lines of the view."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import cast, get_args

from backendd.api.contract.profile import SettingChanges
from backendd.api.tuples import NamedTuple
from backendd.api.words import Show
from primitivus.client.account import AccountClient
from primitivus.commands.arguments.present import priority
from primitivus.commands.arguments.types import between_commas
from primitivus.commands.settings.settings_source import Source
from primitivus.model.accounts.account import Account
from primitivus.model.accounts.profile import Profile
from primitivus.model.setting import SWITCH, Setting, switch
from primitivus.model.wording.quoting import commas, quote
from primitivus.sentences import tr

SECTION = "profile"
_KEPT = tr("kept by the backend")


class _Key(NamedTuple):
    """A key of the property Settings: what it is where nobody set it, and what it means.

    `read` makes it of what is typed; its ValueError ends a sentence that begins with that.
    """

    usual: object
    doc: str
    read: Callable[[str], object] = str


_KEYS: Mapping[str, _Key] = {
    "nickname": _Key(
        "", tr("What contacts are told that you are called (XEP-0172); empty: nothing.")
    ),
    "autoconnect": _Key(True, tr("Connect when the backend starts, and when this is unlocked.")),
    "tell_version": _Key(
        True, tr("Tell who asks which program this is, and its version (XEP-0092).")
    ),
    "highlight": _Key(
        (),
        tr(
            "The words, with commas between, by which a message mentions you, beside your nick in"
            " a "
            "room. It is for messages to come."
        ),
        between_commas,
    ),
    "highlight_everyone": _Key(
        False,
        tr("Count @all, @channel, @everyone, @here and @room in rooms as mentions of you."),
    ),
    "attention": _Key(
        True,
        tr(
            "Let contacts call for your attention (XEP-0224). Others know of it from the next"
            " connection on."
        ),
    ),
    "priority": _Key(
        0,
        tr(
            "From -128 to 127: of your clients that are online, those with the highest get what is "
            "sent to you. A negative one gets only what is sent to it alone."
        ),
        priority,
    ),
    "resource": _Key(
        "",
        tr(
            "The resource of this client; empty: the server chooses one. It counts from the next"
            " connection on."
        ),
    ),
}


class ProfileSettings(Source):
    """What others are told, and by what one is called; passwords and the server have forms."""

    def settings(self) -> Iterator[Setting]:
        account = self.account
        if account is None:
            return
        yield from self._presence(account)
        for key, what in _KEYS.items():
            yield self._of_key(account, key, what)
        yield from _forms(account.known.profile)

    def _presence(self, account: AccountClient) -> Iterator[Setting]:
        now = account.known.profile
        yield Setting(
            section=SECTION,
            name="presence",
            value=now.show or "online",
            doc=tr(
                "How your contacts see you while you are online: for a chat, away, away for long "
                "(xa), or not to be disturbed (dnd)."
            ),
            choices=get_args(Show),
            default="online",
            origin=_KEPT,
            change=lambda show: self._show(account, cast("Show", show), now.status),
        )
        yield Setting(
            section=SECTION,
            name="status",
            value=now.status,
            doc=tr("What your contacts read beside that."),
            is_typed=True,
            default="",
            origin=_KEPT,
            change=lambda text: self._show(account, now.show or "online", text),
        )

    async def _show(self, account: AccountClient, show: Show, status: str) -> None:
        def is_told() -> bool:
            now = account.known.profile
            return (now.show, now.status) == (show, status)

        await self.ctx.told(account.profile.set_presence(show, status), is_told)

    def _of_key(self, account: AccountClient, key: str, what: _Key) -> Setting:
        usual, doc, read = what
        is_switch = isinstance(usual, bool)
        return Setting(
            section=SECTION,
            name=key,
            value=_text(_held(account.known, key, usual)),
            doc=doc,
            choices=SWITCH if is_switch else (),
            is_typed=not is_switch,
            default=_text(usual),
            origin=_KEPT,
            refuse=partial(_refuse, read),
            change=partial(self._set, account, key, _is_on if is_switch else read),
        )

    async def _set(
        self, account: AccountClient, key: str, read: Callable[[str], object], text: str
    ) -> None:
        before = account.known.profile
        changes = cast("SettingChanges", {key: read(text)})
        await self.ctx.told(
            account.profile.set_settings(**changes),
            # What is only written otherwise is told nobody anew.
            lambda: account.known.profile is not before,
        )


def _held(known: Account, key: str, usual: object) -> object:
    return known.profile.settings.get(key, usual)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return switch(value)
    return commas(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _is_on(text: str) -> bool:
    return text == "on"


def _refuse(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return ""


def _forms(now: Profile) -> Iterator[Setting]:
    """Yield what is changed in a form of its own."""
    name = quote(now.name)
    held = now.settings
    server = (
        tr("{host} port {port}", host=held["host"], port=held["port"])
        if held.get("host") and held.get("port")
        else str(held.get("host", ""))
    )
    yield Setting(
        *(SECTION, "server", server or tr("found by its name")),
        tr(
            "Where the server of the account is, whom to trust there, and which logins it may ask "
            "for. Enter opens a form."
        ),
        run=f"account {name}",
    )
    yield Setting(
        *(SECTION, "profile_password", tr("set") if now.has_password else "none"),
        tr(
            "It protects the XMPP password that is stored here, and is asked for at the start."
            " Enter "
            "opens a form."
        ),
        run=f"password {name}",
    )
    yield Setting(
        *(SECTION, "xmpp_password", tr("stored")),
        tr(
            "The password that is stored here to connect with; Enter opens a form that replaces"
            " it. "
            ":change-xmpp-password gives the account another one on its server as well."
        ),
        run=f"xmpp-password {name}",
    )
    yield Setting(
        *(SECTION, "archive", tr("on the server")),
        tr("What the server keeps of your messages. Enter asks it, and opens a form."),
        run=f"archive {name}",
    )
