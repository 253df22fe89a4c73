"""What one says of oneself."""

from collections.abc import Mapping
from datetime import date

from backendd.api.errors import InvalidArgument, UnknownItem
from backendd.api.records import VCard
from primitivus.client.services import ServicesPart
from primitivus.commands.asking.forms import fill_in
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.popups.popup import Dialog, Field
from primitivus.sentences import tr

_FIELDS = (
    ("fn", tr("Full name"), ""),
    ("nickname", tr("Called"), tr("several: with commas between them")),
    ("bday", tr("Born"), tr("as 1984-12-31; the year may be left out: --12-31")),
    ("email", tr("Mail"), tr("several: with commas between them")),
    ("tel", tr("Telephone"), tr("several: with commas between them")),
    ("url", tr("Page"), tr("several: with commas between them")),
    ("org", tr("Works for"), ""),
    ("title", tr("As"), ""),
    ("adr", tr("Lives at"), ""),
    ("note", tr("Note"), ""),
)
_SEVERAL = ("nickname", "email", "tel", "url")


@command("vcard")
async def vcard(ctx: Context) -> None:
    """Change your vCard, what you say of yourself: whoever asks your server can read it.

    What is in your vCard beside these fields stays as it is.
    """
    account = ctx.account
    services = account.part(ServicesPart).interface
    try:
        before = await services.v_card("")
    except UnknownItem:
        before = VCard()
    dialog = Dialog(
        title=tr("The vCard of {jid}", jid=account.known.profile.jid),
        text=tr("Whoever asks can read it. Empty fields say nothing."),
        fields=[_field(before, *each) for each in _FIELDS],
        button=tr("Store"),
    )
    shown = dialog.values()

    async def store(values: dict[str, str]) -> None:
        changes = {name: _value(name, said) for name, said in values.items() if said != shown[name]}
        _require_date(changes)
        if changes:
            await services.set_v_card(changes)

    if await fill_in(ctx, dialog, store):
        ctx.state.say(tr("your vCard is stored"), account=account.known)


def _field(vcard: VCard, name: str, label: str, hint: str) -> Field:
    field = Field(name, label, hint, is_optional=True)
    said = getattr(vcard, name)
    field.editor.reset(said if isinstance(said, str) else ", ".join(said))
    return field


def _value(name: str, said: str) -> str | list[str]:
    if name == "adr":
        return [said] if said.strip() else []
    if name in _SEVERAL:
        return [each.strip() for each in said.split(",") if each.strip()]
    return said.strip()


def _require_date(changes: Mapping[str, str | list[str]]) -> None:
    said = str(changes.get("bday", ""))
    if said and not _is_date(said):
        raise InvalidArgument(
            tr('bday: there is no date "{said}": write it as 1984-12-31', said=said)
        )


def _is_date(said: str) -> bool:
    """Return whether there is such a date; its year, or what follows that, may be left out."""
    # One of any year may be the 29th of February.
    begun = said.replace("--", "2000-", 1) if said.startswith("--") else said
    whole = begun + "-01" * (2 - begun.count("-"))
    try:
        date.fromisoformat(whole)
    except ValueError:
        return False
    return whole.count("-") == 2
