"""Money against the chance of reaching what is wanted: every point tried, what nothing beats, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from sim.report.figures.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    RED,
    DataTable,
    Picture,
    blank_figure,
    draw_legend_below,
    gap,
)
from sim.report.figures.response_curves import key_axis
from sim.report.formatting import number_text, share_text
from sim.report.goal import GoalTables
from sim.report.phrases import say
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def money_table(tables: GoalTables) -> DataTable:
    """Every point."""
    columns = (
        "point",
        "cost_million_vnd",
        "reached",
        "n",
        "p_low",
        "p_high",
        "is_pareto",
        "is_answer",
        "fresh_reached",
    )
    rows = [
        (
            one.point,
            one.objective_million_vnd,
            one.reached,
            one.n,
            one.p_low,
            one.p_high,
            int(one.is_pareto),
            int(one.is_answer),
            one.fresh_reached,
        )
        for one in sorted(tables.points, key=lambda one: (one.objective_million_vnd, one.point))
    ]
    return DataTable(columns, tuple(rows))


def money_title(language: Lang) -> str:
    """What is drawn."""
    return Words("Tiền đổi lấy xác suất đạt", "Money against the chance of success").text(language)


def money_footnote(tables: GoalTables, evidence: str, language: Lang) -> str:
    """What a dot and a whisker are."""
    wording = Words(
        "Chấm: một điểm đã thử, n = {n} tương lai chung; vạch: khoảng tin cậy 95% (Wilson); hình vuông: điểm được chọn "
        "khi gặp tương lai mới. Tiền: kinh phí kế hoạch từ năm phê duyệt. {evidence}",
        "Dot: a point tried, n = {n} futures common to all; whisker: 95% confidence interval (Wilson); square: the "
        "chosen point in fresh futures. Money: planned money from the year of the decision on. {evidence}",
    )
    runs = max((one.n for one in tables.points), default=0)
    return say(wording, language, n=runs, evidence=evidence).strip()


def draw_money(tables: GoalTables, evidence: str, language: Lang) -> Figure:
    """Points with their intervals, and the line that nothing beats."""
    figure = blank_figure(money_title(language), money_footnote(tables, evidence, language), 9.0, 4.6, legend_rows=1)
    axes = figure.subplots()
    for one in tables.points:
        colour = BLUE if one.is_pareto else GREY
        cost = one.objective_million_vnd / 1000.0
        axes.plot([cost, cost], [one.p_low, one.p_high], color=colour, linewidth=0.9, alpha=0.6)
        axes.plot([cost], [one.reached / one.n], "o", color=colour, markersize=5)
        if one.is_answer and one.fresh_reached is not None and one.fresh_n:
            axes.plot([cost, cost], [gap(one.fresh_low), gap(one.fresh_high)], color=GREEN, linewidth=2.2)
            axes.plot([cost], [one.fresh_reached / one.fresh_n], "s", color=GREEN, markersize=8)
    line = tables.pareto
    costs = [one.objective_million_vnd / 1000.0 for one in line]
    axes.step(costs, [one.reached / one.n for one in line], where="post", color=BLUE, linewidth=1.3)
    axes.axhline(tables.probability, color=RED, linestyle="--", linewidth=1.1)
    axes.annotate(
        share_text(tables.probability, language),
        (0.01, tables.probability),
        xycoords=("axes fraction", "data"),
        fontsize=8,
        color=INK,
        va="bottom",
    )
    axes.set_ylim(-0.03, 1.05)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number_text(100 * value, 0, language) + "%"))
    key_axis(axes, language)
    axes.set_xlabel(Words("tỷ đồng", "billion VND").text(language), fontsize=8.5)
    labels = (
        Words("điểm đã thử", "point tried"),
        Words("không điểm nào vừa rẻ hơn vừa chắc hơn", "nothing is both cheaper and surer"),
        Words("điểm được chọn, tương lai mới", "chosen point, fresh futures"),
        Words("xác suất cần có", "required probability"),
    )
    handles = [
        Line2D([], [], color=GREY, marker="o", linestyle="none"),
        Line2D([], [], color=BLUE, marker="o"),
        Line2D([], [], color=GREEN, marker="s", linestyle="none"),
        Line2D([], [], color=RED, linestyle="--"),
    ]
    draw_legend_below(figure, handles, [words.text(language) for words in labels])
    return figure


def money_pictures(tables: GoalTables, evidence: dict[Lang, str]) -> list[Picture]:
    """The picture of money against chance."""
    return [
        Picture(
            name="money_chance",
            data=money_table(tables),
            draw=lambda language: draw_money(tables, evidence[language], language),
            caption=lambda language: money_title(language) + ".",
            footnote=lambda language: money_footnote(tables, evidence[language], language),
        )
    ]
