"""What `check` says of a scenario that is valid, yet rests on what nobody has checked."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from itertools import count

from sim.results.changeover_words import options_act_from
from sim.results.words import Words, number_words
from sim.scenario.agreeing_draws import CALIBRATE_AGAIN, equal_draws, prior_of
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import LoadedScenario
from sim.scenario.out_of_reach import out_of_reach
from sim.scenario.proposal import Proposal
from sim.scenario.setting_faults import SET, UNTIL
from sim.scenario.start_rules import FIT_AGAIN
from sim.scenario.start_states import ranges_of
from sim.scenario.units import words_of

_MOST_NAMED = 5
CHECKED_YEARS = range(2013, 2027)
"""Years whose public holidays and swapped days were compared with the notices (`scenarios/calendars/README.md`)."""

_KIND = ".kind"
"""Last part of the key that says how a parameter is drawn; a fixed one is not."""


def cautions_of(loaded: LoadedScenario) -> tuple[Words, ...]:
    """Returns one line for each."""
    unchecked = years_of_unchecked_holidays(loaded)
    return (
        *_named_as_another(loaded),
        *_nothing_stated(loaded),
        *_unchecked_money(loaded),
        *cut_short(loaded),
        *_left_out(loaded),
        *([_unchecked_holidays(unchecked)] if unchecked else []),
        *_outdated_fit(loaded),
        *calibrated(loaded),
        *_outdated_draws(loaded),
        *amounts_of_another_plan(loaded.scenario.plan.decision, loaded.proposals.values()),
        *options_act_later(loaded),
        *out_of_reach(loaded),
    )


def _named_as_another(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That a copy still has the title of the scenario it was copied from, which every report prints."""
    scenario = loaded.scenario
    copied = f" ({scenario.name})"  # what `new` puts behind the title of a copy
    title = Words(scenario.title.vi.removesuffix(copied), scenario.title.en.removesuffix(copied))
    same = [one.name for one in list_scenarios() if one.kind == "scenario" and one.title == title and not one.is_own]
    if not same or loaded.slug in same:
        return ()
    named = same[0]
    return (
        Words(
            f"Tên kịch bản còn như của {named}, số quyết định là {scenario.plan.decision}: kế hoạch của tỉnh khác thì"
            " sửa tên, số quyết định và các ngày, vì báo cáo in lại chúng.",
            f"The title is still that of {named}, the decision {scenario.plan.decision}: for another plan change title,"
            " decision and days, which every report prints.",
        ),
    )


