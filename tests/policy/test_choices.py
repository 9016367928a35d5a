"""Shares, prices, open choices and what comes of the money: keys drawn once, kept, and seen by every analysis."""

from __future__ import annotations

from statistics import fmean

import pytest
from worlds import fixed

from sim.engine.draws import luck_of
from sim.measure.parameters import parameter_rows
from sim.policy.plan_lines import draw_purchases, drawn_purchases, parts_of, purchase_quantities
from sim.scenario.arrivals import arrival_key, whole_or_cut
from sim.scenario.choices import CHOICES
from sim.scenario.drawn import draw_parameters
from sim.scenario.errors import ScenarioErrors
from sim.scenario.explain import explain
from sim.scenario.kinds import SERVING_ORDERS
from sim.scenario.loading import LoadedScenario, load
from sim.studies.axes import axes_of, unknowns_of

SHARE = "purchases.I.2a.datacentre_redundancy.share"
COST = "purchases.I.2b.dedicated_link.unit_cost"
FORM, PROGRAMME, ORDER = "budget.eoffice_form", "budget.central_programme", "budget.order"
DRAWS = 600


@pytest.fixture(scope="module")
def plan() -> LoadedScenario:
    return load("binh_dinh_2016_2020")


@pytest.fixture(scope="module")
def draws(plan: LoadedScenario) -> list[dict[str, float]]:
    return [drawn(plan, number) for number in range(DRAWS)]


def drawn(loaded: LoadedScenario, number: int) -> dict[str, float]:
    luck = luck_of(20170317, number)
    return draw_parameters(loaded.scenario, luck) | draw_purchases(loaded, luck)


def test_every_row_of_the_table_is_a_key_with_range_basis_source_and_place(plan: LoadedScenario) -> None:
    text = explain(plan, COST, "en")
    for part in ("12 million VND", "6 million VND … 40 million VND", "assumed", "Annex V I.2b", "purchases.csv:"):
        assert part in text
    keys = {key for key, _, _ in purchase_quantities(plan)}
    assert {SHARE, COST} <= keys
    assert len(keys) == len(plan.purchases) + sum(one.unit_cost_million_vnd is not None for one in plan.purchases)
    rows = {row.key: row for row in parameter_rows(plan)}
    assert keys <= set(rows)
    assert set(drawn(plan, 0)) <= set(rows), "whatever a replication keeps is told of in parameters.csv"
    assert rows[SHARE].title_en == "Line I.2a: share of the money for data-centre redundancy"


def test_set_moves_a_share_or_price_and_makes_it_certain() -> None:
    loaded = load("binh_dinh_2016_2020", sets=[f"{SHARE}=30 %", f"{COST}=20 million VND"])
    assert {(p[SHARE], p[COST]) for p in (drawn(loaded, number) for number in range(5))} == {(0.3, 20.0)}
    assert "--set" in explain(loaded, SHARE, "en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("purchases.I.2a.tokn.share=30 %", "E-BUD-010"),
        ("purchases.I.2a.datacentre_redundancy.shar=30 %", "E-KEY-001"),
        ("purchases.II.2a.eoffice_link.share=0.3", "E-UNIT-001"),
        ("budget.arrival.TW.18=1", "E-BUD-007"),
        ("budget.eoffice_form=web", "E-KEY-005"),
    ],
)
def test_what_the_plan_does_not_have_is_refused(text: str, code: str) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        load("binh_dinh_2016_2020", sets=[text])
    assert [error.code for error in refused.value.errors] == [code]


def test_certain_shares_that_ask_for_more_than_all_are_refused() -> None:
    sets = [fixed("purchases.II.2a.portal.share", "60 %"), fixed("purchases.II.2a.eoffice_link.share", "60 %")]
    with pytest.raises(ScenarioErrors) as refused:
        load("binh_dinh_2016_2020", sets=sets)
    assert [error.code for error in refused.value.errors] == ["E-BUD-005"]


