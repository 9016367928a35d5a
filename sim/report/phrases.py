"""The sentences, headings and column names shared by the pages, the figures and the terminal, in both languages."""

from __future__ import annotations

from sim.results.words import Lang, Words

HEADINGS: dict[str, Words] = {
    "report": Words("Báo cáo mô phỏng liên thông văn bản điện tử", "Electronic document exchange: simulation report"),
    "headlines": Words("Bốn con số chính", "Four headline numbers"),
    "pictures": Words("Hình", "Pictures"),
    "reasons": Words("Khó khăn, vướng mắc", "What stands in the way"),
    "remedies": Words("Điều gì giúp đạt chỉ tiêu", "What would help"),
    "remedy_table": Words("Từng phương án: tác dụng và chi phí", "Each option: effect and cost"),
    "verdicts": Words("Từng chỉ tiêu theo từng cách tính", "Each target under every reading"),
    "by_year": Words("Từng chỉ tiêu theo năm", "Each target by year"),
    "tiles": Words("Ở đâu, khi nào", "Where and when"),
    "causes": Words("Nguyên nhân", "Causes"),
    "money": Words("Kinh phí", "Money"),
    "milestones": Words("Các mốc hoàn thành của kế hoạch", "Milestones of the plan"),
    "dossiers": Words("Hồ sơ một cửa", "One-stop dossiers"),
    "dossier_years": Words("Theo năm và cấp nhận hồ sơ", "By year and tier of intake"),
    "dossier_checks": Words("Đối chiếu với số liệu công bố của tỉnh khác", "Beside what other provinces published"),
    "certificates": Words("Chứng thư số và chữ ký số", "Certificates and signatures"),
    "saturation": Words("Bộ phận quá tải", "Overloaded posts"),
    "baselines": Words("Mức xuất phát: số báo cáo và số mô phỏng", "Where it starts: reported and simulated"),
    "sharpened": Words("Chỉ tiêu, thêm các lần mô phỏng thưa", "Targets with the thinned draws"),
    "hindcast": Words("Mô phỏng và số đã được báo cáo", "Predicted and reported"),
    "conclusion": Words("Kết luận", "In conclusion"),
    "appendix": Words("Phụ lục", "Appendix"),
    "details": Words("Danh mục kèm theo kết luận", "Lists that go with the conclusion"),
    "alternatives": Words("Kết luận theo từng phương án còn để ngỏ", "Verdicts by alternatives that are open"),
    "more_pictures": Words("Hình bổ sung", "Further pictures"),
    "money_lines": Words("Kinh phí theo nội dung và nguồn vốn", "Money by item and source"),
    "orders": Words("Chỉ đạo có hiệu lực, đánh số trên hình", "Orders in force, numbered in the pictures"),
    "assumed": Words("Tham số giả định", "Assumed parameters"),
    "reading_guide": Words("Cách đọc báo cáo", "How to read this report"),
    "notes": Words("Ghi chú của lần chạy", "Notes of this run"),
    "run": Words("Thông tin lần chạy", "About this run"),
}

