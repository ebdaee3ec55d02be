from planbook.present import numbers
from planbook.rounding import rounded
from tests.follow_value import Trail

NUMBER, GROUPED = ("present/numbers.py", "number"), ("present/numbers.py", "grouped")


def test_a_value_passes_the_functions_that_take_it_and_print_it() -> None:
    trail = Trail(1234.5, 1)
    assert trail.watch("print", lambda: numbers.number(1234.5, 1)) == "1,234.5"
    assert {NUMBER, GROUPED} <= trail.passed("print", handed_on=True) < trail.passed("print")


def test_another_value_leaves_no_trail() -> None:
    trail = Trail(1234.5, 1)
    trail.watch("print", lambda: numbers.number(6789.0, 1))
    assert trail.passed("print") == set()


def test_a_station_of_two_stages_counts_once() -> None:
    trail = Trail(1234.5, 1)
    for stage in ("page", "paper"):
        trail.watch(stage, lambda: numbers.grouped(rounded(1234.5, 1)))
    assert trail.passed("page", "paper") == trail.passed("page")
