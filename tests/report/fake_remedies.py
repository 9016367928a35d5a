"""Remedies made up for tests of the words that tell them."""

from __future__ import annotations

from dataclasses import replace

from sim.results.remedy_tables import RemedyRow


def remedy(option: str, title: str, gain: float | None, **changes: object) -> RemedyRow:
    row = RemedyRow(
        option=option,
        title_vi=title,
        title_en=f"English {option}",
        group="network",
        target_id="all",
        gain_points=gain,
        low=None if gain is None else gain - 10,
        high=None if gain is None else gain + 10,
        replications=20,
        more=None,
        cost_equipment_million_vnd=5200.0,
        cost_people_million_vnd=340.0,
        cost_source="TW 5540",
        cost_vi=None,
        cost_en=None,
        points_per_billion_vnd=11.0,
        tie_group=1,
        verdict="better",
        reason_vi=None,
        reason_en=None,
        decided_by_vi="UBND tỉnh",
        decided_by_en="the province",
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def remedies() -> list[RemedyRow]:
    return [
        remedy("all_communes", "Văn phòng điện tử cho mọi xã", 61.2),
        remedy("web_service", "Thuê dịch vụ văn phòng điện tử", 58.0),
        remedy("web_service", "Thuê dịch vụ văn phòng điện tử", 30.0, target_id="a3"),
        remedy("clerks", "Thêm văn thư", 12.5, tie_group=2, cost_equipment_million_vnd=0.0),
        remedy("poll", "Nhận văn bản 5 phút một lần", 11.0, tie_group=2),
    ]
