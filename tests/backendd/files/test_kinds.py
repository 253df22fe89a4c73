"""What a file is can be told by its name."""

import pytest

from backendd.files import kinds


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("holiday.JPG", "image/jpeg"),
        ("holiday.webp", "image/webp"),
        ("film.mkv", "video/matroska"),
        ("song.opus", "audio/opus"),
        ("report.pdf", "application/pdf"),
        ("notes.txt", "text/plain"),
        ("archive.tar", "application/x-tar"),
        ("archive.tar.gz", "application/gzip"),
        ("data:text/html,x.png", "image/png"),
        ("what?is=this.png", "image/png"),
        ("README", ""),
        (".jpg", ""),
        ("file.unheard-of", ""),
        ("", ""),
    ],
)
def test_the_end_of_a_name_tells_the_kind(name, mime):
    assert kinds.mime(name) == mime
