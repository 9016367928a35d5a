"""The table of parameters: every number with a name in both languages, purchases with what they move."""

from __future__ import annotations

from sim.measure.parameters import parameter_rows
from sim.policy.purchase_catalogue import purchasable
from sim.scenario.loading import load


def test_every_number_of_the_shipped_plan_has_a_name_in_both_languages() -> None:
    rows = parameter_rows(load("binh_dinh_2016_2020"))
    assert len(rows) > 200
    assert [row.key for row in rows if not (row.title_vi and row.title_en)] == []
    assert len({row.key for row in rows}) == len(rows)


def test_names_of_parameters_and_of_purchases() -> None:
    rows = {row.key: row for row in parameter_rows(load("binh_dinh_2016_2020"))}
    assert rows["network.ftth.repair"].title("en") == "Fibre line: time to repair a fault"
    assert rows["matrix.commune.district"].title("vi") == "Hệ số ưu tiên gửi từ cấp xã đến cấp huyện"
    cost = next(row for key, row in rows.items() if key.endswith(".token.unit_cost"))
    line = cost.key.removeprefix("purchases.").removesuffix(".token.unit_cost")
    assert cost.title("vi") == f"Mục {line}: đơn giá chứng thư số"
    assert cost.unit == "million VND"


def test_a_purchase_says_once_which_measures_count_it() -> None:
    rows = [row for row in parameter_rows(load("binh_dinh_2016_2020")) if row.key.startswith("purchases.")]
    shares = [row for row in rows if row.key.endswith(".share")]
    assert any(row.moves for row in shares)
    for row in shares:
        assert row.moves == (";".join(purchasable(row.key.split(".")[-2]).moves) or None), row.key
    assert not any(row.moves for row in rows if not row.key.endswith(".share"))


def test_lines_and_e_office_are_counted_by_the_measures_that_look_at_them() -> None:
    moves = {row.key: row.moves for row in parameter_rows(load("binh_dinh_2016_2020"))}
    assert moves["purchases.I.2b.dedicated_link.share"] == "dedicated_network_share;private_network_share"
    assert moves["purchases.II.2a.eoffice_web_service.share"] == "eoffice_installed_share;eoffice_linked_share"
    assert moves["purchases.II.2a.eoffice_link.share"] == "eoffice_linked_share"
