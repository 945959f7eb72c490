"""The open data: every format, read by a reader that is not ours, holds the same entries with the same values."""

import csv
import io
import json
import re
import socket
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from katalog.cells import to_cell
from katalog.model import Deferred, File
from katalog.pages import plan
from katalog.pages.columns import COLUMNS
from katalog.pages.descriptors import DOWNLOADS
from katalog.sheets.published import PIECE
from tests.conftest import Built, build_project, make_project

# rdflib warns of itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

HOME = "https://katalog.example/contoh/"
KEYS = [column.key for column in COLUMNS]
CASE = Path(__file__).resolve().parent / "cases" / "good" / "kecil"
# What spreadsheets, XML or our own marks could take for something else.
NAMES = {
    "uji-rumus": "=1+1",
    "uji-petik": "'=1+1",
    "uji-surat": "@SUM(A1)",
    "uji-xml": "<r><t>a & b</t></r>",
    "uji-kode": "Kode _x0041_ dan _x000D_",
    "uji-tanda": 'Tanda | ; \\ , "kutip"',
}
PARAGRAPH = "Kalimat yang panjang tentang sumur dan air bersih untuk warga desa di hulu. " * 20
LONG = "\n\n".join(f"{number}. {PARAGRAPH}".strip() for number in range(1, 31)).replace(". Kalimat", " Kalimat")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small case and entries that are hard to write down."""
    root = make_project(tmp_path_factory.mktemp("data"), CASE)
    for slug, name in NAMES.items():
        _add(root, slug, name, "2021-04", f"Isi {slug}.")
    _add(root, "uji-panjang", "Uji panjang", "2021-04-30", LONG)
    built = build_project(root)
    assert built.outcome.problems == ()
    return built


def _add(root: Path, slug: str, name: str, launch: str, body: str) -> None:
    quoted = name.replace("'", "''")
    head = (
        f"nama: '{quoted}'\nringkasan: Entri untuk menguji bentuk-bentuk data terbuka, yaitu {slug}.\n"
        f"kelompok: desa\npengelola: Pemerintah Desa Contoh\nmitra:\n  - '{quoted}'\n  - Kader; lain\n"
        f"penerapan: {launch}\nterdokumentasi: 2021\nstatus: contoh\n"
    )
    (root / "content" / "innovations" / f"{slug}.md").write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")


def _of_json(built: Built) -> list[dict[str, str]]:
    """The entries as cells: what all tables must hold."""
    entries = json.loads(built.files["data/inovasi.json"])["inovasi"]
    return [{column.key: to_cell(entry.get(column.key), column.kind) for column in COLUMNS} for entry in entries]


def _of_csv(content: bytes) -> list[dict[str, str]]:
    """As any reader of CSV sees it, without the mark that neutralises formulas."""
    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [{key: re.sub(r"\A'(?='*(?:[\t\r]|\s*[=+\-@]))", "", cell) for key, cell in row.items()} for row in rows]


def _of_workbook(content: bytes) -> list[dict[str, str]]:
    """As Excel shows it: its codes of characters read, columns that go on joined, dates in ISO form."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Inovasi"]
    head, *rows = sheet.iter_rows(values_only=True)
    found = []
    for row in rows:
        cells = dict.fromkeys(KEYS, "")
        for key, value in zip(head, row, strict=True):
            cells[re.sub(r" \(lanjutan \d+\)\Z", "", str(key))] += _shown(value)
        found.append(cells)
    return found


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.0f}"
    text = "" if value is None else str(value)
    return re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


def test_every_format_holds_the_same(rich: Built) -> None:
    """All entries, in the same order, value by value."""
    meant = _of_json(rich)
    lines = [json.loads(line) for line in rich.text("data/inovasi.jsonl").splitlines()]

    assert len(meant) == len(NAMES) + 3
    assert {entry["nama"] for entry in meant} >= set(NAMES.values())
    assert lines == json.loads(rich.files["data/inovasi.json"])["inovasi"]
    assert _of_csv(rich.files["data/inovasi.csv"]) == meant
    assert _of_workbook(rich.files["data/inovasi.xlsx"]) == meant


def test_entries_fit_the_published_schema(rich: Built) -> None:
    """Lines as well as the one document."""
    validator = jsonschema.Draft202012Validator(json.loads(rich.files["data/skema.json"]))

    for line in rich.text("data/inovasi.jsonl").splitlines():
        validator.validate(json.loads(line))


def test_nothing_is_a_formula(rich: Built) -> None:
    """In CSV by a mark, in the workbook by its kind; XML of strangers stays text."""
    cells = [cell for row in csv.reader(io.StringIO(rich.text("data/inovasi.csv"), newline="")) for cell in row]
    with zipfile.ZipFile(io.BytesIO(rich.files["data/inovasi.xlsx"])) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    book = openpyxl.load_workbook(io.BytesIO(rich.files["data/inovasi.xlsx"]))

    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [name for name, part in parts.items() if "<f>" in part or "<hyperlink" in part or "http://evil" in part]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
        "inlineStr",
    }
    assert "<t>a & b</t>" not in parts["xl/worksheets/sheet1.xml"]


