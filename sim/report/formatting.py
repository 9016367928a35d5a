"""Numbers, shares, dates and chances as a Vietnamese or an English reader expects to see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from sim.results.words import Lang, Words, number_words

UnitKind = Literal["share", "hours", "million_vnd", "count"]
BLANK = "—"

UNIT_WORDS: dict[str, Words] = {
    "hours": Words("giờ", "hours"),
    "million_vnd": Words("triệu đồng", "million VND"),
    "deliveries": Words("lượt gửi", "deliveries"),
    "documents": Words("văn bản", "documents"),
    "dossiers": Words("hồ sơ", "dossiers"),
    "agencies": Words("cơ quan", "agencies"),
    "persons": Words("người", "persons"),
    "pages": Words("trang", "pages"),
    "certificates": Words("chứng thư số", "certificates"),
    "minutes": Words("phút", "minutes"),
    "days": Words("ngày", "days"),
    "weeks": Words("tuần", "weeks"),
    "months": Words("tháng", "months"),
    "years": Words("năm", "years"),
    "databases": Words("cơ sở dữ liệu", "databases"),
    "services": Words("dịch vụ", "services"),
    "projects": Words("dự án", "projects"),
    "share": Words("tỷ lệ", "share"),
}
_CUT = Words("{period} (mô phỏng đến {day})", "{period} (simulated to {day})")
POINTS = Words("điểm %", "percentage points")
POINTS_WHOLE = Words("điểm phần trăm", "percentage points")
"""The same where a sentence is read and not a table."""
_ALL_DIGITS_KNOWN = 1e15
"""From here on a float holds no fractions of interest."""
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def unit_kind(measure: str, unit: str = "") -> UnitKind:
    """How a measure is printed, from the unit column of a table or, where there is none, from the measure's id."""
    name = measure.partition("(")[0]
    if unit == "share" or (not unit and name.endswith(("_share", "_utilisation", "_availability", "milestone"))):
        return "share"
    if unit in {"hours", "hour", "h"} or (not unit and "_hours_" in name):
        return "hours"
    if unit in {"million_vnd", "million VND"} or (not unit and name.endswith("_million_vnd")):
        return "million_vnd"
    return "count"


def unit_text(unit: str, language: Lang) -> str:
    """The word for a unit id; an unknown unit is shown as given."""
    words = UNIT_WORDS.get(unit)
    return unit if words is None else words.text(language)


def rounded(value: float, decimals: int) -> float:
    """A number as people round it: a half goes away from zero, where Python sends it to the even neighbour.

    Fifteen digits are read, so that 100 × 0.1005 is the 10.05 that was meant and not the binary number just below it.
    """
    if not abs(value) < _ALL_DIGITS_KNOWN:
        return value
    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def number_text(value: float, decimals: int, language: Lang) -> str:
    """A number with thousands separated: 1.234,5 in Vietnamese, 1,234.5 in English; never "-0"."""
    text = f"{rounded(value, decimals) or 0.0:,.{decimals}f}"
    return number_words(text).text(language)


_WORTH_SEPARATING = 10_000.0


def parameter_text(value: float | None, language: Lang) -> str:
    """A parameter's value with six digits at most and the reader's decimal sign; from 10.000 on, thousands apart."""
    if value is None:
        return BLANK
    if abs(value) >= _WORTH_SEPARATING and value == round(value):
        return number_text(value, 0, language)
    text = f"{value:.6g}"
    return text.replace(".", ",") if language == "vi" else text


def share_text(share: float, language: Lang) -> str:
    """A fraction of 0..1 as a percentage with one decimal: 94,8% or 94.8%."""
    return number_text(100 * share, 1, language) + "%"


def quantity_text(value: float | None, kind: UnitKind, language: Lang) -> str:
    """A value with its unit; a dash where the table is blank, which is not the same as zero."""
    if value is None:
        return BLANK
    if kind == "share":
        return share_text(value, language)
    if kind == "count":
        return number_text(value, 0, language)
    return f"{number_text(value, 1, language)} {unit_text(kind, language)}"


