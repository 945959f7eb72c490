"""Lock files -> what is known against the packages they name, from pip-audit.

    python -m tools.audit_python LOCK...

Exit code 1 where something is known, 0 where nothing is. pip-audit says that nothing is known also where it could
ask about nothing; this says how many packages were asked about.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LONGEST = 600


def ask(locks: Sequence[str]) -> tuple[dict[str, Any] | None, str]:
    """pip-audit's report, or None and why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
        command += ["--format", "json", "--output", str(file), *(f"--requirement={lock}" for lock in locks)]
        try:
            ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)
        except subprocess.TimeoutExpired:
            return None, f"no answer within {LONGEST} seconds"
        if not file.is_file():
            return None, (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return json.loads(file.read_text(encoding="utf-8")), ""


def verdict(report: dict[str, Any] | None, reason: str) -> tuple[int, str]:
    """Exit code and words for a report."""
    if report is None:
        return 0, f"NOT AUDITED: pip-audit could not run or reach its service ({reason})."
    packages = report["dependencies"]
    unasked = sorted({row["name"] for row in packages if "skip_reason" in row})
    known = sorted(
        {f"{row['name']} {row['version']}: {_words(flaw)}" for row in packages for flaw in row.get("vulns", ())}
    )
    names = {row["name"] for row in packages}
    lines = [f"{len(names) - len(unasked)} of {len(names)} packages audited, {len(known)} advisories."]
    if unasked:
        lines.append(f"NOT AUDITED, since the service does not know them: {', '.join(unasked)}.")
    return int(bool(known)), "\n".join([*lines, *known])


def _words(flaw: dict[str, Any]) -> str:
    mended = ", ".join(flaw["fix_versions"]) or "no version yet"
    return f"{flaw['id']}, mended in {mended}"


if __name__ == "__main__":
    code, words = verdict(*ask(sys.argv[1:]))
    print(words)
    sys.exit(code)
