"""How agencies use e-office, month by month: stacked shares of the levels 0 (none) to 4 (drafts and signs online)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.report.figures.drawing import DataTable, Picture, blank_figure, day_numbers, gap, time_axis, value_axis
from sim.report.figures.fan_data import with_missing_months
from sim.report.formatting import month_text, number_text
from sim.report.phrases import say
from sim.report.run_tables import LevelMeans
from sim.report.words import EOFFICE_LEVELS, scope_text, term
from sim.results.run_tables import SeriesRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLOURS = {"0": "#c9cfd6", "1": "#e8b86d", "2": "#a9c7e8", "3": "#4f8cc9", "4": "#17406f"}
_HATCHES = {"0": "", "1": "//", "2": "", "3": "..", "4": ""}


@dataclass(frozen=True, slots=True)
class UsageLevels:
    """The share of agencies at each level; a month where one level is blank is blank for all.

    Means over the simulations, so that they add up; medians where the run kept no single simulations.
    """

    version: str
    days: tuple[date, ...]
    share_by_level: dict[str, tuple[float | None, ...]]
    n: int
    are_means: bool = False


def usage_levels(series: Sequence[SeriesRow], means: LevelMeans = MappingProxyType({})) -> UsageLevels | None:
    """The levels as they truly are, else as reported; None where the series table does not have them."""
    rows = [row for row in series if row.measure == "eoffice_level_share" and row.scope.startswith("level:")]
    version = "true" if any(row.version == "true" for row in rows) else "reported"
    chosen = [row for row in rows if row.version == version and row.scope.removeprefix("level:") in EOFFICE_LEVELS]
    if not chosen:
        return None
    by_level = {
        level: {row.date: row.median for row in with_missing_months(own)}
        for level in EOFFICE_LEVELS
        if (own := [row for row in chosen if row.scope == f"level:{level}"])
    }
    days = tuple(sorted({day for months in by_level.values() for day in months}))
    whole = {day: all(months.get(day) is not None for months in by_level.values()) for day in days}
    shares = {
        level: tuple(months.get(day) if whole[day] else None for day in days) for level, months in by_level.items()
    }
    runs = max(row.n for row in chosen)
    in_means = {
        level: tuple(None if share is None else means.get((level, day)) for day, share in zip(days, mine, strict=True))
        for level, mine in shares.items()
    }
    if (
        version != "true"
        or not means
        or any(_blanks(mine) != _blanks(in_means[level]) for level, mine in shares.items())
    ):
        return UsageLevels(version, days, shares, runs)
    return UsageLevels(version, days, in_means, runs, are_means=True)


def _blanks(shares: Sequence[float | None]) -> list[bool]:
    return [share is None for share in shares]


def usage_table(usage: UsageLevels) -> DataTable:
    """One row a month and level."""
    rows = [
        (day, usage.version, f"level:{level}", share)
        for level, shares in usage.share_by_level.items()
        for day, share in zip(usage.days, shares, strict=True)
    ]
    return DataTable(("date", "version", "scope", "mean" if usage.are_means else "median"), tuple(rows))


def usage_footnote(usage: UsageLevels, evidence: str, language: Lang) -> str:
    """Measure, period, scope, n; medians of levels need not add up to 100 %, means do."""
    sentence = Words(
        "{measure}, {version}; toàn tỉnh; từng tháng {first} – {last}; {what} của n = {n} lần mô phỏng, không vẽ "
        "khoảng dao động. {evidence}",
        "{measure}, {version}; whole province; monthly, {first} – {last}; {what} of n = {n} simulations, ranges not "
        "drawn. {evidence}",
    )
    medians = Words("trung vị (cộng lại có thể khác 100%)", "medians (which need not add up to 100%)")
    return say(
        sentence,
        language,
        what=(Words("bình quân", "means") if usage.are_means else medians).text(language),
        measure=term("measure", "eoffice_level_share", language),
        version=term("version", usage.version, language),
        first=month_text(usage.days[0], language),
        last=month_text(usage.days[-1], language),
        n=number_text(usage.n, 0, language),
        evidence=evidence,
    ).strip()


def usage_title(usage: UsageLevels, language: Lang) -> str:
    """What the areas show, and whether it is true or reported."""
    title = Words(
        "Các cơ quan sử dụng văn phòng điện tử đến mức nào, {version}", "How far agencies use e-office, {version}"
    )
    return say(title, language, version=term("version", usage.version, language))


def draw_usage(usage: UsageLevels, evidence: str, language: Lang) -> Figure:
    """Draw the levels stacked from 0 at the bottom to 4 on top."""
    figure = blank_figure(usage_title(usage, language), usage_footnote(usage, evidence, language), 6.2, 3.6)
    axes = figure.subplots()
    days = day_numbers(usage.days)
    floor = [0.0] * len(days)
    for level, shares in usage.share_by_level.items():
        ceiling = [low + gap(share) for low, share in zip(floor, shares, strict=True)]
        axes.fill_between(
            days,
            floor,
            ceiling,
            facecolor=_COLOURS[level],
            edgecolor="white",
            linewidth=0.6,
            hatch=_HATCHES[level],
            label="\n".join(textwrap.wrap(scope_text(f"level:{level}", language), 20)),
        )
        floor = ceiling
    time_axis(axes, usage.days[0], usage.days[-1])
    value_axis(axes, "share", language)
    axes.set_ylabel(Words("tỷ lệ cơ quan", "share of agencies").text(language))
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1], loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def usage_pictures(series: Sequence[SeriesRow], means: LevelMeans, evidence: dict[Lang, str]) -> list[Picture]:
    """The picture of the levels, or none where the series table does not have them."""
    usage = usage_levels(series, means)
    if usage is None:
        return []
    return [
        Picture(
            name="eoffice_levels",
            data=usage_table(usage),
            draw=lambda language: draw_usage(usage, evidence[language], language),
            caption=lambda language: usage_title(usage, language) + ".",
            footnote=lambda language: usage_footnote(usage, evidence[language], language),
        )
    ]
