"""Which district an agency lies in, by name."""

from __future__ import annotations

import pytest

from sim.scenario.districts import agency_places, place_name
from sim.scenario.loading import load


def test_every_commune_of_binh_dinh_lies_in_its_district() -> None:
    loaded = load("binh_dinh_2016_2020")
    found = agency_places(loaded.agencies)
    assert list(found) == [row.agency_id for row in loaded.agencies]
    commune = found["comm.tuy_phuoc.phuoc_hoa"]
    assert commune.name("vi") == "UBND xã Phước Hòa"
    assert (commune.district_id, commune.district("vi"), commune.district("en")) == (
        "dist.tuy_phuoc",
        "Huyện Tuy Phước",
        "Tuy Phước district",
    )
    assert found["dist.quy_nhon"].district("vi") == "Thành phố Quy Nhơn"
    assert {place.district_id for place in found.values() if place.tier == "commune"} == {
        row.agency_id for row in loaded.agencies if row.tier == "district"
    }
    assert {place.district("vi") for place in found.values() if place.tier in ("office", "department")} == {""}


@pytest.mark.parametrize(
    ("agency", "place"),
    [
        ("UBND huyện Tuy Phước", "Huyện Tuy Phước"),
        ("Ủy ban nhân dân thị xã An Nhơn", "Thị xã An Nhơn"),
        ("Huyện An Lão", "Huyện An Lão"),
        ("UBND", "UBND"),
    ],
)
def test_a_committee_s_place_is_what_it_governs(agency: str, place: str) -> None:
    assert place_name(agency) == place