def test_a_certain_share_is_taken_exactly_and_the_rest_divided_as_drawn() -> None:
    loaded = load("binh_dinh_2016_2020", sets=[fixed("purchases.II.2a.portal.share", "40 %")])
    bought = drawn_purchases(loaded, drawn(loaded, 3))
    takers = [one for one in bought if one.purchase.line_id == "II.2a"]
    parts = dict(zip([one.purchase.kind for one in takers], parts_of(takers), strict=True))
    assert parts["portal"] == 0.4
    assert sum(parts.values()) == pytest.approx(1.0)
    free = {one.purchase.kind: one.share for one in takers if one.purchase.kind != "portal"}
    assert parts["eoffice_link"] / parts["mail_upgrade"] == pytest.approx(free["eoffice_link"] / free["mail_upgrade"])


def test_the_resolved_scenario_holds_all_of_it(plan: LoadedScenario, tmp_path_factory: pytest.TempPathFactory) -> None:
    loaded = load("binh_dinh_2016_2020", sets=[f"{SHARE}=30 %", f"{FORM}=web_service", "budget.arrival.TW.2018=0.5"])
    file = tmp_path_factory.mktemp("resolved") / "scenario.toml"
    file.write_text(loaded.resolved_toml(), encoding="utf-8")
    again = load(file)
    assert again.content_hash == loaded.content_hash != plan.content_hash
    assert drawn(again, 4) == drawn(loaded, 4)


def test_studies_vary_shares_prices_and_choices(plan: LoadedScenario) -> None:
    share, form, own = axes_of([f"{SHARE}=0 %:50 %:3", FORM, COST], plan)
    assert share.settings(share.value(1.0))[0] == f'{SHARE}.value="50 %"'
    assert [form.settings(form.value(place)) for place in (0.0, 0.4, 0.6, 1.0)] == [
        (f'{FORM}="installation"',),
        (f'{FORM}="installation"',),
        (f'{FORM}="web_service"',),
        (f'{FORM}="web_service"',),
    ]
    assert not form.is_lever
    assert own.value(0.0) == pytest.approx(6.0)
    unknown = {axis.key for axis in unknowns_of(plan)}
    assert {SHARE, COST, FORM, PROGRAMME} <= unknown
    chosen = load("binh_dinh_2016_2020", sets=[f"{FORM}=web_service"])
    assert FORM not in {axis.key for axis in unknowns_of(chosen)}
    for axis in (share, form, own):
        load("binh_dinh_2016_2020", sets=axis.settings(axis.value(0.5)))


def test_an_open_choice_follows_its_odds_and_a_made_one_does_not(draws: list[dict[str, float]]) -> None:
    taken, odds = ([p[key] for p in draws] for key in (FORM, "budget.web_service_odds"))
    assert abs(fmean(taken) - fmean(odds)) < 3.0 * (0.25 / DRAWS) ** 0.5
    for number, name in enumerate(("installation", "web_service")):
        loaded = load("binh_dinh_2016_2020", sets=[f"{FORM}={name}"])
        assert {drawn(loaded, k)[FORM] for k in range(20)} == {float(number)}
        kinds = {one.purchase.kind for one in drawn_purchases(loaded, drawn(loaded, 0))}
        assert {"eoffice_installation", "eoffice_web_service"} & kinds == {f"eoffice_{name}"}


def test_a_choice_moves_nobody_elses_luck(plan: LoadedScenario) -> None:
    chosen = load("binh_dinh_2016_2020", sets=[f"{FORM}=web_service"])
    for number in range(10):
        one, other = drawn(plan, number), drawn(chosen, number)
        assert {key for key in one if one[key] != other[key]} <= {FORM}


