"""Bytes to text: which encoding is it, or is it no text at all?"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

from core.errors import DataError
from core.messages import N_

MAXIMUM_MEGABYTES = 1_000
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
    "cp1250": "áâăąäćčçďđéęëěíîłńňóôőöřšśşťţúůűüýžźż„”“’–…\u00a0",
    "cp1254": "âçğıîöşü’“”…–\u00a0",
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
}
_OTHER_SCRIPTS = ["cp1251", "cp1253", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
# Bytes that texts in the encodings above never hold.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class EmptyFile(DataError):
    message = N_("“{filename}” is empty. Choose a file with one text and its label on each row.")


class NotText(DataError):
    message = N_("“{filename}” is not a text file. Save the table as CSV (UTF-8) and choose that file.")


class TooLarge(DataError):
    message = N_("“{filename}” holds more than {megabytes} MB. Choose a smaller file or a part of this one.")


def decode(content: bytes, filename: str) -> tuple[str, str]:
    """The text of a file and the encoding it was in, with gzip undone; line ends become "\\n".

    Raises EmptyFile, NotText or TooLarge.
    """
    content = _unpacked(content, filename)
    if len(content) > MAXIMUM_MEGABYTES * 1_000_000:
        raise TooLarge(filename=filename, megabytes=MAXIMUM_MEGABYTES)
    encoding = _encoding(content)
    if encoding is None:
        raise NotText(filename=filename)
    text = content.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyFile(filename=filename)
    return text, encoding


def _unpacked(content: bytes, filename: str) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            # A small file can unpack to terabytes, so no more is read than will be accepted.
            return packed.read(MAXIMUM_MEGABYTES * 1_000_000 + 1)
    except (OSError, EOFError, zlib.error):
        raise NotText(filename=filename) from None


def _encoding(content: bytes) -> str | None:
    """The most likely encoding, or None if this is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:_SAMPLE]
    if _NOT_TEXT.search(content):
        return _wide(sample)
    if _is_utf8(content):
        return "utf-8"
    return _legacy(sample)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: read in the right order of bytes, it is printable and has spaces or line ends."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 4 * 4].decode(encoding, errors="replace")
        plain = sum(character.isprintable() or character.isspace() for character in text)
        if re.search(r"[ \n\t]", text) and plain - text.count("\ufffd") > 0.98 * len(text):
            return encoding
    return None


def _is_utf8(content: bytes) -> bool:
    """UTF-8, a few broken characters allowed: files pasted together from several sources have them."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        return len(content) - len(text) - 2 * broken > 10 * broken
    return True


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
