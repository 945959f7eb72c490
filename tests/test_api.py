"""The API keeps its promise, `docs/API.md`: what is built fits the frozen forms, and these only grow."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from katalog.config import read_config
from katalog.load import read_toml
from katalog.model import Config
from katalog.pages.shapes import answer_schemas
from katalog.schema import VOCABULARIES
from tests.conftest import BASE, TODAY, Built, build_project
from tests.contract import FOLDER, Schema, breaches, frozen

ROOT = "api/v1/"
HOME = "https://katalog.example/contoh/"


@pytest.fixture(scope="module")
def config() -> Config:
    """That of the base region."""
    found, _ = read_config(read_toml(BASE / "site_config.toml", BASE)[0], TODAY)
    assert found
    return found


def _form_of(path: str, answer: Schema) -> str:
    """Which form the answer at a path below the API's root has."""
    if "ditarik" in answer:
        return "ditarik"
    if path.startswith("skema/"):
        return ""
    if path.startswith("inovasi/"):
        return "entri"
    return path if path in {"inovasi", "istilah"} else "daftar"


def _answers(built: Built) -> dict[str, Schema]:
    paths = [path for path in built.files if path.startswith(ROOT) and path.endswith(".json")]
    return {path.removeprefix(ROOT).removesuffix(".json"): json.loads(built.files[path]) for path in paths}


