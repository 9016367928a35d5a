"""The rows of a run folder's tables as the report knows them, from targets to where the spread comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sim.results.words import Lang


def _title(title_vi: str, title_en: str, language: Lang) -> str:
    return (title_vi or title_en) if language == "vi" else (title_en or title_vi)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target under one reading; the first row of each target_id is the reading that decides."""

    target_id: str
    title_vi: str
    title_en: str
    measure: str
    scope: str
    reading: str
    threshold: float | None
    due: date | None
    median: float | None
    p05: float | None
    p95: float | None
    p_reached: float | None
    p_low: float | None
    p_high: float | None
    n: int
    first_reached: date | None
    verdict: str

    def title(self, language: Lang) -> str:
        """The target's title in the language, else in the other one, else its id."""
        return _title(self.title_vi, self.title_en, language) or self.target_id


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One month of one measure, true or as reported: quantiles over the replications."""

    date: date
    measure: str
    scope: str
    version: str
    unit: str
    median: float | None
    p05: float | None
    p25: float | None
    p75: float | None
    p95: float | None
    n: int


@dataclass(frozen=True, slots=True)
class CauseRow:
    """How many deliveries, or how many hours, one cause accounts for in one year, and its share of its group.

    Shares are of each simulation's own total; their means add up to one over a group, medians need not.
    """

    year: int
    group: str
    cause: str
    unit: str
    median: float | None
    p05: float | None
    p95: float | None
    n: int
    share_mean: float | None = None
    share_p05: float | None = None
    share_p95: float | None = None


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """One plan line, source and year: money planned, arrived, committed, spent and returned, in million VND.

    Medians of single accounts; totals are in `MoneyRow`, since medians do not add up.
    """

    line_id: str
    title_vi: str
    title_en: str
    source: str
    year: int
    planned_million_vnd: float
    arrived_median: float | None
    committed_median: float | None
    spent_median: float | None
    returned_median: float | None
    n: int

    def title(self, language: Lang) -> str:
        """The line's title in the language, else in the other one, else its id."""
        return _title(self.title_vi, self.title_en, language) or self.line_id


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One entry (planned, arrived ...) of a total over lines, sources and years, in million VND.

    `all` stands for each of the three that is summed over; only simulated years are in it.
    """

    line_id: str
    source: str
    year: str
    entry: str
    median: float | None
    p05: float | None
    p95: float | None
    n: int


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One quantity of certificates and signatures in one calendar year."""

    year: int
    quantity: str
    scope: str
    unit: str
    median: float | None
    p05: float | None
    p95: float | None
    n: int


@dataclass(frozen=True, slots=True)
class SaturationRow:
    """How busy one kind of station is in the last twelve months, and in how many simulations beyond 0.95."""

    scope: str
    median: float | None
    p05: float | None
    p95: float | None
    saturated_in: int
    n: int


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One number the model used, as its file gives it, with its range, basis and source."""

    key: str
    unit: str
    low: str
    value: str
    high: str
    kind: str
    basis: str
    source: str
    title_vi: str = ""
    title_en: str = ""
    moves: str = ""
    """Measures that count what the purchase buys, parted by `;`."""

    def title(self, lang: Lang) -> str:
        """What it is called; empty where it has no title."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency at the end of the run: e-office level, users, electronic share of what it sends, registry load."""

    agency_id: str
    tier: str
    name_vi: str
    name_en: str
    level_median: float | None
    user_share_median: float | None
    electronic_share_median: float | None
    registry_utilisation_median: float | None
    n: int


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """How much of a target measure's variance comes from unknown parameters and how much from luck; 0 to 1 each."""

    target_id: str
    reading: str
    measure: str
    parameters_share: float | None
    luck_share: float | None
    n_pairs: int


@dataclass(frozen=True, slots=True)
class InfluenceRow:
    """Rank correlation, over the replications, of one uncertain parameter with one target's value.

    `noticeable` says whether it is stronger than chance would give at this number of replications.
    """

    target_id: str
    key: str
    rank_correlation: float | None
    noticeable: bool
    n: int


