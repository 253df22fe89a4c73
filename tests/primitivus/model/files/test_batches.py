"""Files that were sent at once, of whose end is told in one sentence."""

from backendd.api.records import Transfer
from primitivus.model.files.batches import Batches


def ended(id, state="done"):
    return Transfer(id=id, direction="out", state=state)


def test_a_file_that_nobody_tells_of_any_more_holds_up_no_word_of_the_others():
    told = []
    batches = Batches(lambda batch: told.append(batch.told("Ann")))
    batches.begin([1, 2], [])
    assert batches.end(ended(1))
    assert not told
    batches.lose(batches.waiting())
    assert told == ["1 of 2 files are sent to Ann"]


def test_a_file_that_is_sent_alone_is_told_of_by_its_name():
    batches = Batches(lambda batch: None)
    batches.begin([1], [])
    assert not batches.end(ended(1))


def test_what_failed_and_goes_again_once_the_others_are_there_is_told_of_by_its_name():
    told = []
    batches = Batches(lambda batch: told.append(batch.told("Ann")))
    batches.begin([1, 2], [ended(1, "failed")])
    assert batches.end(ended(2))
    assert told == ["1 of 2 files are sent to Ann"]
    assert not batches.end(ended(1))
