"""What the server keeps of what is written."""

from backendd.api.records import ArchivePreferences, Form, FormField, FormOption
from primitivus.client.services import ServicesPart
from primitivus.commands.arguments.people import ProfileName
from primitivus.commands.asking.forms import fill_in_form
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.popups.forms import Answers, Button
from primitivus.sentences import tr

_KEEPS = {
    "always": tr("everything"),
    "roster": tr("what you write with contacts"),
    "never": tr("nothing"),
}


@command("archive")
async def archive(ctx: Context, profile: ProfileName | None = None) -> None:
    """Show what your server keeps of your messages, and change it.

    What is on this machine stays, and what the server has already as well.
    """
    account = ctx.named(profile)
    services = account.part(ServicesPart).interface
    now = await services.archive_preferences()

    async def use(answers: Answers, _: Button) -> None:
        changes: dict[str, str | list[str]] = dict(answers)
        if "default" in answers:
            changes["default"] = "".join(answers["default"])
        await services.set_archive_preferences(changes)

    if await fill_in_form(
        ctx, account.known, _form(now), use,
        purpose="archive", title=tr("Archive"), buttons=(Button("", tr("Change")),),
    ):  # fmt: skip
        ctx.state.say(tr("the archive goes by this from now on"), account=account.known)


def _form(now: ArchivePreferences) -> Form:
    options = [FormOption(value=value, label=label) for value, label in _KEEPS.items()]
    return Form(
        title=tr("What the server's archive keeps"),
        fields=[
            FormField(
                var="default", type="list-single", label=tr("It keeps"), required=True,
                values=[now.default or "always"], options=options,
            ),
            FormField(
                var="always", type="jid-multi", label=tr("Always with"),
                description=tr("one address per line"), values=now.always,
            ),
            FormField(
                var="never", type="jid-multi", label=tr("Never with"),
                description=tr("one address per line"), values=now.never,
            ),
        ],
    )  # fmt: skip
