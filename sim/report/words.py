"""The field's terms in Vietnamese and English: measures, scopes, readings, causes, verdicts, sources of money.

Ids stay English snake_case in every table; only the report, the figures and the terminal show the words below.
An id that is not listed is shown as given, never hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from sim.report.formatting import frequency_text, number_text
from sim.report.held_up_words import HELD_UP_LACKS, HELD_UP_REASONS
from sim.report.measure_words import CONFIDENCES, MEASURES, QUANTITIES, RELATIONS
from sim.results.money_tables import MONEY_SOURCES
from sim.results.run_tables import BASES, DISTRIBUTIONS
from sim.results.words import Lang, Words

TIERS: dict[str, Words] = {
    "province": Words("cấp tỉnh", "province"),
    "office": Words("Văn phòng UBND tỉnh", "provincial People's Committee Office"),
    "department": Words("sở, ban, ngành", "departments"),
    "district": Words("cấp huyện", "district"),
    "commune": Words("cấp xã", "commune"),
}

EOFFICE_LEVELS: dict[str, Words] = {
    "0": Words("chưa có văn phòng điện tử", "no e-office"),
    "1": Words("đã cài đặt nhưng không dùng", "installed but unused"),
    "2": Words("văn thư vào sổ, gửi và nhận", "registry only: receive, scan, send"),
    "3": Words("xử lý công việc trên mạng", "processes online"),
    "4": Words("soạn thảo và ký số trên mạng", "drafts and signs online"),
}

EOFFICE_LEVEL_USE: dict[str, Words] = {
    "0": Words("chưa có văn phòng điện tử", "have no e-office"),
    "1": Words("đã cài đặt nhưng không dùng", "have it installed but unused"),
    "2": Words("chỉ dùng ở văn thư để vào sổ, gửi và nhận", "use it at the registry only"),
    "3": Words("xử lý công việc trên mạng", "process online"),
    "4": Words("soạn thảo và ký số trên mạng", "draft and sign online"),
}

VERSIONS: dict[str, Words] = {
    "reported": Words("theo báo cáo của cơ quan", "as agencies report it"),
    "true": Words("thực tế (trong mô phỏng)", "true (in the simulation)"),
}

READINGS: dict[str, Words] = {
    "plan": Words("theo đúng nội dung Kế hoạch", "as the plan words it"),
    "reported": Words("theo số cơ quan báo cáo", "as agencies report it"),
    "true": Words("theo số thực tế trong mô phỏng", "as it truly is in the simulation"),
    "only": Words("chỉ tính lượt gửi không kèm bản giấy", "only deliveries without paper"),
    "accepted": Words("chỉ tính lượt gửi đã được tiếp nhận", "only deliveries the recipient accepted"),
    "sent": Words("tính từ khi gửi đi", "counted when sent"),
    "signed": Words("chỉ tính lượt gửi có chữ ký số hợp lệ", "only deliveries with a valid digital signature"),
    "parallel": Words("tính cả lượt gửi kèm bản giấy", "parallel paper counted"),
    "document": Words("tính theo văn bản", "counted per document"),
    "delivery": Words("tính theo lượt gửi", "counted per delivery"),
    "non_secret": Words("không tính văn bản mật", "secret documents left out"),
    "with_secret": Words("tính cả văn bản mật", "secret documents counted"),
    "due_month": Words("chỉ tính tháng đến hạn", "the month of the due date only"),
    "circulating": Words("tính cả văn bản có luân chuyển trên mạng", "any circulation in e-office counted"),
    "dedicated": Words("chỉ tính mạng truyền số liệu chuyên dùng", "the dedicated network only"),
    "connected": Words("tính cả đường internet", "any internet line counted"),
    "wholly": Words("chỉ tính văn bản hoàn toàn điện tử", "only what is wholly electronic"),
    "catalogue": Words("tính trên mọi thủ tục của tỉnh", "of all procedures of the province"),
    "province+district": Words("chỉ cấp tỉnh và cấp huyện", "province and district tiers only"),
    "offered": Words(
        "chỉ tính hồ sơ của dịch vụ đã có ở mức độ 3, 4", "only dossiers whose service is offered at level 3 or 4"
    ),
    "unassisted": Words(
        "chỉ tính hồ sơ người dân tự nộp, không tính nộp hộ", "only what citizens file themselves, not assisted filing"
    ),
}

CAUSE_GROUPS: dict[str, Words] = {
    "not_electronic": Words("Nguyên nhân không gửi điện tử", "Why deliveries did not go electronically"),
    "parallel_paper": Words("Nguyên nhân gửi điện tử nhưng vẫn kèm bản giấy", "Why paper still went along"),
    "waiting": Words("Nguyên nhân văn bản phải chờ", "What documents waited for"),
    "late_dossiers": Words(
        "Hồ sơ một cửa trễ hạn: phần lớn thời gian nằm ở đâu", "Late one-stop dossiers: where most of their time went"
    ),
}

CAUSES: dict[str, Words] = {
    "secret": Words("văn bản mật", "secret document"),
    "never_electronic": Words("hồ sơ, tài liệu không được gửi điện tử", "file that is never electronic"),
    "sender_no_eoffice": Words("nơi gửi chưa dùng văn phòng điện tử", "sender does not use e-office"),
    "sender_not_connected": Words("nơi gửi chưa kết nối mạng", "sender is not connected"),
    "recipient_unreachable": Words(
        "nơi nhận chưa liên thông hoặc chưa nhận được bản điện tử", "recipient cannot be reached electronically"
    ),
    "refused_to_paper": Words("bị từ chối tiếp nhận, phải gửi bản giấy", "refused, then sent on paper"),
    "line_down": Words(
        "đường truyền hoặc trung tâm dữ liệu ngừng hoạt động quá lâu", "line or data centre down for too long"
    ),
    "registry_swamped": Words(
        "văn thư quá tải nên tạm gửi bản giấy", "registry overloaded, so paper for the time being"
    ),
    "unanswered": Words("cuối kỳ chưa có trả lời", "no answer yet at the end"),
    "outage": Words("sự cố mạng, điện hoặc máy chủ", "network, power or server outage"),
    "no_signature": Words("chưa có chữ ký số hợp lệ", "no valid digital signature"),
    "leaders_rule": Words("lãnh đạo vẫn yêu cầu kèm bản giấy", "the leader still requires paper"),
    "directive": Words("chưa có quy định cho phép bỏ bản giấy", "no rule in force yet lets paper go"),
    "office_closed": Words("ngoài giờ làm việc", "office closed"),
    "clerk_busy": Words("văn thư bận", "registry clerk busy"),
    "leader_away_or_busy": Words("lãnh đạo đi vắng hoặc bận", "leader away or busy"),
    "officer_busy": Words("chuyên viên bận", "officer busy"),
    "link_busy": Words("đường truyền bận", "link busy"),
    "post": Words("chuyển bản giấy qua bưu chính", "paper on its way by post"),
    "polling": Words("chờ đến lượt hệ thống nhận văn bản về", "waiting for the system to fetch messages"),
    "counter": Words("quầy tiếp nhận và trả kết quả", "one-stop counter"),
    "officer": Words("chuyên viên của cơ quan nhận hồ sơ", "officers of the agency of intake"),
    "leader": Words("lãnh đạo ký kết quả", "leader's signature"),
    "other_agency": Words("cơ quan khác trong tỉnh cùng giải quyết", "another agency of the province"),
    "outside_body": Words("cơ quan ngoài tỉnh hoặc ngành dọc (thuế, công an)", "body outside (tax, police, ministry)"),
    "site_visit": Words("xem xét thực địa", "visit to the site"),
    "citizen": Words("người nộp bổ sung giấy tờ, nộp tiền", "applicant's further papers or payment"),
    "transfer": Words("chuyển hồ sơ giữa các cơ quan", "transfer between agencies"),
}

REFUSALS: dict[str, Words] = {
    "wrong_address": Words("sai địa chỉ nhận", "wrong address"),
    "missing_file": Words("thiếu tệp", "missing file"),
    "too_large": Words("tệp quá lớn", "file too large"),
    "mailbox_full": Words("hộp thư đầy", "mailbox full"),
    "content_changed": Words("nội dung bị thay đổi sau khi ký", "content changed after signing"),
    "seal_missing": Words("thiếu chữ ký số của cơ quan", "the agency's signature is missing"),
    "stamp_missing": Words("thiếu dấu thời gian", "time stamp missing"),
    "other_title": Words("người ký không đúng chức danh", "signed by somebody of another title"),
    "revoked": Words("chứng thư đã bị thu hồi", "revoked certificate"),
    "foreign_chain": Words("chứng thư không thuộc hệ thống được tin cậy", "certificate of a chain not trusted"),
    "unverified": Words("chưa xác định được hiệu lực chữ ký", "validity of the signature could not be determined"),
}

CHANNELS: dict[str, Words] = {
    "paper": Words("bản giấy qua bưu điện", "on paper by post"),
    "linked": Words("qua trục liên thông", "between linked systems"),
    "mail": Words("qua thư điện tử công vụ", "by official e-mail"),
}

STATIONS: dict[str, Words] = {
    "registry": Words("văn thư", "registry"),
    "officers": Words("chuyên viên", "officers"),
    "leader": Words("lãnh đạo", "leader"),
    "counter": Words("quầy một cửa", "one-stop counter"),
    "uplink": Words("đường gửi lên", "uplink"),
    "downlink": Words("đường nhận về", "downlink"),
}

VERDICTS: dict[str, Words] = {
    "reachable": Words("đạt được", "reachable"),
    "out of reach": Words("khó hoàn thành", "out of reach"),
    "at risk": Words("có nguy cơ không hoàn thành", "at risk"),
    "undecided": Words("chưa đủ cơ sở kết luận", "undecided"),
    "too close to call": Words("không phân định được", "too close to call"),
}
_MORE_RUNS = Words("chưa đủ cơ sở kết luận (cần chạy thêm {n} lần mô phỏng)", "undecided ({n} more runs needed)")
_ALONE = re.compile(r"(.+) \(money alone, (\d+) draws\)")
_MONEY_ALONE = Words(
    "{verdict} (tính riêng từ kinh phí, {n} lần tính thử)", "{verdict} (computed from the money alone, {n} draws)"
)

BASELINE_STATES: dict[str, Words] = {
    "fitted": Words("đã hiệu chỉnh theo số báo cáo", "start fitted to the report"),
    "impossible": Words("số báo cáo không thể xảy ra", "the reported value cannot come about"),
    "set": Words("đặt theo số báo cáo", "start set to the report"),
    "not fitted": Words("chưa hiệu chỉnh theo số này", "start not fitted to it"),
}

MILESTONE_STATES: dict[str, Words] = {
    "delivered": Words("đã bàn giao", "delivered"),
    "not_arrived": Words("kinh phí không được bố trí", "money did not arrive"),
    "stopped": Words("dự án bị dừng, hủy dự toán, nộp trả ngân sách", "order stopped, money returned"),
    "late": Words(
        "chậm (lùi sang năm sau, đang đấu thầu hoặc đang làm)", "late (slipped, in procurement or under way)"
    ),
}

FIGURE_STATES: dict[str, Words] = {
    "used": Words("đã dùng", "used"),
    "out_of_range": Words("không lần nào gần tới, không dùng", "no replication comes near, not used"),
    "blank": Words("mô phỏng không có giá trị, không dùng", "nothing simulated, not used"),
    "fed": Words("một giá trị mặc định dựa vào số này, không dùng", "a default rests on it, not used"),
    "inside": Words("trong dải 5–95%", "inside the 5–95% band"),
    "outside": Words("NGOÀI dải 5–95%", "OUTSIDE the 5–95% band"),
    "not_simulated": Words("không có giá trị mô phỏng", "nothing simulated"),
    "too_few": Words("quá ít lần mô phỏng hợp với các số khác", "too few replications agree with the others"),
    "alone": Words("không có số khác để dựa vào", "no other figure to go by"),
}
"""What became of a figure that was measured, in a mid-term review or a hindcast."""

PROJECT_STATES: dict[str, Words] = {
    "delivered": Words("hoàn thành", "finished"),
    "planned_later": Words(
        "kế hoạch bố trí một phần kinh phí sau năm đến hạn", "the plan itself grants part of the money in later years"
    ),
    "not_arrived": Words("kinh phí không được bố trí đủ", "the money did not all arrive"),
    "stopped": Words("bị dừng, hủy dự toán, nộp trả ngân sách", "stopped, the money returned"),
    "not_contracted": Words(
        "kinh phí đã về nhưng lùi sang năm sau, đang đấu thầu hoặc chờ đủ tiền",
        "the money came, but the order slipped a year, is in procurement or waits for the rest of the price",
    ),
    "under_way": Words("đã ký hợp đồng, chưa bàn giao", "contracted, not yet delivered"),
    "nothing_to_buy": Words("các nơi đã có đủ, không mua thêm gì", "everybody had it already, nothing was bought"),
}

MONEY_ENTRIES: dict[str, Words] = {
    "planned": Words("kế hoạch", "planned"),
    "not_arrived": Words("không được bố trí", "did not arrive"),
    "arrived": Words("được bố trí", "arrived"),
    "committed": Words("cam kết chi", "committed"),
    "spent": Words("đã giải ngân", "spent"),
    "under_way": Words("đang thực hiện: đã cam kết, chưa bàn giao", "under way: committed, not yet delivered"),
    "returned": Words("chưa cam kết khi hết kỳ", "uncommitted at the end"),
}

TERMS: dict[str, dict[str, Words]] = {
    "measure": MEASURES,
    "tier": TIERS,
    "level": EOFFICE_LEVELS,
    "level_use": EOFFICE_LEVEL_USE,
    "version": VERSIONS,
    "reading": READINGS,
    "cause_group": CAUSE_GROUPS,
    "cause": CAUSES,
    "refusal": REFUSALS,
    "station": STATIONS,
    "channel": CHANNELS,
    "dossier_quantity": QUANTITIES,
    "relation": RELATIONS,
    "confidence": CONFIDENCES,
    "verdict": VERDICTS,
    "baseline_state": BASELINE_STATES,
    "milestone_state": MILESTONE_STATES,
    "project_state": PROJECT_STATES,
    "held_up_lack": HELD_UP_LACKS,
    "held_up_reason": HELD_UP_REASONS,
    "figure_state": FIGURE_STATES,
    "basis": BASES,
    "distribution": DISTRIBUTIONS,
    "money_source": MONEY_SOURCES,
    "money_entry": MONEY_ENTRIES,
}


def target_label(number: int, code: str) -> str:
    """What a target is called everywhere: its number in the plan's order, and the id that commands take."""
    return f"{number} ({code})"


