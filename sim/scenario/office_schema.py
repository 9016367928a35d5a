"""Offices in a scenario: when they work, what documents they write to whom, and who handles them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.results.words import Words
from sim.scenario.quantity import Count, Duration, PerYear, Profile, Section, Share, Size


class OfficeHours(Section):
    """Opening hours of one kind of agency, as `HH:MM-HH:MM` shifts of an ordinary working day."""

    weekdays: Annotated[tuple[str, ...], Words("Giờ làm việc ngày thường", "Office hours on weekdays")]
    saturday: Annotated[tuple[str, ...], Words("Giờ làm việc thứ Bảy", "Office hours on Saturdays")] = ()
    basis: str
    source: str


class Calendar(Section):
    """Working days and hours."""

    overrides: Annotated[str, Words("Bảng ngày làm bù, nghỉ bù", "Table of swapped working days")]
    """CSV of dates that differ from the public-holiday package, under `scenarios/`."""
    office: OfficeHours
    department: OfficeHours
    district: OfficeHours
    commune: OfficeHours
    leader: OfficeHours
    """Hours in which leaders read and sign; the rest of their day goes to meetings and visits."""
    always_open: Annotated[
        bool, Words("Cơ quan làm việc suốt ngày đêm (để thử)", "Offices never close (for tests)")
    ] = False
    """True makes every hour of every day a working hour: for study of queues without a calendar."""


class Volumes(Section):
    """Documents a year, by kind of agency, and how they spread over recipients."""

    office_incoming: Annotated[
        PerYear, Words("Văn bản đến Văn phòng UBND tỉnh mỗi năm", "Documents a year to the provincial Office")
    ]
    office_outgoing: Annotated[
        PerYear, Words("Văn bản đi của Văn phòng UBND tỉnh mỗi năm", "Documents a year from the Office")
    ]
    department_incoming: Annotated[PerYear, Words("Văn bản đến một sở mỗi năm", "Documents a year to a department")]
    department_outgoing: Annotated[
        PerYear, Words("Văn bản đi của một sở mỗi năm", "Documents a year from a department")
    ]
    department_spread: Annotated[
        Count, Words("Mức chênh lệch số văn bản giữa các sở", "How unequal departments' volumes are")
    ]
    """Standard deviation of the logarithm of a department's volume around the mean department's."""
    district_incoming: Annotated[
        PerYear, Words("Văn bản đến UBND một huyện mỗi năm", "Documents a year to a district committee")
    ]
    """Papers reaching the district committee's own office."""
    district_outgoing: Annotated[
        PerYear, Words("Văn bản đi của UBND một huyện mỗi năm", "Documents a year from a district committee")
    ]
    room_incoming: Annotated[
        PerYear, Words("Văn bản đến một phòng chuyên môn cấp huyện mỗi năm", "Documents a year to a district room")
    ]
    """Papers reaching one specialised room of a district."""
    room_outgoing: Annotated[
        PerYear, Words("Văn bản đi của một phòng chuyên môn mỗi năm", "Documents a year from a district room")
    ]
    room_internal_share: Annotated[
        Share, Words("Tỷ lệ văn bản của phòng chỉ dùng trong huyện", "Share of a room's papers kept inside")
    ]
    """Share of a room's papers that stay inside its district agency."""
    commune_incoming: Annotated[PerYear, Words("Văn bản đến một xã mỗi năm", "Documents a year to a commune")]
    commune_outgoing: Annotated[PerYear, Words("Văn bản đi của một xã mỗi năm", "Documents a year from a commune")]
    commune_spread: Annotated[
        Count, Words("Mức chênh lệch số văn bản giữa các xã", "How unequal communes' volumes are")
    ]
    growth: Annotated[Share, Words("Mức tăng số văn bản mỗi năm", "Growth of volumes a year")]
    """Growth of all volumes a year, from the first year of the horizon."""
    from_outside_share: Annotated[
        Share, Words("Tỷ lệ văn bản đến từ ngoài tỉnh", "Share received from outside the province")
    ]
    """Share of the deliveries received in the province that come from the centre and other provinces."""
    to_outside_share: Annotated[Share, Words("Tỷ lệ văn bản gửi ra ngoài tỉnh", "Share sent outside the province")]
    """Share of the deliveries sent from the province that go to the centre and other provinces."""
    fanout_office: Annotated[
        Count, Words("Số nơi nhận một văn bản của Văn phòng", "Recipients of one document of the Office")
    ]
    """Recipients of a document before the matrix is balanced; balancing scales what exceeds one."""
    fanout_department: Annotated[
        Count, Words("Số nơi nhận một văn bản của sở", "Recipients of one document of a department")
    ]
    fanout_district: Annotated[
        Count, Words("Số nơi nhận một văn bản của huyện", "Recipients of one document of a district")
    ]
    fanout_commune: Annotated[Count, Words("Số nơi nhận một văn bản của xã", "Recipients of one document of a commune")]
    few_share: Annotated[
        Share, Words("Tỷ lệ văn bản nhiều nơi nhận chỉ gửi vài nơi", "Share of circulars that go to a few only")
    ]
    """Among documents with several recipients of one tier: those for a few (2-10); the rest go to the whole tier."""
    reply_share: Annotated[
        Share, Words("Tỷ lệ văn bản đi là văn bản trả lời", "Share of outgoing documents that are replies")
    ]
    """Share of outgoing documents that answer a received one."""
    relay_share: Annotated[
        Share, Words("Tỷ lệ văn bản huyện sao chuyển đến xã", "Share of district documents passed on to communes")
    ]
    """Share of a district's outgoing documents that pass a provincial one on to all its communes."""
    internal_share: Annotated[
        Share, Words("Số văn bản nội bộ trên mỗi văn bản đi", "Internal papers per outgoing document")
    ]
    """Papers written for use inside a department or commune, per outgoing document."""