COLUMNS: dict[str, Words] = {
    "target": Words("Chỉ tiêu", "Target"),
    "threshold": Words("Ngưỡng", "Threshold"),
    "due": Words("Thời hạn", "Due"),
    "scope": Words("Phạm vi", "Scope"),
    "measure": Words("Chỉ số đo", "Measure"),
    "reading": Words("Cách tính", "Reading"),
    "value": Words("Kết quả: trung vị (khoảng 5–95%)", "Result: median (5–95% range)"),
    "chance": Words("Số lần đạt (khoảng tin cậy)", "Times reached (confidence interval)"),
    "times_reached": Words("Số lần đạt", "Times reached"),
    "first_reached": Words("Đạt từ", "Reached from"),
    "first_month": Words("Đạt từ (xét từng tháng)", "Reached from (by month)"),
    "verdict": Words("Kết luận", "Verdict"),
    "source": Words("Nguồn vốn", "Source of money"),
    "line": Words("Nội dung", "Item"),
    "planned": Words("Kế hoạch", "Planned"),
    "arrived": Words("Được bố trí", "Arrived"),
    "committed": Words("Cam kết chi", "Committed"),
    "spent": Words("Đã giải ngân", "Spent"),
    "under_way": Words("Đang thực hiện", "Under way"),
    "not_arrived": Words("Không được bố trí", "Did not arrive"),
    "returned": Words("Chưa cam kết khi hết kỳ", "Uncommitted at the end"),
    "reported_start": Words("Số báo cáo (khoảng)", "Reported (band)"),
    "simulated_start": Words("Số mô phỏng (khoảng 5–95%)", "Simulated (5–95% range)"),
    "quantity": Words("Đại lượng", "Quantity"),
    "per_inhabitant": Words("Trên đầu người", "Per inhabitant"),
    "place": Words("Nơi công bố", "Place"),
    "period": Words("Giai đoạn", "Period"),
    "published": Words("Số công bố", "Published"),
    "published_low": Words("Số công bố, cận dưới", "Published, low"),
    "published_high": Words("Số công bố, cận trên", "Published, high"),
    "simulated": Words("Mô phỏng: trung vị (khoảng 5–95%)", "Simulated: median (5–95% range)"),
    "difference": Words("Khác nhau", "Difference"),
    "relation": Words("So với số công bố", "Against the published figure"),
    "derived_parameter": Words("Tham số suy ra từ số này", "Parameter derived from it"),
    "confidence": Words("Độ tin cậy của số công bố", "Confidence in the published figure"),
    "in_band": Words("Nằm trong khoảng báo cáo", "Inside the reported band"),
    "state": Words("Tình trạng", "State"),
    "delivered": Words("Đã bàn giao đến hạn (khoảng 5–95%)", "Delivered by the due date (5–95% range)"),
    "what_stops_it": Words("Khó khăn, vướng mắc", "What stops it"),
    "largest_in": Words("Số lần là vướng mắc lớn nhất", "Times the largest obstacle"),
    "missed": Words("Số lần không đạt", "Times missed"),
    "rank_correlation": Words("Tương quan hạng", "Rank correlation"),
    "noticeable": Words("Vượt mức ngẫu nhiên", "Beyond chance"),
    "parameters_share": Words("Phần do tham số", "Share of parameters"),
    "luck_share": Words("Phần do yếu tố ngẫu nhiên", "Share of luck"),
    "luck_low": Words("Phần do yếu tố ngẫu nhiên, cận dưới 95%", "Share of luck, lower end, 95%"),
    "luck_high": Words("Phần do yếu tố ngẫu nhiên, cận trên 95%", "Share of luck, upper end, 95%"),
    "mandate": Words("Văn bản chỉ đạo", "Order"),
    "in_force_from": Words("Có hiệu lực từ", "In force from"),
    "measured_from": Words("Đo lường, xếp hạng từ", "Measured and ranked from"),
    "median": Words("Trung vị", "Median"),
    "p05": Words("Mốc 5%", "5% point"),
    "p25": Words("Mốc 25%", "25% point"),
    "p75": Words("Mốc 75%", "75% point"),
    "p95": Words("Mốc 95%", "95% point"),
    "p_reached": Words("Tỷ lệ lần mô phỏng đạt", "Share of simulations that reach it"),
    "p_low": Words("Cận dưới của xác suất đạt", "Probability, lower bound"),
    "p_high": Words("Cận trên của xác suất đạt", "Probability, upper bound"),
    "month": Words("Tháng (ngày cuối)", "Month (last day)"),
    "version": Words("Số liệu", "Version"),
    "cause_group": Words("Nhóm nguyên nhân", "Group of causes"),
    "cause": Words("Nguyên nhân", "Cause"),
    "agency": Words("Cơ quan", "Agency"),
    "tier": Words("Cấp", "Tier"),
    "district": Words("Huyện", "District"),
    "level": Words("Mức sử dụng văn phòng điện tử (0–4)", "Level of e-office use (0–4)"),
    "user_share": Words("Tỷ lệ người dùng", "Share of staff who use it"),
    "electronic_share": Words("Tỷ lệ lượt gửi điện tử", "Share of deliveries sent electronically"),
    "registry_utilisation": Words("Mức bận của văn thư", "Registry time in use"),
    "description": Words("Nội dung tham số", "What it is"),
    "low": Words("Thấp", "Low"),
    "high": Words("Cao", "High"),
    "reported_value": Words("Số báo cáo", "Reported"),
    "reported_low": Words("Số báo cáo, cận dưới", "Reported, low"),
    "reported_high": Words("Số báo cáo, cận trên", "Reported, high"),
    "reason": Words("Lý do", "Reason"),
    "total": Words("Tổng cộng", "Total"),
    "value_origin": Words("Giá trị có từ đâu", "Where the value comes from"),
    "share_mean": Words("Tỷ trọng bình quân", "Mean share"),
    "share_p05": Words("Tỷ trọng, mốc 5%", "Share, 5% point"),
    "share_p95": Words("Tỷ trọng, mốc 95%", "Share, 95% point"),
    "entry": Words("Khoản", "Entry"),
    "station": Words("Bộ phận", "Post"),
    "utilisation": Words("Mức bận: trung vị (khoảng 5–95%)", "Busy time: median (5–95% range)"),
    "saturated_in": Words("Số lần bận trên 95%", "Simulations above 95%"),
    "year": Words("Năm", "Year"),
    "key": Words("Tham số", "Parameter"),
    "parameter_value": Words("Giá trị", "Value"),
    "range": Words("Thấp – cao", "Low – high"),
    "unit": Words("Đơn vị", "Unit"),
    "kind": Words("Phân bố", "Distribution"),
    "basis": Words("Căn cứ", "Basis"),
    "origin": Words("Nguồn", "Source"),
    "published_in": Words("Nguồn công bố", "Published in"),
}

