"""The titles of the parameters that have one of their own, by key, in Vietnamese and English."""

from __future__ import annotations

from sim.report.dossier_titles import DOSSIERS
from sim.results.words import Words

_VOLUMES = {
    "office_incoming": Words("Văn bản đến Văn phòng UBND tỉnh mỗi năm", "Documents a year to the provincial Office"),
    "office_outgoing": Words("Văn bản đi của Văn phòng UBND tỉnh mỗi năm", "Documents a year from the Office"),
    "department_incoming": Words("Văn bản đến một sở mỗi năm", "Documents a year to a department"),
    "department_outgoing": Words("Văn bản đi của một sở mỗi năm", "Documents a year from a department"),
    "department_spread": Words("Mức chênh lệch số văn bản giữa các sở", "How unequal departments' volumes are"),
    "district_incoming": Words("Văn bản đến UBND một huyện mỗi năm", "Documents a year to a district committee"),
    "district_outgoing": Words("Văn bản đi của UBND một huyện mỗi năm", "Documents a year from a district committee"),
    "room_incoming": Words("Văn bản đến một phòng chuyên môn cấp huyện mỗi năm", "Documents a year to a district room"),
    "room_outgoing": Words("Văn bản đi của một phòng chuyên môn mỗi năm", "Documents a year from a district room"),
    "room_internal_share": Words(
        "Tỷ lệ văn bản của phòng chỉ dùng trong huyện", "Share of a room's papers kept inside"
    ),
    "commune_incoming": Words("Văn bản đến một xã mỗi năm", "Documents a year to a commune"),
    "commune_outgoing": Words("Văn bản đi của một xã mỗi năm", "Documents a year from a commune"),
    "commune_spread": Words("Mức chênh lệch số văn bản giữa các xã", "How unequal communes' volumes are"),
    "growth": Words("Mức tăng số văn bản mỗi năm", "Growth of volumes a year"),
    "from_outside_share": Words("Tỷ lệ văn bản đến từ ngoài tỉnh", "Share received from outside the province"),
    "to_outside_share": Words("Tỷ lệ văn bản gửi ra ngoài tỉnh", "Share sent outside the province"),
    "fanout_office": Words("Số nơi nhận một văn bản của Văn phòng", "Recipients of one document of the Office"),
    "fanout_department": Words("Số nơi nhận một văn bản của sở", "Recipients of one document of a department"),
    "fanout_district": Words("Số nơi nhận một văn bản của huyện", "Recipients of one document of a district"),
    "fanout_commune": Words("Số nơi nhận một văn bản của xã", "Recipients of one document of a commune"),
    "few_share": Words("Tỷ lệ văn bản nhiều nơi nhận chỉ gửi vài nơi", "Share of circulars that go to a few only"),
    "reply_share": Words("Tỷ lệ văn bản đi là văn bản trả lời", "Share of outgoing documents that are replies"),
    "relay_share": Words("Tỷ lệ văn bản huyện sao chuyển đến xã", "Share of district documents passed on to communes"),
    "internal_share": Words("Số văn bản nội bộ trên mỗi văn bản đi", "Internal papers per outgoing document"),
}
_DOCUMENTS = {
    "urgent_share": Words("Tỷ lệ văn bản khẩn", "Share of urgent documents"),
    "very_urgent_share": Words("Tỷ lệ văn bản thượng khẩn", "Share of very urgent documents"),
    "flash_share": Words("Tỷ lệ văn bản hỏa tốc", "Share of flash documents"),
    "secret_share": Words("Tỷ lệ văn bản mật", "Share of secret documents"),
    "never_electronic_share": Words("Tỷ lệ hồ sơ không được gửi điện tử", "Share of files that are never electronic"),
    "pages_mean": Words("Số trang trung bình của văn bản", "Mean pages of a document"),
    "scan_size_median": Words("Dung lượng bản quét, trung vị", "Size of a scan, median"),
    "born_digital_size_median": Words("Dung lượng bản soạn trên máy, trung vị", "Size of a born-digital file, median"),
    "size_spread": Words("Mức chênh lệch dung lượng", "Spread of sizes"),
    "transport_overhead": Words("Mức tăng dung lượng khi đóng gói gửi đi", "Growth of a file when packed for sending"),
    "mailbox_limit": Words("Dung lượng hộp thư công vụ", "Room in an official mailbox"),
    "message_limit": Words("Dung lượng lớn nhất của một lượt gửi", "Largest message accepted"),
    "wrong_address_share": Words("Tỷ lệ lượt gửi đầu tiên sai địa chỉ", "Chance that a first delivery is misaddressed"),
    "missing_file_share": Words("Tỷ lệ lượt gửi thiếu tệp", "Chance that a delivery lacks a readable file"),
}
_PEOPLE = {
    "service_spread": Words("Mức chênh lệch thời gian làm một việc", "Spread of service times"),
    "draft": Words("Thời gian soạn thảo một văn bản", "Time to draft a document"),
    "review": Words("Thời gian kiểm tra, soát xét", "Time to review a draft"),
    "sign_wet": Words("Thời gian đọc và ký giấy", "Time to read and sign in ink"),
    "sign_digital": Words("Thời gian đọc và ký số", "Time to read and sign with a token"),
    "issue": Words("Thời gian cấp số, đóng dấu, phát hành", "Time to number, seal and issue"),
    "scan": Words("Thời gian quét một văn bản", "Time to scan a document"),
    "send_electronic": Words("Thời gian gửi điện tử một văn bản", "Time to send one message"),
    "print_copy": Words("Thời gian sao in, vào phong bì một bản", "Time to copy and envelope one copy"),
    "register_electronic": Words("Thời gian tiếp nhận văn bản điện tử", "Time to register an electronic document"),
    "register_paper": Words("Thời gian tiếp nhận văn bản giấy", "Time to register a paper document"),
    "file_duplicate": Words("Thời gian đối chiếu bản trùng", "Time to match and file a second copy"),
    "correct_refused": Words("Thời gian sửa văn bản bị từ chối", "Time to put a refused delivery right"),
    "annotate": Words("Thời gian lãnh đạo ghi ý kiến phân công", "Time for a leader's note"),
    "handle": Words("Thời gian chuyên viên xử lý văn bản đến", "Time for an officer to handle a document"),
    "duty_call": Words("Thời gian gọi người trực ngoài giờ", "Time until the person on duty is there"),
    "officer_document_share": Words("Phần thời gian chuyên viên dành cho văn bản", "Officers' time free for documents"),
    "room_clerk_share": Words("Phần việc văn thư tại một phòng cấp huyện", "Part of a post for a room's register"),
    "clerks_added": Words("Số văn thư bổ sung", "Clerk posts added"),
    "staff_cut_share": Words("Tỷ lệ biên chế bị cắt giảm", "Share of officers' posts cut"),
    "leader_absence_share": Words("Tỷ lệ ngày lãnh đạo đi vắng", "Share of days a leader is away"),
    "leader_absence_days": Words("Số ngày một lần lãnh đạo đi vắng", "Days of one absence of a leader"),
}
_NETWORK = {
    "gateway": Words("Thời gian đóng gói tại máy gửi", "Packing time at the sender's gateway"),
    "message_service": Words("Thời gian trục liên thông xử lý một lượt", "Work of the message service on one message"),
    "message_service_capacity": Words("Năng lực trục liên thông", "Capacity of the message service"),
    "poll_interval": Words("Chu kỳ hệ thống nhận văn bản về", "Interval at which a receiver asks for messages"),
    "retry_limit": Words("Số lần gửi lại tối đa", "Attempts before paper"),
    "datacentre_faults_per_year": Words("Số sự cố trung tâm dữ liệu mỗi năm", "Data-centre faults a year"),
    "datacentre_repair": Words("Thời gian khắc phục sự cố trung tâm dữ liệu", "Time to repair the data centre"),
    "datacentre_redundancy_share": Words("Tỷ lệ sự cố mà hệ thống dự phòng khắc phục", "Faults bridged by redundancy"),
    "power_faults_per_year": Words("Số lần mất điện mỗi năm", "Power cuts a year"),
    "power_repair": Words("Thời gian một lần mất điện", "Length of a power cut"),
    "ups_share": Words("Tỷ lệ cơ quan có nguồn điện dự phòng (UPS)", "Share of sites with a UPS on their line"),
    "malware_per_year": Words("Số sự cố mã độc mỗi cơ quan mỗi năm", "Malware incidents per agency and year"),
    "malware_cleaning": Words("Thời gian xử lý một sự cố mã độc", "Work to clean one incident"),
    "security_effect": Words("Tỷ lệ mã độc mà thiết bị an toàn chặn được", "Incidents kept away by security equipment"),
    "desk_staff": Words("Số cán bộ hỗ trợ kỹ thuật của tỉnh", "Staff of the provincial IT desk"),
    "desk_visit": Words("Thời gian một lần đến cơ quan hỗ trợ", "One visit of the IT desk"),
    "course_effect": Words("Phần thời gian giảm nhờ tập huấn chuyên sâu", "Part of a visit saved by a course"),
}
_OTHERS = {
    "horizon.warm_up": Words("Thời gian chạy đà trước kỳ mô phỏng", "Warm-up before the horizon"),
    "post.local": Words("Thời gian bưu chính trong thành phố tỉnh lỵ", "Post within the provincial town"),
    "post.district": Words("Thời gian bưu chính đến huyện", "Post to a district"),
    "post.commune": Words("Thời gian bưu chính đến xã", "Post to a commune"),
    "post.outside": Words("Thời gian bưu chính ra ngoài tỉnh", "Post outside the province"),
    "post.spread": Words("Mức chênh lệch thời gian bưu chính", "Spread of postal times"),
    "signatures.personal_at_start": Words("Chứng thư số cá nhân lúc đầu", "Personal certificates at the start"),
    "signatures.organisation_at_start": Words(
        "Cơ quan có chứng thư số lúc đầu", "Agencies with a certificate at start"
    ),
    "signatures.lead_time": Words("Thời gian chờ cấp chứng thư số", "Time from money to token in hand"),
    "signatures.churn": Words("Tỷ lệ chứng thư số mất hiệu lực mỗi năm", "Certificates that lapse a year"),
    "signatures.life": Words("Thời hạn chứng thư số", "Life of a certificate"),
    "signatures.renew_ahead": Words("Xin gia hạn chứng thư số trước khi hết hạn", "How early a renewal is asked for"),
    "signatures.desk_staff": Words("Số người lo chứng thư số của tỉnh", "People of the certificate desk"),
    "signatures.desk_work": Words(
        "Thời gian cài đặt, hướng dẫn một người", "Work to install a token and train its holder"
    ),
    "signatures.revocation": Words("Thời gian thu hồi chứng thư số cũ", "Time until an old certificate is revoked"),
    "signatures.pin_lock_share": Words("Tỷ lệ thiết bị ký bị khóa mã PIN mỗi năm", "Tokens with a locked PIN a year"),
    "signatures.old_token_share": Words(
        "Lãnh đạo đổi chức danh vẫn ký bằng chứng thư cũ", "Posted leaders who use the old token on"
    ),
    "signatures.foreign_share": Words(
        "Cơ quan dùng chứng thư của tổ chức khác", "Agencies with another authority's certificate"
    ),
    "signatures.changed_share": Words(
        "Văn bản bị sửa tệp sau khi lãnh đạo ký", "Files changed after the leader signed"
    ),
    "signatures.unsealed_share": Words("Văn bản quên ký số của cơ quan", "Organisation's signature forgotten"),
    "signatures.unstamped_share": Words("Văn bản ký số thiếu dấu thời gian", "Signed documents without a time stamp"),
    "signatures.verify": Words("Thời gian máy kiểm tra một chữ ký", "Machine time of a verification"),
    "signatures.hard_fail_share": Words(
        "Cơ quan từ chối khi không kiểm tra được", "Agencies that refuse what cannot be verified"
    ),
    "signatures.list_interval": Words(
        "Chu kỳ công bố danh sách thu hồi", "Interval of the lists of revoked certificates"
    ),
    "signatures.list_grace": Words("Thời gian danh sách thu hồi còn dùng được", "Time a list still counts"),
    "signatures.list_size": Words("Dung lượng danh sách thu hồi", "Size of a list of revoked certificates"),
    "signatures.list_faults_per_year": Words(
        "Số lần không truy cập được danh sách thu hồi mỗi năm", "Times a year the lists cannot be reached"
    ),
    "signatures.list_repair": Words(
        "Thời gian khôi phục nơi công bố danh sách", "Time until the lists can be reached again"
    ),
    "start.installed_unused_share": Words(
        "Tỷ lệ cơ quan đã cài đặt nhưng không dùng lúc đầu", "Agencies with e-office unused at the start"
    ),
    "start.registry_only_share": Words(
        "Tỷ lệ cơ quan chỉ dùng ở văn thư lúc đầu", "Agencies using it at the registry only at the start"
    ),
    "start.draft_sign_share": Words("Tỷ lệ cơ quan soạn thảo, ký số lúc đầu", "Agencies drafting and signing at start"),
    "start.user_share": Words("Tỷ lệ người làm việc trên văn phòng điện tử lúc đầu", "Staff in e-office at the start"),
    "start.email_user_share": Words("Tỷ lệ người dùng thư công vụ lúc đầu", "Users of official mail at the start"),
    "start.trained_share": Words("Tỷ lệ người đã tập huấn lúc đầu", "Staff trained at the start"),
    "start.commune_mail_share": Words("Tỷ lệ xã đọc thư công vụ lúc đầu", "Communes reading official mail at start"),
    "equipment.pc_share": Words(
        "Tỷ lệ người có máy tính lúc đầu, cấp tỉnh và cấp huyện", "Staff with a computer at start, district and up"
    ),
    "equipment.commune_pc_share": Words("Tỷ lệ người có máy tính lúc đầu, cấp xã", "Commune staff with a computer"),
    "equipment.website_share": Words("Tỷ lệ sở, huyện có trang thông tin lúc đầu", "Agencies with a website at start"),
    "equipment.video_share": Words("Tỷ lệ huyện có phòng họp trực tuyến lúc đầu", "Districts with video at start"),
    "adoption.base": Words("Mức tự bắt đầu sử dụng", "Take-up without any push"),
    "adoption.push_training": Words("Tác động của tập huấn", "Push from training"),
    "adoption.push_leader": Words("Tác động của lãnh đạo ủng hộ", "Push from a leader's support"),
    "adoption.push_mandate": Words("Tác động của chỉ thị bắt buộc", "Push from an order"),
    "adoption.push_measured": Words("Tác động thêm khi có đo, xếp hạng", "Added push when use is measured and ranked"),
    "adoption.imitation": Words("Mức làm theo đồng nghiệp và nơi giao dịch", "Imitation of colleagues and partners"),
    "adoption.colleague_weight": Words("Trọng số của đồng nghiệp khi làm theo", "Weight of colleagues in imitation"),
    "adoption.lapse": Words("Mức bỏ dùng khi trải nghiệm xấu", "Giving up after bad experience"),
    "adoption.installed_to_registry": Words(
        "Tốc độ cơ quan bắt đầu dùng ở văn thư", "Rate of starting at the registry"
    ),
    "adoption.regulation": Words(
        "Tốc độ lãnh đạo ban hành quy chế sử dụng", "Rate at which leaders issue rules of use"
    ),
    "adoption.leader_support_share": Words("Tỷ lệ lãnh đạo ủng hộ", "Share of heads who support it"),
    "adoption.leader_support_trained_share": Words(
        "Tỷ lệ lãnh đạo ủng hộ sau khi tập huấn", "Share of heads who support it after a course"
    ),
    "adoption.paperless_threshold_low": Words(
        "Ngưỡng thấp nhất để lãnh đạo bỏ bản giấy", "Lowest threshold at which a head drops paper"
    ),
    "adoption.paperless_threshold_high": Words(
        "Ngưỡng cao nhất để lãnh đạo bỏ bản giấy", "Highest threshold at which a head drops paper"
    ),
    "budget.approval_month": Words("Tháng phê duyệt kinh phí hằng năm", "Month in which the year's money is settled"),
    "budget.central_reliability": Words(
        "Khả năng vốn Trung ương về đúng kế hoạch", "Chance that central money arrives"
    ),
    "budget.provincial_reliability": Words(
        "Khả năng vốn tỉnh về đúng kế hoạch", "Chance that provincial money arrives"
    ),
    "budget.procurement": Words("Thời gian mua sắm, đấu thầu", "Time from money to contract"),
    "budget.sites_per_month": Words("Số điểm một đội triển khai mỗi tháng", "Sites one team equips a month"),
    "budget.slip_share": Words("Khả năng một hạng mục chậm sang năm sau", "Chance that an order slips a year"),
    "budget.stop_share": Words("Khả năng một hạng mục bị dừng", "Chance that an order is stopped"),
    "budget.web_service_odds": Words(
        "Khả năng xã dùng văn phòng điện tử chung qua web", "Chance of e-office as a shared web service"
    ),
    "reporting.optimism": Words("Mức số báo cáo cao hơn thực tế", "By how much agencies' reports flatter"),
    "reporting.inspected_share": Words("Tỷ lệ cơ quan được kiểm tra hằng năm", "Share of agencies inspected a year"),
    "run.required_probability": Words("Xác suất yêu cầu để coi là đạt được", "Probability required for “reachable”"),
}

PARAMETERS: dict[str, Words] = {
    **{f"volumes.{name}": words for name, words in _VOLUMES.items()},
    **{f"documents.{name}": words for name, words in _DOCUMENTS.items()},
    **{f"people.{name}": words for name, words in _PEOPLE.items()},
    **{f"network.{name}": words for name, words in _NETWORK.items()},
    **_OTHERS,
    **DOSSIERS,
}
