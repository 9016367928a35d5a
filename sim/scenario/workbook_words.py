"""What sheets of a scenario's workbook are made of: columns, drop-downs, and what every province must state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sim.results.words import Words
from sim.scenario.kinds import KIND_TITLES
from sim.scenario.measures import COUNTED, MEASURES, READINGS

EMPTY = '""'
"""A cell that says that there is nothing, where a blank one says that nothing is said."""


ROW = "row-"
"""How the id begins that stands for one that a list lacks, before the number of the row."""


class Heading(NamedTuple):
    """One column: its code, its heading with the unit, what to write, its width in characters and its drop-down.

    A workbook made before a column was thought of may do without it where it `may_be_absent`.
    """

    code: str
    title: str
    note: str = ""
    width: float = 14.0
    words: str = ""
    may_be_absent: bool = False

    @property
    def says_source(self) -> bool:
        """Whether it says where numbers come from: in Vietnamese where the catalogue of sources has the sentence."""
        return self.code.rpartition(".")[2] in ("source", "days_source") and self.words != "money"


@dataclass(frozen=True)
class SheetKind:
    """One sheet.

    Attributes:
        key: the table (`budget.lines`) or the list (`targets`) that stands on it; `plan` and `parameters` by key.
        name: what it is called.
        about: what stands on it and where a plan says it, in a sentence or two.
        headings: its columns.
        example: a row as it may look, by code.
        required: nothing runs without a row.
    """

    key: str
    name: str
    about: str
    headings: tuple[Heading, ...]
    example: Mapping[str, str]
    required: bool = False


_TIERS = {
    "office": "Văn phòng UBND tỉnh",
    "department": "sở, ban, ngành",
    "district": "cấp huyện",
    "commune": "cấp xã",
    "outside": "ngoài tỉnh",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "yes_no": {"1": "có", "0": "không"},
    "tier": _TIERS,
    "served": _TIERS,
    "intake_tier": {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"},
    "money": {"TW": "TW", "DT": "ĐT", "SN": "SN"},
    "route": {"none": "chưa có", "adsl": "ADSL", "ftth": "cáp quang FTTH", "dedicated": "mạng chuyên dùng"},
    "basis": {"plan": "kế hoạch", "reported": "báo cáo", "derived": "suy ra", "assumed": "giả định"},
    "law": {"fixed": "cố định", "lognormal": "log-chuẩn", "beta": "beta", "triangular": "tam giác", "uniform": "đều"},
    "bought": {str(kind): words.vi for kind, words in KIND_TITLES.items()},
    "day": {"working": "làm việc", "closed": "nghỉ"},
    "work": {"copies": "chứng thực bản sao", "short": "ngắn", "ordinary": "thường", "long": "dài"},
    "portal": {"province": "cổng của tỉnh", "national": "cổng quốc gia"},
    "counted_as": {"business_registration": "đăng ký doanh nghiệp", "investment_certificate": "chứng nhận đầu tư"},
    "unit": {
        "delivery": "lượt gửi",
        "document": "văn bản",
        "dossier": "hồ sơ",
        "agency": "cơ quan",
        "person": "người",
        "database": "cơ sở dữ liệu",
        "project": "dự án",
        "service": "dịch vụ",
        "money": "kinh phí",
    },
    "event": {"sent": "đã gửi", "accepted": "đã tiếp nhận", "state": "trạng thái vào ngày đó"},
    "version": {"reported": "theo báo cáo", "true": "thực tế"},
    "measure": {name: name for name in MEASURES},
    "counted": {name: name for name in COUNTED},
    "reading": {name: name for name in READINGS},
    "state": {"fitted": "fitted", "not fitted": "not fitted", "impossible": "impossible"},
    "scope": {
        scope: scope
        for scope in (
            "all",
            "tiers:province+district",
            "tiers:department+district",
            "tiers:department+district+commune",
            "tier:office",
            "tier:department",
            "tier:district",
            "tier:commune",
        )
    },
}
"""The words of each drop-down, by the code that stands in text files."""


def tier_words(tier: str) -> str:
    """A tier as sheets call it, with the word of text files in brackets."""
    return f"{({**_TIERS, **WORDS['intake_tier']})[tier]} ({tier})"


def one_of(words: str, most: int = 12) -> Words:
    """The words of a drop-down, the first of many."""
    listed = list(WORDS[words].values())
    said = "; ".join(listed[:most]) + ("; …" if len(listed) > most else "")
    return Words(f"chọn một trong: {said}", f"choose one of: {said}")


OPEN_WORDS = frozenset({"scope", "reading", "served"})
"""Drop-downs that only propose: other words may be written too."""

TITLE_VI = Heading("title_vi", "Tên", "Tên như trong kế hoạch", 44.0)

TITLE_EN = Heading(
    "title_en", "Tên tiếng Anh", "Không bắt buộc; để trống thì báo cáo tiếng Anh dùng tên tiếng Việt", 36.0
)

BASIS = Heading("basis", "Căn cứ", "kế hoạch: văn bản ấn định; báo cáo: đã công bố; suy ra; giả định", 11.0, "basis")

SOURCE = Heading("source", "Nguồn số liệu", "Văn bản, mục, trang; nếu giả định thì lý do", 50.0)


def quantity(code: str, title: str, note: str) -> tuple[Heading, ...]:
    """The six columns of an uncertain number."""
    return (
        Heading(f"{code}.value", title, note, 12.0),
        Heading(f"{code}.low", f"{title}: thấp (5 %)", "Để trống nếu là số chắc chắn", 11.0),
        Heading(f"{code}.high", f"{title}: cao (95 %)", "Để trống nếu là số chắc chắn", 11.0),
        Heading(f"{code}.kind", f"{title}: phân bố", "Cách số này có thể khác đi", 11.0, "law"),
        Heading(f"{code}.basis", f"{title}: căn cứ", BASIS.note, 11.0, "basis"),
        Heading(f"{code}.source", f"{title}: nguồn", SOURCE.note, 40.0),
    )


class Statement(NamedTuple):
    """Something that every province must state itself: what it is, and where to find it."""

    title: str
    note: str
    example: str = ""


STATED: Mapping[str, Statement] = {
    "name": Statement("Tên ngắn của kịch bản", "Đặt tên tệp kết quả; có dấu được", "tinh_minh_2026_2030"),
    "title.vi": Statement("Tên kế hoạch", "Trích yếu của quyết định", "Tỉnh …: chuyển đổi số 2026-2030"),
    "title.en": Statement("Tên kế hoạch bằng tiếng Anh", "Không bắt buộc; để trống thì dùng tên tiếng Việt"),
    "plan.decision": Statement("Số quyết định phê duyệt", "Trang đầu quyết định", "900/QĐ-UBND"),
    "plan.decided": Statement("Ngày ban hành (ngày/tháng/năm)", "Trang đầu quyết định", "17/03/2026"),
    "plan.source": Statement("Nguồn của kế hoạch", "Tên đầy đủ của văn bản"),
    "horizon.start": Statement("Ngày đầu kỳ mô phỏng", "Thường là ngày đầu kỳ kế hoạch", "01/01/2026"),
    "horizon.end": Statement("Ngày cuối kỳ mô phỏng", "Thường là ngày cuối kỳ kế hoạch", "31/12/2030"),
    "horizon.warm_up": Statement("Thời gian chạy đà trước kỳ mô phỏng", "Để nguyên nếu không rõ", "3 tháng"),
    "signatures.personal_at_start": Statement(
        "Chứng thư số cá nhân đã có lúc đầu", "Phần hiện trạng: chứng thư của lãnh đạo ký văn bản", "5"
    ),
    "signatures.organisation_at_start": Statement(
        "Chứng thư số cơ quan đã có lúc đầu", "Phần hiện trạng: chứng thư của cơ quan", "41"
    ),
}
"""What no default can say, in the order in which it is filled in."""
