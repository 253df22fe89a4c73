"""What is asked at the door: the profile password, and at the very first time all of a profile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from backendd.api.contract.profile import ConnectionSettings
from backendd.api.errors import BackendError, InvalidJid, ProfileExists
from primitivus.commands.accounts.account import server_fields, server_options
from primitivus.commands.accounts.known_servers import as_known
from primitivus.commands.context import Context
from primitivus.model.accounts.profile import Profile
from primitivus.model.popups.popup import Dialog, Field
from primitivus.sentences import tr

_WEAK = tr(
    "Empty: nothing is asked at the start, and the stored XMPP password is barely protected "
    "(that is weak: whoever reads your files can have it)."
)
_WELCOME = tr("Welcome: a profile for your XMPP account")
_WHAT = tr(
    "A profile holds the settings and the history of one account on this machine. The address and "
    "the password are enough; the rest can be set later as well."
)
_ANOTHER = tr("A profile for your XMPP account")
_ANEW = tr(
    "Once a backend runs with the data of before, all is here again. What is filled in makes a "
    "profile in this one."
)


class Doorman:
    """Asks with dialogs; they stay open until what they ask for has been taken."""

    def __init__(self, ctx: Context, title: str = _WELCOME) -> None:
        """`title` is that of the form for a new profile."""
        self._ctx = ctx
        self._title = title
        self._dialog: Dialog | None = None

    async def password(self, profile: Profile, error: str) -> str | None:
        """Return the profile password; None if the user leaves."""
        dialog = self._dialog
        if dialog is None or not error:
            dialog = Dialog(
                title=tr("Profile {name}", name=profile.name),
                text=tr(
                    "{jid}\nThe profile password opens it (not the XMPP password).", jid=profile.jid
                ),
                fields=[
                    Field("password", tr("Profile password"), is_secret=True, is_optional=True)
                ],
                button=tr("Open"),
            )
            self._dialog = dialog
        dialog.complain(error)
        answer = await self._ctx.ask(dialog)
        return None if answer is None else answer["password"]

    def done(self) -> None:
        """Close what was asked last."""
        if self._dialog is not None and self._ctx.state.view.popup is self._dialog:
            self._ctx.state.close_popup()
        self._dialog = None

    async def new_profile(self, lacks: str = "") -> str | None:
        """Have a profile made and return its name; None if the user leaves.

        `lacks`: a sentence about those that were shown before, and this backend hasn't.
        """
        # What was filled in is still there where the backend went away meanwhile.
        dialog = self._dialog = self._dialog or _form()
        dialog.title, dialog.text = self._about(lacks)
        while True:
            answer = await self._ctx.ask(dialog)
            if answer is None:
                return None
            try:
                name = await self._make(answer)
            except _Differ as error:
                dialog.error = str(error)
                dialog.forget("password", "again")
            except InvalidJid as error:
                dialog.complain(tr("jid: {why}", why=error))
            except ProfileExists as error:
                dialog.complain(tr("name: {why}", why=error))
            except BackendError as error:
                dialog.complain(str(error))
            else:
                self._ctx.state.close_popup()
                self._dialog = None
                return name

    def _about(self, lacks: str) -> tuple[str, str]:
        """Return the title and the text of the form for a new profile."""
        if lacks:
            return _ANOTHER, f"{lacks[0].upper()}{lacks[1:]}.\n{_ANEW}"
        return self._title, _WHAT

    async def _make(self, answer: Mapping[str, str]) -> str:
        jid = answer["jid"].strip()
        name = answer["name"].strip() or jid.split("@")[0]
        if answer["password"] != answer["again"]:
            raise _Differ(tr("the two profile passwords differ: type them again"))
        reached = server_options(answer)
        if not any(reached.values()):
            reached = as_known(self._ctx.state.accounts, jid.rpartition("@")[2]) or reached
        filled = {key: value for key, value in reached.items() if value}
        options = cast("ConnectionSettings", filled)
        await self._ctx.accounts.backend.manager.create_profile(
            name, jid, answer["xmpp_password"], answer["password"], **options
        )
        if not answer["password"]:
            self._ctx.state.say(
                tr(
                    "{name} has no profile password: its XMPP password is barely protected here"
                    " (:password sets one)",
                    name=name,
                )
            )
        return name


class _Differ(Exception):
    """The two passwords are not the same."""


def _form() -> Dialog:
    return Dialog(
        title=_WELCOME,
        text=_WHAT,
        fields=[
            Field(
                "jid",
                tr("XMPP address"),
                tr("the address of your account, such as alice@example.org"),
            ),
            Field(
                "xmpp_password", tr("XMPP password"), tr("the one of your account"), is_secret=True
            ),
            Field(
                "name",
                tr("Profile name"),
                tr("its name here; empty: what stands before the @"),
                is_optional=True,
                is_folded=True,
            ),
            Field(
                "password",
                tr("Profile password"),
                _WEAK,
                is_secret=True,
                is_optional=True,
                is_folded=True,
            ),
            Field(
                "again", f"- {tr('again')}", "", is_secret=True, is_optional=True, is_folded=True
            ),
            *(replace(each, is_folded=True) for each in server_fields()),
        ],
        button=tr("Make it"),
    )
