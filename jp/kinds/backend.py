"""What kinds may ask of the backend."""

from backendd.api.signature import Plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from backendd.api import contract


class Backend:
    """The backend and the profile that a command is for; a `Session` is one."""

    input = ""
    """The file that a text is read from where it is on standard input else; empty: there."""

    if TYPE_CHECKING:

        @property
        def roster(self) -> contract.Roster: ...

        @property
        def rooms(self) -> contract.Rooms: ...

        @property
        def messages(self) -> contract.Messages: ...

        @property
        def files(self) -> contract.Files: ...

        @property
        def services(self) -> contract.Services: ...

        @property
        def blog(self) -> contract.Blog: ...

    async def profiles(self) -> list[dict[str, Plain]]:
        """Return the properties of all profiles, by name."""
        raise NotImplementedError