def test_lines_of_the_central_source_succeed_and_fail_together(draws: list[dict[str, float]]) -> None:
    """One programme decides: without it no year brings anything, with it years go together."""
    years = range(2016, 2021)
    failed = [p for p in draws if not p[PROGRAMME]]
    came = [p for p in draws if p[PROGRAMME]]
    assert all(p[arrival_key("TW", year)] == 0.0 for p in failed for year in years)
    assert all(p[arrival_key("TW", year)] > 0.0 for p in came for year in years)
    first, last = ([p[arrival_key("TW", year)] for p in draws] for year in (2017, 2020))
    assert _correlation(first, last) > 0.6
    provincial = [[p[arrival_key("SN", year)] for p in draws] for year in (2017, 2020)]
    assert abs(_correlation(*provincial)) < 0.2


def test_what_comes_on_average_is_what_the_plan_expects(draws: list[dict[str, float]]) -> None:
    for source, key in (("TW", "budget.central_reliability"), ("DT", "budget.provincial_reliability")):
        gaps = [p[arrival_key(source, year)] - p[key] for p in draws for year in (2017, 2019)]
        assert abs(fmean(gaps)) < 0.05


@pytest.mark.parametrize("expected", [0.0, 0.3, 0.5, 0.95, 1.0])
@pytest.mark.parametrize("cut", [0.0, 0.5, 1.0])
def test_a_year_comes_whole_or_cut_and_in_the_mean_as_expected(expected: float, cut: float) -> None:
    steps = 10_000
    parts = [whole_or_cut(expected, cut, (step + 0.5) / steps) for step in range(steps)]
    assert fmean(parts) == pytest.approx(expected, abs=1e-4)
    assert set(parts) <= {1.0, min(cut, expected)}


def test_the_future_without_central_money_brings_none_and_a_known_year_is_taken_as_known() -> None:
    none = load("binh_dinh_2016_2020", future="central_money_fails")
    assert all(drawn(none, k)[arrival_key("TW", 2019)] == 0.0 for k in range(20))
    known = load("binh_dinh_2016_2020", sets=["budget.arrival.TW.2018=0.25"])
    assert {drawn(known, k)[arrival_key("TW", 2018)] for k in range(20)} == {0.25}


def test_every_choice_has_titles_and_odds_that_are_chances(plan: LoadedScenario) -> None:
    for choice in CHOICES:
        said = explain(plan, choice.key, "vi")
        assert len(choice.titles) == len(choice.alternatives)
        assert all(
            f"{name}: {words.vi}" in said for name, words in zip(choice.alternatives, choice.titles, strict=True)
        )
        assert ("open: " in said) == (choice.odds is not None)
        if choice.odds is not None:
            assert len(choice.alternatives) == 2
            assert all(0.0 <= choice.odds(drawn(plan, number)) <= 1.0 for number in range(50))


def test_the_order_of_serving_is_chosen_never_drawn(plan: LoadedScenario) -> None:
    """A lever with four alternatives: kept with the replication, told of, varied by studies, no unknown."""
    assert {drawn(plan, number)[ORDER] for number in range(20)} == {0.0}
    for number, name in enumerate(SERVING_ORDERS):
        assert drawn(load("binh_dinh_2016_2020", sets=[f"{ORDER}={name}"]), 3)[ORDER] == float(number)
    (axis,) = axes_of([ORDER], plan)
    assert [axis.settings(axis.value(place))[0] for place in (0.0, 0.3, 0.6, 1.0)] == [
        f'{ORDER}="{name}"' for name in SERVING_ORDERS
    ]
    assert axis.is_lever
    assert ORDER not in {unknown.key for unknown in unknowns_of(plan)}
    (row,) = (row for row in parameter_rows(plan) if row.key == ORDER)
    assert (row.value, row.kind, row.low) == (0.0, "fixed", None)
    assert "3: those with fewest staff first" in row.title_en


def _correlation(xs: list[float], ys: list[float]) -> float:
    x, y = fmean(xs), fmean(ys)
    both = fmean((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return both / (fmean((a - x) ** 2 for a in xs) * fmean((b - y) ** 2 for b in ys)) ** 0.5