class MatrixRow(Section):
    """How one sender tier's deliveries lean towards each recipient tier, before balancing (weights)."""

    office: Annotated[
        Count,
        Words(
            "Hệ số ưu tiên gửi từ {within} đến Văn phòng UBND tỉnh",
            "How much {within} lean towards the provincial Office when sending",
        ),
    ]
    department: Annotated[
        Count,
        Words(
            "Hệ số ưu tiên gửi từ {within} đến sở, ban, ngành",
            "How much {within} lean towards departments when sending",
        ),
    ]
    district: Annotated[
        Count,
        Words("Hệ số ưu tiên gửi từ {within} đến cấp huyện", "How much {within} lean towards districts when sending"),
    ]
    commune: Annotated[
        Count, Words("Hệ số ưu tiên gửi từ {within} đến cấp xã", "How much {within} lean towards communes when sending")
    ]
    outside: Annotated[
        Count,
        Words(
            "Hệ số ưu tiên gửi từ {within} đến ngoài tỉnh", "How much {within} lean towards the outside when sending"
        ),
    ]


class Matrix(Section):
    """Seed of the sender-tier by recipient-tier matrix of deliveries."""

    office: Annotated[MatrixRow, Words("Văn phòng UBND tỉnh", "the provincial Office")]
    department: Annotated[MatrixRow, Words("sở, ban, ngành", "departments")]
    district: Annotated[MatrixRow, Words("cấp huyện", "districts")]
    commune: Annotated[MatrixRow, Words("cấp xã", "communes")]
    outside: Annotated[MatrixRow, Words("ngoài tỉnh", "the outside")]


class Seasons(Section):
    """When documents are written."""

    hours: Annotated[Profile, Words("Văn bản phát sinh theo giờ trong ngày", "Documents by hour of the day")]
    """24 weights, midnight first; hours when the office is closed count for nothing."""
    weekdays: Annotated[Profile, Words("Văn bản phát sinh theo ngày trong tuần", "Documents by day of the week")]
    """7 weights, Monday first."""
    months: Annotated[Profile, Words("Văn bản phát sinh theo tháng", "Documents by month")]
    """12 weights, January first."""


