"""Tables of where and when: agencies by quarter, targets by district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.columns import AgencyPlace
from sim.results.run_tables import title_of
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

UNANSWERED = "unanswered"
OWN_AGENCIES = "province"
"""Stands for a district's id where the province's own agencies are meant: its Office and the departments."""
OWN_AGENCIES_NAME = Words("Cơ quan cấp tỉnh (sở, ban, ngành)", "Agencies of the province (departments)")
_CAUSES = {
    "secret": Column("văn bản mật", "secret documents"),
    "never_electronic": Column("không được gửi điện tử", "never electronic"),
    "sender_no_eoffice": Column("nơi gửi chưa dùng văn phòng điện tử", "sender does not use e-office"),
    "sender_not_connected": Column("nơi gửi chưa kết nối mạng", "sender not connected"),
    "recipient_unreachable": Column("nơi nhận chưa nhận được bản điện tử", "recipient cannot be reached"),
    "refused_to_paper": Column("bị từ chối, gửi bản giấy", "refused, then sent on paper"),
    "line_down": Column("đường truyền ngừng quá lâu", "line down for too long"),
    "registry_swamped": Column("văn thư quá tải", "registry overloaded"),
    UNANSWERED: Column("cuối kỳ chưa có trả lời", "no answer yet at the end"),
}
STOPPED_BY = tuple(_CAUSES)
"""Why a delivery was not accepted electronically."""


@dataclass(frozen=True, slots=True)
class AgencyQuarterRow(AgencyPlace):
    """One agency in one quarter: e-office, what it sends to agencies of the province, and what stops the rest.

    Numbers of deliveries are means over the replications, so they add up; a share is taken in each replication.
    """

    year: Annotated[int, c.YEAR]
    quarter: Annotated[int, Column("quý, 1 đến 4", "quarter, 1 to 4")]
    level_median: Annotated[
        float | None,
        Column("mức dùng văn phòng điện tử (0 đến 4) cuối quý, trung vị", "level of e-office use (0 to 4), median"),
    ]
    level_p05: Annotated[float | None, Column("mức dùng, mốc 5%", "level, 5 % point")]
    level_p95: Annotated[float | None, Column("mức dùng, mốc 95%", "level, 95 % point")]
    deliveries_mean: Annotated[
        float, Column("lượt gửi đến cơ quan trong tỉnh, bình quân", "deliveries to agencies of the province, mean")
    ]
    electronic_mean: Annotated[
        float, Column("trong đó được tiếp nhận điện tử, bình quân", "accepted electronically, mean")
    ]
    share_median: Annotated[
        float | None, Column("tỷ lệ được tiếp nhận điện tử, trung vị", "share accepted electronically, median", c.SHARE)
    ]
    share_p05: Annotated[float | None, Column("tỷ lệ đó, mốc 5%", "that share, 5 % point", c.SHARE)]
    share_p95: Annotated[float | None, Column("tỷ lệ đó, mốc 95%", "that share, 95 % point", c.SHARE)]
    cause: Annotated[
        str | None,
        Column("nguyên nhân chính của phần còn lại; trống: không có", "main cause of the rest; blank where none"),
    ]
    cause_share: Annotated[
        float | None, Column("tỷ trọng của nguyên nhân chính trong phần còn lại", "its share of the rest", c.SHARE)
    ]
    by_cause: Mapping[str, float]
    connected_from: Annotated[
        date | None,
        Column(
            "cuối tháng đầu tiên liên thông, trung vị; trống: quá nửa số lần chưa liên thông",
            "end of the first month with its e-office linked, median; blank when most never have it",
        ),
    ]
    connected_share: Annotated[
        float, Column("tỷ lệ lần mô phỏng đã liên thông cuối quý", "share of replications linked by then", c.SHARE)
    ]
    n: Annotated[int, Column("số lần mô phỏng", "replications")]


@dataclass(frozen=True, slots=True)
class DistrictTargetRow:
    """One target, as its deciding reading counts it, over the agencies of one district alone, or the province's."""

    target_id: Annotated[str, c.TARGET_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    district_id: Annotated[
        str, Column("mã huyện; province: cơ quan cấp tỉnh", "id of the district; province: its own agencies")
    ]
    district_vi: Annotated[str | None, Column("huyện, thị xã, thành phố", "district in Vietnamese")]
    district_en: Annotated[str | None, Column("huyện bằng tiếng Anh", "district in English")]
    as_of: Annotated[date, c.AS_OF]
    window_months: Annotated[int | None, c.WINDOW]
    threshold: Annotated[float, Column("ngưỡng của chỉ tiêu toàn tỉnh", "threshold of the province's target")]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    p_reached: Annotated[
        float | None,
        Column("tỷ lệ lần mô phỏng riêng huyện đạt ngưỡng", "replications with the district at the threshold", c.SHARE),
    ]
    province_median: Annotated[float | None, Column("trung vị toàn tỉnh", "median of the province")]
    n: Annotated[int, c.N]

    def district(self, lang: Lang) -> str:
        """The district's name in the language, else in the other one, else its id."""
        return title_of(self.district_vi, self.district_en, lang) or self.district_id


AGENCIES_BY_QUARTER = Table(
    "agencies_by_quarter",
    AgencyQuarterRow,
    Words("Từng cơ quan theo quý", "Agencies by quarter"),
    {
        "by_cause": {
            name: Column(f"lượt không điện tử: {about.vi}, bình quân", f"not electronic: {about.en}, mean")
            for name, about in _CAUSES.items()
        }
    },
)
TARGETS_BY_DISTRICT = Table(
    "targets_by_district",
    DistrictTargetRow,
    Words("Chỉ tiêu theo huyện và ở cơ quan cấp tỉnh", "Targets by district and at the province's own agencies"),
)
