"""Files as people have them, made for the tests."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

ROWS = [
    ("Très bon film, à voir ; vraiment", "positif"),
    ("Déçu : l’hôtel était froid, « nul »", "négatif"),
    ('Elle a dit "jamais", puis rien', "négatif"),
    ("Une soirée agréable où l’on rit", "positif"),
    ("Ça manque de cœur, hélas", "négatif"),
    ("Noël à la forêt ; des rôles élégants", "positif"),
]


def table(rows: list[tuple[str, str]] | None = None) -> bytes:
    """A small CSV file."""
    return (
        "text,label\n" + "".join(f'"{text}",{label}\n' for text, label in rows or [("bon", "a"), ("nul", "b")])
    ).encode()


def zipped(members: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def locked(content: bytes) -> bytes:
    """The same zip with its first member marked as encrypted."""
    marked = bytearray(content)
    marked[6] |= 1
    marked[marked.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


def xlsx(sheets: dict[str, str]) -> bytes:
    """An Excel file; each sheet is given as the XML of its rows."""
    kind, relations = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    office = f"{relations}/officeDocument/2006/relationships"
    names = list(sheets)
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{relations}/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{kind}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}/package/2006/relationships">{related}'
            "</Relationships>",
        }
        | {
            f"xl/worksheets/s{n}.xml": f'<worksheet xmlns="{kind}"><sheetData>{rows}</sheetData></worksheet>'
            for n, rows in enumerate(sheets.values(), 1)
        }
    )


def cells(rows: list[list[str]]) -> str:
    """Rows of texts as the XML of a sheet."""
    return "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{chr(65 + place)}{n}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for place, cell in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )


def ods(rows: str, manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet with one table, given as the XML of its rows."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Avis">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def ods_row(texts: list[str], more: str = "") -> str:
    found = "".join(
        f'<table:table-cell office:value-type="string"{more}><text:p>{escape(text)}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{found}</table:table-row>"
