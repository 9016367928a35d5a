"""A run beside what was reported: in words for the screen and the page, and as a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

from sim.report.formatting import (
    BLANK,
    date_text,
    interval_text,
    month_text,
    number_text,
    quantity_text,
    signed_number,
    unit_kind,
    unit_of_difference,
)
from sim.report.passage import target_labels
from sim.report.phrases import COLUMNS, say
from sim.report.words import scope_text, term
from sim.report.workbook import CellValue, Column, Quantity, Sheet, both, cells, scopes, terms
from sim.results.hindcast_tables import FED, FEWEST_SCORED, INSIDE, NOT_SIMULATED, OUTSIDE, ElsewhereRow, HindcastRow
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.sources import source_text
from sim.results.words import Lang, Words

_FIGURE = Words(
    "{day}, {what}: báo cáo {value} (± {error}); mô phỏng cuối {on} sẽ được báo cáo {median} ({band}): {state}",
    "{day}, {what}: reported {value} (± {error}); simulated at the end of {on}, as would be reported: {median}"
    " ({band}): {state}",
)
_SCORES = Words("lệch {off}; CRPS {crps}; hạng {rank}/{places}", "off by {off}; CRPS {crps}; rank {rank} of {places}")
_NAIVE = Words(
    "; kéo dài đường thẳng từ đầu kỳ (mô phỏng) qua số đo trước: {line}",
    "; a straight line from the simulated start through the figure before: {line}",
)
_CURVE = Words(", đường logistic: {curve}", ", a logistic: {curve}")
_BLANK = Words(
    "{day}, {what}: báo cáo {value}; mô phỏng không có giá trị, không chấm",
    "{day}, {what}: reported {value}; nothing simulated, not scored",
)
_COUNTED = Words("đếm: {definition}", "counts: {definition}")
_FED = Words(
    "không phải kiểm chứng: giá trị mặc định {feeds} dựa vào số này", "no test: the default {feeds} rests on it"
)
_INSIDE = Words(
    "Trong dải 5–95%: {inside} trên {scored} số chấm được.",
    "Inside the 5–95% band: {inside} of {scored} scored figures.",
)
_EXPECTED = Words(
    " Nếu dải đúng, trung bình {expected} số nằm trong.", " A band that is right would hold {expected} on average."
)
_TOO_FEW = Words(
    " Dưới {fewest} số: chưa kết luận được dải rộng hay hẹp.",
    " With fewer than {fewest} nothing can be said of the band being too wide or too narrow.",
)
_NONE = Words("Chưa số nào chấm được.", "No figure can be scored yet.")
_MEAN_CRPS = Words("CRPS trung bình của các tỷ lệ: {crps}.", "Mean CRPS of the shares: {crps}.")
_FIFTHS = Words(
    "Giá trị báo cáo nằm ở phần nào của dự báo, từ thấp đến cao (năm phần bằng nhau): {counts}.",
    "Where in the prediction the reported figures lie, from low to high in five equal parts: {counts}.",
)
_NO_LINE = Words(
    "Không số nào có số đo dùng được trước nó, nên không có đường thẳng, đường logistic nào để so.",
    "No figure has an earlier one that may be used, so there is no straight line and no logistic to compare with.",
)
_MISMATCH = Words(
    "Mô hình chưa khớp với số đo: {what}, {day}, báo cáo {value}, mô phỏng {median} ({band}){targets}.",
    "The model does not fit what was measured: {what}, {day}, reported {value}, simulated {median} ({band}){targets}.",
)
_TARGETS = Words(
    "; dè dặt với kết luận của chỉ tiêu {labels}", "; take the verdict of target {labels} with that in mind"
)
_ELSEWHERE = Words(
    "Nơi khác, không chấm điểm (số của họ, rồi mô phỏng của tỉnh này như sẽ được báo cáo):",
    "Other places, not scored (their figure, then this province's run as would be reported):",
)
_BESIDE = Words(
    "{what}, {place} {period}: {value}; ở đây {median} ({low} đến {high})",
    "{what}, {place} {period}: {value}; here {median} ({low} to {high})",
)
_SOME = Words(
    "{what}, {place} {period}: {value}; ở đây chỉ {n} lần mô phỏng đến được mức đó trong kỳ",
    "{what}, {place} {period}: {value}; here only {n} replications come so far within the period",
)
_SHAPES = {
    "parallel_share": Words("Văn bản gửi song song điện tử và giấy", "Documents sent on both channels"),
    "logit_slope": Words("Tốc độ tăng của văn bản điện tử (logit)", "Growth of electronic documents (logit)"),
    "tier_lag_years": Words(
        "Từ khi nửa số sở đến khi nửa số cơ quan cấp đó có văn phòng điện tử",
        "From half of the departments to half of that tier with e-office",
    ),
    "money_used_share": Words("Kinh phí đã chi trên kinh phí kế hoạch", "Money spent of money planned"),
}
_UNITS = {"per year": Words("mỗi năm", "a year"), "years": Words("năm", "years")}
_HEADINGS = {
    "measured_on": Words("Ngày", "Day"),
    "value": Words("Được báo cáo", "Reported"),
    "plus_minus": Words("Sai số (95%)", "Error (95%)"),
    "median": Words("Mô phỏng, trung vị", "Simulated, median"),
    "p05": Words("5%", "5%"),
    "p95": Words("95%", "95%"),
    "crps": Words("CRPS", "CRPS"),
    "rank": Words("Hạng", "Rank"),
    "straight_line": Words("Đường thẳng", "Straight line"),
    "logistic": Words("Đường logistic", "Logistic"),
    "definition": Words("Đếm gì", "What is counted"),
}


def hindcast_lines(rows: Sequence[HindcastRow], language: Lang, groups: Mapping[str, Words] | None = None) -> list[str]:
    """Each figure beside the replications, then how many lie inside and what that says; groups by their titles."""
    lines = [line for row in rows for line in _figure_lines(row, language, groups)]
    scored = [row for row in rows if row.state in (INSIDE, OUTSIDE)]
    if not scored:
        return [*lines, _NONE.text(language)]
    return [
        *lines,
        coverage_text(sum(row.state == INSIDE for row in scored), len(scored), language),
        *_scores_together(scored, language),
    ]


def _figure_lines(row: HindcastRow, language: Lang, groups: Mapping[str, Words] | None) -> list[str]:
    kind = unit_kind(row.measure, row.unit)
    day, value = date_text(row.measured_on, language), quantity_text(row.value, kind, language)
    what = _what(row, language, groups)
    counted = [say(_COUNTED, language, definition=row.definition(language))] if row.definition(language) else []
    if row.state == NOT_SIMULATED:
        return [say(_BLANK, language, day=day, what=what, value=value), *(f"   {line}" for line in counted)]
    said = say(
        _FIGURE,
        language,
        day=day,
        what=what,
        value=value,
        error=quantity_text(row.plus_minus, kind, language),
        on=month_text(row.simulated_on, language),
        median=quantity_text(row.median, kind, language),
        band=interval_text(row.p05, row.p95, kind, language),
        state=_state(row, language),
    )
    scores = [] if row.state == FED else [_scores(row, language)]
    return [said, *(f"   {line}" for line in (*scores, *counted))]


def _state(row: HindcastRow, language: Lang) -> str:
    if row.state == FED:
        return say(_FED, language, feeds=row.feeds or "")
    return term("figure_state", row.state, language)


def _scores(row: HindcastRow, language: Lang) -> str:
    kind = unit_kind(row.measure, row.unit)
    unit = unit_of_difference(kind, language)
    said = say(
        _SCORES,
        language,
        off=f"{signed_number(row.error or 0.0, kind, language)} {unit}".strip(),
        crps=_crps(row.crps, row, language),
        rank=row.rank,
        places=row.n + 1,
    )
    if row.straight_line is not None:
        said += say(_NAIVE, language, line=quantity_text(row.straight_line, kind, language))
    if row.logistic is not None:
        said += say(_CURVE, language, curve=quantity_text(row.logistic, kind, language))
    return said


def _crps(score: float | None, row: HindcastRow, language: Lang) -> str:
    """A score in the unit in which differences are printed: of shares percentage points."""
    if score is None:
        return BLANK
    kind = unit_kind(row.measure, row.unit)
    shown = number_text(100 * score if kind == "share" else score, 1, language)
    return f"{shown} {unit_of_difference(kind, language)}".strip()


def coverage_text(inside: int, scored: int, language: Lang) -> str:
    """How many figures lie inside their bands, and what that says."""
    said = say(_INSIDE, language, inside=inside, scored=scored)
    if scored < FEWEST_SCORED:
        return said + say(_TOO_FEW, language, fewest=FEWEST_SCORED)
    return said + say(_EXPECTED, language, expected=number_text(0.9 * scored, 1, language))


def _scores_together(scored: Sequence[HindcastRow], language: Lang) -> list[str]:
    shares = [row for row in scored if row.crps is not None and unit_kind(row.measure, row.unit) == "share"]
    said = []
    if len(shares) > 1:
        mean = fmean(row.crps for row in shares if row.crps is not None)
        said.append(say(_MEAN_CRPS, language, crps=_crps(mean, shares[0], language)))
    if len(scored) >= FEWEST_SCORED:
        parts = Counter(min(4, int(5 * (row.share_below or 0.0))) for row in scored)
        said.append(say(_FIFTHS, language, counts=" / ".join(str(parts[part]) for part in range(5))))
    if all(row.straight_line is None for row in scored):
        said.append(_NO_LINE.text(language))
    return said


def _what(row: HindcastRow, language: Lang, groups: Mapping[str, Words] | None) -> str:
    return f"{term('measure', row.measure, language)} ({scope_text(row.scope, language, groups)})"


def elsewhere_lines(rows: Sequence[ElsewhereRow], language: Lang) -> list[str]:
    """Figures of other places beside the run, which say whether its shape is likely; none where there are none."""
    lines = [_elsewhere(row, language) for row in rows if row.n]
    return [_ELSEWHERE.text(language), *(f"  {line}" for line in lines)] if lines else []


def _elsewhere(row: ElsewhereRow, language: Lang) -> str:
    def shown(value: float | None) -> str:
        if row.unit == "share" or value is None:
            return quantity_text(value, "share", language)
        return f"{number_text(value, 2, language)} {_UNITS[row.unit].text(language)}"

    name = _SHAPES.get(row.measure)
    what = term("measure", row.measure, language) if name is None else name.text(language)
    return say(
        _SOME if row.median is None else _BESIDE,
        language,
        what=f"{what} ({scope_text(row.scope, language)})",
        place=row.place_name,
        period=row.period,
        value=shown(row.value),
        n=row.n,
        median=shown(row.median),
        low=shown(row.p05),
        high=shown(row.p95),
    )


def mismatch_lines(
    rows: Sequence[HindcastRow], targets: Sequence[TargetRow], language: Lang, groups: Mapping[str, Words] | None = None
) -> list[str]:
    """One line for each figure outside the band of the run, with the targets that are about the same measure."""
    numbered = target_labels(targets)
    about: dict[str, list[str]] = {}
    for target in deciding_rows(targets):
        about.setdefault(target.measure.partition("(")[0], []).append(target.target_id)
    lines = []
    for row in rows:
        if row.state != OUTSIDE:
            continue
        kind = unit_kind(row.measure, row.unit)
        labels = [numbered[target_id] for target_id in about.get(row.measure.partition("(")[0], ())]
        lines.append(
            say(
                _MISMATCH,
                language,
                what=_what(row, language, groups),
                day=date_text(row.measured_on, language),
                value=quantity_text(row.value, kind, language),
                median=quantity_text(row.median, kind, language),
                band=interval_text(row.p05, row.p95, kind, language),
                targets=say(_TARGETS, language, labels=", ".join(labels)) if labels else "",
            )
        )
    return lines


def hindcast_sheet(rows: Sequence[HindcastRow], groups: Mapping[str, Words] | None = None) -> Sheet:
    """Each figure beside the replications."""
    columns = (
        Column(_HEADINGS["measured_on"], 12.0),
        *both(COLUMNS["measure"], 40.0),
        *both(COLUMNS["scope"], 22.0),
        *(
            Column(_HEADINGS[name], 14.0)
            for name in ("value", "plus_minus", "median", "p05", "p95", "crps", "rank", "straight_line", "logistic")
        ),
        *both(COLUMNS["state"], 30.0),
        *both(_HEADINGS["definition"], 50.0),
        *both(COLUMNS["origin"], 40.0),
    )
    found: list[tuple[CellValue, ...]] = []
    for row in rows:
        kind = unit_kind(row.measure, row.unit)
        values = (row.value, row.plus_minus, row.median, row.p05, row.p95, row.crps)
        found.append(
            cells(
                row.measured_on,
                *terms("measure", row.measure),
                *scopes(row.scope, groups),
                *(Quantity(value, kind) for value in values),
                row.rank,
                Quantity(row.straight_line, kind),
                Quantity(row.logistic, kind),
                _state(row, "vi"),
                _state(row, "en"),
                row.definition("vi"),
                row.definition("en"),
                source_text(row.source, "vi"),
                source_text(row.source, "en"),
            )
        )
    return Sheet(
        "Đối chiếu - Hindcast", Words("Mô phỏng và số đã được báo cáo", "Predicted and reported"), columns, tuple(found)
    )