class Documents(Section):
    """What official documents are like."""

    urgent_share: Annotated[Share, Words("Tỷ lệ văn bản khẩn", "Share of urgent documents")]
    """Khẩn."""
    very_urgent_share: Annotated[Share, Words("Tỷ lệ văn bản thượng khẩn", "Share of very urgent documents")]
    """Thượng khẩn."""
    flash_share: Annotated[Share, Words("Tỷ lệ văn bản hỏa tốc", "Share of flash documents")]
    """Hỏa tốc."""
    secret_share: Annotated[Share, Words("Tỷ lệ văn bản mật", "Share of secret documents")]
    """Secret documents never travel electronically."""
    never_electronic_share: Annotated[
        Share, Words("Tỷ lệ hồ sơ không được gửi điện tử", "Share of files that are never electronic")
    ]
    """Files that are not secret but never go electronically (personnel files and the like)."""
    pages_mean: Annotated[Count, Words("Số trang trung bình của văn bản", "Mean pages of a document")]
    scan_size_median: Annotated[Size, Words("Dung lượng bản quét, trung vị", "Size of a scan, median")]
    born_digital_size_median: Annotated[
        Size, Words("Dung lượng bản soạn trên máy, trung vị", "Size of a born-digital file, median")
    ]
    size_spread: Annotated[Count, Words("Mức chênh lệch dung lượng", "Spread of sizes")]
    """Standard deviation of the logarithm of the size."""
    transport_overhead: Annotated[
        Count, Words("Mức tăng dung lượng khi đóng gói gửi đi", "Growth of a file when packed for sending")
    ]
    """Bytes on the wire per byte of file (base64 inside edXML)."""
    mailbox_limit: Annotated[Size, Words("Dung lượng hộp thư công vụ", "Room in an official mailbox")]
    """Room in an agency's official mailbox; mail that does not fit bounces."""
    mailbox_upgraded: Annotated[
        Size, Words("Dung lượng hộp thư công vụ sau nâng cấp", "Room in an official mailbox after an upgrade")
    ]
    """Room in an agency's official mailbox once the mail system has been upgraded."""
    message_limit: Annotated[Size, Words("Dung lượng lớn nhất của một lượt gửi", "Largest message accepted")]
    """Largest message the exchange accepts; above it the delivery is refused for its file."""
    wrong_address_share: Annotated[
        Share, Words("Tỷ lệ lượt gửi đầu tiên sai địa chỉ", "Chance that a first delivery is misaddressed")
    ]
    """Chance that the first electronic delivery from a sender to a recipient is misaddressed."""
    missing_file_share: Annotated[
        Share, Words("Tỷ lệ lượt gửi thiếu tệp", "Chance that a delivery lacks a readable file")
    ]
    """Chance that an electronic delivery comes without a readable file."""


