"""Make a release of this program: checks, then one commit and one tag. It never pushes.

    make release VERSION=1.2.0

Before: write what changed under `## 1.2.0 - 2026-01-31` in CHANGELOG.md and commit it. After: look at the commit, then
`git push --follow-tags`. Undo before that: `git tag -d v1.2.0 && git reset --hard HEAD~1`.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r'^version = "(.*)"$', re.MULTILINE)
_FORM = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def find_faults(version: str, *, project: str, changelog: str, dirty: bool, tags: frozenset[str]) -> list[str]:
    """Whatever stands against a release, all of it at once."""
    faults = []
    now = _VERSION.search(project)
    if not _FORM.fullmatch(version):
        faults.append(f"A version is three numbers, like 1.2.0, not `{version}`.")
    elif now and _FORM.fullmatch(now[1]) and _numbers(version) < _numbers(now[1]):
        faults.append(f"{version} is older than {now[1]} in pyproject.toml.")
    if f"v{version}" in tags:
        faults.append(f"The tag v{version} is there already.")
    section = re.search(rf"(?ms)^## \[?{re.escape(version)}\]?(?:[ -].*?)?\n(.*?)(?=^## |\Z)", changelog)
    if not section or not re.search(r"(?m)^- ", section[1]):
        faults.append(f"CHANGELOG.md has no section `## {version}` with a line that begins with `- `.")
    if dirty:
        faults.append("Something is not committed: git status.")
    return faults


def with_version(project: str, version: str) -> str:
    """pyproject.toml with this version."""
    return _VERSION.sub(f'version = "{version}"', project, count=1)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def release(root: Path, version: str) -> list[str]:
    """Check, test, write the version, commit, tag; what is against it, and then nothing was done."""
    file = root / "pyproject.toml"
    project = file.read_text(encoding="utf-8")
    faults = find_faults(
        version,
        project=project,
        changelog=(root / "CHANGELOG.md").read_text(encoding="utf-8"),
        dirty=bool(_git(root, "status", "--porcelain")),
        tags=frozenset(_git(root, "tag", "--list").split()),
    )
    if faults:
        return faults
    if subprocess.run(["make", "lint", "check", "test"], cwd=root, check=False).returncode:
        return ["The checks or the tests failed; nothing was changed."]
    if _git(root, "status", "--porcelain"):
        return ["The tests changed files: git status."]
    file.write_text(with_version(project, version), encoding="utf-8", newline="\n")
    _git(root, "commit", "--quiet", "--allow-empty", f"--message=Release {version}", "--", "pyproject.toml")
    _git(root, "tag", "--annotate", f"v{version}", f"--message=Release {version}")
    return []


def main(arguments: list[str]) -> int:
    """0 done, 1 not done, 2 wrong use."""
    if len(arguments) != 1 or not arguments[0]:
        print("make release VERSION=1.2.0", file=sys.stderr)
        return 2
    if faults := release(ROOT, arguments[0]):
        print("\n".join(faults), file=sys.stderr)
        return 1
    print(f"Committed and tagged v{arguments[0]}. Look at it, then: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
