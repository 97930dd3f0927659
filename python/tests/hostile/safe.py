"""What a text for logs may not hold."""

from __future__ import annotations

import re
import unicodedata

#: Of Unicode's categories: control, format, surrogate, line and paragraph separator.
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")

#: What Persian, Indic scripts and emoji are written with, a soft hyphen, and signs that are seen.
WRITING = {
    *(0x00AD, 0x200C, 0x200D, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD),
    *range(0x0600, 0x0606),
    *range(0x13430, 0x13456),
}


def forbidden(text: str) -> list[str]:
    """The characters and commands in a text that a log would obey, or not show."""
    controls = [
        f"U+{ord(character):04X}"
        for character in dict.fromkeys(text)
        if unicodedata.category(character) in UNSEEN
        and ord(character) not in WRITING
        and character != "\n"
    ]
    marks = re.findall(r"##\w*\[", text)
    commands = re.findall(r"^\s*::.*", text, re.MULTILINE)
    return [*controls, *marks, *commands]
