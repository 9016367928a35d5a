"""The scenarios that come with the program load, with every overlay, quickly."""

from __future__ import annotations

import time

import pytest

from sim.scenario.keys import schema_keys
from sim.scenario.listing import Listed, list_scenarios
from sim.scenario.loading import LoadedScenario, load

BINH_DINH = "binh_dinh_2016_2020"
OVERLAYS = [item for item in list_scenarios() if item.kind != "scenario"]
PROVINCES = [item for item in list_scenarios() if item.kind == "scenario"]


def with_overlay(item: Listed) -> LoadedScenario:
    if item.kind == "adoption":
        return load(BINH_DINH, adoption=item.name)
    if item.kind == "future":
        return load(BINH_DINH, future=item.name)
    return load(BINH_DINH, options=[item.name])


@pytest.mark.parametrize("item", PROVINCES, ids=lambda item: item.name)
def test_provinces_load_and_their_resolved_form_is_the_same(
    item: Listed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    loaded = load(item.name)
    resolved = tmp_path_factory.mktemp("resolved") / "scenario.resolved.toml"
    resolved.write_text(loaded.resolved_toml(), encoding="utf-8")
    assert load(resolved).content_hash == loaded.content_hash


@pytest.fixture(scope="module")
def unchanged() -> str:
    return load(BINH_DINH).content_hash


@pytest.mark.parametrize("item", OVERLAYS, ids=lambda item: f"{item.kind}-{item.name}")
def test_every_overlay_changes_something(item: Listed, unchanged: str) -> None:
    assert with_overlay(item).content_hash != unchanged


def test_every_number_has_a_source_and_a_line() -> None:
    loaded = load(BINH_DINH)
    numbers = [key for key, known in schema_keys().items() if (known.dimension or known.is_profile) and "*" not in key]
    assert len(numbers) > 100
    lines = [loaded.provenance[".".join((*key, "source"))].line for key in numbers]
    assert min(lines) >= 1


def test_loading_takes_less_than_half_a_second() -> None:
    load(BINH_DINH)
    started = time.process_time()
    load(BINH_DINH)
    assert time.process_time() - started < 0.5
