"""Rules on what a plan reports of its start, and on the starting states fitted to that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sim.results.words import NOTHING, Words
from sim.scenario.agreeing_draws import draw_faults
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts
from sim.scenario.holders import WEBSITE, is_named
from sim.scenario.measures import COUNTED, MEASURES, NEEDS_BOTH_ENDS, OF_LINES, THINGS_COUNTED
from sim.scenario.quantity import Quantity
from sim.scenario.start_schema import Baseline, ReportedCount
from sim.scenario.start_states import DECIMALS, StartResidual, open_shares
from sim.scenario.suggest import did_you_mean, measure_meant
from sim.scenario.target_rules import scope_is_right
from sim.scenario.units import words_of

_ROUNDING = 10.0**-DECIMALS
FIT_AGAIN = Words(
    'ước lượng lại bằng lệnh init, hoặc đặt start.fitted = "" và start.residuals = ""',
    'fit again with init, or set start.fitted = "" and start.residuals = ""',
)


def start_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with baselines and fitted starting states."""
    for baseline in facts.scenario.baselines:
        measures = [name for name in MEASURES if name not in (*OF_LINES, *THINGS_COUNTED)]
        yield from _reported_is_right(facts, f"baselines.{baseline.id}", baseline, measures)
    names = {baseline.id for baseline in facts.scenario.baselines}
    for count in facts.scenario.counts:
        if count.id in names:
            reason = Words(f"id “{count.id}” đã dùng trong baselines", f'id "{count.id}" is a baseline\'s already')
            yield facts.fault("E-ID-001", f"counts.{count.id}", reason)
        yield from _reported_is_right(facts, f"counts.{count.id}", count, COUNTED)
    yield from _both_tables_are_named(facts)
    yield from _without_website_are_known(facts)
    yield from _websites_are_possible(facts)
    yield from _databases_are_whole(facts)
    if facts.scenario.start.fitted:
        yield from _states_are_apart(facts)
        yield from _ranges_are_those_of_the_fit(facts)
    yield from draw_faults(facts.tables.agreeing_draws)
    if facts.scenario.start.residuals:
        yield from _residuals_are_of_these_baselines(facts)


def _reported_is_right(
    facts: Facts, key: str, stated: Baseline | ReportedCount, measures: Sequence[str]
) -> Iterator[ScenarioError]:
    if stated.measure not in measures:
        said = shown(stated.measure)
        reason = Words(f"không có cách đo “{said}”", f'unknown measure "{said}"')
        yield facts.fault("E-TGT-002", f"{key}.measure", reason, _measure_meant(stated, measures))
    yield from scope_is_right(facts, f"{key}.scope", stated.scope)
    apart = (*NEEDS_BOTH_ENDS, "exchange_electronic_share")
    if stated.scope.startswith("group:") and stated.measure in apart:
        reason = Words("số này không tính được cho một nhóm cơ quan", "this cannot be counted for a group of agencies")
        yield facts.fault("E-TGT-005", f"{key}.scope", reason)
    if stated.reported.low is None or stated.reported.high is None:
        reason = Words("số báo cáo chưa có khoảng sai số", "the reported value has no band")
        repair = Words("thêm low, high và kind", 'add low, high and kind = "uniform": rounding and doubt')
        yield facts.fault("E-INI-001", f"{key}.reported", reason, repair)


def _measure_meant(stated: Baseline | ReportedCount, measures: Sequence[str]) -> Words:
    """The nearest of what may be reported, and where the rest is."""
    if isinstance(stated, Baseline):
        return measure_meant(stated.measure, measures)
    near, listed = did_you_mean(stated.measure, measures), ", ".join(measures)
    return near if near != NOTHING else Words(f"một trong {listed}", f"one of {listed}")


def _both_tables_are_named(facts: Facts) -> Iterator[ScenarioError]:
    start = facts.scenario.start
    if bool(start.fitted) != bool(start.residuals):
        missing = "residuals" if start.fitted else "fitted"
        reason = Words(f"thiếu start.{missing}", f"start.{missing} is missing: the fit is two tables")
        yield facts.fault("E-INI-002", f"start.{'fitted' if start.fitted else 'residuals'}", reason, FIT_AGAIN)


def _without_website_are_known(facts: Facts) -> Iterator[ScenarioError]:
    """Whoever is said to have no website is one of those whose websites are counted."""
    rows = facts.tables.agencies
    counted = [row.agency_id for row in rows if row.tier in WEBSITE.tiers]
    known = [*counted, *(f"tier:{tier}" for tier in WEBSITE.tiers)]
    others = {*(row.agency_id for row in rows), *(f"tier:{row.tier}" for row in rows)}.difference(known)
    for entry in facts.scenario.start.without_website:
        if not rows or entry in known:
            continue
        said = shown(entry)
        reason = (
            Words(
                f"“{said}” không phải sở hay huyện: trang thông tin chỉ tính ở sở, huyện",
                f'"{said}" is no department or district, and only their websites are counted',
            )
            if entry in others
            else Words(f"không có cơ quan “{said}”", f'no agency or tier "{said}"')
        )
        yield facts.fault("E-EQP-003", "start.without_website", reason, did_you_mean(entry, known))


