"""The plan in a scenario: its decision, horizon, money, orders and targets, and how it reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.results.words import Words
from sim.scenario.kinds import EofficeForm, Programme, RouteClass, ServingOrder, Source, Tier, UnitKind
from sim.scenario.quantity import Count, Duration, Money, MoneyIfAny, Quantity, Section, Share, Threshold


class Title(Section):
    """A name in both languages; the Vietnamese one stands for both where no English is given."""

    vi: str
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _vietnamese_for_both(cls, written: Any) -> Any:
        """An office that writes for its own readers leaves the English out."""
        lacks_english = isinstance(written, Mapping) and not written.get("en")
        return {**written, "en": written.get("vi", "")} if lacks_english else written


class Plan(Section):
    """The decision that the scenario is about."""

    decision: Annotated[str, Words("Số quyết định phê duyệt kế hoạch", "Number of the decision")]
    """Number of the decision that approved the plan."""
    decided: Annotated[date, Words("Ngày ban hành quyết định", "Day of the decision")]
    """Day of the decision: what was spent before it is history, options act only after it."""
    source: Annotated[str, Words("Nguồn của kế hoạch", "Source of the plan")]


class Horizon(Section):
    """The months simulated."""

    start: Annotated[date, Words("Ngày đầu kỳ mô phỏng", "First day counted")]
    """First day counted."""
    end: Annotated[date, Words("Ngày cuối kỳ mô phỏng", "Last day counted")]
    """Last day counted."""
    warm_up: Annotated[Duration, Words("Thời gian chạy đà trước kỳ mô phỏng", "Warm-up before the horizon")]
    """Traffic simulated before `start` with money and adoption frozen; nothing of it is counted."""


class Budget(Section):
    """How money arrives and turns into things."""

    lines: Annotated[str, Words("Bảng dự toán kinh phí", "Table of the plan's lines")]
    """CSV of the plan's lines by year and source, under `scenarios/`."""
    totals: Annotated[str, Words("Bảng tổng kinh phí in trong kế hoạch", "Table of the plan's printed totals")]
    """CSV of the totals the plan prints; the lines must add up to them."""
    purchases: Annotated[str, Words("Bảng nội dung chi của từng mục", "Table of what each line buys")]
    """CSV of what each line buys, at what unit cost, for whom, in what order."""
    approval_month: Annotated[
        Count, Words("Tháng phê duyệt kinh phí hằng năm", "Month in which the year's money is settled")
    ]
    """Month of the year in which the year's money is settled."""
    central_reliability: Annotated[
        Share, Words("Phần vốn Trung ương kỳ vọng về", "Part of the central money to be expected")
    ]
    """Part of the plan's central money that comes on average over everything that may happen."""
    central_programme: Annotated[
        Programme, Words("Chương trình quốc gia cấp vốn Trung ương", "National programme with central money")
    ]
    """Whether the national programme that all the central money hangs on comes: `comes`, `fails`, or `open`."""
    programme_share: Annotated[
        Share,
        Words("Phần vốn mà chương trình quốc gia cấp, nếu có", "Part that a national programme brings, if it comes"),
    ]
    """Part of the plan's central money that the programme brings over the years, if it comes."""
    provincial_reliability: Annotated[
        Share, Words("Phần vốn tỉnh kỳ vọng được bố trí", "Part of the provincial money to be expected")
    ]
    """Part of a year's provincial money that comes on average."""
    cut_share: Annotated[
        Share, Words("Phần còn lại của vốn một năm bị cắt giảm", "What is left of a year's money when it is cut")
    ]
    """What is left of a source's money in a year in which it does not come whole."""
    arrival: Annotated[
        dict[str, Annotated[float, Field(ge=0.0, le=1.0)]],
        Words("Phần kinh phí {named} được bố trí", "Part of the money that comes: {named}"),
    ] = Field(default_factory=dict)
    """Part of a source's money of a year that comes, `TW.2018`, where it is known or to be tried; drawn elsewhere."""
    procurement: Annotated[Duration, Words("Thời gian mua sắm, đấu thầu", "Time from money to contract")]
    """From money in hand to contract."""
    sites_per_month: Annotated[Count, Words("Số điểm một đội triển khai mỗi tháng", "Sites one team equips a month")]
    """Sites one project team equips a month."""
    project_teams: Annotated[Count, Words("Số đội triển khai", "Project teams")]
    """Teams that go out to agencies, for everything that the plan and its options put there."""
    accounts_per_month: Annotated[
        Count,
        Words(
            "Số cơ quan một đội hướng dẫn dùng chung mỗi tháng", "Agencies one team brings onto shared services a month"
        ),
    ]
    """Agencies that one project team gives accounts of a shared service and teaches, a month."""
    seats_per_month: Annotated[Count, Words("Số người tập huấn mỗi tháng", "People trained a month")]
    """People whom one line's courses can take a month."""
    procedures_per_month: Annotated[
        Count, Words("Số thủ tục đưa lên trực tuyến mỗi tháng", "Services put online a month")
    ]
    """Services that one line raises a month: forms, steps, trial."""
    building: Annotated[
        Duration, Words("Thời gian xây dựng một phần công trình", "Time to build a year's part of a house")
    ]
    """From contract to acceptance of what one year's money builds of a house."""
    platform: Annotated[Duration, Words("Thời gian xây dựng một hệ thống dùng chung", "Time to build a shared system")]
    """From contract to use of a system that is made for the province: portal, bus, database, mail."""
    equipment: Annotated[Duration, Words("Thời gian lắp đặt thiết bị", "Time to set equipment up")]
    """From contract to use of servers, storage and networks."""
    course: Annotated[Duration, Words("Thời gian một khóa học", "Length of a course season")]
    """From contract to the end of a course, a drill, a survey or a set of rules."""
    slip_share: Annotated[Share, Words("Khả năng một hạng mục chậm sang năm sau", "Chance that an order slips a year")]
    """Chance that a year's order of one purchase is not begun in its year and waits for the next."""
    stop_share: Annotated[Share, Words("Khả năng một hạng mục bị dừng", "Chance that an order is stopped")]
    """Chance that a year's order of one purchase is stopped and its money returned."""
    order: Annotated[ServingOrder, Words("Thứ tự phục vụ các cơ quan", "Order in which agencies are served")]
    """Within a tier: `table` by the agency's code (the order of a table's rows counts for nothing), `population`,
    `traffic` (most documents first) or `small_first`."""
    eoffice_form: Annotated[EofficeForm, Words("Cách đưa văn phòng điện tử về xã", "How communes get e-office")]
    """For a line that names both: `installation` at each commune, `web_service` for all, or `open`: undecided."""
    web_service_odds: Annotated[
        Share, Words("Khả năng xã dùng văn phòng điện tử chung qua web", "Chance of e-office as a shared web service")
    ]
    """Where `eoffice_form` is open: chance of the shared web service rather than installation one by one."""
    scale: Annotated[
        dict[str, Annotated[float, Field(ge=0.0, le=100.0)]], Words("Hệ số kinh phí {named}", "Money of {named}, times")
    ] = Field(default_factory=dict)
    """Lever: the money of a line, `chapter.ID`, `source.TW` or `all` times this, from the year of the decision on."""
    shift_years: Annotated[
        dict[str, Annotated[int, Field(ge=-10, le=10)]],
        Words("Kinh phí {named}, chậm lại (năm)", "Money of {named}, later by (years)"),
    ] = Field(default_factory=dict)
    """Lever: the money comes so many years later (negative: earlier, not before the year of the decision)."""
    redivide: Annotated[
        dict[str, Annotated[float, Field(ge=0.0, le=100.0)]],
        Words("Hệ số kinh phí {named} trong cùng tổng số", "Money of {named} within the same total, times"),
    ] = Field(default_factory=dict)
    """Lever: a line or chapter gets its money times this, the other lines of the same source and year the rest."""


