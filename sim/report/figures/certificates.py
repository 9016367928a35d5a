"""Certificates and signatures by year: how many stand, how long a token takes, who signs, what is refused and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from matplotlib.ticker import FuncFormatter

from sim.report.certificates import REFUSED, SIGNED, SIGNING_TIERS, TOKEN, refusal_scopes
from sim.report.figures.drawing import AMBER, BLUE, GREEN, GREY, RED, DataTable, Picture, blank_figure, gap, value_axis
from sim.report.formatting import number_text, share_text
from sim.report.phrases import capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.results.service_tables import CertificateRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOOKS = ((BLUE, "o"), (AMBER, "s"), (GREEN, "^"), (RED, "D"), (GREY, "v"))
_CAUSES_DRAWN = 5
_SPACING_YEARS = 0.09
_TITLE = Words("Chứng thư số và chữ ký số theo năm", "Certificates and signatures by year")
_FOOTNOTE = Words(
    "Toàn tỉnh; chứng thư số: ngày cuối năm; số khác: bình quân các tháng; từ chối: {drawn} nguyên nhân lớn nhất, trên "
    "mọi lần gửi điện tử. Điểm: trung vị, vạch: khoảng 5–95% của n = {n} lần mô phỏng. {evidence}",
    "Whole province; certificates: last day of the year; the rest: means of the months; refusals: the {drawn} largest "
    "causes, of all electronic attempts. Marks: medians, bars: 5–95% range of n = {n} simulations. {evidence}",
)
_PANELS = (
    Words("Chứng thư số đang có hiệu lực", "Certificates in force"),
    Words("Chứng thư số hết hạn", "Certificates that expire"),
    Words("Số ngày từ yêu cầu đến khi cầm được thiết bị ký", "Days from request to token in hand"),
    Words("Lượt gửi có chữ ký số hợp lệ", "Deliveries with a valid signature"),
    Words("Lần gửi bị từ chối, mọi nguyên nhân", "Attempts refused, all causes"),
    Words("Lần gửi bị từ chối, theo nguyên nhân", "Attempts refused, by cause"),
)
_STOCK_NAMES = {
    "certificates_expiring_quarter": Words("hết hạn trong ba tháng tới", "expiring within three months"),
    "certificates_expired": Words("đã hết hạn, chưa gia hạn", "expired, not renewed"),
}

Curve = tuple[str, str]
"""quantity, scope"""


def certificate_pictures(tables: RunTables, evidence: Mapping[Lang, str]) -> list[Picture]:
    """The picture, or none where the run has no such table."""
    rows = [row for row in tables.certificates if row.median is not None]
    if not rows:
        return []
    return [
        Picture(
            name="certificates",
            data=_data(rows),
            draw=lambda language: _draw(rows, evidence[language], language),
            caption=lambda language: _TITLE.text(language) + ".",
            footnote=lambda language: _footnote(rows, evidence[language], language),
        )
    ]


def panels(rows: Sequence[CertificateRow]) -> tuple[tuple[Curve, ...], ...]:
    """The curves of each panel, those without a value left out."""
    wanted: tuple[tuple[Curve, ...], ...] = (
        (("certificates_active", "all"),),
        tuple((name, "all") for name in _STOCK_NAMES),
        ((TOKEN, "all"),),
        tuple((SIGNED, scope) for scope in SIGNING_TIERS),
        ((REFUSED, "all"),),
        tuple((REFUSED, scope) for scope in refusal_scopes(rows)[:_CAUSES_DRAWN]),
    )
    present = {(row.quantity, row.scope) for row in rows}
    return tuple(tuple(curve for curve in panel if curve in present) for panel in wanted)


def _data(rows: Sequence[CertificateRow]) -> DataTable:
    drawn = [curve for panel in panels(rows) for curve in panel]
    kept = [row for row in rows if (row.quantity, row.scope) in drawn]
    kept.sort(key=lambda row: (drawn.index((row.quantity, row.scope)), row.year))
    columns = ("quantity", "scope", "unit", "year", "median", "p05", "p95", "n")
    return DataTable(columns, tuple((r.quantity, r.scope, r.unit, r.year, r.median, r.p05, r.p95, r.n) for r in kept))


def _footnote(rows: Sequence[CertificateRow], evidence: str, language: Lang) -> str:
    runs = number_text(max(row.n for row in rows), 0, language)
    return say(_FOOTNOTE, language, drawn=_CAUSES_DRAWN, n=runs, evidence=evidence).strip()


def _draw(rows: Sequence[CertificateRow], evidence: str, language: Lang) -> Figure:
    figure = blank_figure(_TITLE.text(language), _footnote(rows, evidence, language), 9.0, 9.6)
    axes_by_panel = figure.subplots(3, 2)
    years = sorted({row.year for row in rows})
    for axes, title, curves in zip(axes_by_panel.flat, _PANELS, panels(rows), strict=True):
        axes.set_title(title.text(language))
        _panel(axes, curves, rows, language)
        axes.set_xticks(years, labels=[str(year) for year in years])
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        _value_axis(axes, curves, language)
        if len(curves) > 1:
            axes.legend(loc="upper left", bbox_to_anchor=(-0.02, -0.13), fontsize=7.5, ncols=1, borderpad=0.1)
    return figure


def _value_axis(axes: Axes, curves: Sequence[Curve], language: Lang) -> None:
    """Shares of signed deliveries up to 100 %; the small shares refused as far as they go, in tenths of a per cent."""
    if not any(quantity == REFUSED for quantity, _ in curves):
        value_axis(axes, "share" if curves and curves[0][0] == SIGNED else "count", language)
        return
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: share_text(value, language)))


def _panel(axes: Axes, curves: Sequence[Curve], rows: Sequence[CertificateRow], language: Lang) -> None:
    for at, (curve, (colour, marker)) in enumerate(zip(curves, _LOOKS, strict=False)):
        mine = sorted((row for row in rows if (row.quantity, row.scope) == curve), key=lambda row: row.year)
        places = [row.year + (at - 0.5 * (len(curves) - 1)) * _SPACING_YEARS for row in mine]
        heights = [gap(row.median) for row in mine]
        below = [gap(row.median) - gap(row.p05) for row in mine]
        above = [gap(row.p95) - gap(row.median) for row in mine]
        axes.errorbar(
            places,
            heights,
            yerr=[below, above],
            color=colour,
            marker=marker,
            markersize=4.5,
            linewidth=1.0,
            elinewidth=1.0,
            capsize=2.0,
            label=_name(curve, language),
        )


def _name(curve: Curve, language: Lang) -> str:
    quantity, scope = curve
    if quantity in _STOCK_NAMES:
        return capital(_STOCK_NAMES[quantity].text(language))
    if quantity == REFUSED:
        return capital(term("refusal", scope.partition(":")[2], language))
    return capital(scope_text(scope, language))
