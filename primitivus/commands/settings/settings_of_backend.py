"""What the backend keeps for all profiles, and which profiles there are, as lines of the view."""

from collections.abc import Iterator
from pathlib import Path

from backendd.api.records import Configuration, ConfigurationSetting
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.messages.attention import quiet_time_in
from primitivus.commands.settings.settings_of_file import shown_path
from primitivus.commands.settings.settings_source import Source
from primitivus.model.place import Place
from primitivus.model.setting import Setting
from primitivus.model.wording.quoting import quote
from primitivus.sentences import tr, translated


class AttentionSettings(Source):
    """When nothing is to call for attention."""

    def settings(self) -> Iterator[Setting]:
        now = self.ctx.state.quiet_time
        yield Setting(
            section="attention",
            name="quiet_time",
            value="off" if now.start == now.end else f"{now.start} {now.end}",
            doc=tr(
                "From which hour to which nothing rings or pops up, each day, as in 22 7; off: "
                "there are no such hours. It holds for all profiles, and for the desktop as well."
            ),
            is_typed=True,
            origin=tr("kept by the backend"),
            wanted=tr("two whole hours from 0 to 23, or off"),
            refuse=_refuse,
            change=self._change,
        )

    async def _change(self, text: str) -> None:
        wanted = quiet_time_in(text)
        calling = self.ctx.accounts.backend.manager.set_quiet_time(*wanted)
        await self.ctx.told(calling, lambda: self.ctx.state.quiet_time == wanted)


class BackendSettings(Source):
    """What the file of the backend has, which is changed there and counts from its next start."""

    def __init__(self, ctx: Context, place: Place) -> None:
        super().__init__(ctx, place)
        self._told = Configuration()

    async def ask(self) -> None:
        if self.ctx.state.is_attached:
            self._told = await self.ctx.accounts.backend.manager.configuration()

    def settings(self) -> Iterator[Setting]:
        file = shown_path(Path(self._told.file))
        if self._told.problem:
            said = tr("the backend would not start again by {problem}", problem=self._told.problem)
            yield Setting("problems", Path(file).name, self._told.problem, said)
        for each in self._told.settings:
            line = f"{file}:{each.line}" if each.line else ""
            how = tr(
                "It is changed in {line}, as {name} below [{table}], and counts from the next start"
                " of the backend on.",
                line=line or file,
                name=each.name,
                table=each.table,
            )
            yield Setting(
                *("backend", f"{each.table}.{each.name}", each.value),
                f"{translated(each.doc)} {how}",
                default=each.default,
                origin=_origin(each, line),
                elsewhere=file,
            )


def _origin(setting: ConfigurationSetting, line: str) -> str:
    written = setting.written if setting.line else setting.default
    if written != setting.value:
        value = written or tr("empty")
        if line:
            return tr(
                'as it was at its start; from the next one on: "{value}" in {line}',
                value=value,
                line=line,
            )
        return tr('as it was at its start; from the next one on: "{value}" by default', value=value)
    return line or tr("the default")


class Profiles(Source):
    """The profiles there are, and what makes and removes one."""

    def settings(self) -> Iterator[Setting]:
        state = self.ctx.state
        for name, account in state.accounts.items():
            yield Setting(
                *("profiles", name, state.backend.standing_of(account)),
                tr(
                    "The profile of {jid}. Enter goes to it; :remove-profile {name} removes it,"
                    " with its history.",
                    jid=account.profile.jid,
                    name=quote(name),
                ),
                run=f"profile {quote(name)}",
            )
        yield Setting(
            *("profiles", "new profile", ""),
            tr(
                "Enter makes a profile for an account that you have; :new-account makes an account"
                " as "
                "well."
            ),
            run="new-profile",
        )


def _refuse(text: str) -> str:
    try:
        quiet_time_in(text)
    except (CommandError, ValueError) as error:
        return str(error)
    return ""
