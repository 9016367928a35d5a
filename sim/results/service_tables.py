"""Tables of services and who gives them: dossiers by year, published figures, certificates, how busy people are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.results import columns as c
from sim.results.columns import AgencyPlace
from sim.results.run_tables import title_of
from sim.results.table import Column, Table
from sim.results.words import Lang, Words


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One quantity of the one-stop dossiers of a whole year at one tier of intake: a count, or a share of 0 to 1."""

    year: Annotated[int, c.YEAR]
    tier: Annotated[str, Column("cấp tiếp nhận; all: mọi cấp", "tier that takes them in; all for all of them")]
    quantity: Annotated[str, Column("đại lượng", "quantity")]
    unit: Annotated[str, c.UNIT]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    per_inhabitant: Annotated[
        float | None, Column("trung vị chia cho dân số; trống với tỷ lệ", "median per inhabitant; blank for shares")
    ]
    n: Annotated[int, c.N]


@dataclass(frozen=True, slots=True)
class DossierCheckRow:
    """A figure that another province published, beside the same quantity in the last whole year simulated.

    `relation` is where the simulated 5-95 % range lies: `below`, `above` or `overlapping` the published figure.
    """

    observation_id: Annotated[str, Column("mã số liệu", "id of the published figure")]
    place_name: Annotated[str, Column("nơi công bố", "place it is about")]
    period: Annotated[str, Column("thời kỳ", "period")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    unit: Annotated[str, c.UNIT]
    observed: Annotated[float, Column("số công bố", "published figure")]
    observed_low: Annotated[float | None, Column("cận dưới công bố", "its lower end, where a range is published")]
    observed_high: Annotated[float | None, Column("cận trên công bố", "its upper end, where a range is published")]
    year: Annotated[int, Column("năm mô phỏng được so", "simulated year it is compared with")]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]
    relation: Annotated[
        str | None,
        Column(
            "khoảng mô phỏng so với số công bố: below, above, overlapping",
            "where the simulated range lies: below, above or overlapping the published figure",
        ),
    ]
    derived_parameter: Annotated[
        str | None, Column("tham số được rút ra từ số này", "parameter that was derived from this figure")
    ]
    confidence: Annotated[str, Column("mức tin cậy của số liệu", "how far the figure is to be trusted")]
    note_vi: Annotated[str | None, Column("đã đếm gì, tiếng Việt", "what was counted, in Vietnamese")]
    note_en: Annotated[str | None, Column("đã đếm gì, tiếng Anh", "what was counted, in English")]
    source: Annotated[str, c.SOURCE]

    def note(self, lang: Lang) -> str:
        """What was counted, in the language, else in the other one."""
        return title_of(self.note_vi, self.note_en, lang)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One quantity of certificates and signatures in one calendar year."""

    year: Annotated[int, c.YEAR]
    quantity: Annotated[str, Column("đại lượng", "quantity")]
    scope: Annotated[str, c.SCOPE]
    unit: Annotated[str, c.UNIT]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]


@dataclass(frozen=True, slots=True)
class SaturationRow:
    """How busy one kind of station is in the last twelve months, and in how many simulations beyond 0.95."""

    scope: Annotated[str, Column("loại trạm và cấp", "kind of station and tier")]
    median: Annotated[float | None, c.MEDIAN.in_unit(c.SHARE)]
    p05: Annotated[float | None, c.P05.in_unit(c.SHARE)]
    p95: Annotated[float | None, c.P95.in_unit(c.SHARE)]
    saturated_in: Annotated[int, Column("số lần mô phỏng vượt 0,95", "replications in which it is beyond 0.95")]
    n: Annotated[int, c.N]


@dataclass(frozen=True, slots=True)
class SaturatedPostRow(AgencyPlace):
    """One post of one agency in one calendar year, busy above 0.95 of its staffed time in at least one simulation."""

    year: Annotated[int, Column("năm", "calendar year")]
    post: Annotated[str, Column("loại trạm", "kind of station")]
    saturated_in: Annotated[int, Column("số lần mô phỏng vượt 0,95", "replications in which it is beyond 0.95")]
    n: Annotated[int, c.N]
    highest: Annotated[float | None, Column("độ bận cao nhất", "utilisation where it is highest").in_unit(c.SHARE)]


@dataclass(frozen=True, slots=True)
class OvertimeRow:
    """What offices of one tier do about overload in one calendar year: hours worked over, days of helping out.

    The simulation pays neither; what options in the scenario say that people cost stands beside it.
    """

    year: Annotated[int, c.YEAR]
    scope: Annotated[str, c.SCOPE]
    hours_median: Annotated[float | None, Column("giờ làm thêm, trung vị", "hours worked over, median", "hours")]
    hours_p05: Annotated[float | None, Column("giờ làm thêm, mốc 5%", "hours worked over, 5 % point", "hours")]
    hours_p95: Annotated[float | None, Column("giờ làm thêm, mốc 95%", "hours worked over, 95 % point", "hours")]
    allowed_hours_median: Annotated[
        float | None,
        Column(
            "giờ làm thêm tối đa được phép trong năm, trung vị", "hours that the year's limit allows, median", "hours"
        ),
    ]
    used_share_median: Annotated[
        float | None, Column("phần đã dùng của mức cho phép, trung vị", "part of those allowed, median", c.SHARE)
    ]
    used_share_p05: Annotated[
        float | None, Column("phần đã dùng của mức cho phép, mốc 5%", "part of those allowed, 5 % point", c.SHARE)
    ]
    used_share_p95: Annotated[
        float | None, Column("phần đã dùng của mức cho phép, mốc 95%", "part of those allowed, 95 % point", c.SHARE)
    ]
    helper_days_median: Annotated[
        float | None, Column("ngày công hỗ trợ bộ phận khác, trung vị", "days of helping out, median", "days")
    ]
    helper_days_p05: Annotated[
        float | None, Column("ngày công hỗ trợ bộ phận khác, mốc 5%", "days of helping out, 5 % point", "days")
    ]
    helper_days_p95: Annotated[
        float | None, Column("ngày công hỗ trợ bộ phận khác, mốc 95%", "days of helping out, 95 % point", "days")
    ]
    stated_people_million_vnd: Annotated[
        float | None,
        Column(
            "chi phí nhân lực mà các phương án nêu cho năm đó; trống: không phương án nào nêu",
            "cost of people that options state for the year; blank where none does",
            c.MONEY,
        ),
    ]
    n: Annotated[int, c.N]


_LONGER = Column("1 nếu thực ra lâu hơn số này", "1 where it takes longer than this")


@dataclass(frozen=True, slots=True)
class DelayRow:
    """How long one share of documents takes in one calendar year: the mean of its months.

    Where a share was not done when the simulation ended, its delay is only known to be longer than what it had waited.
    """

    year: Annotated[int, c.YEAR]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, Column("phạm vi: all, tier:…, channel:…", "what it is counted over: all, tier:…, channel:…")]
    median: Annotated[float | None, c.MEDIAN.in_unit("hours")]
    p05: Annotated[float | None, c.P05.in_unit("hours")]
    p95: Annotated[float | None, c.P95.in_unit("hours")]
    median_longer: Annotated[bool, _LONGER]
    p05_longer: Annotated[bool, _LONGER]
    p95_longer: Annotated[bool, _LONGER]
    longer_in: Annotated[
        int, Column("số lần mô phỏng mà thực ra lâu hơn", "replications in which it takes longer than is known")
    ]
    n: Annotated[int, c.N]


DELAYS = Table("delays", DelayRow, Words("Thời gian chuyển và xử lý văn bản", "Time to deliver and handle documents"))
DOSSIERS = Table("dossiers", DossierRow, Words("Hồ sơ một cửa theo năm", "One-stop dossiers by year"))
DOSSIER_CHECKS = Table(
    "dossier_checks", DossierCheckRow, Words("Đối chiếu với số liệu đã công bố", "Beside what others published")
)
CERTIFICATES = Table("certificates", CertificateRow, Words("Chứng thư và chữ ký số", "Certificates and signatures"))
SATURATION = Table("saturation", SaturationRow, Words("Độ bận của các trạm", "How busy stations are"))
SATURATED_POSTS = Table(
    "saturated_posts",
    SaturatedPostRow,
    Words("Vị trí quá tải theo cơ quan và năm", "Overloaded posts by agency and year"),
)
OVERTIME = Table("overtime", OvertimeRow, Words("Làm thêm giờ và hỗ trợ lẫn nhau", "Overtime and helping out"))
