"""Draws of a scenario without its traffic, for figures that the plan's money decides by itself.

`sim.measure.eoffice_alone` gives of any replication in milliseconds who has e-office, so that thousands of draws can be
held against such a figure. That the money alone decides it is checked, not taken for granted: each replication of the
run that is calibrated must have come to the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.measure.eoffice_alone import TOLD
from sim.results.words import Words
from sim.scenario.measured_file import MeasuredFigure
from sim.studies.refusals import InputRefusedError

_SAME = 1e-9


def refuse_what_needs_traffic(figures: Sequence[MeasuredFigure]) -> None:
    """Refuse a figure that hangs on more than money. Raises InputRefusedError."""
    for figure in figures:
        if figure.measure != TOLD or figure.scope.startswith("group:"):
            name = f"{figure.measure}, {figure.scope}"
            raise InputRefusedError(
                Words(
                    f"--draws: {name} không do riêng kinh phí quyết định; bỏ --draws hoặc bỏ số này khỏi tệp",
                    f"--draws: {name} is not decided by the money alone; leave --draws out, or this figure",
                )
            )


def refuse_other_values(
    figure: MeasuredFigure, alone: Mapping[int, float], simulated: Sequence[tuple[int, float | None]]
) -> None:
    """Refuse where a replication came to another share than its money alone. Raises InputRefusedError."""
    for number, value in simulated:
        if number in alone and value is None:
            raise InputRefusedError(
                Words(
                    f"--draws: lần mô phỏng {number} không có giá trị của {figure.measure} ({figure.scope}) để đối"
                    " chiếu; bỏ --draws",
                    f"--draws: replication {number} has no value of {figure.measure} ({figure.scope}) to check the"
                    " money alone against; leave --draws out",
                )
            )
        if value is not None and number in alone and abs(value - alone[number]) > _SAME:
            raise InputRefusedError(
                Words(
                    f"--draws: ở lần mô phỏng {number}, {figure.measure} ({figure.scope}) không do riêng kinh phí quyết"
                    " định; bỏ --draws",
                    f"--draws: in replication {number} {figure.measure} ({figure.scope}) was not decided by the money"
                    " alone; leave --draws out",
                )
            )
