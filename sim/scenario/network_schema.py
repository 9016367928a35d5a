"""What carries documents in a scenario: lines and faults, the post, certificates and signatures."""

from __future__ import annotations

from typing import Annotated

from sim.results.words import Words
from sim.scenario.quantity import Count, Duration, PerYear, Rate, Section, Share, Size


class RouteRates(Section):
    """One class of access line."""

    down: Annotated[Rate, Words("{within}: tốc độ tải xuống", "{within}: download rate")]
    up: Annotated[Rate, Words("{within}: tốc độ tải lên", "{within}: upload rate")]
    faults_per_year: Annotated[PerYear, Words("{within}: số sự cố mỗi năm", "{within}: faults a year")]
    repair: Annotated[Duration, Words("{within}: thời gian khắc phục sự cố", "{within}: time to repair a fault")]
    """Mean time from fault to repair, with nobody waiting at the IT desk."""
    background_share: Annotated[
        Share, Words("{within}: phần băng thông đã dùng cho việc khác", "{within}: share taken by other traffic")
    ]
    """Share of the line taken by other traffic in office hours (reserved video bandwidth)."""


class WebOffice(Section):
    """Work on the e-office that is shared over the web."""

    page: Annotated[Size, Words("Dung lượng một trang văn phòng điện tử", "Size of a page of the web e-office")]
    """Bytes that one page brings over the agency's line."""
    pages_per_hour: Annotated[
        Count, Words("Số trang một người mở trong một giờ", "Pages that a user opens in an hour of work")
    ]
    """Mean over office hours; the hours of the day differ as documents do."""
    server: Annotated[Duration, Words("Thời gian máy chủ xử lý một trang", "Server time of one page")]
    server_capacity: Annotated[Count, Words("Năng lực máy chủ dùng chung", "Places of the shared server")]
    """Pages that the shared server at the data centre works on at once."""
    patience: Annotated[Duration, Words("Thời gian một người chịu chờ một trang", "Patience with a page")]
    """Median time after which a user gives a page up and does the task on paper."""
    patience_spread: Annotated[Count, Words("Mức chênh lệch về sự kiên nhẫn", "Spread of patience")]
    """Standard deviation of the logarithm of a person's patience."""