def term(kind: str, term_id: str, language: Lang) -> str:
    """The word for an id of a kind of `TERMS` ("measure", "cause", ...); an unlisted id comes back as given.

    Of a measure such as `milestone(c1)`, the word is that of `milestone`.
    """
    words = TERMS[kind].get(term_id) or TERMS[kind].get(term_id.partition("(")[0])
    return term_id if words is None else words.text(language)


def scope_text(scope: str, language: Lang, groups: Mapping[str, Words] | None = None) -> str:
    """A scope id such as `all`, `tier:commune`, `tiers:province+district`, `agency:ID` or `level:3` in words.

    Args:
        scope: the id.
        language: of the words.
        groups: titles of the groups that the scenario names, by id; one without a title is shown by its id.
    """
    kind, _, name = scope.partition(":")
    if scope == "all":
        return Words("toàn tỉnh", "whole province").text(language)
    if kind in {"tier", "tiers"}:
        tiers = [term("tier", tier, language) for tier in name.split("+")]
        joint = Words(" và ", " and ").text(language)
        return joint.join(part for part in (", ".join(tiers[:-1]), tiers[-1]) if part)
    if kind == "agency":
        return Words("cơ quan ", "agency ").text(language) + name
    if kind == "group":
        title = (groups or {}).get(name)
        return (
            Words("nhóm cơ quan ", "group of agencies ").text(language) + name
            if title is None
            else title.text(language)
        )
    if kind == "cause":
        return Words("nguyên nhân: ", "cause: ").text(language) + term("refusal", name, language)
    if kind in STATIONS:
        return f"{term('station', kind, language)}, {term('tier', name, language)}"
    if kind == "channel":
        return term("channel", name, language)
    if kind == "level":
        return Words("mức ", "level ").text(language) + f"{name}: {term('level', name, language)}"
    return scope


