"""Names that a pull request could choose to be obeyed, to be hidden, or to end what holds them."""

from __future__ import annotations

_CHARACTERS = [
    *range(0x20),
    *range(0x7F, 0xA0),
    *(0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF, 0xFFF9, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    *(0xE0001, 0xE0041, 0xE007F),
]

_COMMANDS = [
    "::error::x",
    "::stop-commands::x",
    "::add-mask::x",
    "::set-env name=PATH::x",
    "::save-state name=x::x",
    "##[add-mask]x",
    "##[set-env name=PATH]x",
    "###[error]x",
    "##[[error]]",
    "##vso[task.setvariable variable=x]y",
    "##VSO[task.complete result=Succeeded;]",
    "##teamcity[buildStatus status='SUCCESS']",
    "section_start:1:x",
    "travis_fold:start:x",
    "--- x",
    "+++ x",
]

_BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]

_TERMINAL = [
    "\x1b[2J",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\",
    "\x9b31m",
    "a\x08\x08b",
    "pass\r",
]

_MARKUP = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "&#10;",
    "```",
    "~~~",
    "`",
    "|",
    "\\|",
    "\\",
    "\\\\",
    "[x](javascript:alert(1))",
    "![x](http://x/y.png)",
    "@everyone",
    "# x",
    "</details>",
    "<details>",
    '"];a-->b',
    "end",
    "%%{init: {}}%%",
    "$(x)",
    "`x`",
    "${{ secrets.X }}",
    "$$x$$",
]

_SYNTAX = [
    "'",
    '"',
    "''",
    '"; drop table x; --',
    "'); drop table x; --",
    "/* x",
    "*/",
    "{{ x }}",
    "{% x %}",
    "{# x",
    "{node}",
    "{column}",
    "{}",
    "%s",
    "%0A",
    "%",
    "%(x)s",
    "a: b",
    "- a",
    "&a",
    "*a",
    "!!python/object:os.system",
    "null",
    "true",
    "1e999",
    "NaN",
    "__class__",
    "__proto__",
    "constructor",
    "../../x",
    "/etc/passwd",
    "C:\\x",
    "a.b.c",
    ".",
    " ",
    "a" * 5000,
    "\u0301" * 50,
    "\u05d0\u05d1",
    "\U0001f469\u200d\U0001f4bb",
    "\u0645\u06cc\u200c\u062e",
    "\ud83d\udc69"[:1],
    "\udc69\ud83d",
]

NAMES: list[str] = list(
    dict.fromkeys(
        [
            *(f"a{chr(code)}b" for code in _CHARACTERS),
            *(f"{start}{command}" for start in ("", "x\n") for command in _COMMANDS),
            *(f"x{line}::error::x" for line in _BREAKS),
            *_TERMINAL,
            *_MARKUP,
            *_SYNTAX,
        ]
    )
)
