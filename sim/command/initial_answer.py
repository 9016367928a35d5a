"""What `init` found: the two tables it writes and the text it prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.measure.baselines import NO_EOFFICE, band, spread
from sim.measure.verdicts import quantile
from sim.report.formatting import interval_text, share_text, threshold_text
from sim.report.words import scope_text, term
from sim.results.atomic_files import FileWriteError, plain_reason, write_text_atomic
from sim.results.csv_text import csv_text
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.loading import LoadedScenario
from sim.scenario.places import SCENARIOS
from sim.scenario.start_schema import Baseline
from sim.scenario.start_states import (
    DECIMALS,
    FITTED,
    IMPOSSIBLE,
    NOT_FITTED,
    SHARES,
    StartResidual,
    StartState,
    open_shares,
    share_of,
)
from sim.scenario.tables import columns
from sim.studies.fitting import Fit

_SHARE_WORDS: Mapping[str, Words] = {
    "installed_unused_share": Words("cơ quan đã cài nhưng không dùng", "agencies with e-office installed but unused"),
    "registry_only_share": Words("trong số đang dùng: chỉ văn thư", "of those using it: the registry only"),
    "draft_sign_share": Words("trong số xử lý trên mạng: soạn và ký số", "of those processing online: draft and sign"),
    "user_share": Words("người làm việc trên văn phòng điện tử", "staff who work in e-office"),
    "email_user_share": Words("người dùng thư công vụ", "staff who use official e-mail"),
    "trained_share": Words("người đã được tập huấn", "staff trained"),
    "commune_mail_share": Words("xã có hộp thư công vụ", "communes that read an official mailbox"),
}


_STATE_WORDS = {IMPOSSIBLE: Words("không thể có", "impossible"), NOT_FITTED: Words("không khớp được", "not fitted")}


def residuals_path(path: Path) -> Path:
    """The table of residuals beside a table of fitted states."""
    return path.with_name(f"{path.stem}_residuals.csv")


class Answer:
    """A fit, told of one scenario.

    Args:
        loaded: the scenario it was made for.
        fit: what remains of the candidates.
        tried: how many candidates there were, of the stated ranges and anywhere.
        path: where the states go.
    """

    def __init__(self, loaded: LoadedScenario, fit: Fit, tried: tuple[int, int], path: Path) -> None:
        self._loaded = loaded
        self._fit = fit
        self._tried, self._tried_wide = tried
        self._path = path

    def write(self) -> None:
        """Write both tables. Raises FileWriteError."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileWriteError(self._path.parent, plain_reason(error)) from error
        write_text_atomic(self._path, csv_text(columns(StartState), self._state_rows()))
        header = columns(StartResidual)
        rows = [[_cell(getattr(row, name)) for name in header] for row in self.residuals]
        write_text_atomic(residuals_path(self._path), csv_text(header, rows))

    def _state_rows(self) -> Iterator[list[int | str]]:
        for kept in sorted(self._fit.kept, key=lambda one: one.candidate.number):
            shares = [_digits(kept.candidate.state[name]) for name in SHARES]
            yield [self._loaded.scenario.run.seed, kept.candidate.number, *shares, _digits(kept.distance)]

    @cached_property
    def residuals(self) -> tuple[StartResidual, ...]:
        """What the fit leaves over of each baseline."""
        return tuple(self._residual(baseline) for baseline in self._loaded.scenario.baselines if baseline.fitted)

    def _residual(self, baseline: Baseline) -> StartResidual:
        values = [kept.candidate.values[baseline.id] for kept in self._fit.kept]
        counted = [value for value in values if value is not None]
        state = self._state(baseline)
        reason = Words("", "") if state == FITTED else self._reason(baseline)
        low, high = band(baseline)
        return StartResidual(
            baseline_id=baseline.id,
            measure=baseline.measure,
            scope=baseline.scope,
            reported=baseline.reported.value,
            low=low,
            high=high,
            **spread(baseline, counted),
            nearest=self._fit.nearest[baseline.id].values[baseline.id],
            state=state,
            reason_vi=reason.vi,
            reason_en=reason.en,
            n=len(counted),
            place="",
        )

    def _state(self, baseline: Baseline) -> str:
        if baseline.id in self._fit.impossible:
            return IMPOSSIBLE
        return NOT_FITTED if baseline.id in self._fit.beyond else FITTED

    def _reason(self, baseline: Baseline) -> Words:
        """Why a band is not reached: how near the nearest came, and what kept it from coming nearer."""
        nearest = self._fit.nearest[baseline.id]
        value = nearest.values[baseline.id]
        if value is None:
            return Words("quá ít văn bản để tính", "too few documents to count")
        said = Words(share_text(value, "vi"), share_text(value, "en"))
        if baseline.id in self._fit.impossible:
            vietnamese = f"không trạng thái đầu kỳ nào cho số này; gần nhất là {said.vi}"
            reason = Words(vietnamese, f"no starting state gives it; the nearest any gave is {said.en}")
        else:
            vietnamese = f"không trạng thái nào trong các khoảng đã nêu cho số này; gần nhất là {said.vi}"
            english = f"no starting state within the stated ranges gives it; the nearest is {said.en}"
            reason = Words(vietnamese, english)
        note = nearest.notes.get(baseline.id)
        if value < band(baseline)[0] and isinstance(note, list):
            kept_back = _obstacle_words(str(note[0]), float(note[1]))
            reason = Words(f"{reason.vi}, ở đó {kept_back.vi}", f"{reason.en}, where {kept_back.en}")
        return reason

    def content(self) -> dict[str, object]:
        """The answer for a machine."""
        return {
            "scenario": self._loaded.slug,
            "candidates": self._tried,
            "wide_candidates": self._tried_wide,
            "inside": self._fit.inside,
            "kept": len(self._fit.kept),
            "files": {"fitted": str(self._path), "residuals": str(residuals_path(self._path))},
            "baselines": [{name: getattr(row, name) for name in columns(StartResidual)} for row in self.residuals],
            "start": {name: dict(zip(("p05", "median", "p95"), self._range(name), strict=True)) for name in SHARES},
        }

    def text(self, lang: Lang) -> str:
        """The answer for a person."""
        return "\n".join(printable(line) for line in self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        title = self._loaded.scenario.title
        yield title.vi if lang == "vi" else title.en
        yield self._count().text(lang)
        for row in self.residuals:
            yield ""
            yield f"{term('measure', row.measure, lang)} – {scope_text(row.scope, lang)}"
            yield f"  {_compared(row).text(lang)}"
            if row.state != FITTED:
                state = _STATE_WORDS[row.state]
                yield f"  {Words(f'{state.vi}: {row.reason_vi}', f'{state.en}: {row.reason_en}').text(lang)}"
        yield ""
        yield Words("Trạng thái đầu kỳ, trung vị (5–95 %)", "Starting state, median (5–95 %)").text(lang)
        for name in open_shares(self._loaded.scenario.start):
            low, middle, high = self._range(name)
            stated = share_of(self._loaded.scenario.start, name)
            was = interval_text(stated.low, stated.high, "share", lang)
            found = f"{share_text(middle, lang)} ({interval_text(low, high, 'share', lang)})"
            before = Words(f"khoảng nêu trong kịch bản {was}", f"stated range {was}").text(lang)
            yield f"  {_SHARE_WORDS[name].text(lang)}: {found}; {before}"
        yield ""
        yield from self._how_to_use(lang)

    def _count(self) -> Words:
        inside, kept, tried = self._fit.inside, len(self._fit.kept), self._tried
        words = Words(
            f"{tried} trạng thái thử, {inside} khớp mọi số báo cáo có thể khớp; giữ {kept}",
            f"{tried} starting states tried, {inside} inside every band that they reach; {kept} kept",
        )
        if kept > inside:
            vietnamese = f"{words.vi} gần nhất; nên thử nhiều hơn bằng --candidates"
            return Words(vietnamese, f"{words.en}, the nearest; try more with --candidates")
        return words

    def _range(self, name: str) -> tuple[float, float, float]:
        values = [kept.candidate.state[name] for kept in self._fit.kept]
        return quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)

    def _how_to_use(self, lang: Lang) -> Iterator[str]:
        vietnamese = "Đã ghi; để dùng, đặt dưới [start] của kịch bản:"
        yield Words(vietnamese, "Written; to use it, put under [start] of the scenario:").text(lang)
        for key, path in (("fitted", self._path), ("residuals", residuals_path(self._path))):
            yield f'  {key} = "{_name_in_scenario(path, self._loaded.path.resolve().parent)}"'