def verdict_group(verdict: str | None) -> str:
    """A verdict of targets.csv without what stands in brackets: simulations still needed, or how it was computed."""
    return (verdict or "").partition(" (")[0]


def runs_needed(verdict: str | None) -> int:
    """How many more simulations a verdict of targets.csv asks for; 0 where it asks for none."""
    more = re.fullmatch(r"undecided \((\d+) more\)", verdict or "")
    return int(more.group(1)) if more else 0


class Judged(Protocol):
    """A row that a verdict stands in."""

    @property
    def verdict(self) -> str | None:
        """As in targets.csv."""

    @property
    def n(self) -> int:
        """What it rests on: simulations, or draws of the money alone."""


class Reached(Judged, Protocol):
    """A row that also says how often its target is reached."""

    @property
    def p_reached(self) -> float | None:
        """The share of what it rests on that reaches it."""


def times_text(row: Reached, language: Lang) -> str:
    """How often a target is reached: "18 trong 20 lần mô phỏng", or of so many draws of the money; a dash for none."""
    if row.p_reached is None or not is_of_money_alone(row.verdict):
        return frequency_text(row.p_reached, row.n, language)
    wording = Words("{k} trong {n} lần tính thử kinh phí", "{k} of {n} draws of the money")
    reached = number_text(round(row.p_reached * row.n), 0, language)
    return wording.text(language).format(k=reached, n=number_text(row.n, 0, language))


def is_of_money_alone(verdict: str | None) -> bool:
    """Whether a verdict rests on draws of the money alone."""
    return _ALONE.fullmatch(verdict or "") is not None


def simulations(rows: Iterable[Judged]) -> int:
    """The most simulations that any of the rows rests on; draws of the money alone are none."""
    return max((row.n for row in rows if not is_of_money_alone(row.verdict)), default=0)


def verdict_text(verdict: str | None, language: Lang) -> str:
    """A verdict of targets.csv in words; `undecided (12 more)` keeps its count of replications still needed."""
    more = runs_needed(verdict)
    if more:
        return _MORE_RUNS.text(language).format(n=more)
    alone = _ALONE.fullmatch(verdict or "")
    if alone:
        drawn = number_text(int(alone.group(2)), 0, language)
        return _MONEY_ALONE.text(language).format(verdict=term("verdict", alone.group(1), language), n=drawn)
    return term("verdict", verdict or "", language)
