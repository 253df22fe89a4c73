"""A folder is sent as its files."""

import os

import pytest

from backendd.api.errors import FileError, InvalidArgument, TooLarge
from backendd.files import folders


@pytest.fixture
def trip(tmp_path):
    """A folder with files, others below, and what isn't to be sent."""
    trip = tmp_path / "trip"
    for name in ("b.jpg", "a.jpg", "day 2/c.jpg", "day 2/.hidden", ".git/config", "empty/x/.keep"):
        (trip / name).parent.mkdir(parents=True, exist_ok=True)
        (trip / name).write_text(name)
    os.mkfifo(trip / "pipe")
    (trip / "around").symlink_to(trip)
    (trip / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    (tmp_path / "outside.jpg").write_text("outside")
    return trip


async def test_a_folder_is_its_files_and_those_below_in_order(trip):
    found = await folders.expand([str(trip)])
    assert found == [str(trip / name) for name in ("a.jpg", "b.jpg", "link.jpg", "day 2/c.jpg")]


async def test_numbers_in_names_are_in_the_order_in_which_people_count(tmp_path):
    names = ["IMG_2.jpg", "IMG_9 b.jpg", "IMG_10.jpg", "IMG_100.jpg", "notes", "2 of us/1", "10/1"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = await folders.expand([str(tmp_path)])
    assert found == [str(tmp_path / name) for name in names]


async def test_files_and_folders_come_in_the_order_in_which_they_are_named(trip):
    found = await folders.expand([str(trip / "b.jpg"), str(trip / "day 2"), str(trip / "a.jpg")])
    assert found == [str(trip / name) for name in ("b.jpg", "day 2/c.jpg", "a.jpg")]


async def test_a_folder_that_is_a_link_is_the_folder(trip, tmp_path):
    (tmp_path / "best").symlink_to(trip / "day 2")
    assert await folders.expand([str(tmp_path / "best")]) == [str(tmp_path / "best" / "c.jpg")]


async def test_too_many_files_are_refused_before_one_is_sent(trip):
    with pytest.raises(TooLarge):
        await folders.expand([str(trip)], most=3)
    with pytest.raises(TooLarge):
        await folders.expand([str(trip / "a.jpg"), str(trip / "b.jpg")], most=1)


async def test_a_folder_without_files_is_an_error(trip):
    with pytest.raises(FileError, match="without files"):
        await folders.expand([str(trip / "empty")])


async def test_what_is_no_file_is_left_to_who_opens_it(trip):
    assert await folders.expand([str(trip / "nowhere")]) == [str(trip / "nowhere")]


async def test_a_path_is_absolute():
    with pytest.raises(InvalidArgument):
        await folders.expand(["trip"])
