"""A small valid province in a temporary folder, to be broken in one place at a time."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.keys import ROW_LISTS, schema_keys
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.sheet import columns
from sim.scenario.tables import AgencyRow, BudgetLine, BudgetTotal, CalendarDay, Purchase

WRITTEN = {
    "duration": '"5 min"',
    "rate": '"10 Mbit/s"',
    "size": '"1 MB"',
    "share": '"10 %"',
    "count": "3",
    "money": '"1 triệu VND"',
    "per_year": '"100 /year"',
}
ORIGIN = 'basis = "assumed", source = "test"'
SPECIAL = {
    "people.register_paper": f'{{ value = "4 min", low = "2 min", high = "8 min", kind = "lognormal", {ORIGIN} }}',
    "people.scan": f'{{ value = "4 min", low = "2 min", high = "8 min", kind = "lognormal", {ORIGIN} }}',
    "network.poll_interval": f'{{ value = "15 min", low = "5 min", high = "30 min", kind = "lognormal", {ORIGIN} }}',
    "signatures.life": f'{{ value = "5 years", {ORIGIN} }}',
    "adoption.paperless_threshold_low": f'{{ value = "60 %", {ORIGIN} }}',
    "adoption.paperless_threshold_high": f'{{ value = "90 %", {ORIGIN} }}',
    "run.required_probability": f'{{ value = "80 %", {ORIGIN} }}',
    "seasons.hours": f"{{ weights = {[1] * 24}, {ORIGIN} }}",
    "seasons.weekdays": f"{{ weights = {[1] * 7}, {ORIGIN} }}",
    "seasons.months": f"{{ weights = {[1] * 12}, {ORIGIN} }}",
    "calendar.overrides": '"tables/calendar.csv"',
    "start.fitted": '""',
    "start.residuals": '""',
    "calibration.draws": '""',
    "start.onestop_software": "[]",
    "start.online_services": "[]",
    "start.without_website": "[]",
    "dossiers.procedures": '""',
    "dossiers.citizens.campaign_from": "2017-06-01",
    "dossiers.records.ranked_from": "2017-06-01",
    "dossiers.citizens.fee_cut_from": "2017-06-01",
    "dossiers.arrivals.hours": f"{{ weights = {[1] * 24}, {ORIGIN} }}",
    "dossiers.arrivals.weekdays": f"{{ weights = {[1] * 7}, {ORIGIN} }}",
    "dossiers.arrivals.months": f"{{ weights = {[1] * 12}, {ORIGIN} }}",
    "budget.order": '"table"',
    "budget.eoffice_form": '"open"',
    "budget.central_programme": '"open"',
    "budget.lines": '"tables/budget.csv"',
    "budget.totals": '"tables/totals.csv"',
    "budget.purchases": '"tables/purchases.csv"',
    "post.mail_runs": '["10:00", "15:00"]',
    "people.service_shape": '"lognormal"',
    "people.annotation_levels": "1",
    "run.seed": "1",
    "run.replications": "2",
    "run.audited_deliveries": "0",
    "run.audited_share": "1.0",
    "run.thinning": "1",
}
OWN = ("schema", "name", "title", "plan", "horizon", "agencies", "purchases", *ROW_LISTS)

PROVINCE = """\
schema = 1
name = "nhỏ"
title = { vi = "Tỉnh nhỏ", en = "Small province" }
agencies = "tables/agencies.csv"

[plan]
decision = "1/QĐ-UBND"
decided = 2016-03-01
source = "test"

[horizon]
start = 2016-01-01
end = 2017-12-31
warm_up = { value = "3 months", basis = "assumed", source = "test" }

[[mandates]]
id = "order"
title = { vi = "Chỉ thị", en = "Directive" }
start = 2016-06-01
tiers = ["office", "commune"]
source = "test"

[[targets]]
id = "electronic"
title = { vi = "Văn bản điện tử", en = "Electronic documents" }
measure = "exchange_electronic_share"
scope = "tiers:province+district"
threshold = "95 %"
due = 2017-12-31
unit = "delivery"
event = "sent"
readings = ["true", "accepted"]
source = "test"
"""

OPTION = """\
title = { vi = "Hỏi thư nhanh", en = "Poll often" }
description = { vi = "Hỏi thư mỗi 6 phút", en = "Poll every 6 minutes" }
group = "network"
decided_by = { vi = "Sở TTTT", en = "the department" }
cost = { vi = "không", en = "none" }
source = "test"

