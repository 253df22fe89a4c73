"""What the measurements make of their numbers."""

import math

import pytest

from bench import report
from bench.figures import median, percentile
from bench.row import amount, beside, over, under


def test_the_results_leave_what_is_written_by_hand_alone(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text(f"# before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    for text in ("| first |", "| second |"):
        report.write(text, command="python -m bench", document=document)
    before, results, after = (
        document.read_text().replace(report.END, report.BEGIN).split(report.BEGIN)
    )
    assert (before, after) == ("# before\n", "\nafter\n")
    assert "`python -m bench` on " in results
    assert "| second |" in results
    assert "| first |" not in results


def test_the_results_name_what_could_not_be_measured(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text(f"{report.BEGIN}\n{report.END}\n")
    report.write("", command="python -m bench", failed=["start", "long"], document=document)
    assert "not measured: start, long" in document.read_text()


def test_a_document_without_markers_is_not_touched(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("by hand")
    with pytest.raises(ValueError, match="lacks its markers"):
        report.write("| new |", command="python -m bench", document=document)
    assert document.read_text() == "by hand"


def test_the_document_of_this_project_has_its_markers():
    text = report.DOCUMENT.read_text()
    assert 0 < text.index(report.BEGIN) < text.index(report.END)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (under("memory", 49.9, 50, "MB"), "yes"),
        (under("memory", 50, 50, "MB"), "**no**"),
        (over("speed", 2001, 2000, "a second"), "yes"),
        (over("speed", 2000, 2000, "a second"), "**no**"),
        (beside("CPU", 0.6, "rival", 1.0, 0.6, "s"), "yes"),
        (beside("CPU", 0.7, "rival", 1.0, 0.6, "s"), "**no**"),
        (beside("CPU", 0.7, "rival", None, 0.6, "s"), "-"),
    ],
)
def test_a_row_says_whether_it_was_reached(row, verdict):
    assert row.verdict == verdict


def test_a_rival_that_is_not_here_is_named():
    assert beside("CPU", 0.7, "rival", None, 0.6, "s").rival == "rival is not installed"


def test_percentiles_are_values_that_were_measured():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert (median(values), percentile(values, 95), percentile(values, 0)) == (3.0, 5.0, 1.0)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.12345, "0.123"), (12.345, "12.3"), (5.0, "5"), (12345.6, "12,346"), (math.inf, "endless")],
)
def test_amounts_have_three_digits_that_count(value, shown):
    assert amount(value) == shown
