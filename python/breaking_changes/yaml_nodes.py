"""Composes the plain part of YAML that properties files are written in, for the line of each node.

What is not plain (complex keys, several documents, directives, tabs between words) is refused as a
whole, so that a line is right or not there. Rules as in https://yaml.org/spec/1.1, and as PyYAML,
with which dbt reads these files, has them where it differs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

_SEPARATOR = re.compile(r"^(?:---|\.\.\.)(?=[ \n]|\Z)", re.MULTILINE)
_OPENING = re.compile(r"(?:[ ]*(?:\#[^\n]*)?\n)*---(?=[ ]*(?:[ ]\#[^\n]*)?(?:\n|\Z))")
_BLANK = re.compile(r"(?:[ \n]|(?:(?<=[ \n])|\A)\#[^\n]*)*")
_QUOTED = re.compile(
    r'"(?:[^"\\]|\\(?:[0abtnvfre "/\\N_LP\t\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}))*"|'
    r"'(?:[^']|'')*'"
)
# A word goes on until ": ", " #" or the line's end; within brackets until one of their signs too.
_WORDS = re.compile(r"(?:[^\s:#]|:(?![ \n]|\Z)|(?<! )\#|[ ]+(?![ \#\n]|\Z))+")
_FLOW_WORDS = re.compile(r"(?:[^\s:#,\[\]{}?]|:(?![ \n,\[\]{}]|\Z)|(?<! )\#|[ ]+(?![ \#\n]|\Z))+")
_BLOCK = re.compile(r"[|>](?:[+-]?(?P<a>[1-9]?)|(?P<b>[1-9])[+-])[ ]*(?:[ ]\#[^\n]*)?(?:\n|\Z)")
_PROPERTY = re.compile(r"(?:&(?P<anchor>[\w-]+)|(?P<tag>!{1,2}[A-Za-z]+))(?=[ \n]|\Z)")
_ALIAS = re.compile(r"\*([\w-]+)(?=[ \n,\]}]|\Z)")
_COLON = re.compile(r"[ ]*:(?=[ \n]|\Z)")
_FLOW_COLON = re.compile(r"[ ]*:(?=[ \n,\[\]{}]|\Z)")
_QUOTED_COLON = re.compile(":")  # as JSON has it, without a space
_REST = re.compile(r"[ ]*(?:(?<= )\#[^\n]*)?(?=\n|\Z)")
_NEXT_LINE = re.compile(r"[ ]*\n[ \n]*(?=[^ \n#])")
_LEADING = re.compile(r"(?:[ ]*\n)*[ ]*")
_INDICATORS = frozenset(",[]{}#&*!|>'\"%@`")


class UnusualYamlError(Exception):
    """YAML that is broken, or written in a way that is not read here."""


@dataclass(frozen=True)
class Scalar:
    """A word or a text.

    Attributes:
        line: Where it begins, counted from 0.
        text: Empty when nothing is there, None when it takes more than one line, or has escapes.
        literal: Whether it is a block that keeps its lines (``|``), which begins a line below.
        quoted: Whether it stands in quotes, and so is a text whatever it looks like.
        tagged: Whether a tag says what it is.
    """

    line: int
    text: str | None = None
    literal: bool = False
    quoted: bool = False
    tagged: bool = False


@dataclass(frozen=True)
class Items:
    """A list; its line, counted from 0, is that of its first item."""

    line: int
    items: tuple[Node, ...]
    tagged: bool = False


@dataclass(frozen=True)
class Pairs:
    """A mapping, as keys and values; its line, counted from 0, is that of its first key."""

    line: int
    pairs: tuple[tuple[str | None, Node], ...]
    tagged: bool = False


Node = Scalar | Items | Pairs


def compose(text: str) -> Node:
    """The one document of a YAML file.

    Raises:
        UnusualYamlError: The text is broken, or not plain.
        RecursionError: It is nested too deeply.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if re.search("[\0\x85\u2028\u2029]", text):
        raise UnusualYamlError
    if opening := _OPENING.match(text):
        text = text[: opening.end() - 3] + "   " + text[opening.end() :]
    if _SEPARATOR.search(text):
        raise UnusualYamlError
    return _Composer(text).document()


