from __future__ import annotations

from pathlib import Path

import pytest
from fake_run import HOSTILE_TITLE, target_records, write_fake_run

from sim.report.folder import write_report
from sim.report.run_tables import RunTables, read_run_tables


@pytest.fixture(scope="session")
def table_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up run before its report is written, which takes seconds: for whoever reads tables alone."""
    return write_fake_run(tmp_path_factory.mktemp("runs") / "binh_dinh")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_fake_run(tmp_path_factory.mktemp("runs") / "binh_dinh")
    write_report(folder)
    return folder


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = target_records()[0] | {
        "target_id": "../../=cmd",
        "title_vi": HOSTILE_TITLE,
        "title_en": HOSTILE_TITLE,
        "scope": "=1+1",
        "verdict": "<b>won</b>",
    }
    folder = write_fake_run(
        tmp_path_factory.mktemp("runs") / "hostile",
        targets=[record],
        title_vi=HOSTILE_TITLE,
        title_en=HOSTILE_TITLE,
        options=['"><img src=x onerror=alert(1)>'],
        notes=[{"vi": "</style><script>alert(2)</script>", "en": "{% include '/etc/passwd' %}"}],
    )
    quoted = HOSTILE_TITLE.replace('"', '""')
    for table, words in (
        ("mandates.csv", "Quyết định 900/QĐ-UBND"),
        ("baselines.csv", "chưa xã nào dùng văn phòng điện tử"),
        ("agencies.csv", "Xã An Hòa"),
        ("influence.csv", "adoption.imitation_per_year"),
    ):
        path = folder / table
        text = path.read_text(encoding="utf-8")
        assert words in text
        path.write_text(text.replace(words, f'"{quoted}"'), encoding="utf-8")
    series = folder / "series.csv"
    named = series.read_text(encoding="utf-8").replace(
        "exchange_electronic_share,all,", "exchange_electronic_share,'=1+1,"
    )
    series.write_text(named, encoding="utf-8")
    write_report(folder)
    return folder


@pytest.fixture(scope="module")
def tables(table_folder: Path) -> RunTables:
    return read_run_tables(table_folder)
