"""How the province stands on the first day of a scenario, what was reported of it, and how people take things up."""

from __future__ import annotations

from typing import Annotated

from sim.results.words import Words
from sim.scenario.quantity import Count, Duration, PerYear, Section, Share


class Calibration(Section):
    """What has been learnt of the unknowns from what was measured since the plan began."""

    draws: Annotated[str, Words("Bảng các lần rút hợp với số đã đo", "Table of draws that agree with measurements")] = (
        ""
    )
    """CSV that `calibrate` wrote, under `scenarios/`; each replication takes its unknowns from one of its rows."""


class Start(Section):
    """The state of use on the first day, where the plan names only what is installed."""

    installed_unused_share: Annotated[
        Share, Words("Tỷ lệ cơ quan đã cài đặt nhưng không dùng lúc đầu", "Agencies with e-office unused at the start")
    ]
    """Among agencies that have e-office: level 1, installed but not used."""
    registry_only_share: Annotated[
        Share, Words("Tỷ lệ cơ quan chỉ dùng ở văn thư lúc đầu", "Agencies using it at the registry only at the start")
    ]
    """Among agencies that use it: level 2, only the registry."""
    draft_sign_share: Annotated[
        Share, Words("Tỷ lệ cơ quan soạn thảo, ký số lúc đầu", "Agencies drafting and signing at start")
    ]
    """Among agencies that process online: level 4."""
    user_share: Annotated[
        Share, Words("Tỷ lệ người làm việc trên văn phòng điện tử lúc đầu", "Staff in e-office at the start")
    ]
    """Staff who work in e-office, at an agency at level 3."""
    email_user_share: Annotated[
        Share, Words("Tỷ lệ người dùng thư công vụ lúc đầu", "Users of official mail at the start")
    ]
    trained_share: Annotated[Share, Words("Tỷ lệ người đã tập huấn lúc đầu", "Staff trained at the start")]
    """In any use of computers, as plans count them; it moves nobody to e-office."""
    own_server_share: Annotated[
        Share,
        Words("Văn phòng điện tử đặt tại máy chủ cơ quan lúc đầu", "E-offices on a server in the house at the start"),
    ]
    """Of the agencies that have e-office on the first day, those that run it on a server of their own."""
    eoffice_trained_share: Annotated[
        Share, Words("Tỷ lệ người đã tập huấn văn phòng điện tử lúc đầu", "Staff trained in e-office at the start")
    ]
    """Of agencies that have e-office: staff who have been on a course on it and still know what they learnt."""
    commune_mail_share: Annotated[
        Share, Words("Tỷ lệ xã đọc thư công vụ lúc đầu", "Communes reading official mail at start")
    ]
    """Communes whose registry reads an official mailbox."""
    fitted: Annotated[str, Words("Bảng trạng thái đầu kỳ đã khớp", "Table of fitted starting states")] = ""
    """CSV of fitted starting states, under `scenarios/`; each replication starts from one of its rows."""
    residuals: Annotated[str, Words("Bảng sai lệch còn lại sau khi khớp", "Table of what the fit leaves over")] = ""
    """CSV of what that fit leaves over of each baseline, written beside it."""
    onestop_software: Annotated[
        tuple[str, ...], Words("Nơi có phần mềm một cửa lúc đầu", "Counters with one-stop software at the start")
    ] = ()
    """Agencies whose one-stop counter runs on software that stamps times: ids, or `tier:` with a tier."""
    online_services: Annotated[
        tuple[str, ...], Words("Nơi nhận hồ sơ trực tuyến lúc đầu", "Agencies with online services at the start")
    ] = ()
    """Agencies on the provincial system of online services, which take dossiers filed online: as above."""
    without_website: Annotated[
        tuple[str, ...], Words("Cơ quan chưa có trang thông tin lúc đầu", "Agencies without a website at the start")
    ] = ()
    """Agencies known to have none: as above. Those for which the plan buys one by name need not be listed."""