def test_forms_only_grow(config: Config, pytestconfig: pytest.Config) -> None:
    """`make cases` writes additions into the contract; what breaks it can be written by hand alone."""
    now = answer_schemas(config)
    found = {name: list(breaches(old, now.get(name, {}))) for name, old in frozen().items()}

    assert found == {name: [] for name in frozen()}
    if pytestconfig.getoption("--update-cases"):
        for name, schema in now.items():
            text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
            (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    assert frozen() == now


def _remove(schema: Schema) -> None:
    del schema["properties"]["nama"]


def _rename(schema: Schema) -> None:
    schema["properties"]["judul"] = schema["properties"].pop("nama")


def _retype(schema: Schema) -> None:
    schema["properties"]["terdokumentasi"]["type"] = "string"


def _loosen(schema: Schema) -> None:
    schema["required"].remove("status")


def _change_part(schema: Schema) -> None:
    del schema["properties"]["sumber"]["items"]["properties"]["url"]


def _close(schema: Schema) -> None:
    schema["additionalProperties"] = False


def _unlist(schema: Schema) -> None:
    schema["properties"]["urusan"] = schema["properties"]["urusan"]["items"]


def _redate(schema: Schema) -> None:
    schema["properties"]["penerapan"]["pattern"] = r"^\d{2}/\d{2}/\d{4}$"


@pytest.mark.parametrize("change", [_remove, _rename, _retype, _loosen, _change_part, _close, _unlist, _redate])
def test_what_would_break_a_program_is_found(change: Callable[[Schema], None]) -> None:
    """Taken away, renamed, of another type, no longer sure to be there."""
    old = frozen()["entri"]
    new = copy.deepcopy(old)
    change(new)

    assert list(breaches(old, new))


def test_additions_are_allowed() -> None:
    """Anywhere, and also as something that is always there."""
    old = frozen()["entri"]
    new = copy.deepcopy(old)
    new["properties"]["baru"] = {"type": "string"}
    new["properties"]["sumber"]["items"]["properties"]["baru"] = {"type": "integer"}
    new["required"].append("baru")

    assert list(breaches(old, new)) == []


def test_every_answer_fits_its_frozen_form(small: Built) -> None:
    """As a program that knows the contract reads it."""
    forms = frozen()
    for schema in forms.values():
        jsonschema.Draft202012Validator.check_schema(schema)

    for path, answer in _answers(small).items():
        if form := _form_of(path, answer):
            jsonschema.Draft202012Validator(forms[form]).validate(answer)


def test_the_forms_are_published(small: Built) -> None:
    """Under the address that each calls its own."""
    published = {
        path.removeprefix("skema/"): each for path, each in _answers(small).items() if path.startswith("skema/")
    }

    assert published == frozen()
    assert {schema["$id"] for schema in published.values()} == {f"{HOME}{ROOT}skema/{name}.json" for name in published}


def test_a_tombstone_has_a_form_of_its_own() -> None:
    """Slug, date and reason; no whole entry passes for one."""
    stone = {
        "slug": "entri-ditarik",
        "alamat": f"{HOME}inovasi/entri-ditarik/",
        "ditarik": {"tanggal": "2022-02", "alasan": "Sama dengan entri Sumur Desa."},
    }
    validator = jsonschema.Draft202012Validator(frozen()["ditarik"])

    assert validator.is_valid(stone)
    assert not validator.is_valid({"slug": "entri-ditarik", "alamat": stone["alamat"]})


def test_the_index_leads_to_every_entry(small: Built) -> None:
    """And each entry there is the one of the open data."""
    answers = _answers(small)
    whole = {entry["slug"]: entry for entry in json.loads(small.files["data/inovasi.json"])["inovasi"]}
    index = answers["inovasi"]

    assert index["versi"] == 1
    assert index["alamat"] == f"{HOME}{ROOT}inovasi.json"
    assert index["jumlah"] == len(index["inovasi"]) == len(whole)
    for brief in index["inovasi"]:
        assert brief["api"] == f"{HOME}{ROOT}inovasi/{brief['slug']}.json"
        assert answers[f"inovasi/{brief['slug']}"] == whole[brief["slug"]]
        assert f"{brief['alamat'].removeprefix(HOME)}index.html" in small.files
        assert brief["urusan_utama"] == whole[brief["slug"]]["urusan"][0] if "urusan" in whole[brief["slug"]] else True
    assert "urusan_utama" not in next(brief for brief in index["inovasi"] if brief["slug"] == "sumur-desa")


def test_lists_count_what_is_known_and_what_is_not(small: Built) -> None:
    """Every list has an answer; a term leads to its page where there is one."""
    answers = _answers(small)
    lists = answers["istilah"]["daftar"]

    assert [each["daftar"] for each in lists] == list(VOCABULARIES)
    for each in lists:
        answer = answers[each["api"].removeprefix(f"{HOME}{ROOT}").removesuffix(".json")]
        assert each["banyak_istilah"] == len(answer["istilah"])
        for term in answer["istilah"]:
            assert "alamat" not in term or f"{term['alamat'].removeprefix(HOME)}index.html" in small.files
    counts = {
        name: ({term["nama"]: term["jumlah"] for term in answers[name]["istilah"] if term["jumlah"]}, unknown)
        for name in ("urusan", "kelompok_urusan", "jenis_pengelola", "keberlanjutan", "pengelola")
        if (unknown := answers[name]["belum_diketahui"]) is not None
    }
    assert counts["urusan"] == ({"Kesehatan": 1, "Pertanian": 1}, 1)
    assert counts["keberlanjutan"] == ({"berlanjut": 1}, 1)
    assert counts["jenis_pengelola"] == ({"dinas": 1, "desa": 1}, 0)
    assert counts["pengelola"] == ({"Dinas Kesehatan Contoh": 1, "Pemerintah Desa Contoh": 1}, 0)
    assert sum(counts["kelompok_urusan"][0].values()) == 2
    assert counts["kelompok_urusan"][1] == 1


def test_people_find_the_api(small: Built, project: Path) -> None:
    """From the page of open data; with an example of a real entry, without one where there is none."""
    html = small.text("api/v1/index.html")

    assert 'href="/contoh/api/v1/"' in small.text("data/index.html")
    assert f"{HOME}{ROOT}inovasi/kopi-sehat.json" in html
    assert "&#34;slug&#34;: &#34;kopi-sehat&#34;" in html
    for file in (project / "content" / "innovations").iterdir():
        file.unlink()
    empty = build_project(project)
    assert empty.outcome.problems == ()
    assert "kopi-sehat" not in empty.text("api/v1/index.html")
    assert json.loads(empty.files["api/v1/inovasi.json"])["inovasi"] == []
