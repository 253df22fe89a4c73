"""A file goes from one program to the other, and who gets it decides so at the keyboard."""

from tests.stories.test_chat import two
from tests.stories.test_people import befriend

__all__ = ["two"]

CONTENT = bytes(range(256)) * 4000


async def test_a_file_is_offered_by_one_and_taken_by_the_other(server, two, tmp_path):
    callers, terminals = two
    hers, his = terminals["alice"], terminals["bob"]
    await befriend(callers, server)
    await hers.wait_for("each other's presence|see their presence")
    file, downloads = tmp_path / "my holiday.tar", tmp_path / "downloads"
    file.write_bytes(CONTENT)
    downloads.mkdir()
    hers.press("esc")
    hers.submit(f':send-file "{file}"')  # the server takes none, so it goes directly
    await his.wait_for(r"my holiday\.tar  1\.02 MB  application/x-tar  is offered")
    his.press("esc")
    his.submit(f':accept-file "my holiday.tar" "{downloads}"')
    await his.wait_for(r'"my holiday\.tar" is here')
    assert (downloads / "my holiday.tar").read_bytes() == CONTENT
    await hers.wait_for(r'"my holiday\.tar" is sent to ')