class Equipment(Section):
    """What agencies have on the first day besides e-office and lines; counted, without effect on documents."""

    pc_share: Annotated[
        Share,
        Words(
            "Tỷ lệ người có máy tính lúc đầu, cấp tỉnh và cấp huyện", "Staff with a computer at start, district and up"
        ),
    ]
    """Staff with a work computer, district level and up."""
    commune_pc_share: Annotated[
        Share, Words("Tỷ lệ người có máy tính lúc đầu, cấp xã", "Commune staff with a computer")
    ]
    """Staff with a work computer at communes."""
    website_share: Annotated[
        Share, Words("Tỷ lệ sở, huyện có trang thông tin lúc đầu", "Agencies with a website at start")
    ]
    """Departments and district committees with a website of their own; who has one: `sim.scenario.holders`."""
    video_share: Annotated[Share, Words("Tỷ lệ huyện có phòng họp trực tuyến lúc đầu", "Districts with video at start")]
    """District committees with a video-conference room linked to the province's."""

    sector_database_share: Annotated[
        Share, Words("Tỷ lệ sở, huyện có CSDL chuyên ngành lúc đầu", "Agencies with a sector database at start")
    ]
    """Departments and district committees with a database of their sector."""
    key_databases: Annotated[Count, Words("Số CSDL trọng điểm lúc đầu", "Key databases at the start")]
    """Databases that the plan calls key ones, in use on the first day; a whole number."""