RUN_FACTS: dict[str, Words] = {
    "scenario": Words("Kịch bản", "Scenario"),
    "horizon": Words("Giai đoạn", "Period"),
    "replications": Words("Số lần mô phỏng", "Simulations"),
    "options": Words("Phương án", "Options"),
    "future": Words("Bối cảnh tương lai", "Future"),
    "adoption": Words("Cách triển khai sử dụng", "Adoption"),
    "set": Words("Giả định đã thay đổi", "Changed assumptions"),
    "seed": Words("Số khởi tạo ngẫu nhiên", "Seed"),
    "model_version": Words("Phiên bản mô hình", "Model version"),
    "scenario_hash": Words("Mã băm kịch bản", "Scenario hash"),
    "engine": Words("Bộ lập lịch", "Scheduler"),
    "code": Words("Mã lần chạy", "Run"),
    "again": Words("Chạy lại bằng lệnh", "To run the same again"),
}

ENGINES: dict[str, Words] = {
    "compiled": Words("bản biên dịch", "compiled"),
    "simpy": Words("bản đối chứng (SimPy)", "reference (SimPy)"),
}

SENTENCES: dict[str, Words] = {
    "first_answer": Words(
        "Kết quả sơ bộ ({n} lần mô phỏng), chỉ để định hướng; khi đưa vào báo cáo, tờ trình gửi cơ quan khác "
        "cần chạy từ {enough} lần mô phỏng trở lên.",
        "First answer ({n} simulations): for orientation. A paper that leaves the office needs {enough} or more.",
    ),
    "office_paper": Words(
        "Kết quả từ {n} lần mô phỏng, đủ để đưa vào văn bản gửi ra ngoài cơ quan.",
        "Result of {n} simulations, enough for a paper that leaves the office.",
    ),
    "incomplete": Words(
        "CHƯA ĐẦY ĐỦ: mới xong {done} trong {asked} lần mô phỏng được yêu cầu.",
        "INCOMPLETE: {done} of the {asked} simulations asked for are done.",
    ),
    "failed": Words(
        "{failed} lần mô phỏng bị lỗi và không được tính vào kết quả.",
        "{failed} simulations failed and are not part of the result.",
    ),
    "shared_draws": Words(
        "Khoảng tin cậy, kết luận và số lần cần chạy thêm đã tính đến việc nhiều lần mô phỏng chung một lần rút đã "
        "hiệu chỉnh: chạy quá số lần rút như nhau ấy hầu như chỉ bớt ngẫu nhiên, không rõ thêm điều chưa biết.",
        "Intervals, verdicts and how many more would tell allow for simulations that share a calibrated draw: beyond "
        "so many equal draws luck averages out further, but what is unknown does not.",
    ),
    "runs_shown": Words("{done} trong {asked} lần yêu cầu", "{done} of {asked} asked for"),
    "assumed_count": Words(
        "Kết quả dựa trên {assumed} tham số giả định trong tổng số {total} tham số.",
        "The results rest on {assumed} assumed parameters out of {total}.",
    ),
    "dossiers_filed": Words("Hồ sơ nộp", "Filed"),
    "no_data": Words("Không có số liệu.", "No data."),
    "no_target_due": Words(
        "Không có chỉ tiêu nào đến hạn trong kỳ mô phỏng.", "No target is due within the simulated period."
    ),
    "data_file": Words("Số liệu của hình", "Data of this figure"),
    "no_remedies": Words(
        "Lần chạy này chưa thử phương án nào. Thêm --remedies 30min vào lệnh chạy để trong 30 phút thử các phương án "
        "áp dụng được trong chính các tương lai này, kèm chi phí.",
        "No option was tried beside this run. With --remedies 30min in the command, options that apply are tried for "
        "30 minutes in these very futures, with what they cost.",
    ),
    "how_to_read": Words("Cách hiểu kết luận và các con số", "What verdicts and numbers mean"),
    "every_reading": Words(
        "Mỗi chỉ tiêu được tính theo từng cách hiểu; dòng đầu (in đậm) là cách tính quyết định kết luận.",
        "Each target is shown under every reading; the first line (bold) is the reading that decides.",
    ),
    "cause_scope": Words(
        "Năm {year}, toàn tỉnh; số lượng: trung vị, n = {n}; tỷ trọng: tính trên tổng của nhóm trong từng lần mô "
        "phỏng, rồi lấy bình quân.",
        "Year {year}, whole province; amounts: medians, n = {n}; percentages: of the group's total in each simulation, "
        "then averaged.",
    ),
    "fan_caption": Words(
        "{title}. Ngưỡng {threshold}, thời hạn {due}; {reading}: {value}; {chance}. Kết luận: {verdict}.",
        "{title}. Threshold {threshold}, due {due}; {reading}: {value}; {chance}. Verdict: {verdict}.",
    ),
}

