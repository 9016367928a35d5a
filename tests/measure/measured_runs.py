"""A small province with a plan, orders and targets, run for a little over a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from worlds import Provinces, fixed, small_province

from sim.measure.measured import Measured
from sim.model.record import RunRecord
from sim.results.replication_tables import MONTHS
from sim.results.table import FilledTable
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import BudgetLine, Purchase

TARGET = (
    '{{id="{id}", title={{vi="chỉ tiêu", en="target"}}, measure="{measure}", scope="{scope}", due={due},'
    ' threshold={{value="{wanted}", kind="fixed", basis="plan", source="test"}}, unit="delivery", event="{event}",'
    ' readings=[{readings}], source="test"}}'
)
READINGS = '"true", "accepted", "non_secret", "only", "province+district"'
TARGETS = (
    "targets=["
    + ", ".join(
        (
            TARGET.format(
                id="exchange",
                measure="exchange_electronic_share",
                scope="all",
                wanted="60 %",
                due="2018-12-31",
                event="sent",
                readings=READINGS,
            ),
            TARGET.format(
                id="communes",
                measure="exchange_electronic_share",
                scope="tier:commune",
                wanted="40 %",
                due="2018-09-30",
                event="accepted",
                readings='"true"',
            ),
            TARGET.format(
                id="installed",
                measure="eoffice_installed_share",
                scope="tier:commune",
                wanted="100 %",
                due="2019-02-28",
                event="state",
                readings='"true"',
            ),
            TARGET.format(
                id="circulation",
                measure="internal_electronic_share",
                scope="all",
                wanted="30 %",
                due="2018-12-31",
                event="sent",
                readings='"true", "circulating"',
            ),
        )
    )
    + "]"
)
MANDATES = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2017-06-01, measured_from=2018-02-01,'
    ' allows_paperless=true, tiers=["office", "department", "district", "commune"], source="test"}]'
)
FAST = (
    fixed("adoption.installed_to_registry", "8 /year"),
    fixed("adoption.regulation", "8 /year"),
    fixed("budget.procurement", "1 days"),
    "budget.eoffice_form=web_service",
    fixed("budget.slip_share", "0 %"),
    fixed("budget.stop_share", "0 %"),
    fixed("documents.wrong_address_share", "20 %"),
)


@dataclass(frozen=True)
class Runs:
    """A scenario and a few of its replications."""

    loaded: LoadedScenario
    records: tuple[RunRecord, ...]


def named(table: FilledTable[Any]) -> list[dict[str, Any]]:
    """Cells by column name, as a run folder would have them."""
    columns, rows = table.header_and_cells()
    assert all(len(row) == len(columns) for row in rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def months(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """The series of a replication: date, measure, scope, version, unit, value."""
    return MONTHS.plain_frame(rows)


def with_values(known: Measured, value: float | None, **parts: Any) -> Measured:
    """A replication all of whose targets have this value, which reaches none."""
    targets = tuple(replace(row, value=value, reached=False, first_reached=None) for row in known.targets)
    return replace(known, targets=targets, **parts)


def planned(provinces: Provinces) -> LoadedScenario:
    """Communes begin without e-office; money for it comes, or not, in the first year."""
    offices = [
        replace(office, linked=office.tier != "commune", route="adsl" if office.tier == "commune" else "ftth")
        for office in small_province(departments=3, districts=2, communes=3)
    ]
    loaded = provinces.load(
        offices,
        sets=(TARGETS, MANDATES, *FAST),
        start=date(2018, 1, 1),
        end=date(2019, 2, 28),
        warm_up="3 months",
        personal=6,
        organisation=5,
    )
    line = BudgetLine("I.1", "I", "Văn phòng điện tử", "E-office", "DT", 2018, 100.0)
    bought = Purchase(
        "I.1",
        "eoffice_web_service",
        1.0,
        1.0,
        1.0,
        10.0,
        8.0,
        12.0,
        ("commune",),
        (),
        "xã",
        "communes",
        "assumed",
        "test",
    )
    return replace(loaded, budget=(line,), purchases=(bought,))