class People(Section):
    """Work that one document costs a person."""

    service_shape: Literal["lognormal", "exponential", "constant"]
    """Law of every service time about its mean."""
    service_spread: Annotated[Count, Words("Mức chênh lệch thời gian làm một việc", "Spread of service times")]
    """Standard deviation of the logarithm, for the lognormal law."""
    draft: Annotated[Duration, Words("Thời gian soạn thảo một văn bản", "Time to draft a document")]
    review: Annotated[Duration, Words("Thời gian kiểm tra, soát xét", "Time to review a draft")]
    sign_wet: Annotated[Duration, Words("Thời gian đọc và ký giấy", "Time to read and sign in ink")]
    """Reading and signing in ink."""
    sign_digital: Annotated[Duration, Words("Thời gian đọc và ký số", "Time to read and sign with a token")]
    """Reading and signing with a token."""
    issue: Annotated[Duration, Words("Thời gian cấp số, đóng dấu, phát hành", "Time to number, seal and issue")]
    """Numbering, sealing and entering one outgoing document."""
    scan: Annotated[Duration, Words("Thời gian quét một văn bản", "Time to scan a document")]
    """Scanning a signed paper document before it is sent electronically, or a received one."""
    send_electronic: Annotated[Duration, Words("Thời gian gửi điện tử một văn bản", "Time to send one message")]
    """Addressing and sending one message."""
    print_copy: Annotated[
        Duration, Words("Thời gian sao in, vào phong bì một bản", "Time to copy and envelope one copy")
    ]
    """Copying, enveloping and addressing one paper copy."""
    register_electronic: Annotated[
        Duration, Words("Thời gian tiếp nhận văn bản điện tử", "Time to register an electronic document")
    ]
    """Checking and accepting one electronic document."""
    register_paper: Annotated[Duration, Words("Thời gian tiếp nhận văn bản giấy", "Time to register a paper document")]
    """Opening, stamping and entering one paper document."""
    file_duplicate: Annotated[Duration, Words("Thời gian đối chiếu bản trùng", "Time to match and file a second copy")]
    """Matching a second copy of a document already registered and filing it."""
    correct_refused: Annotated[
        Duration, Words("Thời gian sửa văn bản bị từ chối", "Time to put a refused delivery right")
    ]
    """Finding out why a delivery was refused and putting it right."""
    annotate: Annotated[Duration, Words("Thời gian lãnh đạo ghi ý kiến phân công", "Time for a leader's note")]
    """A leader's note on who handles an incoming document."""
    annotation_levels: Annotated[
        int, Words("Số cấp ghi ý kiến trên phiếu xử lý văn bản đến", "Levels of notes on an incoming document's slip")
    ] = Field(default=1, ge=1, le=4)
    """How many note one after another who handles it: leaders first, each once, then heads of rooms among the officers.

    Taken as 1 (assumed): the one slip known, a ministry's, has three or four, and nothing tells how many documents pass
    so many in a province.
    """
    handle: Annotated[
        Duration, Words("Thời gian chuyên viên xử lý văn bản đến", "Time for an officer to handle a document")
    ]
    """An officer's work on an incoming document."""
    duty_call: Annotated[
        Duration, Words("Thời gian gọi người trực ngoài giờ", "Time until the person on duty is there")
    ]
    """Until the clerk or leader on duty is there for a flash document outside office hours."""
    officer_document_share: Annotated[
        Share, Words("Phần thời gian chuyên viên dành cho văn bản", "Officers' time free for documents")
    ]
    """Share of an officer's time that is free for documents."""
    room_clerk_share: Annotated[
        Share, Words("Phần việc văn thư tại một phòng cấp huyện", "Part of a post for a room's register")
    ]
    """Part of a post that each specialised room of a district gives to its register."""
    clerks_added: Annotated[Count, Words("Số văn thư bổ sung", "Clerk posts added")]
    """Clerk posts added on the day of the plan's decision, one each to the registries busiest until then."""
    staff_cut_share: Annotated[Share, Words("Tỷ lệ biên chế bị cắt giảm", "Share of officers' posts cut")]
    """Share of officers' posts cut on the day of the plan's decision."""
    react_days: Annotated[Count, Words("Số ngày việc tồn thì điều người hỗ trợ", "Days of backlog that call for help")]
    """Days of its regular people's work before a desk that make the head of office send help."""
    swamped_days: Annotated[
        Count, Words("Số ngày việc tồn thì văn thư tạm gửi giấy", "Days of backlog that stop scanning and sending")
    ]
    """Days of work before a registry that make it stop scanning and sending until it has caught up."""
    lent_share: Annotated[Share, Words("Tỷ lệ chuyên viên có thể điều đi hỗ trợ", "Share of officers that can be lent")]
    """Share of an agency's officers that can help at its registry or counter while they have less before them."""
    overtime_a_day: Annotated[Duration, Words("Số giờ làm thêm một ngày", "Overtime a day")]
    """Hours that a person stays longer on a day with a backlog."""
    overtime_a_year: Annotated[Duration, Words("Số giờ làm thêm tối đa một năm", "Overtime a year")]
    """Hours of overtime that a person works in a year at most."""
    leader_absence_share: Annotated[Share, Words("Tỷ lệ ngày lãnh đạo đi vắng", "Share of days a leader is away")]
    """Share of working days a leader is away."""
    leader_absence_days: Annotated[Count, Words("Số ngày một lần lãnh đạo đi vắng", "Days of one absence of a leader")]
    """Mean length of an absence in days."""
