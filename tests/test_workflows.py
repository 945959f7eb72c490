"""What runs on a pull request: pinned, without rights, and in step with the program."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from katalog.arguments import read_arguments
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")
GITLAB = ROOT / ".gitlab-ci.yml"


def _read(path: Path) -> dict[Any, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    """With the tag beside it for people; a tag alone may point elsewhere tomorrow."""
    uses = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))

    assert uses
    for use in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", use), use


def test_an_action_has_the_same_commit_everywhere() -> None:
    """One to renew, not three."""
    uses = {use for path in WORKFLOWS for use in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))}

    assert len(uses) == len({use.partition("@")[0] for use in uses})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_has_a_right_that_it_does_not_use(path: Path) -> None:
    """None by default; only the job that publishes may write, and it runs no code of ours."""
    text = path.read_text(encoding="utf-8")
    workflow = _read(path)

    assert workflow["permissions"] == {}
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for job in workflow["jobs"].values():
        if set(job["permissions"].values()) == {"read"}:
            assert job["permissions"] == {"contents": "read"}
        else:
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
            assert not any("run" in step for step in job["steps"])
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def _commands() -> list[list[str]]:
    """Every call of the program in a workflow, as the program would get it."""
    rows = [row for path in (*WORKFLOWS, GITLAB) for row in path.read_text(encoding="utf-8").splitlines()]
    calls = [row.partition(".venv/bin/python build.py")[2] for row in rows if ".venv/bin/python build.py" in row]
    return [shlex.split(re.sub(r"\$\{[^}]*\}|>.*|\|\|.*", "", call)) for call in calls]


@pytest.mark.parametrize("arguments", _commands(), ids=" ".join)
def test_every_call_is_one_that_the_program_knows(arguments: list[str]) -> None:
    """An option that was renamed would be noticed on the next pull request only."""
    assert read_arguments(arguments).command in {"build", "check"}


@pytest.mark.parametrize("path", [GITLAB, ROOT / ".pre-commit-config.yaml", ROOT / ".github" / "dependabot.yml"])
def test_the_other_settings_are_yaml(path: Path) -> None:
    """Whoever needs them would find out first."""
    assert _read(path)


def test_gitlab_scripts_are_lines_of_a_shell() -> None:
    """A colon in the wrong place would make a mapping of one."""
    jobs = [job for job in _read(GITLAB).values() if isinstance(job, dict) and "script" in job]

    assert len(jobs) == 4
    assert all(isinstance(line, str) for job in jobs for line in job["script"])


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_forms_for_issues_ask_clearly_and_warn(path: Path) -> None:
    """Every question has a label; nobody is led to write what may not be public."""
    form = _read(path)
    fields = [field for field in form["body"] if field["type"] != "markdown"]

    assert {"name", "description", "body"} <= form.keys()
    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields)
    assert "NIK" in form["body"][0]["attributes"]["value"]


def test_every_python_that_we_promise_is_tried() -> None:
    """From the lowest of pyproject.toml upward, on both forges alike."""
    lowest = re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert lowest
    github = _read(ROOT / ".github" / "workflows" / "kode.yml")["jobs"]["uji"]["strategy"]["matrix"]["python"]
    (gitlab,) = _read(GITLAB)["kode"]["parallel"]["matrix"]

    assert github == gitlab["SERI"] == [f"3.{minor}" for minor in range(int(lowest[1]), 15)]