class Network(Section):
    """The wide-area network, message service and data centre."""

    adsl: Annotated[RouteRates, Words("đường ADSL", "ADSL line")]
    ftth: Annotated[RouteRates, Words("đường cáp quang FTTH", "fibre line")]
    dedicated: Annotated[RouteRates, Words("mạng truyền số liệu chuyên dùng", "dedicated network")]
    gateway: Annotated[Duration, Words("Thời gian đóng gói tại máy gửi", "Packing time at the sender's gateway")]
    """Packing of one message at the sender's gateway, which sends one message at a time."""
    message_service: Annotated[
        Duration, Words("Thời gian trục liên thông xử lý một lượt", "Work of the message service on one message")
    ]
    """Work of the message service on one message."""
    message_service_capacity: Annotated[Count, Words("Năng lực trục liên thông", "Capacity of the message service")]
    poll_interval: Annotated[
        Duration, Words("Chu kỳ hệ thống nhận văn bản về", "Interval at which a receiver asks for messages")
    ]
    """A receiver's e-office asks the message service for new messages at this interval."""
    web: Annotated[WebOffice, Words("văn phòng điện tử dùng chung qua web", "web e-office")]
    give_up: Annotated[
        Duration, Words("Mất kết nối bao lâu thì chuyển gửi giấy", "Outage after which a clerk sends paper")
    ]
    """A line or data centre down longer than this is no longer waited for; what is urgent does not wait."""
    retry_limit: Annotated[Count, Words("Số lần gửi lại tối đa", "Attempts before paper")]
    """Attempts after which an electronic delivery is given up and sent on paper."""
    datacentre_faults_per_year: Annotated[
        PerYear, Words("Số sự cố trung tâm dữ liệu mỗi năm", "Data-centre faults a year")
    ]
    datacentre_repair: Annotated[
        Duration, Words("Thời gian khắc phục sự cố trung tâm dữ liệu", "Time to repair the data centre")
    ]
    backup_effect: Annotated[
        Share, Words("Phần thời gian khắc phục mà sao lưu rút ngắn", "Part of a data-centre repair that back-up saves")
    ]
    """Part of the hours of a data-centre fault that back-up storage saves, once bought."""
    datacentre_redundancy_share: Annotated[
        Share, Words("Tỷ lệ sự cố mà hệ thống dự phòng khắc phục", "Faults bridged by redundancy")
    ]
    """Share of data-centre faults that redundancy bridges, once bought."""
    second_line_share: Annotated[
        Share, Words("Tỷ lệ sự cố mà đường truyền thứ hai khắc phục", "Line faults that a second line bridges")
    ]
    """Share of the faults of an agency's line during which a line of another provider, once bought, works."""
    power_faults_per_year: Annotated[PerYear, Words("Số lần mất điện mỗi năm", "Power cuts a year")]
    """Power cuts per site and year that fall in office hours."""
    power_repair: Annotated[Duration, Words("Thời gian một lần mất điện", "Length of a power cut")]
    ups_share: Annotated[
        Share, Words("Tỷ lệ cơ quan có nguồn điện dự phòng (UPS)", "Share of sites with a UPS on their line")
    ]
    """Share of sites whose line stays up through a power cut."""
    malware_per_year: Annotated[
        PerYear, Words("Số sự cố mã độc mỗi cơ quan mỗi năm", "Malware incidents per agency and year")
    ]
    """Incidents per agency and year that stop its gateway until it is cleaned."""
    malware_cleaning: Annotated[Duration, Words("Thời gian xử lý một sự cố mã độc", "Work to clean one incident")]
    """Work of the provincial IT desk on one incident."""
    security_effect: Annotated[
        Share, Words("Tỷ lệ mã độc mà thiết bị an toàn chặn được", "Incidents kept away by security equipment")
    ]
    """Part of the incidents that security equipment keeps away from an agency that has it."""
    drill_effect: Annotated[
        Share, Words("Phần thời gian xử lý mã độc giảm nhờ diễn tập", "Part of an incident's cleaning saved by a drill")
    ]
    """Part of the work on a malware incident that is saved within a year of an incident drill of the province."""
    desk_staff: Annotated[Count, Words("Số cán bộ hỗ trợ kỹ thuật của tỉnh", "Staff of the provincial IT desk")]
    """People at the provincial IT desk who visit agencies without IT staff of their own."""
    desk_visit: Annotated[Duration, Words("Thời gian một lần đến cơ quan hỗ trợ", "One visit of the IT desk")]
    """One visit, journey included."""
    course_effect: Annotated[
        Share, Words("Phần thời gian giảm nhờ tập huấn chuyên sâu", "Part of a visit saved by a course")
    ]
    """Part of the visit that is saved once the desk has been on a specialised course."""


class Post(Section):
    """Paper between agencies."""

    mail_runs: Annotated[
        tuple[str, ...], Words("Giờ bưu điện lấy công văn trong ngày", "Hours at which the post is collected")
    ]
    """Hours at which the post is collected on a working day, as `HH:MM`."""
    local: Annotated[Duration, Words("Thời gian bưu chính trong thành phố tỉnh lỵ", "Post within the provincial town")]
    """Between provincial agencies, which sit in one town."""
    district: Annotated[Duration, Words("Thời gian bưu chính đến huyện", "Post to a district")]
    commune: Annotated[Duration, Words("Thời gian bưu chính đến xã", "Post to a commune")]
    outside: Annotated[Duration, Words("Thời gian bưu chính ra ngoài tỉnh", "Post outside the province")]
    spread: Annotated[Count, Words("Mức chênh lệch thời gian bưu chính", "Spread of postal times")]
    """Standard deviation of the logarithm of the transit time."""