def _websites_are_possible(facts: Facts) -> Iterator[ScenarioError]:
    """The share with a website leaves room for those said to have none."""
    bare, share = facts.scenario.start.without_website, facts.scenario.equipment.website_share
    counted = [row for row in facts.tables.agencies if row.tier in WEBSITE.tiers]
    without = sum(is_named(bare, row) for row in counted)
    most = len(counted) - without
    for part, value in _ends(share):
        if without and round(value * len(counted)) > most:
            said, limit = (words_of(one, "share") for one in (value, math.floor(1000 * most / len(counted)) / 1000))
            reason = Words(
                f"{said.vi} của {len(counted)} sở, huyện là quá {most} cơ quan mà start.without_website để lại",
                f"{said.en} of {len(counted)} departments and districts is more than the {most} that"
                " start.without_website leaves",
            )
            repair = Words(
                f"đặt từ {limit.vi} trở xuống, hoặc bớt start.without_website",
                f"make it {limit.en} or less, or take agencies out of start.without_website",
            )
            yield facts.fault("E-EQP-001", f"equipment.website_share{part}", reason, repair)
            return


def _databases_are_whole(facts: Facts) -> Iterator[ScenarioError]:
    for part, value in _ends(facts.scenario.equipment.key_databases):
        if value != int(value):
            reason = Words(f"{value:g} không phải số cơ sở dữ liệu", f"{value:g} is not a number of databases")
            low, high = math.floor(value), math.ceil(value)
            repair = Words(f"ghi số nguyên: {low} hoặc {high}", f"write a whole number: {low} or {high}")
            yield facts.fault("E-EQP-002", f"equipment.key_databases{part}", reason, repair)


def _ends(quantity: Quantity) -> Iterator[tuple[str, float]]:
    """The stated value and the ends of the range from which it is drawn, each with what its key adds."""
    yield "", quantity.value
    if quantity.kind != "fixed":
        yield from ((f".{end}", at) for end in ("low", "high") if (at := getattr(quantity, end)) is not None)


def _states_are_apart(facts: Facts) -> Iterator[ScenarioError]:
    first: dict[tuple[int, int], str] = {}
    for state in facts.tables.start_states:
        where = first.setdefault((state.seed, state.candidate), state.place)
        if where != state.place:
            said = f"{state.candidate}"
            reason = Words(f"ứng viên {said} đã có ở {where}", f"candidate {said} is a duplicate of {where}")
            yield ScenarioError("E-INI-004", state.place, "candidate", reason)


def _ranges_are_those_of_the_fit(facts: Facts) -> Iterator[ScenarioError]:
    """A range laid over the fit says that its start is no longer believed; a fixed value simply holds."""
    fit = facts.layer_of("start.fitted")
    for name in open_shares(facts.scenario.start):
        for part in ("low", "high"):
            key = f"start.{name}.{part}"
            if facts.layer_of(key) > fit:
                reason = Words(
                    "khoảng này được đặt sau khi đã ước lượng trạng thái đầu kỳ, nên không có tác dụng",
                    "this range is laid over a starting state that is already fitted, so nothing would heed it",
                )
                yield facts.fault("E-INI-005", key, reason, FIT_AGAIN)
                break


def _residuals_are_of_these_baselines(facts: Facts) -> Iterator[ScenarioError]:
    residuals = facts.tables.start_residuals
    baselines = {baseline.id: baseline for baseline in facts.scenario.baselines if baseline.fitted}
    first: dict[str, str] = {}
    for row in residuals:
        where = first.setdefault(row.baseline_id, row.place)
        if where != row.place:
            reason = Words(f"“{row.baseline_id}” đã có ở {where}", f'"{row.baseline_id}" is a duplicate of {where}')
            yield ScenarioError("E-INI-006", row.place, "baseline_id", reason)
        elif row.baseline_id not in baselines:
            said = shown(row.baseline_id)
            reason = Words(f"kịch bản không có số báo cáo “{said}”", f'the scenario has no baseline "{said}"')
            yield ScenarioError("E-INI-007", row.place, "baseline_id", reason, did_you_mean(said, baselines))
        elif not _is_of(row, baselines[row.baseline_id]):
            reason = Words(
                f"“{row.baseline_id}” được ước lượng theo một số báo cáo khác",
                f'"{row.baseline_id}" was fitted to another value, band, measure or scope',
            )
            yield ScenarioError("E-INI-008", row.place, "baseline_id", reason, FIT_AGAIN)
    for name in baselines if residuals else ():
        if name not in first:
            reason = Words("chưa được ước lượng", "nothing was fitted to it")
            yield facts.fault("E-INI-009", f"baselines.{name}", reason, FIT_AGAIN)


def _is_of(row: StartResidual, baseline: Baseline) -> bool:
    reported = baseline.reported
    wanted = (reported.value, reported.low or 0.0, reported.high or 0.0)
    found = (row.reported, row.low, row.high)
    near = all(math.isclose(a, b, abs_tol=_ROUNDING) for a, b in zip(found, wanted, strict=True))
    return near and (row.measure, row.scope) == (baseline.measure, baseline.scope)
