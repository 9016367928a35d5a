"""Numbers with units read exactly, in both languages, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.quantity import QuantityError, read_profile, read_quantity
from sim.scenario.units import LIMITS, UNITS, Dimension, UnitError, parse, render

WRITTEN: list[tuple[object, Dimension, float]] = [
    ("250 ms", "duration", 250),
    ("1.5 s", "duration", 1500),
    ("90 giây", "duration", 90_000),
    ("5 min", "duration", 300_000),
    ("5 phút", "duration", 300_000),
    ("2,5 giờ", "duration", 9_000_000),
    ("3 ngày", "duration", 259_200_000),
    ("2 tuần", "duration", 1_209_600_000),
    ("3 tháng", "duration", 90 * 86_400_000),
    ("5 years", "duration", 5 * 365 * 86_400_000),
    ("  7   h ", "duration", 25_200_000),
    ("7h", "duration", 25_200_000),
    ("2 Mbit/s", "rate", 2e6),
    ("512 kbit/s", "rate", 512e3),
    ("0,125 MB", "size", 125_000),
    ("90 %", "share", 0.9),
    ("8 điểm", "share", 0.08),
    ("8 points", "share", 0.08),
    ("0,1 %", "share", 0.001),
    (3, "count", 3),
    (1.375, "count", 1.375),
    ("0.8", "count", 0.8),
    ("1.2 tỷ VND", "money", 1200),
    ("1,2 tỷ đồng", "money", 1200),
    ("350 triệu VND", "money", 350),
    ("1200000 VND", "money", 1.2),
    ("1.2 billion VND", "money", 1200),
    ("20000 /year", "per_year", 20_000),
    ("12 /năm", "per_year", 12),
    ("5 phu\u0301t", "duration", 300_000),
]

REFUSED: list[tuple[object, Dimension, str]] = [
    ("five min", "duration", "E-UNIT-004"),
    ("", "duration", "E-UNIT-004"),
    ("min", "duration", "E-UNIT-004"),
    ("1e3 s", "duration", "E-UNIT-004"),
    ("0x10 s", "duration", "E-UNIT-002"),
    ("1__0 s", "duration", "E-UNIT-004"),
    ("1.2.3 s", "duration", "E-UNIT-004"),
    ("٣ s", "duration", "E-UNIT-004"),
    ("9" * 16 + " s", "duration", "E-UNIT-004"),
    ("nan %", "share", "E-UNIT-004"),
    ("inf s", "duration", "E-UNIT-004"),
    ("1.200 triệu VND", "money", "E-UNIT-005"),
    ("35,000 /year", "per_year", "E-UNIT-005"),
    ("0.9", "share", "E-UNIT-001"),
    (0.9, "share", "E-UNIT-001"),
    (True, "count", "E-UNIT-004"),
    (None, "count", "E-UNIT-004"),
    (float("nan"), "count", "E-UNIT-004"),
    (float("inf"), "count", "E-UNIT-004"),
    (10**400, "count", "E-UNIT-006"),
    (-0.5, "count", "E-UNIT-006"),
    ("-5 min", "duration", "E-UNIT-006"),
    ("101 %", "share", "E-UNIT-006"),
    ("2 mbit/s", "rate", "E-UNIT-002"),
    ("2 MB", "rate", "E-UNIT-003"),
    ("3 ngày làm việc", "duration", "E-UNIT-003"),
]


@pytest.mark.parametrize(("written", "dimension", "value"), WRITTEN)
def test_reads(written: object, dimension: Dimension, value: float) -> None:
    assert parse(written, dimension) == value


@pytest.mark.parametrize(("written", "dimension", "code"), REFUSED)
def test_refuses_and_shows_how(written: object, dimension: Dimension, code: str) -> None:
    with pytest.raises(UnitError) as refused:
        parse(written, dimension)
    assert refused.value.code == code
    assert refused.value.repair.vi
    assert refused.value.reason.vi != refused.value.reason.en


@given(st.sampled_from(sorted(UNITS)), st.data())
def test_what_is_rendered_reads_back_to_the_same_number(dimension: Dimension, data: st.DataObject) -> None:
    limits = LIMITS[dimension]
    hundredths = data.draw(st.integers(0, int(min(limits.high, 1e13) * 100)))
    value = hundredths / 100
    assert parse(render(value, dimension), dimension) == value


@given(st.sampled_from(sorted(UNITS)), st.data())
def test_both_decimal_marks_and_every_unit_agree(dimension: Dimension, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(sorted(UNITS[dimension])))
    text = f"{data.draw(st.integers(0, 9))}.{data.draw(st.integers(0, 99)):02d}"
    factor = float(UNITS[dimension][unit])
    if float(text) * factor > LIMITS[dimension].high:
        with pytest.raises(UnitError, match="outside"):
            parse(f"{text} {unit}", dimension)
        return
    value = parse(f"{text} {unit}", dimension)
    assert parse(f"{text.replace('.', ',')} {unit}", dimension) == value
    assert value == pytest.approx(float(text) * factor, rel=1e-15)


def test_minus_zero_is_zero() -> None:
    assert str(parse("-0 s", "duration")) == "0.0"


def test_a_quantity_reports_every_part_that_is_wrong() -> None:
    with pytest.raises(QuantityError) as refused:
        read_quantity(
            {"value": "5", "low": "1 MB", "hihg": "1 s", "kind": "fixed", "basis": "x", "source": " "}, "duration"
        )
    parts = [problem.part for problem in refused.value.problems]
    assert parts == ["hihg", "value", "low", "basis", "source"]


def test_beta_must_stay_inside_the_unit_interval() -> None:
    table = {"value": "50 %", "low": "10 %", "high": "100 %", "kind": "beta", "basis": "plan", "source": "s"}
    with pytest.raises(QuantityError) as refused:
        read_quantity(table, "share")
    assert refused.value.problems[0].part == "high"
    assert read_quantity(table | {"high": "99 %"}, "share").high == 0.99


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [1, float("nan")], [True, 1], "12", [1, "2"]])
def test_refuses_weights(weights: object) -> None:
    with pytest.raises(QuantityError):
        read_profile({"weights": weights, "basis": "plan", "source": "s"})