class Signatures(Section):
    """Certificate state: who can sign since when."""

    personal_at_start: Annotated[Count, Words("Chứng thư số cá nhân lúc đầu", "Personal certificates at the start")]
    """Personal certificates in use at the start, given to leaders from the provincial Office downwards."""
    organisation_at_start: Annotated[
        Count, Words("Cơ quan có chứng thư số lúc đầu", "Agencies with a certificate at start")
    ]
    """Agencies with an organisation certificate at the start."""
    lead_time: Annotated[Duration, Words("Thời gian chờ cấp chứng thư số", "Time from money to token in hand")]
    """From money spent to token in hand."""
    churn: Annotated[Share, Words("Tỷ lệ chứng thư số mất hiệu lực mỗi năm", "Certificates that lapse a year")]
    """Certificates that lapse a year through postings, retirement and lost tokens."""
    life: Annotated[Duration, Words("Thời hạn chứng thư số", "Life of a certificate")]
    renew_ahead: Annotated[
        Duration, Words("Xin gia hạn chứng thư số trước khi hết hạn", "How early a renewal is asked for")
    ]
    """How long before its end a certificate is asked for anew."""
    desk_staff: Annotated[Count, Words("Số cán bộ phụ trách chứng thư số của tỉnh", "People of the certificate desk")]
    """People of the province who install tokens, train holders and unlock PINs."""
    desk_work: Annotated[
        Duration, Words("Thời gian cài đặt, hướng dẫn một người", "Work to install a token and train its holder")
    ]
    """Their time for one of these."""
    revocation: Annotated[
        Duration, Words("Thời gian thu hồi chứng thư số cũ", "Time until an old certificate is revoked")
    ]
    """From a posting or a loss until the old certificate is revoked."""
    pin_lock_share: Annotated[
        Share, Words("Tỷ lệ thiết bị ký bị khóa mã PIN mỗi năm", "Tokens with a locked PIN a year")
    ]
    """Tokens whose PIN is locked by wrong entries, a year."""
    old_token_share: Annotated[
        Share, Words("Lãnh đạo đổi chức danh vẫn ký bằng chứng thư cũ", "Posted leaders who use the old token on")
    ]
    """Posted leaders who go on signing with the token of their former title until the new one comes."""
    foreign_share: Annotated[
        Share, Words("Cơ quan dùng chứng thư của tổ chức khác", "Agencies with another authority's certificate")
    ]
    """Agencies' certificates at the start that are of another authority than the Government's."""
    changed_share: Annotated[
        Share, Words("Văn bản bị sửa tệp sau khi lãnh đạo ký", "Files changed after the leader signed")
    ]
    """Digitally signed documents whose file is changed after the leader signed, as by stamping the number in."""
    unsealed_share: Annotated[Share, Words("Văn bản quên ký số của cơ quan", "Organisation's signature forgotten")]
    """Digitally signed documents that the registry forgets to sign for the organisation."""
    unstamped_share: Annotated[
        Share, Words("Văn bản ký số thiếu dấu thời gian", "Signed documents without a time stamp")
    ]
    """Signed documents without a time stamp, the service not having answered."""
    verify: Annotated[Duration, Words("Thời gian máy kiểm tra một chữ ký", "Machine time of a verification")]
    """Machine time of one verification."""
    hard_fail_share: Annotated[
        Share, Words("Cơ quan từ chối khi không kiểm tra được", "Agencies that refuse what cannot be verified")
    ]
    """Agencies that refuse what cannot be verified for want of a list of revoked certificates."""
    list_interval: Annotated[
        Duration, Words("Chu kỳ công bố danh sách thu hồi", "Interval of the lists of revoked certificates")
    ]
    """Between two publications of that list."""
    list_grace: Annotated[Duration, Words("Thời gian danh sách thu hồi còn dùng được", "Time a list still counts")]
    """How long after the next publication was due a list still counts."""
    list_size: Annotated[Size, Words("Dung lượng danh sách thu hồi", "Size of a list of revoked certificates")]
    list_faults_per_year: Annotated[
        PerYear,
        Words("Số lần không truy cập được danh sách thu hồi mỗi năm", "Times a year the lists cannot be reached"),
    ]
    """Times a year that the publisher cannot be reached."""
    list_repair: Annotated[
        Duration, Words("Thời gian khôi phục nơi công bố danh sách", "Time until the lists can be reached again")
    ]