def threshold_text(value: float | None, kind: UnitKind, language: Lang) -> str:
    """A target's threshold without needless decimals: 95%, 99,5%."""
    if value is None or kind != "share":
        return quantity_text(value, kind, language)
    decimals = 0 if abs(100 * value - round(100 * value)) < 1e-9 else 1
    return number_text(100 * value, decimals, language) + "%"


def interval_text(low: float | None, high: float | None, kind: UnitKind, language: Lang) -> str:
    """Two bounds with the unit said once: 90,1–96,0%."""
    if low is None or high is None:
        return BLANK
    if kind == "share":
        return f"{number_text(100 * low, 1, language)}–{share_text(high, language)}"
    decimals = 0 if kind == "count" else 1
    return f"{number_text(low, decimals, language)}–{quantity_text(high, kind, language)}"


_SAME_IN_ALL = Words("như nhau ở cả {n} lần", "the same in all {n}")
_SAME_IN_MOST = Words("như nhau ở chín phần mười số lần trở lên", "the same in nine tenths or more")
_ALL_BETWEEN = 20
"""Up to so many values, a 5-95 % range of no width says that all are alike."""


def range_text(low: float | None, high: float | None, kind: UnitKind, runs: int, language: Lang) -> str:
    """A 5-95 % range over so many simulations; one without width in words."""
    if low is None or high is None or low != high or runs < 2:
        return interval_text(low, high, kind, language)
    return (_SAME_IN_ALL if runs <= _ALL_BETWEEN else _SAME_IN_MOST).text(language).format(n=runs)


def in_two_lines(text: str) -> str:
    """A value with its range in brackets, the range on a line of its own so that it is not broken in the middle."""
    return text.replace(" (", "\n(")


def date_text(day: date | None, language: Lang) -> str:
    """31/12/2020 in Vietnamese, 31 Dec 2020 in English."""
    if day is None:
        return BLANK
    if language == "vi":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


def month_text(day: date | None, language: Lang) -> str:
    """12/2020 in Vietnamese, Dec 2020 in English."""
    if day is None:
        return BLANK
    return f"{day.month:02d}/{day.year}" if language == "vi" else f"{_ENGLISH_MONTHS[day.month - 1]} {day.year}"


def frequency_text(probability: float | None, runs: int, language: Lang) -> str:
    """A probability as a count of replications, which readers misjudge less: "18 trong 20 lần mô phỏng"."""
    if probability is None or runs <= 0:
        return BLANK
    reached = number_text(round(probability * runs), 0, language)
    wording = Words("{k} trong {n} lần mô phỏng", "{k} of {n} simulations")
    return wording.text(language).format(k=reached, n=number_text(runs, 0, language))


def points_number(value: float, kind: UnitKind) -> float:
    """A difference in the unit it is printed in: a share in percentage points."""
    return 100 * value if kind == "share" else value


def signed_number(value: float, kind: UnitKind, language: Lang) -> str:
    """A difference with its sign, without the unit; zero after rounding has none."""
    decimals = 0 if kind == "count" else 1
    shown = rounded(points_number(value, kind), decimals)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return sign + number_text(abs(shown), decimals, language)


def unit_of_difference(kind: UnitKind, language: Lang) -> str:
    """The unit differences are printed in; empty for counts."""
    if kind == "share":
        return POINTS.text(language)
    return "" if kind == "count" else unit_text(kind, language)


def period_text(years: Sequence[int], stopped: date | None, language: Lang) -> str:
    """2016–2020, or 2016–2018 with the day on which the simulation stopped within the last year."""
    first, last = min(years), max(years)
    text = str(first) if first == last else f"{first}–{last}"
    if stopped is None or stopped.year != last:
        return text
    return _CUT.text(language).format(period=text, day=date_text(stopped, language))


def year_text(year: int, stopped: date | None, language: Lang) -> str:
    """2018, with the day on which the simulation stopped when that is within this year."""
    return period_text([year], stopped, language)


def cut(text: str, fits: Callable[[str], bool]) -> str:
    """As many whole words of a text as fit, with an ellipsis where something is missing; the first word always."""
    kept = text
    while not fits(kept) and " " in text:
        text = text.rpartition(" ")[0]
        kept = f"{text.rstrip(' ,;:(–')}…"
    return kept