def _nothing_stated(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That a scenario has no money, money that buys nothing or no targets, as one that is still being filled in."""
    said = []
    if not loaded.plan_lines:
        said.append(
            Words(
                "Chưa có khoản kinh phí nào: mọi trang thiết bị, hệ thống giữ như ngày đầu kỳ.",
                "There is no money in any budget line: equipment and systems stay as on the first day.",
            )
        )
    buying = {row.line_id for row in loaded.purchases}
    idle = [line for line in loaded.plan_lines if line.line_id not in buying]
    if idle:
        names = list(dict.fromkeys(line.line_id for line in idle))
        listed = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
        million = sum(line.amount_million_vnd for line in idle)
        said.append(
            Words(
                f"Mục kinh phí chưa ghi mua gì: {listed}; {words_of(million, 'money').vi} này không làm thay đổi gì.",
                f"Budget lines that do not say what they buy: {listed}; their {words_of(million, 'money').en} change"
                " nothing.",
            )
        )
    if not loaded.own.row_ids("targets") and not loaded.scenario.targets:
        said.append(
            Words(
                "Chưa có chỉ tiêu nào: mô phỏng chạy được nhưng không có gì để kết luận.",
                "There are no targets: it can be simulated, but there is nothing to give a verdict on.",
            )
        )
    return tuple(said)


def options_act_later(loaded: LoadedScenario) -> tuple[Words, ...]:
    """From which day options act in the middle of the plan, and what of them no longer fits its years."""
    day = loaded.scenario.changeover.day
    return (*([options_act_from(day)] if day else []), *beyond_the_plan(loaded.proposals.values()))


def beyond_the_plan(proposals: Iterable[Proposal]) -> tuple[Words, ...]:
    """What of options that act in the middle of the plan comes after its last year, and is not counted."""
    return tuple(
        Words(
            f"Phương án “{one.title.vi}”, phần sau năm cuối của kế hoạch không tính: {late.vi}.",
            f"Of the option {one.title.en}, what comes after the plan's last year is left out: {late.en}.",
        )
        for one in dict.fromkeys(proposals)
        for late in one.beyond_plan
    )


def amounts_of_another_plan(decision: str, proposals: Iterable[Proposal]) -> tuple[Words, ...]:
    """That an option's money was counted for other agencies: its years move with the plan, its sums do not.

    Args:
        decision: number of the decision of the plan that is simulated.
        proposals: of the options, regimes and futures laid over it.
    """
    foreign = {one.title: one for one in proposals if one.is_costed and one.stated_for not in ("", decision)}
    if not foreign:
        return ()
    decisions = ", ".join(sorted({one.stated_for for one in foreign.values()}))
    named = "”, “".join(title.vi for title in foreign)
    return (
        Words(
            f"Chú ý: số tiền của phương án “{named}” tính cho số cơ quan của"
            f" kế hoạch {decisions}; chép tệp phương án ra và sửa số tiền theo số cơ quan của tỉnh mình.",
            f"Note: the money of {', '.join(title.en for title in foreign)} was counted for the agencies of the plan"
            f" {decisions}; copy the option's file and state the amounts for your own agencies.",
        ),
    )


def _left_out(loaded: LoadedScenario) -> tuple[Words, ...]:
    """What the plan aims at or announces and the model has no state for."""
    left_out = loaded.scenario.left_out
    if not left_out:
        return ()
    heading = Words("trong kế hoạch nhưng không mô phỏng:", "in the plan, but not simulated:")
    return (
        heading,
        *(Words(f"  {one.title.vi}: {one.reason.vi}", f"  {one.title.en}: {one.reason.en}") for one in left_out),
    )


def _outdated_fit(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That the scenario's own ranges are others than those its starting states were fitted under.

    Asked of a scenario as it stands only; what an option or the command line lays over the fit is meant to.
    """
    if not _is_as_it_stands(loaded):
        return ()
    from sim.scenario.drawn import simulated  # with numba, which reading a scenario can do without

    ranges = ranges_of(simulated(loaded.scenario)) if loaded.start_states else ""
    if all(state.ranges == ranges for state in loaded.start_states):
        return ()
    return (
        Words(
            "Trạng thái đầu kỳ đã được ước lượng với các khoảng khác khoảng nay có trong kịch bản, nên có thể lệch"
            f" số báo cáo: {FIT_AGAIN.vi}.",
            "The starting states were fitted under other ranges than the scenario has now, so that they may no longer"
            f" give what was reported: {FIT_AGAIN.en}.",
        ),
    )


def _unchecked_money(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That no printed totals are given which the lines of the budget would have to add up to."""
    if loaded.budget_totals or not loaded.budget:
        return ()
    return (
        Words(
            "Không có bảng tổng kinh phí (budget.totals): không gì đối chiếu số tiền của các mục chi.",
            "There is no table of printed totals (budget.totals): nothing checks the amounts of the lines.",
        ),
    )


def calibrated(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That unknowns are drawn from what agreed with measurements, and how many draws that is worth."""
    draws = loaded.agreeing_draws
    if not draws:
        return ()
    n, worth = (number_words(f"{many:,}") for many in (len(draws), math.floor(equal_draws(draws))))
    return (
        Words(
            f"Các yếu tố chưa biết lấy từ {n.vi} lần tính phù hợp với số liệu đã báo cáo"
            f" (tương đương {worth.vi} lần có trọng số bằng nhau); thêm --prior để không dùng.",
            f"Unknowns: {n.en} draws that agree with measurements, worth {worth.en} equal; --prior leaves them out.",
        ),
        *_set_over_a_fit(loaded),
    )


def _set_over_a_fit(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That a number or a range set by hand takes the place of a calibrated one, which the others were fitted beside."""
    changes = [change for change in loaded.changes if change.layer == SET]
    kinds = (change for change in changes if change.key.endswith(_KIND))
    fixed = {change.key.removesuffix(_KIND) for change in kinds if change.old.strip('"') != "fixed"}
    ends = (change.key.rpartition(".") for change in changes)
    ranges = {key for key, _, part in ends if part in ("low", "high")} - fixed
    said = []
    if fixed:
        named = ", ".join(sorted(fixed))
        said.append(
            Words(
                f"Giá trị đặt bằng --set thay giá trị đã hiệu chỉnh của {named}; các yếu tố khác vẫn là của lần hiệu"
                " chỉnh với giá trị cũ.",
                f"What --set gives takes the place of the calibrated values of {named}; the other unknowns are still"
                " those calibrated beside the former ones.",
            )
        )
    if ranges:
        named = ", ".join(sorted(ranges))
        said.append(
            Words(
                f"Khoảng đặt bằng --set thay khoảng cũ của {named}; lần hiệu chỉnh làm với khoảng cũ, nên có thể không"
                " còn hợp với số đã báo cáo.",
                f"What --set gives takes the place of the former range of {named}; the calibration was made with that"
                " one, and may no longer agree with what was reported.",
            )
        )
    return tuple(said)


def _outdated_draws(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That the scenario's ranges or starting states are others than those its calibrated draws were made from."""
    if not loaded.agreeing_draws or not _is_as_it_stands(loaded):
        return ()
    from sim.scenario.drawn import simulated

    prior = prior_of(simulated(loaded.scenario), loaded.start_states)
    if all(draw.prior == prior for draw in loaded.agreeing_draws):
        return ()
    return (
        Words(
            "Kịch bản được hiệu chỉnh với các khoảng hoặc trạng thái đầu kỳ khác nay, nên các lần rút có thể không còn"
            f" hợp với số đã đo: {CALIBRATE_AGAIN.vi}.",
            "The scenario was calibrated with other ranges or starting states than it has now, so that its draws may no"
            f" longer agree with what was measured: {CALIBRATE_AGAIN.en}.",
        ),
    )


def _is_as_it_stands(loaded: LoadedScenario) -> bool:
    return "defaults" in loaded.layers and all(_is_own(layer) for layer in loaded.layers)


def _is_own(layer: str) -> bool:
    return layer in ("defaults", "scenario") or layer.startswith("extends:")


def cut_short(loaded: LoadedScenario) -> tuple[Words, ...]:
    """What a period that `--until` ends early cannot tell, and what it can: one line for each."""
    said = []
    end, decided = loaded.scenario.horizon.end, loaded.scenario.plan.decided
    due = {
        change.key.split(".")[1]: date.fromisoformat(change.old)
        for change in loaded.changes
        if change.layer == UNTIL and change.key.startswith("targets.") and change.key.endswith(".due")
    }
    if due and not loaded.scenario.targets:
        said.append(_no_target(min(due.values())))
    elif due:
        numbers = _numbers_of_all(loaded, due)
        named = ", ".join(f"{numbers[target_id]} ({target_id})" for target_id in due)
        vietnamese = f"Giai đoạn được rút ngắn: không xét các chỉ tiêu có hạn muộn hơn ({named})."
        said.append(Words(vietnamese, f"The period was shortened: targets due later are left out ({named})."))
    if decided > end:
        said.append(_before_the_plan(decided, end))
    planned = [change.old for change in loaded.changes if change.layer == UNTIL and change.key == "horizon.end"]
    if planned and date.fromisoformat(planned[0]) < end:
        said.append(_beyond_the_plan(end, date.fromisoformat(planned[0])))
    return tuple(said)


def _numbers_of_all(loaded: LoadedScenario, dropped: Iterable[str]) -> dict[str, int]:
    """The number of each target of the plan: those left keep theirs, those dropped had theirs in the file or by place.

    The places that are free are those of the dropped targets, which the change log has in the plan's order.
    """
    stated = {
        change.key.split(".")[1]: int(change.old)
        for change in loaded.changes
        if change.layer == UNTIL and change.key.startswith("targets.") and change.key.endswith(".number")
    }
    numbers = loaded.target_numbers | stated
    free = (place for place in count(1) if place not in set(numbers.values()))
    return numbers | {target_id: next(free) for target_id in dropped if target_id not in stated}


def _beyond_the_plan(end: date, last: date) -> Words:
    return Words(
        f"Mô phỏng đến {end:%d/%m/%Y}, quá ngày cuối của kế hoạch ({last:%d/%m/%Y}): sau ngày đó không có thêm kinh"
        " phí, chỉ đạo nào.",
        f"Simulated to {end}, beyond the plan's last day ({last}): no money and no order is added after it.",
    )


def _no_target(first: date) -> Words:
    return Words(
        f"Kỳ mô phỏng hết trước hạn của mọi chỉ tiêu (sớm nhất {first:%d/%m/%Y}): không kết luận được chỉ tiêu nào đạt;"
        f" vẫn có số liệu hằng tháng, nguyên nhân và kinh phí đến ngày cuối. Để có kết luận, dùng --until"
        f" {first:%d/%m/%Y} hoặc muộn hơn.",
        f"The period ends before any target is due (the first on {first}): no verdict can be given; monthly series,"
        f" causes and money up to the last day can. For verdicts use --until {first} or later.",
    )


def _before_the_plan(decided: date, end: date) -> Words:
    return Words(
        f"Kế hoạch được quyết định ngày {decided:%d/%m/%Y}, sau ngày cuối mô phỏng {end:%d/%m/%Y}: kết quả cho biết"
        " tình hình trước kế hoạch, không cho biết kế hoạch làm thay đổi gì.",
        f"The plan was decided on {decided}, after the last day simulated, {end}: the results tell how things stood"
        " before it, not what it changes.",
    )


def years_of_unchecked_holidays(loaded: LoadedScenario) -> list[int]:
    """Simulated years outside those checked, of which the scenario's own table of overrides says nothing."""
    if loaded.scenario.calendar.always_open:
        return []
    known = {day.date.year for day in loaded.calendar_overrides}
    horizon = loaded.scenario.horizon
    simulated = range(horizon.start.year, horizon.end.year + 1)
    return [year for year in simulated if year not in CHECKED_YEARS and year not in known]


def _unchecked_holidays(years: list[int]) -> Words:
    said = ", ".join(map(str, years))
    first, last = CHECKED_YEARS[0], CHECKED_YEARS[-1]
    return Words(
        f"chú ý: ngày nghỉ lễ, ngày làm bù năm {said} chưa đối chiếu với thông báo của Chính phủ (đã đối chiếu"
        f" {first}-{last}); ghi những ngày được thông báo khác đi vào bảng calendar.overrides",
        f"note: public holidays and make-up days of {said} have not been checked against the Government's notices"
        f" (checked: {first} to {last}); put the days announced otherwise into the table calendar.overrides",
    )


def thinned(loaded: LoadedScenario) -> tuple[Words, ...]:
    """That only a part of the traffic is simulated, and what that leaves true."""
    one_in = loaded.scenario.run.thinning
    if one_in == 1:
        return ()
    return (
        Words(
            f"Cứ {one_in} văn bản, hồ sơ chỉ mô phỏng một (run.thinning), với đủ người, đường truyền và tiền: tỷ lệ và"
            " tiến độ triển khai đọc được, còn thời gian chờ, quá tải, trễ hạn thì không, và số đếm là của phần đã mô"
            " phỏng.",
            f"Only one in {one_in} documents and dossiers is simulated (run.thinning), with all people, lines and"
            " money: shares and roll-outs can be read, waiting, overload and lateness cannot, and counts are of the"
            " part that is simulated.",
        ),
    )
