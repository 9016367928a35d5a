"""One-stop dossiers by year and tier, and beside what other provinces published: on the page and as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sim.report.formatting import (
    BLANK,
    in_two_lines,
    interval_text,
    month_text,
    number_text,
    quantity_text,
    share_text,
    unit_text,
)
from sim.report.parameter_words import parameter_title
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.report.workbook import (
    ID,
    RUNS,
    CellValue,
    Column,
    NumberKind,
    Quantity,
    Sheet,
    both,
    cells,
    named,
    scopes,
    terms,
)
from sim.results.run_tables import ParameterRow
from sim.results.service_tables import DossierCheckRow, DossierRow
from sim.results.sources import source_text
from sim.results.words import Lang, Words

ALL = "all"
SHOWN = ("real_on_time_share", "recorded_on_time_share", "online_share", "returned_share", "filed_by_post_share")
"""Shares of the page's table; the others are in the run folder."""
_NOTE = Words(
    "Số liệu trọn năm; cấp là cấp nhận hồ sơ. Đúng hạn trên thực tế là điều xảy ra trong mô phỏng; theo "
    "sổ sách là điều báo "
    "cáo sẽ in ra. Trung vị và khoảng 5–95%, n = {n}. Đủ các đại lượng, năm và cấp: dossiers.csv.",
    "Whole years; the tier is that of intake. Truly on time is what happened in the simulation; by the books is what "
    "reports would print. Medians and 5–95% ranges, n = {n}. Every quantity, year and tier: dossiers.csv.",
)
_CHECK_NOTE = Words(
    "Số công bố của tỉnh khác, thời kỳ khác; mô phỏng năm {year}, không chỉnh cho khớp. Khi một tham số của mô hình "
    "được suy ra từ chính số đó thì sự gần nhau không kiểm chứng gì. Số công bố kiểm chứng được: {checks} trong {all}; "
    "nằm trong khoảng mô phỏng: {inside}.",
    "Published by other provinces for other periods; simulated year {year}, nothing tuned to fit. Where a parameter of "
    "the model was derived from the very figure, closeness proves nothing. Figures that do check the model: {checks} "
    "of {all}; within the simulated range: {inside}.",
)


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One year and tier in words; `shares` in the order of `SHOWN`."""

    year: str
    tier: str
    filed: str
    per_inhabitant: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One published figure beside the simulation, in words."""

    quantity: str
    scope: str
    place: str
    published: str
    simulated: str
    difference: str
    derived: str
    note: str
    source: str


def dossier_lines(tables: RunTables, language: Lang) -> list[DossierLine]:
    """Every year of all tiers together, then the last year by tier; nothing where no dossier is simulated."""
    if not _are_simulated(tables):
        return []
    years = sorted({row.year for row in tables.dossiers})
    tiers = list(dict.fromkeys(row.tier for row in tables.dossiers if row.tier != ALL))
    wanted = [(year, ALL) for year in years] + [(year, tier) for year in years[-1:] for tier in tiers]
    return [_line(tables.dossiers, year, tier, language) for year, tier in wanted]


def _are_simulated(tables: RunTables) -> bool:
    """A scenario without a catalogue of procedures files none, and 0 dossiers would say something else."""
    filed = [row for row in tables.dossiers if row.quantity == "filed"]
    return not filed or any(row.p95 for row in filed)


def dossier_note(tables: RunTables, language: Lang) -> str:
    """What is counted, and over how many simulations."""
    runs = number_text(max((row.n for row in tables.dossiers), default=0), 0, language)
    return say(_NOTE, language, n=runs)


def shown_quantities(language: Lang) -> list[str]:
    """Headings of the shares."""
    return [term("dossier_quantity", name, language) for name in SHOWN]


def _line(rows: Sequence[DossierRow], year: int, tier: str, language: Lang) -> DossierLine:
    mine = {row.quantity: row for row in rows if (row.year, row.tier) == (year, tier)}
    filed = mine.get("filed")
    each = filed.per_inhabitant if filed else None
    return DossierLine(
        year=str(year),
        tier=capital(scope_text("all" if tier == ALL else f"tier:{tier}", language)),
        filed=_band_text(filed, language),
        per_inhabitant=BLANK if each is None else number_text(each, 2, language),
        shares=tuple(_band_text(mine.get(name), language) for name in SHOWN),
    )


def _band_text(row: DossierRow | None, language: Lang) -> str:
    if row is None or row.median is None:
        return BLANK
    kind = "share" if row.unit == "share" else "count"
    median = share_text(row.median, language) if kind == "share" else quantity_text(row.median, "count", language)
    ends = interval_text(row.p05, row.p95, "share" if kind == "share" else "count", language)
    return in_two_lines(f"{median} ({ends})")


def check_lines(tables: RunTables, language: Lang) -> list[CheckLine]:
    """Every published figure, those that check the model first; none where no dossier is simulated."""
    if not _are_simulated(tables):
        return []
    ordered = sorted(tables.dossier_checks, key=lambda row: bool(row.derived_parameter))
    return [_check(row, tables.parameters, language) for row in ordered]


def check_note(tables: RunTables, language: Lang) -> str:
    """How many figures check anything, and how many of these the simulation covers; empty where there are none."""
    rows = tables.dossier_checks
    if not rows:
        return ""
    independent = [row for row in rows if not row.derived_parameter]
    inside = sum(row.relation == "overlapping" for row in independent)
    year = max(row.year for row in rows)
    return say(_CHECK_NOTE, language, year=year, checks=len(independent), all=len(rows), inside=inside)


