"""Warnings: each once, the newest text, gone when it no longer holds, never without bound."""

from backendd.core.warnings import MOST, Warnings


def made():
    calls = []
    return Warnings(lambda: calls.append(None)), calls


def shown(warnings):
    return [(each.word, each.subject, each.text) for each in warnings]


def test_a_warning_of_the_same_word_and_subject_replaces_the_one_before():
    warnings, calls = made()
    warnings.add("archive", "", "it doesn't answer")
    warnings.add("dropped", "a@b", "too large")
    warnings.add("archive", "", "it refuses")
    assert shown(warnings) == [("dropped", "a@b", "too large"), ("archive", "", "it refuses")]
    assert len(calls) == 3


def test_what_no_longer_holds_is_taken_back_and_told_only_if_it_was_there():
    warnings, calls = made()
    warnings.add("unreachable", "a@b", "one")
    warnings.add("unreachable", "c@d", "two")
    assert warnings.settle("unreachable", "a@b")
    assert not warnings.settle("unreachable", "a@b")
    assert shown(warnings) == [("unreachable", "c@d", "two")]
    assert len(calls) == 3
    assert warnings.settle("unreachable")
    assert shown(warnings) == []


def test_text_from_outside_is_harmless_and_found_again():
    warnings, _ = made()
    warnings.add("dropped", "a\x1b[2J@b", "from \u202ea@b\nand more")
    assert shown(warnings) == [("dropped", "a[2J@b", "from a@b and more")]
    assert warnings.settle("dropped", "a\x1b[2J@b")


def test_who_makes_endless_trouble_fills_no_memory():
    warnings, _ = made()
    for number in range(2 * MOST):
        warnings.add("dropped", str(number), "too large")
    assert [each.subject for each in warnings] == [str(n) for n in range(MOST, 2 * MOST)]


def test_dismissing_nothing_is_no_change():
    warnings, calls = made()
    warnings.dismiss()
    assert calls == []
    warnings.add("limit", "", "x")
    warnings.dismiss()
    assert shown(warnings) == []
    assert len(calls) == 2


def test_what_still_holds_is_not_told_again_once_it_was_read():
    warnings, _ = made()
    warnings.hold("archive", "a@b", "it refuses")
    warnings.hold("archive", "c@d", "it refuses")
    warnings.dismiss("archive", "a@b")
    warnings.hold("archive", "a@b", "it refuses")
    assert shown(warnings) == [("archive", "c@d", "it refuses")]
    assert not warnings.settle("archive", "a@b")
    warnings.hold("archive", "a@b", "it refuses again")
    assert ("archive", "a@b", "it refuses again") in shown(warnings)


def test_what_happens_anew_is_told_though_it_was_read_before():
    warnings, _ = made()
    for _ in range(2):
        warnings.add("unreachable", "a@b", "it came back")
        assert len(shown(warnings)) == 1
        warnings.dismiss()