def test_the_workbook_is_made_for_people(rich: Built) -> None:
    """Dates where they are whole, text where they are not; filters; a fixed head; a dictionary; where it comes from."""
    book = openpyxl.load_workbook(io.BytesIO(rich.files["data/inovasi.xlsx"]))
    sheet = book["Inovasi"]
    head, *rows = sheet.iter_rows(values_only=True)
    named = {row[0]: dict(zip(head, row, strict=True)) for row in rows}

    assert book.sheetnames == ["Inovasi", "Kamus", "Tentang"]
    assert named["kopi-sehat"]["penerapan"] == datetime(2020, 2, 1)  # noqa: DTZ001 (cells know no time zone)
    assert named["kopi-sehat"]["uji_coba"] == "2019-11"
    assert named["kopi-sehat"]["terdokumentasi"] == 2020
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(len(head))}{len(rows) + 1}"
    assert [row[0].value for row in book["Kamus"].iter_rows(min_row=2)] == KEYS
    about = "\n".join(str(cell) for row in book["Tentang"].iter_rows(values_only=True) for cell in row)
    assert f"{HOME}data/" in about
    assert "CC BY 4.0" in about
    assert "Bukan nol" in about


def test_what_no_cell_can_hold_goes_on_beside_it(rich: Built) -> None:
    """Excel takes 32,767 units of UTF-16 in a cell and drops the rest without a word."""
    sheet = openpyxl.load_workbook(io.BytesIO(rich.files["data/inovasi.xlsx"]))["Inovasi"]
    head = [cell.value for cell in sheet[1]]
    pieces = -(-len(LONG) // PIECE)

    assert len(LONG) > 32_767
    assert head[head.index("isi") :] == ["isi", *(f"isi (lanjutan {number})" for number in range(1, pieces))]
    assert all(
        len(cell.encode("utf-16-le")) <= 2 * 32_767
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    )


def test_the_same_entries_give_the_same_bytes(small: Built, project: Path) -> None:
    """Whatever the day: no time of the machine is in any file."""
    again = build_project(project)

    for path in small.files:
        if path.startswith(("data/", "api/")):
            assert again.files[path] == small.files[path], path


def test_files_of_entries_are_made_one_by_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What grows with the catalogue is planned, not held; see `Deferred`."""
    planned: list[Any] = []

    def spied(*arguments: Any, **options: Any) -> Any:
        planned.extend(plan(*arguments, **options))
        return tuple(planned)

    monkeypatch.setattr("build.plan", spied)
    build_project(project)

    held = {output.path for output in planned if isinstance(output, File)}
    later = {output.path for output in planned if isinstance(output, Deferred)}
    assert {path for path in held if path.startswith(("data/", "api/")) or "kopi-sehat" in path} <= {
        "api/v1/inovasi/entri-ditarik.json"  # a tombstone is a few words
    }
    assert {"motif/inovasi/kopi-sehat.svg", "api/v1/inovasi/kopi-sehat.json", "data/inovasi.xlsx"} <= later


def _package(built: Built) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(built.files["data/datapackage.json"])
    return package


def test_the_data_package_describes_what_is_there(rich: Built) -> None:
    """Data Package 2.0: names that are slugs, files that exist, one licence, no publisher that nobody named."""
    package = _package(rich)

    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9-]+", package["name"])
    assert package["id"] == package["homepage"] == f"{HOME}data/"
    assert package["licenses"] == [
        {"title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/deed.id"}
    ]
    assert "contributors" not in package
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert {resource["path"] for resource in package["resources"]} == {*(each.name for each in DOWNLOADS), "kamus.csv"}
    for resource in package["resources"]:
        assert f"data/{resource['path']}" in rich.files
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        assert re.fullmatch(r"\w+/[\w.+-]+", resource["mediatype"])


def _misfits(rows: list[dict[str, str]], schema: dict[str, Any]) -> Iterator[str]:
    """What in a table of text does not fit a Table Schema, as far as ours go."""
    fields = {field["name"]: field for field in schema["fields"]}
    if rows and list(rows[0]) != list(fields):
        yield "head"
    for name, field in fields.items():
        rules, cells = field.get("constraints", {}), [row[name] for row in rows]
        if rules.get("unique") and len(set(cells)) != len(cells):
            yield f"{name}: twice"
        for cell in cells:
            if cell in schema.get("missingValues", [""]):
                yield from [f"{name}: missing"] if rules.get("required") else []
            elif field["type"] == "integer" and not (cell.isdecimal() and int(cell) >= rules.get("minimum", 0)):
                yield f"{name}: {cell} is no number"
            elif "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
                yield f"{name}: {cell} is out of form"
            elif "enum" in rules and cell not in rules["enum"]:
                yield f"{name}: {cell} is no term"


def test_the_tables_fit_their_schemas(rich: Built) -> None:
    """Types, terms, forms, what must be there, what stands once; read raw, as a program reads it."""
    tables = [resource for resource in _package(rich)["resources"] if resource.get("type") == "table"]

    assert [table["path"] for table in tables] == ["inovasi.csv", "kamus.csv"]
    for table in tables:
        text = rich.files[f"data/{table['path']}"].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        assert list(_misfits(rows, table["schema"])) == []
        assert all(None not in row for row in rows)
    schema = tables[0]["schema"]
    assert {field["type"] for field in schema["fields"]} == {"string", "integer"}
    assert list(_misfits([{**rows_of, "status": "lain"} for rows_of in _of_json(rich)[:1]], schema)) == [
        "status: lain is no term"
    ]


def test_the_dictionary_tells_every_column(rich: Built) -> None:
    """In the file, on the page, in the workbook: from one table."""
    rows = _of_csv(rich.files["data/kamus.csv"])
    html = rich.text("data/index.html")

    assert [row["kolom"] for row in rows] == KEYS
    assert all(row["label"] and row["arti"] and row["bentuk"] and row["contoh"] for row in rows)
    for key in KEYS:
        assert f'<tr id="{"kolom-isi" if key == "isi" else key}">' in html
    assert html.count('id="isi"') == 1


def test_dcat_is_read_without_a_network(rich: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue with one set of data; every distribution has licence and addresses of files that are there."""

    def refuse(*arguments: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    graph = Graph().parse(data=rich.text("data/dcat.jsonld"), format="json-ld")
    [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
    [dataset] = graph.objects(catalogue, DCAT.dataset)
    files = set()

    assert (dataset, RDF.type, DCAT.Dataset) in graph
    for node in (catalogue, dataset):
        for term in (DCTERMS.title, DCTERMS.description):
            [said] = graph.objects(node, term)
            assert isinstance(said, Literal)
            assert said.language == "id"
        assert not list(graph.objects(node, DCTERMS.publisher))
    for distribution in graph.objects(dataset, DCAT.distribution):
        [file] = graph.objects(distribution, DCAT.downloadURL)
        assert isinstance(file, URIRef)
        files.add(str(file))
        assert list(graph.objects(distribution, DCTERMS.license)) == [
            URIRef("https://creativecommons.org/licenses/by/4.0/deed.id")
        ]
        assert list(graph.objects(distribution, DCAT.accessURL)) == [URIRef(f"{HOME}data/")]
    assert files == {f"{HOME}data/{download.name}" for download in DOWNLOADS}
    assert {file.removeprefix(HOME) for file in files} <= set(rich.files)
    [period] = graph.objects(dataset, DCTERMS.temporal)
    assert list(graph.objects(period, DCAT.startDate)) == [Literal("2018", datatype=XSD.gYear)]
    [service] = graph.objects(catalogue, DCAT.service)
    assert list(graph.objects(service, DCAT.servesDataset)) == [dataset]


def _dataset(built: Built) -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', built.text("data/index.html"), re.DOTALL)
    [found] = [block for block in map(json.loads, blocks) if block["@type"] == "Dataset"]
    assert isinstance(found, dict)
    return found


def test_search_engines_find_a_dataset(rich: Built) -> None:
    """As schema.org and Google's guide want it: a description long enough, absolute addresses, every download."""
    found = _dataset(rich)

    assert 50 <= len(found["description"]) <= 5000
    assert found["temporalCoverage"] == "2018/2021"
    assert found["dateModified"] == "2021-03-05"
    assert "creator" not in found
    assert [each["contentUrl"] for each in found["distribution"]] == [f"{HOME}data/{one.name}" for one in DOWNLOADS]
    assert [each["encodingFormat"] for each in found["distribution"]] == [one.media_type for one in DOWNLOADS]
    assert all(value.startswith("https://") for value in (found["@id"], found["url"], found["license"]))


def test_who_is_responsible_is_said_once_it_is_decided(project: Path) -> None:
    """In all descriptions alike; a period that nobody knows is in none."""
    config = project / "site_config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace('penerbit = ""', 'penerbit = "Dinas Contoh"'), encoding="utf-8"
    )
    for file in (project / "content" / "innovations").iterdir():
        file.unlink()
    built = build_project(project)
    graph = Graph().parse(data=built.text("data/dcat.jsonld"), format="json-ld")

    assert built.outcome.problems == ()
    assert _dataset(built)["creator"] == {"@type": "GovernmentOrganization", "name": "Dinas Contoh"}
    assert "temporalCoverage" not in _dataset(built)
    assert _package(built)["contributors"] == [{"title": "Dinas Contoh", "roles": ["publisher"]}]
    assert {str(name) for name in graph.objects(None, FOAF.name)} == {"Dinas Contoh"}
    assert not list(graph.objects(None, DCTERMS.temporal))
    assert [row for row in _of_workbook(built.files["data/inovasi.xlsx"]) if any(row.values())] == []
    assert "Dinas Contoh." in built.text("data/index.html")