class Adoption(Section):
    """Monthly hazards of taking e-office up and giving it up (per year; DESIGN section 2)."""

    base: Annotated[PerYear, Words("Mức tự bắt đầu sử dụng", "Take-up without any push")]
    """Of a person, with no push at all."""
    push_training: Annotated[PerYear, Words("Tác động của tập huấn", "Push from training")]
    """Of e-office training, where all staff still remember theirs."""
    push_leader: Annotated[PerYear, Words("Tác động của lãnh đạo ủng hộ", "Push from a leader's support")]
    push_mandate: Annotated[PerYear, Words("Tác động của chỉ thị bắt buộc", "Push from an order")]
    push_measured: Annotated[
        PerYear, Words("Tác động thêm khi có đo, xếp hạng", "Added push when use is measured and ranked")
    ]
    """Added to `push_mandate` while the mandate is measured and ranked."""
    inspection_weight: Annotated[
        Share, Words("Tác động của kiểm tra hằng năm so với xếp hạng", "Push of an inspection, against a ranking's")
    ]
    """In the year of an inspection, while an order is in force and nothing is ranked: this part of `push_measured`."""
    imitation: Annotated[
        PerYear, Words("Mức làm theo đồng nghiệp và nơi giao dịch", "Imitation of colleagues and partners")
    ]
    """At full use by colleagues and correspondents; of an agency, where all its neighbours are ahead of it."""
    colleague_weight: Annotated[
        Share, Words("Trọng số của đồng nghiệp khi làm theo", "Weight of colleagues in imitation")
    ]
    """Weight of colleagues against correspondents in imitation."""
    lapse: Annotated[PerYear, Words("Mức bỏ dùng khi trải nghiệm xấu", "Giving up after bad experience")]
    """Of a user whose experience is all bad."""
    turnover: Annotated[PerYear, Words("Tỷ lệ cán bộ thay đổi mỗi năm", "Staff replaced a year")]
    """Users and people trained who leave, each replaced by somebody new to e-office."""
    reference_strength: Annotated[PerYear, Words("Tổng tác động quy ước", "Reference strength of all pushes")]
    """The sum of pushes at which agencies rise at the stated rates; a yardstick, so that it stays as it is when a
    push is drawn or set stronger."""
    experience_memory: Annotated[
        Duration, Words("Thời gian phai nhạt một trải nghiệm cũ", "Time in which old experience fades")
    ]
    """In which what an agency met fades, when it tries nothing, towards the benefit of the doubt."""
    installed_to_registry: Annotated[
        PerYear, Words("Tốc độ cơ quan bắt đầu dùng ở văn thư", "Rate of starting at the registry")
    ]
    """Of an agency moving from level 1 to level 2, at the reference strength and all good experience."""
    regulation: Annotated[
        PerYear, Words("Tốc độ lãnh đạo ban hành quy chế sử dụng", "Rate at which leaders issue rules of use")
    ]
    """Of a leader issuing the rule that moves the agency to level 3, then 4, likewise."""
    fall: Annotated[PerYear, Words("Tốc độ cơ quan lùi một mức sử dụng", "Rate of falling back a level")]
    """Of an agency whose experience has been poor for longer than `patience`, or whose rule few follow."""
    low_experience: Annotated[
        Share, Words("Ngưỡng trải nghiệm bị coi là xấu", "Experience below which it counts as poor")
    ]
    patience: Annotated[Duration, Words("Thời gian chịu đựng trải nghiệm xấu", "Time that poor experience is borne")]
    deserted_share: Annotated[
        Share, Words("Tỷ lệ người dùng tối thiểu để giữ quy chế", "Share of users below which a rule is dropped")
    ]
    """Of the staff of an agency at level 3 or 4."""
    training_fading: Annotated[PerYear, Words("Mức quên kiến thức tập huấn", "Forgetting of training")]
    """Of a person: a year's hazard of having forgotten what an e-office course taught."""
    rotation: Annotated[PerYear, Words("Mức luân chuyển người đứng đầu", "Rotation of heads")]
    """A year's hazard of a new head, whose support and caution are his or her own."""
    address_change: Annotated[PerYear, Words("Mức thay đổi địa chỉ nơi nhận", "Change of recipients' addresses")]
    """A year's hazard that what a sender learnt of a recipient's address no longer holds."""
    leader_support_share: Annotated[Share, Words("Tỷ lệ lãnh đạo ủng hộ", "Share of heads who support it")]
    """Share of agencies whose head supports working online."""
    leader_support_trained_share: Annotated[
        Share, Words("Tỷ lệ lãnh đạo ủng hộ sau khi tập huấn", "Share of heads who support it after a course")
    ]
    """The same once the head has been on a course for leaders."""
    leader_support_cio_share: Annotated[
        Share,
        Words(
            "Tỷ lệ lãnh đạo ủng hộ khi có lãnh đạo phụ trách CNTT (CIO)",
            "Share of heads who support it where a leader is in charge of IT (CIO)",
        ),
    ]
    """The same where one of the leaders answers for IT, also under later heads; never less than where none does."""
    paperless_threshold_low: Annotated[
        Share, Words("Ngưỡng thấp nhất để lãnh đạo bỏ bản giấy", "Lowest threshold at which a head drops paper")
    ]
    """Lowest share of good electronic deliveries at which a head stops parallel paper."""
    paperless_threshold_high: Annotated[
        Share, Words("Ngưỡng cao nhất để lãnh đạo bỏ bản giấy", "Highest threshold at which a head drops paper")
    ]
    paper_rule: Annotated[
        Duration, Words("Thời gian cơ quan sửa quy chế để bỏ bản giấy", "Time until an agency's own rules let paper go")
    ]
    """Mean time from an order that allows documents to go without paper to the agency's own rule that says so."""


class Baseline(Section):
    """A value that the plan reports for the start; the starting state is fitted so that reports would print it."""

    id: str
    measure: str
    scope: str = "all"
    reported: Share
    """What was reported, with the band in which rounding and doubt leave it."""
    fitted: bool = True
    """False for what the start is set to rather than fitted: `init` leaves it alone, the report shows it."""
    source: str


class ReportedCount(Section):
    """A number of things that the plan reports for the start, shown beside what the simulation starts from."""

    id: str
    measure: str
    scope: str = "all"
    reported: Count
    """What was reported, with the band in which doubt leaves it."""
    source: str