def _check(row: DossierCheckRow, parameters: Sequence[ParameterRow], language: Lang) -> CheckLine:
    observed = _value(row.observed, row.unit, language)
    if row.observed_low is not None and row.observed_high is not None:
        observed += f" ({_ends(row.observed_low, row.observed_high, row.unit, language)})"
    simulated = _value(row.median, row.unit, language)
    if row.median is not None:
        simulated += f" ({_ends(row.p05, row.p95, row.unit, language)})"
    derived = Words(
        "Tham số “{key}” suy ra từ số này: không phải kiểm chứng.", "“{key}” was derived from it: no check."
    )
    key = parameter_title(row.derived_parameter or "", parameters, language)
    return CheckLine(
        quantity=term("dossier_quantity", row.measure, language),
        scope=scope_text(row.scope, language),
        place=f"{row.place_name}, {period_text(row.period, language)} ({term('confidence', row.confidence, language)})",
        published=in_two_lines(observed),
        simulated=in_two_lines(simulated),
        difference=capital(difference_text(row, language)),
        derived=say(derived, language, key=key) if row.derived_parameter else "",
        note=capital(row.note(language)),
        source=source_text(row.source, language),
    )


def difference_text(row: DossierCheckRow, language: Lang) -> str:
    """How far the simulated median is from the published figure, and whether the range covers it."""
    if row.median is None or row.observed is None:
        return Words("không có số mô phỏng", "nothing simulated to compare").text(language)
    gap = row.median - row.observed
    amount = number_text(abs(100 * gap if row.unit == "share" else gap), 1 if row.unit == "share" else 2, language)
    unit = Words(" điểm phần trăm", " percentage points") if row.unit == "share" else Words("", "")
    if not amount.strip("0.,"):
        even = Words("{relation}; trung vị bằng số đó", "{relation}; the median equals it")
        return say(even, language, relation=term("relation", row.relation or "", language))
    sentence = Words("{relation}; trung vị {way} {amount}{unit}", "{relation}; the median is {amount}{unit} {way}")
    way = Words("cao hơn", "higher") if gap > 0 else Words("thấp hơn", "lower")
    return say(
        sentence,
        language,
        relation=term("relation", row.relation or "", language),
        way=way.text(language),
        amount=amount,
        unit=unit.text(language),
    )


def period_text(period: str, language: Lang) -> str:
    """First and last month, from `2019-01/2019-03`; anything else as given."""
    try:
        months = [month_text(date.fromisoformat(f"{month}-01"), language) for month in period.split("/")]
    except ValueError:
        return period
    return "–".join(months)


def _value(value: float | None, unit: str, language: Lang) -> str:
    if value is None:
        return BLANK
    return share_text(value, language) if unit == "share" else number_text(value, 2, language)


def _ends(low: float | None, high: float | None, unit: str, language: Lang) -> str:
    if low is None or high is None:
        return BLANK
    if unit == "share":
        return interval_text(low, high, "share", language)
    return f"{number_text(low, 2, language)}–{number_text(high, 2, language)}"


def _tier(tier: str) -> tuple[str, str]:
    return scopes("all" if tier == "all" else f"tier:{tier}")


def _number_kind(unit: str) -> NumberKind:
    if unit == "share":
        return "share"
    return "count" if unit == "dossiers" else "plain"


def dossiers_sheet(tables: RunTables) -> Sheet:
    """Every count and share of every whole year."""
    columns = (
        *named("year"),
        *both(COLUMNS["tier"], 20.0),
        *both(COLUMNS["quantity"], 44.0),
        *both(COLUMNS["unit"], 12.0),
        *named("median", "p05", "p95", "per_inhabitant"),
        RUNS,
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.dossiers:
        kind = _number_kind(row.unit)
        rows.append(
            cells(
                Quantity(row.year, "year"),
                *_tier(row.tier),
                *terms("dossier_quantity", row.quantity),
                unit_text(row.unit, "vi"),
                unit_text(row.unit, "en"),
                *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
                Quantity(row.per_inhabitant, "plain"),
                row.n,
            )
        )
    title = Words("Hồ sơ một cửa theo năm và cấp nhận", "One-stop dossiers by year and tier of intake")
    return Sheet("Hồ sơ - Dossiers", title, columns, tuple(rows))


def dossier_checks_sheet(tables: RunTables) -> Sheet:
    """Every published figure beside the simulation, the difference in words."""
    columns = (
        Column(ID, 28.0),
        *both(COLUMNS["quantity"], 44.0),
        *both(COLUMNS["scope"], 22.0),
        Column(COLUMNS["place"], 20.0),
        Column(COLUMNS["period"], 18.0),
        *named("published", "published_low", "published_high", "year", "median", "p05", "p95"),
        RUNS,
        *both(COLUMNS["difference"], 50.0),
        Column(COLUMNS["derived_parameter"], 36.0),
        *both(COLUMNS["confidence"], 18.0),
        *both(COLUMNS["description"], 60.0),
        *both(COLUMNS["published_in"], 40.0),
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.dossier_checks:
        kind = _number_kind(row.unit)
        observed = (row.observed, row.observed_low, row.observed_high)
        rows.append(
            cells(
                row.observation_id,
                *terms("dossier_quantity", row.measure),
                *scopes(row.scope),
                row.place_name,
                row.period,
                *(Quantity(value, kind) for value in observed),
                Quantity(row.year, "year"),
                *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
                row.n,
                difference_text(row, "vi"),
                difference_text(row, "en"),
                row.derived_parameter,
                *terms("confidence", row.confidence),
                row.note("vi"),
                row.note("en"),
                source_text(row.source, "vi"),
                source_text(row.source, "en"),
            )
        )
    title = Words("Đối chiếu với số liệu công bố của tỉnh khác", "Beside what other provinces published")
    return Sheet("Đối chiếu - Checks", title, columns, tuple(rows))
