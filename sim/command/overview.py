"""`explain SCENARIO`: a plan on one screen: what it aims at, its money, its agencies, and what stands assumed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import fsum

from sim.command.lookup import aim_text, explain_line
from sim.report.formatting import date_text, number_text
from sim.report.words import target_label, term
from sim.results.run_tables import ParameterRow
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import TIERS

_PERIOD = Words(
    "{decision}, quyết định ngày {decided}; mô phỏng {start} đến {end}",
    "{decision}, decided on {decided}; simulated from {start} to {end}",
)
_AGENCIES = Words("Cơ quan: {n} ({tiers})", "Agencies: {n} ({tiers})")
_MONEY = Words("Kinh phí: {total} triệu đồng ({sources})", "Money: {total} million VND ({sources})")
_LARGEST = Words("  mục lớn nhất: {lines}", "  largest lines: {lines}")
_NO_MONEY = Words("Kinh phí: chưa có", "Money: none yet")
_ORDERS = Words("Văn bản chỉ đạo: {n}", "Orders: {n}")
_TARGETS = Words("Chỉ tiêu: {n}", "Targets: {n}")
_ASSUMED = Words(
    "Giả định: {assumed} trong {total} tham số; nhiều nhất ở nhóm {sections}",
    "Assumed: {assumed} of {total} parameters; most of them in the sections {sections}",
)
_ALL_KNOWN = Words("Giả định: không tham số nào trong {total} tham số", "Assumed: none of {total} parameters")
_MORE = Words(
    "Mọi tham số với khoảng và căn cứ: thêm --details; một nhóm hay một tên, ví dụ {section}, {target}: {line}",
    "Every parameter with its range and basis: add --details; one section or name, as {section}, {target}: {line}",
)
OUTSIDE = "outside"
"""Tier of those beyond the province, who only send and receive."""
_LINES_SHOWN = 4
_SECTIONS_SHOWN = 5


def overview(loaded: LoadedScenario, rows: Sequence[ParameterRow], scenario_word: str, lang: Lang) -> str:
    """The plan in some thirty lines."""
    scenario = loaded.scenario
    said = [Words(scenario.title.vi, scenario.title.en).text(lang)]
    said.append(
        _PERIOD.text(lang).format(
            decision=scenario.plan.decision,
            decided=date_text(scenario.plan.decided, lang),
            start=date_text(scenario.horizon.start, lang),
            end=date_text(scenario.horizon.end, lang),
        )
    )
    counts = Counter(row.tier for row in loaded.agencies if row.tier != OUTSIDE)
    tiers = ", ".join(f"{counts[tier]} {term('tier', tier, lang)}" for tier in TIERS if counts[tier])
    said.append(_AGENCIES.text(lang).format(n=counts.total(), tiers=tiers))
    said += _money(loaded, lang)
    said.append(_ORDERS.text(lang).format(n=len(scenario.mandates)))
    said.append(_TARGETS.text(lang).format(n=len(scenario.targets)))
    for target in scenario.targets:
        label = target_label(loaded.target_numbers[target.id], target.id)
        said.append(f"  {label}  {Words(target.title.vi, target.title.en).text(lang)}: {aim_text(target, lang)}")
    said += _assumed(loaded, rows, scenario_word, lang)
    return "\n".join(map(printable, said))


def _money(loaded: LoadedScenario, lang: Lang) -> Iterator[str]:
    lines = sorted(loaded.plan_lines or loaded.budget, key=lambda line: line.line_id)
    if not lines:
        yield _NO_MONEY.text(lang)
        return
    by_source: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        by_source[line.source] += line.amount_million_vnd
    sources = "; ".join(
        f"{term('money_source', one, lang)} {number_text(by_source[one], 0, lang)}" for one in by_source
    )
    total = fsum(line.amount_million_vnd for line in lines)
    yield _MONEY.text(lang).format(total=number_text(total, 0, lang), sources=sources)
    sums = []
    for line_id, grouped in groupby(lines, key=lambda line: line.line_id):
        mine = list(grouped)
        title = Words(mine[0].title_vi, mine[0].title_en).text(lang)
        sums.append((fsum(line.amount_million_vnd for line in mine), f"{line_id} {title}"))
    largest = sorted(sums, key=lambda one: (-one[0], one[1]))[:_LINES_SHOWN]
    named = "; ".join(f"{name} {number_text(amount, 0, lang)}" for amount, name in largest)
    yield _LARGEST.text(lang).format(lines=named)


def _assumed(loaded: LoadedScenario, rows: Sequence[ParameterRow], scenario_word: str, lang: Lang) -> Iterator[str]:
    sections = Counter(row.key.partition(".")[0] for row in rows if row.basis == "assumed")
    total, most = len(rows), sections.most_common(_SECTIONS_SHOWN)
    if most:
        named = ", ".join(f"{name} ({count})" for name, count in most)
        yield _ASSUMED.text(lang).format(assumed=sum(sections.values()), total=total, sections=named)
    else:
        yield _ALL_KNOWN.text(lang).format(total=total)
    target = loaded.scenario.targets[0].id if loaded.scenario.targets else "horizon"
    section = most[0][0] if most else "network"
    yield _MORE.text(lang).format(section=section, target=target, line=explain_line(scenario_word, section))