class PurchaseTerms(Section):
    """One row of the table of purchases: its part of the line's money, and what a unit costs."""

    share: Annotated[
        Share, Words("Mục {line}: tỷ lệ kinh phí cho {kind}", "Line {line}: share of the money for {kind}")
    ]
    """Part of the line's money; a certain part is taken exactly, the others share the rest as they are drawn."""
    unit_cost: Annotated[MoneyIfAny, Words("Mục {line}: đơn giá {kind}", "Line {line}: unit cost of {kind}")] = None
    """Price of a unit; none for what is bought whole."""


AT_ONCE = Quantity(value=0.0, kind="fixed", basis="plan", source="in force from the day stated", unit="ms")
"""Of an order whose day is known."""


class Changeover(Section):
    """The middle of the plan, from which options act."""

    day: Annotated[date | None, Words("Ngày phương án bắt đầu có hiệu lực", "Day from which options act")] = None
    """First day on which options act, a month's first; none: each from its own day or the plan's beginning."""
    first_year: Annotated[
        int | None, Words("Năm đầu tiên còn được giao kinh phí", "First year whose money is still to be settled")
    ] = None
    """First year of which the money is still to be settled on that day in every case."""
    before: Annotated[
        Mapping[str, str], Words("Giá trị trước ngày phương án có hiệu lực", "What stood before options act")
    ] = Field(default_factory=dict)
    """What stood before that day where options have put something else, by key; blank where nothing stood."""


class Mandate(Section):
    """An order to use e-office, counted once."""

    id: str
    title: Title
    start: date
    """Day from which it is in force; the first day possible if `delay` leaves it open."""
    delay: Annotated[Duration, Words("Độ trễ của văn bản chỉ đạo “{named}”", "Delay of the order “{named}”")] = AT_ONCE
    """How long after `start` it takes effect, ranking included, where its day is not known."""
    binds: bool = True
    """False when it orders nobody to use e-office and only allows something."""
    measured_from: date | None = None
    """Day from which use is measured and ranked."""
    allows_paperless: bool = False
    """True when it allows or orders that electronic documents travel without paper."""
    tiers: tuple[Tier, ...]
    source: str


