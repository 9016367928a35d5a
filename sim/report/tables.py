"""The tables of a run folder, read and typed. Nothing else of the model is known here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sim.report.cells import Record, clean_text, count, day, number, read_table, text, yes
from sim.report.rows import (
    AgencyRow,
    BaselineRow,
    CauseRow,
    CertificateRow,
    DossierCheckRow,
    DossierRow,
    InfluenceRow,
    MandateRow,
    Manifest,
    MilestoneRow,
    MoneyRow,
    ParameterRow,
    RunTables,
    SaturationRow,
    SeriesRow,
    SpendingRow,
    TargetRow,
    VarianceRow,
)
from sim.results.table import TableError

__all__ = ["Record", "manifest_from", "read_manifest", "read_run_tables", "series_row", "target_row"]


def target_row(record: Record) -> TargetRow:
    """One record of targets.csv; raises TableError on a bad number or date."""
    return TargetRow(
        target_id=text(record, "target_id"),
        title_vi=text(record, "title_vi"),
        title_en=text(record, "title_en"),
        measure=text(record, "measure"),
        scope=text(record, "scope"),
        reading=text(record, "reading"),
        threshold=number(record, "threshold"),
        due=day(record, "due"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        p_reached=number(record, "p_reached"),
        p_low=number(record, "p_low"),
        p_high=number(record, "p_high"),
        n=count(record, "n"),
        first_reached=day(record, "first_reached"),
        verdict=text(record, "verdict"),
    )


def series_row(record: Record) -> SeriesRow:
    """One record of series.csv; raises TableError on a bad number or a missing date."""
    month_end = day(record, "date")
    if month_end is None:
        raise TableError("date: missing")
    return SeriesRow(
        date=month_end,
        measure=text(record, "measure"),
        scope=text(record, "scope"),
        version=text(record, "version"),
        unit=text(record, "unit"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p25=number(record, "p25"),
        p75=number(record, "p75"),
        p95=number(record, "p95"),
        n=count(record, "n"),
    )


def cause_row(record: Record) -> CauseRow:
    """One record of causes.csv; raises TableError on a bad number."""
    return CauseRow(
        year=count(record, "year"),
        group=text(record, "group"),
        cause=text(record, "cause"),
        unit=text(record, "unit"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        n=count(record, "n"),
        share_mean=number(record, "share_mean"),
        share_p05=number(record, "share_p05"),
        share_p95=number(record, "share_p95"),
    )


def spending_row(record: Record) -> SpendingRow:
    """One record of spending.csv; raises TableError on a bad number."""
    return SpendingRow(
        line_id=text(record, "line_id"),
        title_vi=text(record, "title_vi"),
        title_en=text(record, "title_en"),
        source=text(record, "source"),
        year=count(record, "year"),
        planned_million_vnd=number(record, "planned_million_vnd") or 0.0,
        arrived_median=number(record, "arrived_median"),
        committed_median=number(record, "committed_median"),
        spent_median=number(record, "spent_median"),
        returned_median=number(record, "returned_median"),
        n=count(record, "n"),
    )


def money_row(record: Record) -> MoneyRow:
    """One record of money.csv; raises TableError on a bad number."""
    return MoneyRow(
        line_id=text(record, "line_id"),
        source=text(record, "source"),
        year=text(record, "year"),
        entry=text(record, "entry"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        n=count(record, "n"),
    )


def certificate_row(record: Record) -> CertificateRow:
    """One record of certificates.csv; raises TableError on a bad number."""
    return CertificateRow(
        year=count(record, "year"),
        quantity=text(record, "quantity"),
        scope=text(record, "scope"),
        unit=text(record, "unit"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        n=count(record, "n"),
    )


def saturation_row(record: Record) -> SaturationRow:
    """One record of saturation.csv; raises TableError on a bad number."""
    return SaturationRow(
        scope=text(record, "scope"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        saturated_in=count(record, "saturated_in"),
        n=count(record, "n"),
    )


def parameter_row(record: Record) -> ParameterRow:
    """One record of parameters.csv, kept as text."""
    return ParameterRow(
        key=text(record, "key"),
        unit=text(record, "unit"),
        low=text(record, "low"),
        value=text(record, "value"),
        high=text(record, "high"),
        kind=text(record, "kind"),
        basis=text(record, "basis"),
        source=text(record, "source"),
        title_vi=text(record, "title_vi"),
        title_en=text(record, "title_en"),
        moves=text(record, "moves"),
    )


def agency_row(record: Record) -> AgencyRow:
    """One record of agencies.csv; raises TableError on a bad number."""
    return AgencyRow(
        agency_id=text(record, "agency_id"),
        tier=text(record, "tier"),
        name_vi=text(record, "name_vi"),
        name_en=text(record, "name_en"),
        level_median=number(record, "level_median"),
        user_share_median=number(record, "user_share_median"),
        electronic_share_median=number(record, "electronic_share_median"),
        registry_utilisation_median=number(record, "registry_utilisation_median"),
        n=count(record, "n"),
    )


def variance_row(record: Record) -> VarianceRow:
    """One record of variance.csv; raises TableError on a bad number."""
    return VarianceRow(
        target_id=text(record, "target_id"),
        reading=text(record, "reading"),
        measure=text(record, "measure"),
        parameters_share=number(record, "parameters_share"),
        luck_share=number(record, "luck_share"),
        n_pairs=count(record, "n_pairs"),
    )


def influence_row(record: Record) -> InfluenceRow:
    """One record of influence.csv; raises TableError on a bad number or a bad yes/no."""
    return InfluenceRow(
        target_id=text(record, "target_id"),
        key=text(record, "key"),
        rank_correlation=number(record, "rank_correlation"),
        noticeable=yes(record, "noticeable"),
        n=count(record, "n"),
    )


def mandate_row(record: Record) -> MandateRow:
    """One record of mandates.csv; raises TableError on a bad date."""
    return MandateRow(
        mandate_id=text(record, "mandate_id"),
        title_vi=text(record, "title_vi"),
        title_en=text(record, "title_en"),
        start=day(record, "start"),
        measured_from=day(record, "measured_from"),
        tiers=text(record, "tiers"),
    )


def baseline_row(record: Record) -> BaselineRow:
    """One record of baselines.csv; raises TableError on a bad number."""
    return BaselineRow(
        baseline_id=text(record, "baseline_id"),
        measure=text(record, "measure"),
        scope=text(record, "scope"),
        reported=number(record, "reported"),
        low=number(record, "low"),
        high=number(record, "high"),
        simulated_median=number(record, "simulated_median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        in_band_share=number(record, "in_band_share"),
        state=text(record, "state"),
        reason_vi=text(record, "reason_vi"),
        reason_en=text(record, "reason_en"),
        source=text(record, "source"),
        n=count(record, "n"),
    )


def milestone_row(record: Record) -> MilestoneRow:
    """One record of milestones.csv; raises TableError on a bad number."""
    return MilestoneRow(
        target_id=text(record, "target_id"),
        state=text(record, "state"),
        planned_million_vnd=number(record, "planned_million_vnd") or 0.0,
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        largest_in=count(record, "largest_in"),
        missed=count(record, "missed"),
        n=count(record, "n"),
    )


def dossier_row(record: Record) -> DossierRow:
    """One record of dossiers.csv; raises TableError on a bad number."""
    return DossierRow(
        year=count(record, "year"),
        tier=text(record, "tier"),
        quantity=text(record, "quantity"),
        unit=text(record, "unit"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        per_inhabitant=number(record, "per_inhabitant"),
        n=count(record, "n"),
    )


def dossier_check_row(record: Record) -> DossierCheckRow:
    """One record of dossier_checks.csv; raises TableError on a bad number."""
    return DossierCheckRow(
        observation_id=text(record, "observation_id"),
        place_name=text(record, "place_name"),
        period=text(record, "period"),
        measure=text(record, "measure"),
        scope=text(record, "scope"),
        unit=text(record, "unit"),
        observed=number(record, "observed"),
        observed_low=number(record, "observed_low"),
        observed_high=number(record, "observed_high"),
        year=count(record, "year"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        n=count(record, "n"),
        relation=text(record, "relation"),
        derived_parameter=text(record, "derived_parameter"),
        confidence=text(record, "confidence"),
        note_vi=text(record, "note_vi"),
        note_en=text(record, "note_en"),
        source=text(record, "source"),
    )


def manifest_from(record: Record) -> Manifest:
    """The manifest from its JSON object; keys that are missing are blank or zero."""
    options, notes = record.get("options"), record.get("notes")
    return Manifest(
        scenario=text(record, "scenario"),
        title_vi=text(record, "title_vi"),
        title_en=text(record, "title_en"),
        seed=text(record, "seed"),
        replications_done=count(record, "replications_done"),
        replications_asked=count(record, "replications_asked"),
        replications_failed=count(record, "replications_failed"),
        model_version=text(record, "model_version"),
        scenario_hash=text(record, "scenario_hash"),
        horizon_start=day(record, "horizon_start"),
        horizon_end=day(record, "horizon_end"),
        engine=text(record, "engine"),
        options=tuple(clean_text(item) for item in options) if isinstance(options, list) else (),
        future=text(record, "future"),
        adoption=text(record, "adoption"),
        notes=tuple(_note(item) for item in notes) if isinstance(notes, list) else (),
    )


def _note(item: object) -> tuple[str, str]:
    if isinstance(item, Mapping):
        vi, en = clean_text(item.get("vi")), clean_text(item.get("en"))
        return vi or en, en or vi
    return clean_text(item), clean_text(item)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run or compare folder; raises FileNotFoundError, or TableError when it is not a JSON object."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        raise TableError(f"manifest.json:{problem.lineno} {problem.msg}") from None
    if not isinstance(manifest, dict):
        raise TableError("manifest.json: not an object")
    return manifest_from(manifest)


def read_run_tables(run_folder: Path) -> RunTables:
    """Read a run folder: manifest, targets and series must be there; every other table may be absent.

    Raises FileNotFoundError when a required table is missing, TableError when one cannot be read.
    """
    return RunTables(
        manifest=read_manifest(run_folder),
        targets=read_table(run_folder / "targets.csv", target_row, required=True),
        series=read_table(run_folder / "series.csv", series_row, required=True),
        causes=read_table(run_folder / "causes.csv", cause_row),
        spending=read_table(run_folder / "spending.csv", spending_row),
        parameters=read_table(run_folder / "parameters.csv", parameter_row),
        agencies=read_table(run_folder / "agencies.csv", agency_row),
        variance=read_table(run_folder / "variance.csv", variance_row),
        influence=read_table(run_folder / "influence.csv", influence_row),
        mandates=read_table(run_folder / "mandates.csv", mandate_row),
        baselines=read_table(run_folder / "baselines.csv", baseline_row),
        milestones=read_table(run_folder / "milestones.csv", milestone_row),
        dossiers=read_table(run_folder / "dossiers.csv", dossier_row),
        dossier_checks=read_table(run_folder / "dossier_checks.csv", dossier_check_row),
        money=read_table(run_folder / "money.csv", money_row),
        certificates=read_table(run_folder / "certificates.csv", certificate_row),
        saturation=read_table(run_folder / "saturation.csv", saturation_row),
    )