[set]
"network.poll_interval" = "6 min"
"""

AGENCIES = """\
office,office,,Văn phòng UBND tỉnh,Provincial Office,,75,5,3,0,3,ftth,1,1,1,52,plan,test
dept.a,department,office,Sở Tài chính,Department of Finance,,80,4,2,0,2,ftth,1,1,1,56,plan,test
dist.a,district,,Huyện Hòa An,Hoa An district,,95,4,2,12,1,ftth,1,1,0,60,plan,test
com.1,commune,dist.a,Xã Hòa Bình,Hoa Binh commune,5000,21,3,0.7,0,0,adsl,1,0,0,0,plan,test
com.2,commune,dist.a,Xã Đông,Dong commune,,21,3,0.7,0,0,none,0,0,0,0,plan,test
out.gov,outside,,Chính phủ,Government,,0,0,0,0,0,dedicated,1,1,0,1,plan,test
"""
BUDGET = """\
I.1,I,Mạng,Network,TW,2016,100
I.1,I,Mạng,Network,TW,2017,50.5
II.1,II,Chữ ký số,Signatures,SN,2017,20
"""
TOTALS = """\
TOTAL,TW,total,150.5
TOTAL,SN,2017,20
I,TW,2016,100
II.1,SN,total,20
"""
PURCHASES = """\
I.1,dedicated_link,0.6,0.4,0.8,12,6,20,district;commune,,Đường truyền,Links,assumed,test
I.1,other,0.4,0.2,0.6,,,,,,Khác,Other,assumed,test
"""
CALENDAR = "2017-01-07,working,Làm bù,Công văn 1,reported\n"


def table(row_type: type, rows: str) -> str:
    return ",".join(columns(row_type)) + "\n" + rows


def defaults_text() -> str:
    """Every key of the schema that a province does not state itself, one to a line, from the schema."""
    lines: dict[str, list[str]] = {}
    for key, known in schema_keys().items():
        name = ".".join(key)
        if key[0] in OWN or known.is_table or len(key) == 1:
            continue
        section = ".".join(key[:-1])
        if section.startswith("calendar.") or name == "calendar.always_open":
            continue
        number = f"{{ value = {WRITTEN[known.dimension]}, {ORIGIN} }}" if known.dimension else '"?"'
        lines.setdefault(section, []).append(f"{key[-1]} = {SPECIAL.get(name, number)}")
    for kind in ("office", "department", "district", "commune", "leader"):
        lines[f"calendar.{kind}"] = [
            'weekdays = ["07:00-11:30", "13:30-17:00"]',
            'basis = "assumed"',
            'source = "test"',
        ]
    return "\n".join(f"\n[{section}]\n" + "\n".join(keys) for section, keys in lines.items()).lstrip()


@dataclass(frozen=True)
class Small:
    """The folder of a small scenario."""

    root: Path

    def write(self, file: str, text: str | bytes) -> Path:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def line_of(self, file: str, part: str) -> int:
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if part in line)

    def load(self, **given: Any) -> LoadedScenario:
        return load("small", root=self.root, **given)

    def faults(self, **given: Any) -> tuple[ScenarioError, ...]:
        with pytest.raises(ScenarioErrors) as refused:
            self.load(**given)
        return refused.value.errors


@pytest.fixture
def small(tmp_path: Path) -> Small:
    province = Small(tmp_path / "scenarios")
    province.write("defaults.toml", defaults_text())
    province.write("provinces/small.toml", PROVINCE)
    province.write("options/poll.toml", OPTION)
    province.write("tables/agencies.csv", table(AgencyRow, AGENCIES))
    province.write("tables/budget.csv", table(BudgetLine, BUDGET))
    province.write("tables/totals.csv", table(BudgetTotal, TOTALS))
    province.write("tables/purchases.csv", table(Purchase, PURCHASES))
    province.write("tables/calendar.csv", table(CalendarDay, CALENDAR))
    return province


RICH = """
[people]
scan = "3 min"
service_shape = "exponential"

[budget]
lines = "tables/budget.csv"
totals = "tables/totals.csv"
purchases = "tables/purchases.csv"

[budget.scale]
"II.1" = 1.25
all = 1

[budget.shift_years]
"chapter.I" = -1

[purchases."I.1".dedicated_link]
share = { value = "55 %", low = "50 %", high = "60 %", kind = "triangular", basis = "assumed", source = "của tỉnh" }

[calendar]
overrides = "tables/calendar.csv"
always_open = false

[calendar.commune]
weekdays = ["07:30-11:30", "13:00-17:00"]
saturday = ["07:30-11:00"]
basis = "reported"
source = "quy định của tỉnh"

[seasons.months]
weights = [1, 1.125, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 2.5]
basis = "assumed"
source = "=SUM(1)"

[start]
onestop_software = ["dept.a", "dist.a"]
online_services = []

[[targets]]
id = "a-4"
title = { vi = "Tên có “ngoặc”, dấu phẩy; chấm phẩy", en = "- leading dash" }
measure = "eoffice_linked_share"
scope = "tiers:department+district+commune"
threshold = { value = "100 %", kind = "fixed", basis = "plan", source = "12.500" }
due = 2017-12-31
unit = "agency"
event = "state"
exclude_secret = false
window_months = 6
version = "true"
source = "007"

[[mandates]]
id = "later"
title = { vi = "Chỉ thị sau", en = "Later" }
start = 2016-09-01
delay = { value = "30 days", low = "10 days", high = "60 days", kind = "uniform", basis = "assumed", source = "x" }
measured_from = 2017-01-01
allows_paperless = true
binds = false
tiers = ["office"]
source = "test"

[[extra_lines]]
id = "more"
title = { vi = "Thêm", en = "More" }
source = "SN"
year = 2017
amount = { value = "128 million VND", kind = "fixed", basis = "assumed", source = "x" }
kind = "training_seat"
unit_cost = { value = "0.375 million VND", low = "0.15 million VND", high = "0.8 million VND", kind = "lognormal", \
basis = "assumed", source = "x" }
tiers = ["district", "commune"]

[[baselines]]
id = "mail"
measure = "email_user_share"
reported = { value = "70 %", low = "55 %", high = "72.5 %", kind = "uniform", basis = "reported", source = "x" }
fitted = false
source = "x"

[[counts]]
id = "seals"
measure = "organisation_certificates"
reported = { value = 41, low = 15, high = 41, kind = "uniform", basis = "reported", source = "x" }
source = "x"
"""


@pytest.fixture
def rich(small: Small) -> Small:
    """The small province with something on every sheet that nobody's program writes."""
    small.write("provinces/small.toml", PROVINCE + RICH)
    return small


def shuffled_rows(text: str, order: list[int]) -> str:
    """A CSV table with its data rows in another order."""
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([rows[0], *(rows[1:][place] for place in order)])
    return out.getvalue()
