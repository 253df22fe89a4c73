"""MaxUploadSize, of the Files interface."""

from backendd.features.uploads.places import Places


class UploadMembers:
    """What callers see of the server's place for files."""

    def __init__(self, places: Places) -> None:
        self._places = places

    @property
    def max_upload_size(self) -> int:
        return self._places.largest
