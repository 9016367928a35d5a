"""Starting states that were fitted to what a plan reports, and what the fit left over of each reported value.

The plan says what is installed, not how far it is used. A row of the first table is one way the province may
have stood on its first day, such that its own reports would have printed what they did and that nobody had drowned in
work; each replication starts from one of them. A row is a *joint* state: by seed and candidate it names the draws of
all that the time before the first day rests on (`PAST_SECTIONS`: volumes, matrix, people and their work, files, lines,
dossiers, optimism of reports) and of each agency (level, size, habits), which were found together and stay together.
The shares of the start stand in it as well, to be read.

What the planner sets wins: a number that is fixed is what it is, in every state, and a range that an option, a future
or the command line lays over one is drawn at the place in its range where the state stands in its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.errors import shown
from sim.scenario.quantity import Quantity
from sim.scenario.start_schema import Start
from sim.scenario.tables import TableKind

FITTED, NOT_FITTED, IMPOSSIBLE = "fitted", "not fitted", "impossible"
MOST_STATES = 10_000
MOST_RESIDUALS = 200
PAST_SECTIONS = (
    "volumes",
    "matrix",
    "documents",
    "people",
    "network",
    "post",
    "signatures",
    "start",
    "equipment",
    "dossiers",
    "reporting",
)
"""Sections of the scenario of which a state decides: what the months before the first day rest on. Money, orders and
how people take things up come after it, and are each replication's own."""
NEVER_BEFORE = ("network.drill_effect",)
"""Keys of these sections that act only through what the plan's money buys, so that no state rests on them."""
DECIMALS = 6
"""Digits after the point with which shares stand in both tables."""
RANGES_DIGITS = 16


@dataclass(frozen=True)
class StartState:
    """One way the province may have stood on its first day: the shares of `Start`, each between 0 and 1."""

    seed: int
    """Seed of the fit."""
    candidate: int
    """Number of the replication that had this state in the fit; with the seed it gives all draws of the state."""
    ranges: str
    """What the ranges of `PAST_SECTIONS` were in the fit, as `ranges_of` puts it."""
    installed_unused_share: float
    registry_only_share: float
    draft_sign_share: float
    user_share: float
    email_user_share: float
    trained_share: float
    own_server_share: float
    eoffice_trained_share: float
    commune_mail_share: float
    distance: float
    """How far outside their bands its reports were, in widths of the bands; 0 when all were inside."""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class StartResidual:
    """One reported value beside what the kept states would have reported."""

    baseline_id: str
    measure: str
    scope: str
    reported: float
    low: float
    high: float
    simulated_median: float | None
    p05: float | None
    p95: float | None
    in_band_share: float | None
    """Share of the kept states whose report is inside the band."""
    nearest: float | None
    """The value nearest to the band that any state gave, however far from what is stated."""
    state: str
    """`fitted`; `not fitted` when no state within the stated ranges reaches the band; `impossible` when none does."""
    reason_vi: str
    reason_en: str
    n: int
    place: str = field(default="", compare=False)


SHARES = tuple(column.name for column in fields(StartState) if column.name.endswith("_share"))
"""Shares of the start that a fitted state decides, as `Start` names them."""


def state_of(states: Sequence[StartState], luck: int) -> StartState | None:
    """The state one replication starts from, chosen by a draw of its own; None without states."""
    if not states:
        return None
    from sim.engine.draws import identity, uniform  # loads numba, which reading a scenario can do without
    from sim.scenario.choices import DRAW_PARAMETER

    u = float(uniform(luck, identity("start.fitted"), DRAW_PARAMETER, 0))
    return states[int(u * len(states))]


def past_luck(states: Sequence[StartState], luck: int) -> int:
    """The luck that a replication's past was drawn by: that of its state, or its own where nothing was fitted."""
    state = state_of(states, luck)
    if state is None:
        return luck
    from sim.engine.draws import luck_of

    return luck_of(state.seed, state.candidate)


def ranges_of(quantities: Iterable[tuple[str, Quantity]]) -> str:
    """The values and ranges of `PAST_SECTIONS`, `NEVER_BEFORE` left out, in sixteen digits that change with any."""
    said = [
        f"{key}={one.value!r},{one.low!r},{one.high!r},{one.kind}"
        for key, one in quantities
        if key.partition(".")[0] in PAST_SECTIONS and key not in NEVER_BEFORE
    ]
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:RANGES_DIGITS]


def parameters_of(state: StartState, start: Start) -> dict[str, float]:
    """The shares of a state by dotted key; one that the scenario declares fixed is known, and left alone."""
    return {f"start.{name}": getattr(state, name) for name in open_shares(start)}


def open_shares(start: Start) -> tuple[str, ...]:
    """The shares of the start that the scenario leaves uncertain."""
    return tuple(name for name in SHARES if share_of(start, name).kind != "fixed")


def share_of(start: Start, name: str) -> Quantity:
    """One of `SHARES` as the scenario states it."""
    quantity: Quantity = getattr(start, name)
    return quantity


def _start_state(cells: Cells) -> StartState:
    return StartState(
        seed=seed_in(cells),
        candidate=cells.whole("candidate", 10**9),
        ranges=hexadecimal(cells, "ranges", RANGES_DIGITS),
        **{name: cells.number(name, 1) for name in SHARES},
        distance=cells.number("distance", 1e9),
        place=cells.place,
    )


def _start_residual(cells: Cells) -> StartResidual:
    return StartResidual(
        baseline_id=cells.identity("baseline_id"),
        measure=cells.identity("measure"),
        scope=cells.text("scope"),
        reported=cells.number("reported", 1),
        low=cells.number("low", 1),
        high=cells.number("high", 1),
        simulated_median=_share_or_blank(cells, "simulated_median"),
        p05=_share_or_blank(cells, "p05"),
        p95=_share_or_blank(cells, "p95"),
        in_band_share=_share_or_blank(cells, "in_band_share"),
        nearest=_share_or_blank(cells, "nearest"),
        state=cells.choice("state", (FITTED, NOT_FITTED, IMPOSSIBLE)),
        reason_vi=cells.text("reason_vi", may_be_empty=True),
        reason_en=cells.text("reason_en", may_be_empty=True),
        n=cells.whole("n", 10**9),
        place=cells.place,
    )


def seed_in(cells: Cells) -> int:
    """The seed of a row that a command has written."""
    text = cells.cells["seed"].strip()
    if re.fullmatch(r"[0-9]{1,19}", text, re.ASCII) and int(text) < 2**63:
        return int(text)
    reason = Words(f"“{shown(text)}” không phải số khởi tạo", f'"{shown(text)}" is not a seed: a whole number')
    cells.fault("seed", reason)
    return 0


def hexadecimal(cells: Cells, column: str, digits: int) -> str:
    """What a command has put into so many hexadecimal digits."""
    text = cells.cells[column].strip()
    if re.fullmatch(rf"[0-9a-f]{{{digits}}}", text, re.ASCII):
        return text
    vietnamese = f"“{shown(text)}” không phải {digits} chữ số thập lục phân"
    cells.fault(column, Words(vietnamese, f'"{shown(text)}" is not {digits} hexadecimal digits'))
    return ""


def _share_or_blank(cells: Cells, column: str) -> float | None:
    return cells.number(column, 1) if cells.cells[column].strip() else None


START_STATES = TableKind(StartState, _start_state, MOST_STATES, "start_states", "start_states.csv")
START_RESIDUALS = TableKind(StartResidual, _start_residual, MOST_RESIDUALS, "start_residuals", "start_residuals.csv")