def _name_in_scenario(path: Path, folder: Path) -> str:
    """The path as a scenario names it: from the scenarios folder, else from its own."""
    resolved = path.resolve()
    for root in (SCENARIOS, folder):
        if resolved.is_relative_to(root):
            return resolved.relative_to(root).as_posix()
    return resolved.name


def _compared(row: StartResidual) -> Words:
    def said(lang: Lang) -> dict[str, Any]:
        middle = row.simulated_median
        return {
            "reported": threshold_text(row.reported, "share", lang),
            "band": interval_text(row.low, row.high, "share", lang),
            "median": "–" if middle is None else share_text(middle, lang),
            "spread": interval_text(row.p05, row.p95, "share", lang),
            "inside": share_text(row.in_band_share or 0.0, lang),
        }

    vietnamese = "báo cáo {reported} (sai số {band}); mô phỏng {median} ({spread}); trong sai số {inside} số lần"
    english = "reported {reported} (band {band}); simulated {median} ({spread}); inside the band {inside} of the time"
    return Words(vietnamese.format(**said("vi")), english.format(**said("en")))


def _obstacle_words(name: str, share: float) -> Words:
    shares = Words(share_text(share, "vi"), share_text(share, "en"))
    if name == NO_EOFFICE:
        vietnamese = f"{shares.vi} số văn bản do cơ quan chưa có văn phòng điện tử xử lý"
        return Words(vietnamese, f"{shares.en} of these documents are handled by agencies without e-office")
    cause = Words(term("cause", name, "vi"), term("cause", name, "en"))
    return Words(f"{shares.vi} số lượt gửi vướng: {cause.vi}", f"{shares.en} of these deliveries meet: {cause.en}")


def _digits(value: float) -> str:
    return f"{value:.{DECIMALS}f}"


def _cell(value: str | float | None) -> str | int | None:
    return _digits(value) if isinstance(value, float) else value
