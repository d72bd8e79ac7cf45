"""Bytes to text: which encoding is it, or is it no text at all?"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import DataError
from core.messages import N_

MAXIMUM_MEGABYTES = 1_000  # of one file, packed or not: a million texts of 50 words are a third of it
ENCODINGS = (
    "utf-8", "cp1252", "iso8859-15", "mac_roman", "cp850", "utf-16", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255",
    "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip
_SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What older programs wrote, the likeliest first, with the letters beyond ASCII that people used it for.
_WESTERN = "àâäáãåæçéèêëîïíìôöóòõœøùûüúÿñß¿¡«»‘’“”…–—·°€£§\u00a0"
_LATIN = {
    "cp1252": _WESTERN,
    "iso8859-15": _WESTERN,
    "cp1250": "áâăąäćčçďđéęëěíîłńňóôőöřšśşťţúůűüýžźż„”“’–…\u00a0",
    "cp1254": "âçğıîöşü’“”…–\u00a0",
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
}
_OTHER_SCRIPTS = ["cp1251", "cp1253", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
# Bytes that texts in the encodings above never hold.
_NOT_TEXT = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_REPLACED = "\ufffd".encode()  # a file may hold the sign itself
# Python knows these by the same means, but no file is written in them, and some fail even when told not to.
_NO_ENCODINGS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}


class EmptyFile(DataError):
    message = N_("“{filename}” is empty. Choose a file with one text and its label on each row.")


class NotText(DataError):
    message = N_("“{filename}” is not a text file. Save the table as CSV (UTF-8) and choose that file.")


class TooLarge(DataError):
    message = N_("“{filename}” holds more than {megabytes} MB. Choose a smaller file or a part of this one.")


class Implausible(DataError):
    message = N_(
        "“{filename}” would unpack to more than {ratio} times its size, which texts never do. Unpack it yourself, and "
        "choose the file that is in it."
    )


class Damaged(DataError):
    message = N_("“{filename}” is damaged or incomplete and cannot be unpacked. Make it or download it again.")


class PasswordProtected(DataError):
    message = N_("“{filename}” is protected by a password. Save it without one, and choose that file.")


class UnknownEncoding(DataError):
    message = N_("There is no encoding “{name}”. Usual ones are: {usual}.")


@dataclass(frozen=True)
class Scan:
    """A whole file looked through: its encoding, None if it is no text; and how the first line goes on that holds a
    quotation mark, b"" if none does or if it is among the first bytes that are looked at anyway."""

    encoding: str | None
    quotes: bytes


def scan(blocks: Iterable[bytes], looked_at: int = 0) -> Scan:
    """Look through a file. `looked_at`: so many bytes at the beginning are searched for quotation marks elsewhere."""
    first = accents = quotes = b""
    mark: str | None = None
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    size = letters = broken = 0
    text = True
    for block in blocks:
        if not size:
            first = block
            mark = next((encoding for bytes_, encoding in _MARKS if block.startswith(bytes_)), None)
        if quotes and len(quotes) < looked_at:
            quotes += block
        elif not quotes and (place := block.find(b'"', max(0, looked_at - size))) >= 0:
            quotes = block[block.rfind(b"\n", 0, place) + 1 :]
        size += len(block)
        if mark is None and text:
            text = len(block.translate(None, _NOT_TEXT)) == len(block)
            if not block.isascii() and len(accents) < _SAMPLE:
                accents += _around_accents(block)
            decoded = decoder.decode(block)
            letters += len(decoded)
            if "\ufffd" in decoded:
                broken += decoded.count("\ufffd") - block.count(_REPLACED)
    last = decoder.decode(b"", final=True)
    letters, broken = letters + len(last), broken + last.count("\ufffd")
    if mark is None and not text:
        return Scan(_wide(first[:_SAMPLE]), quotes)
    # A few broken characters are allowed: files pasted together from several sources have them.
    if mark is None and broken and size - letters - 2 * broken <= 10 * broken:
        mark = _legacy(accents[:_SAMPLE])
        return Scan(mark, quotes)
    return Scan(mark or "utf-8", quotes)


def decode(content: bytes, filename: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a small file and the encoding it was in; line ends become "\\n".

    Raises EmptyFile, NotText or UnknownEncoding.
    """
    found = known(encoding) if encoding else scan([content]).encoding
    if found is None:
        raise NotText(filename=filename)
    text = content.decode(found, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyFile(filename=filename)
    return text, found


def known(encoding: str) -> str:
    """The encoding if it can be one of a file; raises UnknownEncoding."""
    try:
        "".encode(encoding).decode(encoding)
        if codecs.lookup(encoding).name in _NO_ENCODINGS:
            raise LookupError
    except (LookupError, ValueError):
        raise UnknownEncoding(name=encoding, usual=", ".join(ENCODINGS[:6])) from None
    # A mark at the beginning is no part of the first word.
    return "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding


def _around_accents(block: bytes) -> bytes:
    """The lines from the first byte beyond ASCII on."""
    place = re.search(rb"[\x80-\xff]", block)
    assert place is not None
    return block[block.rfind(b"\n", 0, place.start()) + 1 :]


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: read in the right order of bytes, it is printable and has spaces or line ends."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 4 * 4].decode(encoding, errors="replace")
        plain = sum(character.isprintable() or character.isspace() for character in text)
        if re.search(r"[ \n\t]", text) and plain - text.count("\ufffd") > 0.98 * len(text):
            return encoding
    return None


def _legacy(sample: bytes) -> str | None:
    """One of the older encodings. Single bytes beyond ASCII are accents in Latin words; runs of them, other scripts."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    if sum(map(len, runs)) < 1.5 * len(runs):
        return max(_LATIN, key=lambda encoding: _likelihood(sample, encoding))
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS, enable_fallback=False).best()
    return best.encoding if best else None


def _likelihood(sample: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that this encoding is used for; capitals are rare and count half."""
    letters = [letter for letter in sample.decode(encoding, errors="replace") if not letter.isascii()]
    usual = _LATIN[encoding]
    return sum(1.0 if letter in usual else 0.5 * (letter.lower() in usual) for letter in letters) / len(letters)