@dataclass(frozen=True, slots=True)
class MandateRow:
    """An order to use e-office: from when it holds, and from when use is measured and ranked."""

    mandate_id: str
    title_vi: str
    title_en: str
    start: date | None
    measured_from: date | None
    tiers: str

    def title(self, language: Lang) -> str:
        """The order's title in the language, else in the other one, else its id."""
        return _title(self.title_vi, self.title_en, language) or self.mandate_id


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """What the plan reports for the start, and what the simulated warm-up gives; shares of 0 to 1."""

    baseline_id: str
    measure: str
    scope: str
    reported: float | None
    low: float | None
    high: float | None
    simulated_median: float | None
    p05: float | None
    p95: float | None
    in_band_share: float | None
    state: str
    reason_vi: str
    reason_en: str
    source: str
    n: int

    def reason(self, language: Lang) -> str:
        """Why it could not be fitted, in the language, else in the other one."""
        return _title(self.reason_vi, self.reason_en, language)


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """What had become of part of a milestone's money by its due date, in million VND.

    `largest_in` of the `missed` simulations that did not reach it, this is what stopped most of the rest.
    """

    target_id: str
    state: str
    planned_million_vnd: float
    median: float | None
    p05: float | None
    p95: float | None
    largest_in: int
    missed: int
    n: int


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One quantity of the one-stop dossiers of a whole year at one tier of intake: a count, or a share of 0 to 1."""

    year: int
    tier: str
    quantity: str
    unit: str
    median: float | None
    p05: float | None
    p95: float | None
    per_inhabitant: float | None
    n: int


@dataclass(frozen=True, slots=True)
class DossierCheckRow:
    """A figure that another province published, beside the same quantity in the last whole year simulated.

    `relation` is where the simulated 5-95 % range lies: `below`, `above` or `overlapping` the published figure.
    """

    observation_id: str
    place_name: str
    period: str
    measure: str
    scope: str
    unit: str
    observed: float | None
    observed_low: float | None
    observed_high: float | None
    year: int
    median: float | None
    p05: float | None
    p95: float | None
    n: int
    relation: str
    derived_parameter: str
    confidence: str
    note_vi: str
    note_en: str
    source: str

    def note(self, language: Lang) -> str:
        """What was counted, in the language, else in the other one."""
        return _title(self.note_vi, self.note_en, language)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was run: scenario, seed, how many replications were asked for and done, model version."""

    scenario: str
    title_vi: str
    title_en: str
    seed: str
    replications_done: int
    replications_asked: int
    replications_failed: int
    model_version: str
    scenario_hash: str
    horizon_start: date | None
    horizon_end: date | None
    engine: str
    options: tuple[str, ...]
    future: str
    adoption: str
    notes: tuple[tuple[str, str], ...]

    def title(self, language: Lang) -> str:
        """The scenario's title in the language, else in the other one, else its name."""
        return _title(self.title_vi, self.title_en, language) or self.scenario

    @property
    def stopped(self) -> date | None:
        """The last day simulated when it cuts a year short; None when the run ends with a year."""
        end = self.horizon_end
        return end if end is not None and (end.month, end.day) != (12, 31) else None


@dataclass(frozen=True, slots=True)
class RunTables:
    """Everything the report reads from one run folder."""

    manifest: Manifest
    targets: tuple[TargetRow, ...]
    series: tuple[SeriesRow, ...]
    causes: tuple[CauseRow, ...]
    spending: tuple[SpendingRow, ...]
    parameters: tuple[ParameterRow, ...]
    agencies: tuple[AgencyRow, ...] = ()
    variance: tuple[VarianceRow, ...] = ()
    influence: tuple[InfluenceRow, ...] = ()
    mandates: tuple[MandateRow, ...] = ()
    baselines: tuple[BaselineRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    dossiers: tuple[DossierRow, ...] = ()
    dossier_checks: tuple[DossierCheckRow, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    certificates: tuple[CertificateRow, ...] = ()
    saturation: tuple[SaturationRow, ...] = ()


def deciding_rows(targets: Sequence[TargetRow]) -> tuple[TargetRow, ...]:
    """The first row of each target, in the plan's order: the reading the verdict rests on."""
    first: dict[str, TargetRow] = {}
    for row in targets:
        first.setdefault(row.target_id, row)
    return tuple(first.values())
