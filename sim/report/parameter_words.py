"""What each parameter is called in Vietnamese and English; the key stays beside it, since files use the key."""

from __future__ import annotations

from sim.report.parameter_titles import PARAMETERS
from sim.results.words import Lang, Words

_TIERS = {
    "office": Words("Văn phòng UBND tỉnh", "the provincial Office"),
    "department": Words("sở, ban, ngành", "departments"),
    "district": Words("cấp huyện", "districts"),
    "commune": Words("cấp xã", "communes"),
    "outside": Words("ngoài tỉnh", "the outside"),
}
_LINES = {
    "adsl": Words("đường ADSL", "ADSL line"),
    "ftth": Words("đường cáp quang FTTH", "fibre line"),
    "dedicated": Words("mạng truyền số liệu chuyên dùng", "dedicated network"),
}
_LINE_NUMBERS = {
    "down": Words("tốc độ tải xuống", "download rate"),
    "up": Words("tốc độ tải lên", "upload rate"),
    "faults_per_year": Words("số sự cố mỗi năm", "faults a year"),
    "repair": Words("thời gian khắc phục sự cố", "time to repair a fault"),
    "background_share": Words("phần băng thông đã dùng cho việc khác", "share taken by other traffic"),
}
_PURCHASES = {
    "eoffice_installation": Words("cài đặt văn phòng điện tử tại chỗ", "e-office installed on site"),
    "eoffice_web_service": Words("văn phòng điện tử dùng chung qua web", "e-office as a shared web service"),
    "eoffice_link": Words("liên thông văn phòng điện tử", "e-office interconnection"),
    "dedicated_link": Words("kết nối mạng chuyên dùng", "links to the dedicated network"),
    "internet_upgrade": Words("nâng cấp đường internet", "internet upgrades"),
    "token": Words("chứng thư số", "signature tokens"),
    "training_seat": Words("lượt tập huấn", "training seats"),
    "leader_seat": Words("lượt tập huấn cho lãnh đạo", "leaders' training seats"),
    "it_course": Words("khóa học cho cán bộ công nghệ thông tin", "courses for IT staff"),
    "security_kit": Words("thiết bị an toàn thông tin", "security equipment"),
    "datacentre_redundancy": Words("dự phòng cho trung tâm dữ liệu", "data-centre redundancy"),
    "onestop_software": Words("phần mềm một cửa điện tử", "one-stop software"),
    "onestop_commune_software": Words("phần mềm một cửa cho cấp xã", "one-stop software for communes"),
    "online_procedure": Words("thủ tục đưa lên trực tuyến", "services put online"),
    "publicity_round": Words("đợt tuyên truyền", "rounds of publicity"),
    "computer": Words("máy tính", "work computers"),
    "other": Words("nội dung khác", "other things"),
}
_PURCHASE_NUMBERS = {
    "share": Words("Mục {line}: tỷ lệ kinh phí cho {kind}", "Line {line}: share of the money for {kind}"),
    "unit_cost": Words("Mục {line}: đơn giá {kind}", "Line {line}: unit cost of {kind}"),
}


_BUDGET_LEVERS = {
    "scale": Words("Hệ số kinh phí {named}", "Money of {named}, times"),
    "shift_years": Words("Kinh phí {named}, chậm lại (năm)", "Money of {named}, later by (years)"),
    "redivide": Words("Hệ số kinh phí {named} trong cùng tổng số", "Money of {named} within the same total, times"),
}
_NAMED_MONEY = {
    "all": Words("cả kế hoạch", "the whole plan"),
    "source.TW": Words("vốn Trung ương", "the central source"),
    "source.DT": Words("vốn đầu tư của tỉnh", "the provincial investment source"),
    "source.SN": Words("vốn sự nghiệp của tỉnh", "the provincial recurrent source"),
}


def _lever_title(lever: str, name: str, language: Lang) -> str:
    if name in _NAMED_MONEY:
        named = _NAMED_MONEY[name]
    elif name.startswith("chapter."):
        chapter = name.removeprefix("chapter.")
        named = Words(f"phần {chapter}", f"chapter {chapter}")
    else:
        named = Words(f"mục {name}", f"line {name}")
    return _BUDGET_LEVERS[lever].text(language).format(named=named.text(language))


def parameter_title(key: str, language: Lang) -> str:
    """What a parameter is, in words; empty for a key that is not listed."""
    parts = key.split(".")
    words = PARAMETERS.get(key)
    if words is not None:
        return words.text(language)
    if parts[0] == "matrix" and len(parts) == 3 and {*parts[1:]} <= _TIERS.keys():
        lean = Words(
            "Mức thiên về gửi từ {sender} đến {recipient}",
            "How much {sender} lean towards {recipient} when sending",
        )
        sender, recipient = (_TIERS[tier].text(language) for tier in parts[1:])
        return lean.text(language).format(sender=sender, recipient=recipient)
    if parts[0] == "network" and len(parts) == 3 and parts[1] in _LINES and parts[2] in _LINE_NUMBERS:
        line, number = _LINES[parts[1]].text(language), _LINE_NUMBERS[parts[2]].text(language)
        return f"{line[:1].upper()}{line[1:]}: {number}"
    if parts[0] == "budget" and len(parts) > 2 and parts[1] in _BUDGET_LEVERS:
        return _lever_title(parts[1], ".".join(parts[2:]), language)
    if parts[0] == "purchases" and len(parts) >= 4 and parts[-2] in _PURCHASES and parts[-1] in _PURCHASE_NUMBERS:
        kind = _PURCHASES[parts[-2]].text(language)
        return _PURCHASE_NUMBERS[parts[-1]].text(language).format(line=".".join(parts[1:-2]), kind=kind)
    return ""


def parameter_name(key: str, language: Lang) -> str:
    """The title with the key in brackets; the key alone when it is not listed."""
    title = parameter_title(key, language)
    return f"{title} [{key}]" if title else key
