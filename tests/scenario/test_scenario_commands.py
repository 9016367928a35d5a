"""What `explain`, `list` and `new` answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.scenario.errors import ScenarioErrors
from sim.scenario.explain import explain
from sim.scenario.keys import ROW_LISTS, schema_keys, title_of
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.new import new

if TYPE_CHECKING:
    from conftest import Small


def rows(text: str) -> dict[str, str]:
    return {line[2:12].strip(): line[13:] for line in text.splitlines()[1:]}


def test_explain_says_value_unit_range_basis_source_layer_and_place(small: Small) -> None:
    said = rows(explain(small.load(options=["poll"]), "network.poll_interval", "en"))
    line = small.line_of("options/poll.toml", "network.poll_interval")
    assert said == {
        "name": "Interval at which a receiver asks for messages",
        "value": "6 min",
        "range": "5 min … 30 min (5 % – 95 %, lognormal, its value the median)",
        "basis": "assumed",
        "source": "test",
        "trust": "assumed, nobody has measured it: a survey's figure should replace it, and results may change; "
        "each simulation draws its own value from the range",
        "set with": '--set network.poll_interval="6 min"',
        "its range": '--set network.poll_interval.low="5 min" --set network.poll_interval.high="30 min"',
        "before": "15 min → 6 min (option poll)",
        "layer": "option poll",
        "place": f"scenarios/options/poll.toml:{line}",
        "meaning": "A receiver's e-office asks the message service for new messages at this interval.",
    }


def test_explain_of_a_section_lists_its_keys_with_places(small: Small) -> None:
    text = explain(small.load(), "documents", "vi")
    line = small.line_of("defaults.toml", "secret_share")
    assert f"  documents.secret_share = 10 %: Tỷ lệ văn bản mật  [scenarios/defaults.toml:{line}]" in text.splitlines()
    assert "documents.secret_share.value" not in text


def test_explain_of_a_target_and_in_vietnamese(small: Small) -> None:
    assert rows(explain(small.load(), "targets.electronic.due"))["giá trị"] == "2017-12-31"
    threshold = rows(explain(small.load(), "targets.electronic.threshold", "en"))
    assert threshold["range"] == "fixed"
    assert "trust" not in threshold, "nothing is said of a value that states no basis"


def test_explain_in_vietnamese_names_the_parameter_and_its_unit_and_shows_no_english(small: Small) -> None:
    said = rows(explain(small.load(), "documents.secret_share", "vi"))
    assert said["tên gọi"] == "Tỷ lệ văn bản mật"
    assert said["lớp"] == "số mặc định chung"
    assert "nghĩa" not in said, "the schema's sentences are English"
    assert (
        explain(small.load(), "network.adsl.repair", "vi")
        .splitlines()[1]
        .endswith("Đường ADSL: thời gian khắc phục sự cố")
    )


def test_every_quantity_of_the_schema_has_a_title_in_both_languages() -> None:
    """A new parameter needs no other file for its title: it stands beside its type."""
    known = {key: about for key, about in schema_keys().items() if key[0] not in ROW_LISTS}
    untitled = [key for key, about in known.items() if about.dimension and not (about.title.vi and about.title.en)]
    assert untitled == []
    titles = [about.title for about in known.values() if about.dimension]
    assert len({title.vi for title in titles}) == len(titles), "two parameters have one title"
    of_lines = [known[key].title for key in known if key[0] == "purchases" and known[key].dimension]
    assert [title for title in titles if "{" in title.vi + title.en] == of_lines
    share = title_of("purchases.I.2b.dedicated_link.share")
    assert share.vi == "Mục I.2b: tỷ lệ kinh phí cho kết nối mạng chuyên dùng"
    assert share.en == "Line I.2b: share of the money for links to the dedicated network"


@pytest.mark.parametrize(
    ("key", "vi", "en"),
    [
        ("matrix.commune.district", "Hệ số ưu tiên gửi từ cấp xã đến cấp huyện", "How much communes lean towards"),
        ("network.ftth.repair", "Đường cáp quang FTTH: thời gian khắc phục sự cố", "Fibre line: time to repair"),
        ("budget.scale.II.2a", "Hệ số kinh phí mục II.2a", "Money of line II.2a, times"),
        ("budget.shift_years.chapter.I", "Kinh phí phần I, chậm lại (năm)", "Money of chapter I, later by"),
        ("budget.redivide.source.TW", "Hệ số kinh phí vốn Trung ương trong", "Money of the central source within"),
        ("matrix.commune.moon", "", ""),
        ("moon.phase", "", ""),
    ],
)
def test_titles_of_composed_keys(key: str, vi: str, en: str) -> None:
    title = title_of(key)
    assert title.vi.startswith(vi)
    assert title.en.startswith(en)
    assert bool(title.vi) == bool(vi)


def test_explain_of_an_unknown_key_names_the_nearest(small: Small) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        explain(small.load(), "network.pol_interval")
    assert "network.poll_interval" in refused.value.text("vi")


def test_list_shows_titles_and_unreadable_files(small: Small) -> None:
    small.write("futures/broken.toml", "x = [")
    listed = {(item.kind, item.name): item for item in list_scenarios(small.root)}
    assert listed["scenario", "small"].title.vi == "Tỉnh nhỏ"
    assert listed["option", "poll"].title.en == "Poll often"
    assert listed["future", "broken"].errors[0].code == "E-TOML-001"
    assert len(listed) == 3


def test_a_new_scenario_loads_and_differs_only_in_name_and_title(small: Small) -> None:
    path = new("mine", "small", small.root)
    loaded = load("mine", root=small.root)
    assert path == small.root / "provinces" / "mine" / "mine.toml"
    assert loaded.layers == ("defaults", "scenario"), "nothing is extended"
    assert loaded.scenario.title.vi == "Tỉnh nhỏ (mine)"
    assert {file.parent for file in loaded.table_files.values()} == {path.parent, small.root / "tables"}
    assert loaded.table_files["agencies"] == path.parent / "agencies.csv"
    assert loaded.agencies == small.load().agencies


def test_new_never_overwrites(small: Small) -> None:
    before = (small.root / "provinces/small.toml").read_bytes()
    with pytest.raises(ScenarioErrors) as refused:
        new("small", "small", small.root)
    assert refused.value.errors[0].code == "E-NEW-002"
    assert (small.root / "provinces/small.toml").read_bytes() == before


UNSAFE = [
    "../x",
    "/etc/x",
    "a/b",
    "..",
    "con",
    "NUL",
    "x.",
    "x ",
    "~",
    "$HOME",
    "-rf",
    "",
    "x" * 65,
    "a\nb",
    "\u202ex",
    "tỉnh",
]


@pytest.mark.parametrize("name", UNSAFE)
def test_new_refuses_names_that_are_not_safe(small: Small, name: str) -> None:
    with pytest.raises(ScenarioErrors) as refused:
        new(name, "small", small.root)
    assert refused.value.errors[0].code == "E-NEW-001"
    assert [path.name for path in (small.root / "provinces").iterdir()] == ["small.toml"]