def _column_of(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at) - 1


class _Composer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.anchors: dict[str, Node] = {}

    def document(self) -> Node:
        self._blank()
        if self.at == len(self.text):
            raise UnusualYamlError
        node = self._node(-1, row=-1)
        self._blank()
        if self.at < len(self.text):
            raise UnusualYamlError
        return node

    # Places

    def _row(self) -> int:
        return bisect_right(self.starts, self.at) - 1

    def _column(self) -> int:
        return _column_of(self.text, self.at)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def _must(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = self._take(pattern)
        if found is None:
            raise UnusualYamlError
        return found

    def _blank(self) -> None:
        self._must(_BLANK)

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _at_dash(self) -> bool:
        return self.text[self.at : self.at + 2] in ("-", "- ", "-\n")

    # Nodes outside of brackets

    def _node(self, parent: int, row: int, key: bool = False) -> Node:
        """The node after a sign.

        Args:
            parent: The column of the collection that the node is in.
            row: The line of the sign.
            key: Whether the sign is the colon of a key, and not a dash.
        """
        self._blank()
        if not self._is_within(parent, row, key):
            return Scalar(max(row, 0), "")
        line = self._row()
        taken = self._properties()
        if taken and not self._is_within(parent, line, key):
            node: Node = Scalar(line, "")
        else:
            # A collection does not begin behind the colon of its key, nor behind its anchor.
            node = self._content(
                parent, self._row() > (line if taken else row) or not (key or taken)
            )
        if taken:
            node = replace(node, line=line, tagged="tag" in taken)
        if anchor := taken.get("anchor"):
            self.anchors[anchor] = node
        return node

    def _properties(self) -> dict[str, str]:
        """Takes an anchor and a tag, as far as they are there."""
        line, taken = self._row(), dict[str, str]()
        while found := self._take(_PROPERTY):
            kind = str(found.lastgroup)
            if (
                kind in taken
                or self._row() != line
                or (kind == "anchor" and found[kind] in self.anchors)
            ):
                raise UnusualYamlError
            taken[kind] = found[kind]
            self._blank()
        return taken

    def _is_within(self, parent: int, row: int, key: bool) -> bool:
        if self.at >= len(self.text):
            return False
        if self._row() == row or self._column() > parent:
            return True
        return key and self._column() == parent and self._at_dash()

    def _content(self, parent: int, collection: bool) -> Node:
        line = self._row()
        if self._at_dash():
            return self._sequence(collection)
        if self._next() in "|>":
            return self._block(parent)
        if self._next() in "[{*":
            node = self._flow()
            self._must(_REST)
            return node
        start = self.at
        text = self._scalar()
        if self._take(_COLON):
            self.at = start
            return self._mapping(collection)
        quoted = self.text[start] in "\"'"
        if not quoted and self._go_on(parent) > 0:
            text = None
        self._must(_REST)
        return Scalar(line, text, quoted=quoted)

    def _sequence(self, allowed: bool) -> Node:
        if not allowed:
            raise UnusualYamlError
        line, column = self._row(), self._column()
        items = []
        while self.at < len(self.text) and self._column() == column and self._at_dash():
            row = self._row()
            self.at += 1
            items.append(self._node(column, row))
            self._blank()
        self._no_deeper(column)
        return Items(line, tuple(items))

    def _mapping(self, allowed: bool) -> Node:
        if not allowed:
            raise UnusualYamlError
        line, column = self._row(), self._column()
        pairs: list[tuple[str | None, Node]] = []
        while self.at < len(self.text) and self._column() == column:
            if pairs and self._at_dash():
                raise UnusualYamlError
            row, key = self._row(), self._scalar()
            self._must(_COLON)
            if self._row() != row:
                raise UnusualYamlError
            pairs.append((key, self._node(column, row, key=True)))
            self._blank()
        self._no_deeper(column)
        return Pairs(line, tuple(pairs))

    def _no_deeper(self, column: int) -> None:
        if self.at < len(self.text) and self._column() > column:
            raise UnusualYamlError

    def _go_on(self, parent: int) -> int:
        """Takes the further lines of a text without quotes, and counts them."""
        lines = 0
        while found := _NEXT_LINE.match(self.text, self.at):
            if _column_of(self.text, found.end()) <= parent:
                break
            self.at = found.end()
            self._must(_WORDS)
            if self._take(_COLON):
                raise UnusualYamlError
            lines += 1
        return lines

    def _block(self, parent: int) -> Node:
        line, literal = self._row(), self._next() == "|"
        header = self._must(_BLOCK)
        least = max(parent + 1, 1)
        digit = header["a"] or header["b"]
        leading = _LEADING.match(self.text, self.at)
        widths = [len(one) for one in (leading[0] if leading else "").split("\n")]
        indent = least + int(digit) - 1 if digit else max(least, *widths)
        while self.at < len(self.text):
            end = self.text.find("\n", self.at)
            row = self.text[self.at : end if end >= 0 else len(self.text)]
            if row.strip(" ") and len(row) - len(row.lstrip(" ")) < indent:
                break
            self.at += len(row) + 1
        self.at = min(self.at, len(self.text))
        return Scalar(line, None, literal)

    # Words, and what is in brackets

    def _scalar(self, words: re.Pattern[str] = _WORDS) -> str | None:
        """A text in quotes, or the words of one line; None when it takes more than reading."""
        if self._next() in "\"'" and self._next():
            quoted = self._must(_QUOTED)[0]
            if "\n" in quoted or (quoted[0] == '"' and "\\" in quoted):
                return None
            return quoted[1:-1].replace("''", "'") if quoted[0] == "'" else quoted[1:-1]
        follows = self.text[self.at + 1 : self.at + 2]
        sign = self._next() in "-?:" and (follows in ("", " ", "\n") or words is _FLOW_WORDS)
        if self._next() in _INDICATORS or sign:
            raise UnusualYamlError
        return self._must(words)[0].rstrip(" ")

    def _flow(self) -> Node:
        line = self._row()
        if self._next() == "*":
            anchor = self._must(_ALIAS)[1]
            if anchor not in self.anchors:
                raise UnusualYamlError
            return self.anchors[anchor]
        if self._next() == "[":
            return Items(line, tuple(node for _, node in self._bracketed("]")))
        if self._next() == "{":
            return Pairs(line, tuple(self._bracketed("}")))
        quoted = self._next() in "\"'"
        return Scalar(line, self._scalar(_FLOW_WORDS), quoted=quoted)

    def _bracketed(self, closing: str) -> list[tuple[str | None, Node]]:
        self.at += 1
        found: list[tuple[str | None, Node]] = []
        self._blank()
        while self._next() != closing:
            found.append(self._pair() if closing == "}" else (None, self._flow()))
            self._blank()
            if self._next() == ",":
                self.at += 1
                self._blank()
            elif self._next() != closing:
                raise UnusualYamlError
        self.at += 1
        return found

    def _pair(self) -> tuple[str | None, Node]:
        line, quoted = self._row(), self._next() in "\"'"
        key = self._scalar(_FLOW_WORDS)
        if self._row() > line:
            raise UnusualYamlError
        if not self._take(_FLOW_COLON) and not (quoted and self._take(_QUOTED_COLON)):
            return key, Scalar(line, "")
        line = self._row()
        self._blank()
        return key, Scalar(line, "") if self._next() in ",}" else self._flow()