READING_GUIDE: tuple[Words, ...] = (
    Words(
        "Mỗi lần mô phỏng là một diễn biến có thể xảy ra của kế hoạch, với những giá trị riêng của các yếu tố chưa "
        "biết chắc và yếu tố ngẫu nhiên riêng. “18 trong 20 lần mô phỏng” nghĩa là 18 trong 20 diễn biến đó "
        "đạt chỉ tiêu "
        "đúng hạn.",
        "Each simulation is one way the plan may turn out, with its own values for what nobody knows and its own luck. "
        "“18 of 20 simulations” means that 18 of those 20 met the target on time.",
    ),
    Words(
        "Trung vị: giá trị ở giữa khi xếp kết quả các lần mô phỏng từ thấp lên cao. Khoảng 5–95%: từ mốc 5% đến mốc "
        "95% của dãy ấy, nội suy giữa hai kết quả liền nhau; chạy nhiều lần thì khoảng chín phần mười số lần nằm trong "
        "đó, chạy dưới 20 lần thì hai mốc chỉ nằm gần kết quả thấp nhất và cao nhất đã gặp.",
        "Median: the value in the middle of the simulations' results, put in order. 5–95% range: from the 5% to the "
        "95% point of that order, interpolated between neighbours; of many simulations about nine tenths lie in it, of "
        "fewer than 20 its ends are merely near the least and the most that came up.",
    ),
    Words(
        "Kết luận dựa trên khoảng tin cậy của xác suất đạt (Wilson), mức yêu cầu mặc định là 80%: “đạt được” khi "
        "cả khoảng nằm trên mức yêu cầu; “khó hoàn thành” khi cả khoảng nằm dưới 20%; “có nguy cơ không hoàn "
        "thành” khi nằm giữa hai mức; "
        "“chưa đủ cơ sở kết luận” khi còn phải chạy thêm, số lần ghi kèm là ước tính, thực tế cần ít hơn hay nhiều hơn "
        "đều dễ xảy ra như nhau; “không phân định được” khi xác suất đạt quá sát một trong hai mức ấy nên chạy đến số "
        "lần nhiều nhất cho phép nhiều khả năng vẫn không tách được. Chỉ tiêu tính riêng từ kinh phí được "
        "rút hàng nghìn lần thay cho mô phỏng và cũng kết luận theo khoảng tin cậy ấy.",
        "A verdict rests on the Wilson confidence interval of the probability of reaching the target, 80% being "
        "required by default: “reachable” when the whole interval is above it; “out of reach” when the whole is below "
        "20%; “at risk” between the two; “undecided” when more runs are needed, about the number named: as "
        "likely fewer as more; “too close to call” where the largest number of runs allowed would likely not do. "
        "Targets computed from the money alone are drawn thousands of times, instead of "
        "being simulated, and judged by the same interval.",
    ),
    Words(
        "“Theo báo cáo” là số cơ quan tự báo cáo, thường cao hơn thực tế; “thực tế” là số mà mô phỏng đếm được. "
        "Bảng theo từng cách tính ghi cả hai.",
        "“As reported” is what agencies say of themselves, usually more than the truth; “true” is what the simulation "
        "counted. The table by readings has both.",
    ),
    Words(
        "Tỷ lệ tính trên dưới 30 lượt được để trống, không phải bằng 0; trên hình là chỗ đứt quãng. "
        "Chỉ tiêu 100% về tỷ lệ văn bản và về kinh phí coi là đạt khi từ 99,5% trở lên, như báo cáo làm tròn.",
        "A share over fewer than 30 items is left blank, which is not 0; in a figure it is a gap. "
        "A 100% target on a share of documents or of money counts as met at 99.5% or more, as reports round it.",
    ),
    Words(
        "“Đạt từ”: tháng đầu tiên mà từ đó số của riêng từng tháng giữ được mức chỉ tiêu trong ba tháng liền, ở quá "
        "nửa số lần mô phỏng. Kết luận lại xét số của mười hai tháng đến hạn (chỉ tiêu tính theo tháng), nên có thể "
        "đạt từ một tháng nào đó mà chưa được kết luận là đạt.",
        "“Reached from”: the first month from which the figure of the single month stays at the target for three "
        "months, in more than half of the simulations. A verdict on a flow is on the twelve months up to the due date, "
        "so that a target may be reached from some month and not yet have the verdict of being reached.",
    ),
)


def say(words: Words, language: Lang, **values: object) -> str:
    """A sentence in the language with its values put in; values are inserted as they are, never interpreted."""
    return words.text(language).format(**values)


def capital(text: str) -> str:
    """The same words with the first letter in capitals."""
    return text[:1].upper() + text[1:]
