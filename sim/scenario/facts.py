"""All that the domain rules look at: the scenario, its tables, and where each key was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.results.words import NOTHING, Words
from sim.scenario.agreeing_draws import AgreeingDraw
from sim.scenario.entries import Provenance, find
from sim.scenario.errors import ScenarioError
from sim.scenario.keys import Key, key_of
from sim.scenario.procedures import Procedure
from sim.scenario.schema import Scenario
from sim.scenario.start_states import StartResidual, StartState
from sim.scenario.tables import AgencyRow, BudgetLine, BudgetTotal, CalendarDay, Purchase


@dataclass(frozen=True)
class Tables:
    """The tables of a scenario, in file order until `ordered`."""

    agencies: tuple[AgencyRow, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    budget_totals: tuple[BudgetTotal, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    calendar_overrides: tuple[CalendarDay, ...] = ()
    start_states: tuple[StartState, ...] = ()
    start_residuals: tuple[StartResidual, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    agreeing_draws: tuple[AgreeingDraw, ...] = ()

    def ordered(self) -> Tables:
        """Returns the tables in an order that does not depend on that of the file rows."""
        return Tables(
            tuple(sorted(self.agencies, key=lambda row: row.agency_id)),
            tuple(sorted(self.budget, key=lambda row: (row.line_id, row.source, row.year))),
            tuple(sorted(self.budget_totals, key=lambda row: (row.scope, row.source, row.year))),
            tuple(sorted(self.purchases, key=lambda row: (row.line_id, row.kind, row.tiers, row.title_en, row.share))),
            tuple(sorted(self.calendar_overrides, key=lambda row: row.date)),
            tuple(sorted(self.start_states, key=lambda row: (row.seed, row.candidate))),
            tuple(sorted(self.start_residuals, key=lambda row: row.baseline_id)),
            tuple(sorted(self.procedures, key=lambda row: row.procedure_id)),
            tuple(sorted(self.agreeing_draws, key=lambda row: (row.seed, row.replication))),
        )


@dataclass(frozen=True)
class Facts:
    """A scenario that has its right shape, with its tables."""

    scenario: Scenario
    tables: Tables
    origins: Mapping[Key, Provenance] = field(default_factory=dict)
    layers: tuple[str, ...] = ()
    """Names of the layers, lowest first."""

    def fault(self, code: str, key: str, reason: Words, repair: Words = NOTHING) -> ScenarioError:
        """Returns an error placed where `key` was written."""
        origin = find(self.origins, key_of(key))
        return ScenarioError(code, origin.place if origin else "", key, reason, repair)

    def layer_of(self, key: str) -> int:
        """Returns the place in `layers` of the layer that set a key, -1 when none did."""
        origin = self.origins.get(tuple(key.split(".")))
        return self.layers.index(origin.layer) if origin and origin.layer in self.layers else -1
