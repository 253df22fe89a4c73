"""QuietTime, of the Manager interface."""

from backendd.features.notifications.quiet import QuietHours


class QuietTimeMembers:
    """What callers see of the hours in which nothing calls for attention."""

    def __init__(self, quiet: QuietHours) -> None:
        self._quiet = quiet

    @property
    def quiet_time(self) -> tuple[int, int]:
        return self._quiet.time

    async def set_quiet_time(self, from_hour: int, to_hour: int) -> None:
        await self._quiet.set(from_hour, to_hour)
