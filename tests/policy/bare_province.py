"""A province whose communes have no e-office and slow lines, with little traffic, and what some money does there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plans import SURE, buy, line, planned
from worlds import FROZEN, Office, Provinces, fixed, small_province

from sim.exchange.codes import COMMUNE
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import BudgetLine, Purchase

START, END = date(2018, 1, 1), date(2018, 8, 31)
QUIET = (
    fixed("volumes.office_outgoing", "200 /year"),
    fixed("volumes.office_incoming", "500 /year"),
    fixed("volumes.department_outgoing", "100 /year"),
    fixed("volumes.department_incoming", "300 /year"),
    fixed("volumes.district_outgoing", "200 /year"),
    fixed("volumes.district_incoming", "800 /year"),
    fixed("volumes.commune_outgoing", "60 /year"),
    fixed("volumes.commune_incoming", "200 /year"),
)
"""Little traffic, since money is what is looked at."""


def bare(communes: int = 6) -> tuple[Office, ...]:
    """A province whose communes have no e-office and slow lines."""
    return tuple(
        replace(office, linked=office.tier != "commune", route="adsl" if office.tier == "commune" else office.route)
        for office in small_province(departments=2, districts=1, communes=communes)
    )


def province(provinces: Provinces, *sets: str, end: date = END) -> LoadedScenario:
    """The bare province with frozen adoption and sure money, save for these settings."""
    return provinces.load(bare(), sets=(*FROZEN, *SURE, *QUIET, *sets), start=START, end=end)


def run(loaded: LoadedScenario, lines: list[BudgetLine], purchases: list[Purchase], replication: int = 0) -> RunRecord:
    """One replication with this money."""
    return simulate(planned(loaded, lines, purchases), 7, replication)


def installed(record: RunRecord, row: int = -1) -> int:
    """Communes with e-office at one of the record's states."""
    return int((record.stocks["level"][row][record.tiers == COMMUNE] >= 1).sum())


PLAN = [
    line("I.1", 2018, 40.0, "TW"),
    line("I.1", 2018, 20.0, "DT"),
    line("II.1", 2018, 60.0, "SN"),
    line("III.1", 2018, 15.0, "TW"),
    line("IV.1", 2018, 30.0, "DT"),
]
BOUGHT = [
    buy("I.1", "eoffice_web_service", 7.0, share=0.6, tiers=("commune",)),
    buy("I.1", "training_seat", 0.3, share=0.4, tiers=("commune", "district"), funded_by=("TW",)),
    buy("II.1", "token", 1.1, share=0.5),
    buy("II.1", "other", None, share=0.5),
    buy("III.1", "dedicated_link", 6.0, tiers=("district", "commune")),
]