class Target(Section):
    """One target of the plan, exactly as it is to be counted."""

    id: str
    title: Title
    measure: str
    scope: str = "all"
    threshold: Threshold
    """What the measure must reach: a share, or the number of things that a counted measure counts."""
    due: date
    unit: Literal["delivery", "document", "dossier", "agency", "person", "service", "database", "project", "money"]
    event: Literal["sent", "accepted", "state"]
    lines: tuple[str, ...] = ()
    """Budget lines that pay for a `milestone`, reached when what they pay for is delivered, or those of which
    `project_finished_count` counts the finished."""
    exclude_secret: bool = False
    exclude_never_electronic: bool = False
    window_months: int = Field(default=12, ge=1, le=60)
    """Months up to the due date that a flow is counted over; a stock is taken on the day."""
    version: Literal["reported", "true"] = "reported"
    readings: tuple[str, ...] = ()
    """Other readings shown beside it: `true`, `accepted`, `sent`, `non_secret`, `province+district`, `only`."""
    source: str
    number: int | None = Field(default=None, ge=1)
    """Its number in the plan, where the file holds only some of the plan's targets; else its place in the list."""


class Group(Section):
    """Agencies that a plan names together, as the scope `group:ID` of a target or of what it reports."""

    id: str
    title: Title
    agencies: tuple[str, ...]
    """Ids of the agencies table."""
    source: str


class Move(Section):
    """Agencies of a group that move house together: cut off for a while, then on the lines of the new house.

    That paper hardly has to travel inside one house is not simulated.
    """

    id: str
    title: Title
    group: str
    start: date
    """Day of the move; the first day possible if `delay` leaves it open."""
    delay: Annotated[Duration, Words("Độ trễ của việc chuyển trụ sở “{named}”", "Delay of the move “{named}”")] = (
        AT_ONCE
    )
    outage: Annotated[
        Duration, Words("Thời gian gián đoạn khi chuyển trụ sở “{named}”", "Time cut off by the move “{named}”")
    ]
    """Lines and gateways are down for so long, from the day of the move."""
    route: RouteClass
    """Class of line at the new house."""
    source: str


class Rollout(Section):
    """Something put to work at named agencies on a day that a plan or a report states, agency by agency.

    What it costs is not taken from the plan's lines: a list of agencies with years says nothing of money. Who has it
    by then, or got it with money before, is left as is. A day before the first one is a fact about the start, which
    the agencies' own state must agree with.
    """

    id: str
    title: Title
    kind: UnitKind
    """What is put there; one of the kinds that an agency has or lacks."""
    agencies: tuple[str, ...]
    """Ids of the agencies table, or `tier:` with a tier."""
    start: date
    """Day from which it is there; the first day possible if `delay` leaves it open."""
    delay: Annotated[Duration, Words("Độ trễ của đợt triển khai “{named}”", "Delay of the roll-out “{named}”")] = (
        AT_ONCE
    )
    """How long after `start` it is there, where only a wish or a year is known."""
    source: str


class LeftOut(Section):
    """A target or event of the plan that is not simulated, and why; `check` prints it."""

    id: str
    title: Title
    reason: Title
    source: str


class ExtraLine(Section):
    """Money that an option adds to the plan: one purchase from one source in one year."""

    id: str
    title: Title
    source: Source
    year: int = Field(ge=1990, le=2100)
    amount: Money
    kind: UnitKind
    unit_cost: Money
    tiers: tuple[Tier, ...] = ()


class Reporting(Section):
    """How the plan's own reports differ from what happened."""

    optimism: Annotated[Share, Words("Mức số báo cáo cao hơn thực tế", "By how much agencies' reports flatter")]
    """Points by which agencies' own shares flatter, where nobody inspects."""
    inspected_share: Annotated[
        Share, Words("Tỷ lệ cơ quan được kiểm tra hằng năm", "Share of agencies inspected a year")
    ]
    """Share of agencies that the yearly inspection visits; a visited one reports the truth that year and is
    pushed as by a measured order, while an order to use e-office is in force."""


def target_id(text: str, numbers: Mapping[str, int]) -> str:
    """Returns the id of a target named by it, by its number in the plan's order, or by both as pages do: `3 (a3)`.

    Args:
        text: what was written.
        numbers: of the plan's targets, by id.
    """
    name = text.strip().strip("()").strip()
    if name in numbers:
        return name
    by_name = {str(number): one for one, number in numbers.items()}
    by_name |= {f"{number} ({one}": one for one, number in numbers.items()}
    return by_name.get(name, name)
