"""What agencies have besides e-office and lines: whole persons and agencies at the start, moved by what is bought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from plans import SURE, buy, line, planned, total
from worlds import FROZEN, Provinces, fixed, small_province

from sim.exchange.codes import COMMUNE, DISTRICT, OUTSIDE
from sim.measure.stocks import stock_value
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

QUIET = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for way, numbers in (("outgoing", (200, 100, 200, 60)), ("incoming", (500, 300, 800, 200)))
    for tier, number in zip(("office", "department", "district", "commune"), numbers, strict=True)
)
EQUIPPED = (
    fixed("equipment.pc_share", "90 %"),
    fixed("equipment.commune_pc_share", "50 %"),
    fixed("equipment.website_share", "75 %"),
    fixed("equipment.video_share", "50 %"),
)


def province(provinces: Provinces, *sets: str) -> LoadedScenario:
    offices = small_province(departments=2, districts=2, communes=4)
    return provinces.load(
        offices, sets=(*FROZEN, *SURE, *QUIET, *EQUIPPED, *sets), start=date(2018, 1, 1), end=date(2018, 6, 30)
    )


@pytest.fixture(scope="module")
def bought(provinces: Provinces) -> RunRecord:
    """100 million for computers at 12 million: eight of them, for the agencies in the order of the tiers."""
    return simulate(planned(province(provinces), [line("I.3", 2018, 100.0)], [buy("I.3", "computer", 12.0)]), 3, 0)


def test_the_start_is_the_share_in_whole_persons_and_agencies(bought: RunRecord) -> None:
    start = bought.stocks[0]
    for tier, staff, computers in zip(bought.tiers, start["staff"], start["computers"], strict=True):
        assert computers == round(staff * (0.5 if tier == COMMUNE else 0.9))
    assert stock_value(bought, "website_agency_share", "tiers:department+district", 0) == 3 / 4
    assert stock_value(bought, "video_agency_share", "tier:district", 0) == 1 / 2
    assert start["video"][bought.tiers != DISTRICT].sum() == 0
    assert start["website"][bought.tiers == OUTSIDE].sum() == 0


def test_computers_bought_are_computers_more_and_stop_at_the_staff(bought: RunRecord, provinces: Provinces) -> None:
    gained = int(bought.stocks[-1]["computers"].sum() - bought.stocks[0]["computers"].sum())
    assert gained == 8
    assert total(bought, "spent") == pytest.approx(8 * 12.0)
    office_first = bought.stocks[-1]["computers"] - bought.stocks[0]["computers"]
    lacking = bought.stocks[0]["staff"] - bought.stocks[0]["computers"]
    served = [int(gain) for gain, need in zip(office_first, lacking, strict=True) if gain]
    assert served[:-1] == [int(need) for gain, need in zip(office_first, lacking, strict=True) if gain][:-1]
    rich = simulate(planned(province(provinces), [line("I.3", 2018, 1e5)], [buy("I.3", "computer", 12.0)]), 3, 0)
    assert (rich.stocks[-1]["computers"] == rich.stocks[-1]["staff"]).all()
    assert stock_value(rich, "pc_share", "all", len(rich.stocks) - 1) == 1.0


def test_a_computer_moves_no_document(bought: RunRecord, provinces: Provinces) -> None:
    """It is counted only: without the money the same documents travel the same way."""
    plain = simulate(planned(province(provinces), [line("I.3", 2018, 100.0)], [buy("I.3", "other", None)]), 3, 0)
    assert (plain.flows == bought.flows).all()
    assert (plain.stocks["computers"] == plain.stocks["computers"][0]).all()


def test_it_staff_is_read_from_the_table_of_agencies(provinces: Provinces) -> None:
    loaded = province(provinces)
    gone = [replace(row, it_staff=0.0 if row.agency_id.endswith("1") else 0.5) for row in loaded.agencies]
    record = simulate(replace(loaded, agencies=tuple(gone)), 3, 0)
    inside = [row for row in gone if row.tier != "outside"]
    share = sum(row.it_staff > 0 for row in inside) / len(inside)
    assert stock_value(record, "it_staff_complete_share", "all", 0) == pytest.approx(share)
    assert 0.0 < share < 1.0
