"""Where each key of a TOML text stands, found without building anything.

The standard reader takes quadratic time and memory on a key of many dots and recurses on nested brackets.
This scan runs first, in one pass, and refuses both; what it accepts the standard reader can be given.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from sim.results.words import NOTHING, Words
from sim.scenario.errors import shown
from sim.scenario.numerals import AMBIGUOUS, is_ambiguous, two_readings

KeyPath = tuple[str | int, ...]

_MOST_KEY_PARTS = 9
_LONGEST_KEY_PART = 200
_DEEPEST = 16
_MOST_DIGITS = 30
_MOST_KEYS = 20_000

_BLANK = re.compile(r"[ \t]*+")
_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\[^\n])*+"')
_LITERAL = re.compile(r"'[^'\n]*+'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|'(?!''))*+'{3,5}", re.DOTALL)
_SCALAR = re.compile(r"[^\s,#\[\]{}=\"'][^,#\[\]{}=\"'\n]*+")
_DIGITS = re.compile(f"[0-9]{{{_MOST_DIGITS + 1}}}")


_DECIMAL_POINT = Words(
    "dấu thập phân của số không có đơn vị là dấu chấm", "the decimal mark of a number without unit is a point"
)


class ScanError(Exception):
    """The text is refused at one line, for a bomb-like key or number, or because it is not TOML."""

    def __init__(self, line: int, key: str, code: str, reason: Words, repair: Words = NOTHING) -> None:
        self.line = line
        self.key = key
        self.code = code
        self.reason = reason
        self.repair = repair
        super().__init__(reason.en)


def scan(text: str) -> dict[KeyPath, int]:
    """Returns the line of every key, table and array element of a TOML text.

    Raises:
        ScanError: too many dots, too long a key, nesting too deep, a number too long, a key set twice,
            or a text that is not TOML.
    """
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.starts = [0] + [match.end() for match in re.finditer("\n", text)]
        self.lines: dict[KeyPath, int] = {}
        self.values: dict[KeyPath, int] = {}
        self.rows: dict[KeyPath, int] = {}

    def run(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_GAP)
        while self.position < len(self.text):
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table, 0)
            self._end_of_line()
        return self.lines

    def _header(self) -> KeyPath:
        brackets = 2 if self.text.startswith("[[", self.position) else 1
        line = self._line()
        self.position += brackets
        path = self._inside_rows(self._key())
        self._expect("]" * brackets)
        if brackets == 2:
            index = self.rows.get(path, 0)
            self.rows[path] = index + 1
            self._note(path, line)
            path = (*path, index)
        self._note(path, line)
        return path

    def _inside_rows(self, key: tuple[str, ...]) -> KeyPath:
        """Puts the current row number after each array of tables that the key passes through."""
        path: KeyPath = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self.rows:
                path = (*path, self.rows[path] - 1)
        return (*path, key[-1])

    def _pair(self, table: KeyPath, depth: int) -> None:
        line = self._line()
        path = (*table, *self._key())
        if path in self.values:
            first = self.values[path]
            reason = Words(f"tham số đã ghi ở dòng {first}", f"the key is a duplicate: already set at line {first}")
            raise ScanError(line, dotted(path), "E-KEY-002", reason)
        self.values[path] = line
        for length in range(len(table) + 1, len(path) + 1):
            self._note(path[:length], line)
        if str(path[-1]).isdigit() and self._peek() in (",", "}"):
            raise self._not_toml(_DECIMAL_POINT)
        self._expect("=")
        self._skip(_BLANK)
        self._value(path, depth)

    def _note(self, path: KeyPath, line: int) -> None:
        self.lines.setdefault(path, line)
        if len(self.lines) > _MOST_KEYS:
            raise ScanError(line, "", "E-TOML-002", Words("quá nhiều tham số", f"more than {_MOST_KEYS} keys"))

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            parts.append(self._key_part())
            self._skip(_BLANK)
            if self._peek() != ".":
                return tuple(parts)
            self.position += 1
            if len(parts) >= _MOST_KEY_PARTS:
                reason = Words("tham số có quá nhiều dấu chấm", f"the key has more than {_MOST_KEY_PARTS - 1} dots")
                raise ScanError(self._line(), shown(".".join(parts)), "E-TOML-002", reason)

    def _key_part(self) -> str:
        for pattern in (_BARE_KEY, _BASIC, _LITERAL):
            match = pattern.match(self.text, self.position)
            if match:
                if len(match[0]) > _LONGEST_KEY_PART:
                    reason = Words("tham số quá dài", f"the key is longer than {_LONGEST_KEY_PART} letters")
                    raise ScanError(self._line(), shown(match[0]), "E-TOML-002", reason)
                self.position = match.end()
                return match[0] if pattern is _BARE_KEY else match[0][1:-1]
        raise self._not_toml(Words("cần một tham số ở đây", "a key was expected here"))

    def _value(self, path: KeyPath, depth: int) -> None:
        if depth > _DEEPEST:
            reason = Words("lồng nhau quá sâu", f"nested more than {_DEEPEST} deep")
            raise ScanError(self._line(), dotted(path[:3]), "E-TOML-003", reason)
        first = self._peek()
        if first == "[":
            self._array(path, depth)
        elif first == "{":
            self._inline_table(path, depth)
        elif first in ('"', "'"):
            self._string(first)
        else:
            self._scalar(path)

    def _array(self, path: KeyPath, depth: int) -> None:
        self.position += 1
        index = 0
        self._skip(_GAP)
        while self._peek() != "]":
            self._note((*path, index), self._line())
            self._value((*path, index), depth + 1)
            index += 1
            self._skip(_GAP)
            if self._peek() != ",":
                break
            self.position += 1
            self._skip(_GAP)
        self._expect("]")

    def _inline_table(self, path: KeyPath, depth: int) -> None:
        self.position += 1
        self._skip(_BLANK)
        while self._peek() != "}":
            self._pair(path, depth + 1)
            self._skip(_BLANK)
            if self._peek() != ",":
                break
            self.position += 1
        self._expect("}")

    def _string(self, quote: str) -> None:
        triple = self.text.startswith(quote * 3, self.position)
        patterns = (_LONG_BASIC, _LONG_LITERAL) if triple else (_BASIC, _LITERAL)
        match = patterns[quote == "'"].match(self.text, self.position)
        if match is None:
            raise self._not_toml(Words("chuỗi không đóng", "a string is not closed"))
        self.position = match.end()

    def _scalar(self, path: KeyPath) -> None:
        match = _SCALAR.match(self.text, self.position)
        if match is None:
            raise self._not_toml(Words("cần một giá trị ở đây", "a value was expected here"))
        if _DIGITS.search(match[0].replace("_", "")):
            reason = Words("số quá dài", f"a number of more than {_MOST_DIGITS} digits")
            raise ScanError(self._line(), dotted(path), "E-TOML-004", reason)
        number = match[0].strip()
        if number.endswith("0") and is_ambiguous(number):
            # TOML says that this is two and a half; whoever adds zeros to it rather means two thousand five hundred.
            raise ScanError(self._line(), dotted(path), AMBIGUOUS, *two_readings(number))
        self.position = match.end()

    def _end_of_line(self) -> None:
        self._skip(_BLANK)
        if self._peek() == ",":
            raise self._not_toml(_DECIMAL_POINT)
        if self._peek() not in ("", "\n", "\r", "#"):
            raise self._not_toml(Words("thừa chữ ở cuối dòng", "something follows the end of the statement"))
        self._skip(_GAP)

    def _expect(self, mark: str) -> None:
        self._skip(_BLANK)
        if not self.text.startswith(mark, self.position):
            raise self._not_toml(Words(f"thiếu “{mark}”", f'"{mark}" was expected here'))
        self.position += len(mark)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.position)
        if match:
            self.position = match.end()

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _line(self) -> int:
        return bisect_right(self.starts, self.position)

    def _not_toml(self, reason: Words) -> ScanError:
        near = shown(self.text[self.position : self.position + 20].partition("\n")[0])
        quoted = Words(f"{reason.vi}: “{near}”", f'{reason.en}: "{near}"')
        repair = Words('văn bản phải đặt trong "…"', 'text must stand in "…"')
        return ScanError(self._line(), "", "E-TOML-001", quoted, repair)


def dotted(path: KeyPath) -> str:
    """Returns a key path as it is written in messages."""
    return ".".join(str(part) for part in path)
