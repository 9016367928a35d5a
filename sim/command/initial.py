"""`init SCENARIO`: fit the state of use on the first day to what the plan reports of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.program import command_line
from sim.command.specs import init_spec
from sim.measure.verdicts import quantile
from sim.report.formatting import interval_text, share_text, threshold_text
from sim.report.words import scope_text, term
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.places import SCENARIOS
from sim.scenario.sheet import columns
from sim.scenario.start_states import FITTED, IMPOSSIBLE, NOT_FITTED, SHARES, StartResidual, open_shares, share_of
from sim.studies.execution import Execution
from sim.studies.initial_state import FoundStart, InitStudy, init_study
from sim.studies.runner import run_study
from sim.studies.start_tables import residuals_path

_SHARE_WORDS: Mapping[str, Words] = {
    "installed_unused_share": Words("cơ quan đã cài nhưng không dùng", "agencies with e-office installed but unused"),
    "registry_only_share": Words("trong số đang dùng: chỉ văn thư", "of those using it: the registry only"),
    "draft_sign_share": Words("trong số xử lý trên mạng: soạn và ký số", "of those processing online: draft and sign"),
    "user_share": Words("người làm việc trên văn phòng điện tử", "staff who work in e-office"),
    "email_user_share": Words("người dùng thư công vụ", "staff who use official e-mail"),
    "trained_share": Words("người đã được tập huấn", "staff trained"),
    "own_server_share": Words("văn phòng điện tử đặt tại cơ quan", "e-offices on a server in the house"),
    "eoffice_trained_share": Words("người đã tập huấn văn phòng điện tử", "staff trained in e-office"),
    "commune_mail_share": Words("xã có hộp thư công vụ", "communes that read an official mailbox"),
}


_WANTED = 200
"""Fewer states make the start look better known than it is."""
_REFUTED_WORDS: Mapping[str, Words] = {
    "levels": Words("mức sử dụng không cho được số báo cáo", "levels cannot give what was reported"),
    "refusals": Words("tỷ lệ bị từ chối quá xa 0,3–3 %", "refusals far from 0.3-3%"),
    "registry": Words("văn thư quá tải", "drowned registry"),
    "officers": Words("chuyên viên quá tải", "drowned officers"),
}
_STATE_WORDS = {IMPOSSIBLE: Words("không thể có", "impossible"), NOT_FITTED: Words("không khớp được", "not fitted")}


class Answer:
    """A fit, told of one scenario.

    Args:
        study: what was asked, and where the states are.
        found: what remains of the candidates.
    """

    def __init__(self, study: InitStudy, found: FoundStart) -> None:
        self._loaded = study.asked
        self._path = study.path
        self._tried, self._tried_wide = study.spec.candidates, study.wide_candidates
        self._fit = found.fit
        self._residuals = found.tables.residuals

    def content(self) -> dict[str, object]:
        """The answer for a machine."""
        return {
            "scenario": self._loaded.slug,
            "candidates": self._tried,
            "wide_candidates": self._tried_wide,
            "inside": self._fit.inside,
            "refuted": dict(self._fit.refuted),
            "kept": len(self._fit.kept),
            "files": {"fitted": str(self._path), "residuals": str(residuals_path(self._path))},
            "baselines": [{name: getattr(row, name) for name in columns(StartResidual)} for row in self._residuals],
            "start": {name: dict(zip(("p05", "median", "p95"), self._range(name), strict=True)) for name in SHARES},
        }

    def text(self, lang: Lang) -> str:
        """The answer for a person."""
        return "\n".join(printable(line) for line in self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        title = self._loaded.scenario.title
        yield title.vi if lang == "vi" else title.en
        yield self._count().text(lang)
        if self._fit.refuted:
            yield self._refuted().text(lang)
        for row in self._residuals:
            yield ""
            yield f"{term('measure', row.measure, lang)} – {scope_text(row.scope, lang, self._loaded.group_titles)}"
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
        if kept == inside and kept < _WANTED:
            vietnamese = f"{words.vi}; nên thử nhiều hơn bằng --candidates để có ít nhất {_WANTED}"
            return Words(vietnamese, f"{words.en}; try more with --candidates to have at least {_WANTED}")
        if kept > inside:
            vietnamese = f"{words.vi} gần nhất; nên thử nhiều hơn bằng --candidates"
            return Words(vietnamese, f"{words.en}, the nearest; try more with --candidates")
        return words

    def _refuted(self) -> Words:
        """How many the past refutes, and by what."""
        parts = {"vi": [], "en": []}  # type: dict[Lang, list[str]]
        for reason, number in self._fit.refuted.items():
            kind, _, tier = reason.partition(":")
            for lang, said in parts.items():
                where = f" ({scope_text(f'tier:{tier}', lang)})" if tier else ""
                said.append(f"{_REFUTED_WORDS[kind].text(lang)}{where}: {number}")
        return Words(f"Bị quá khứ bác bỏ – {'; '.join(parts['vi'])}", f"Refuted by the past - {'; '.join(parts['en'])}")

    def _range(self, name: str) -> tuple[float, float, float]:
        values = [kept.candidate.state[name] for kept in self._fit.kept]
        return quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)

    def _how_to_use(self, lang: Lang) -> Iterator[str]:
        vietnamese = "Đã ghi; để dùng, đặt dưới [start] của kịch bản:"
        yield Words(vietnamese, "Written; to use it, put under [start] of the scenario:").text(lang)
        for key, path in (("fitted", self._path), ("residuals", residuals_path(self._path))):
            yield f'  {key} = "{name_in_scenario(path, self._loaded.path.resolve().parent)}"'


def name_in_scenario(path: Path, folder: Path) -> str:
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


def init(words: Namespace, console: Console) -> int:
    """Try starting states, keep those whose reports would have been the plan's, write them and say what remains."""
    study = init_study(init_spec(words), Path(words.out) if words.out else None)
    for line in study.asked.recognised:
        console.say(line)
    execution = Execution(workers=words.workers, resume=command_line(words.typed), typed=tuple(words.typed))
    result = run_study(study, execution, console)
    if result.ending == "interrupted" or study.found is None:
        return exit_codes.INTERRUPTED
    answer = Answer(study, study.found)
    if console.as_json:
        console.answer_json("init", answer.content())
    else:
        console.answer(answer.text(console.lang))
    return exit_codes.SOME_FAILED if study.found.failures else exit_codes.DONE
