"""A table of replacements for single characters that the library applies in one pass, whatever its size."""

from __future__ import annotations

from collections.abc import Mapping

Tree = dict[int, "Tree | int"]
_BLOCK = 256  # a unit and the children that a byte leads to are found by exclusive or, which stays within a block
_ENDS, _VALUE = 1 << 8, 1 << 31


def charsmap(replacements: Mapping[str, str]) -> bytes:
    """The compiled table that SentencePiece and `normalizers.Precompiled` read, from single characters.

    It is a double array over the characters' UTF-8 bytes (Aoe, 1989, in the 32-bit units of darts-clone), then the
    replacements, each ended by a zero byte. A unit holds the byte that leads to it, whether a character ends there,
    and the distance to its children; where one ends, the child at byte 0 holds the place of the replacement.
    """
    texts = bytearray()
    tree: Tree = {}
    for character, replacement in sorted(replacements.items()):
        node = tree
        for byte in character.encode():
            node = node.setdefault(byte, {})  # type: ignore[assignment]
        node[0] = len(texts)
        texts += replacement.encode() + b"\0"
    body = b"".join(unit.to_bytes(4, "little") for unit in _units(tree))
    return len(body).to_bytes(4, "little") + body + bytes(texts)


def _units(tree: Tree) -> list[int]:
    units, taken = [0] * _BLOCK, {0}
    base = 0
    waiting = [(0, tree)]
    while waiting:
        place, children = waiting.pop()
        # Bases only grow, so no two nodes share one: that a unit holds the right byte then proves whose child it is.
        base += 1
        while any(base ^ byte in taken for byte in children):
            base += 1
        units += [0] * (base // _BLOCK * _BLOCK + _BLOCK - len(units))
        units[place] |= (base ^ place) << 10
        for byte, child in children.items():
            taken.add(base ^ byte)
            if isinstance(child, dict):
                units[base ^ byte] = byte | (_ENDS if 0 in child else 0)
                waiting.append((base ^ byte, child))
            else:
                units[base ^ byte] = child | _VALUE
    return units
