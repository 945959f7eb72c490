"""Config -> `/_headers`: what a host is to say with each page. The one source of the site's policy.

Every page carries the policy itself as well, for hosts that let nobody set headers. `docs/hosts/` holds the
same for servers of one's own, written by `python -m tools.hosts`.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from katalog.model import Config, File

# No inline script or style, nothing from elsewhere, no string that becomes script.
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "manifest", "worker")),
        "form-action 'self'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
_EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Neither the page nor what was searched for is told to the sources that a visitor opens.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    # Files keep their times for years, from which browsers conclude that they need not ask again for months.
    "Cache-Control": "no-cache",
}
# Their names change with their content.
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# A page that sends what visitors type must not be framed by others; pages that are only read may be.
_UNFRAMED = {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'"}
# Programs of other sites may read what is there for them.
_OPEN = {"Access-Control-Allow-Origin": "*"}
# Kinds of files that not every server knows; the policy forbids browsers to guess.
TYPES = {
    "bib": "text/x-bibtex; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
    "ris": "application/x-research-info-systems",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
}
# Not ours to decide, since it binds every other site of the same host name as well.
HSTS = "Strict-Transport-Security: max-age=31536000"


def plan(config: Config) -> Iterator[File]:
    """`/_headers`, as Netlify, Cloudflare Pages and others read it."""
    yield File(path="_headers", content=_text(areas(urlsplit(config.base_url).path)).encode())


def areas(base_path: str) -> dict[str, dict[str, str]]:
    """The headers of each part of the site by its path, the whole site first; the longest path that fits counts."""
    return {
        f"{base_path}/": _EVERYWHERE,
        f"{base_path}/aset/": _EVERYWHERE | _FOR_EVER,
        f"{base_path}/usulkan/": _EVERYWHERE | _UNFRAMED,
        f"{base_path}/api/": _EVERYWHERE | _OPEN,
        f"{base_path}/data/": _EVERYWHERE | _OPEN,
    }


def _text(headers: dict[str, dict[str, str]]) -> str:
    """Each part as what differs from the whole, since all rules that fit an address apply.

    Where two rules set the same header, some hosts take the later one and others join both: two policies
    hold together, two lifetimes do not. So the whole site is left to the hosts' own lifetime, which says the same.
    """
    (root, common), *parts = headers.items()
    blocks = [_block(root, {name: value for name, value in common.items() if name != "Cache-Control"})]
    for path, own in parts:
        blocks.append(_block(path, {name: value for name, value in own.items() if common.get(name) != value}))
    note = f"# Sesudah semua alamat di host ini memakai HTTPS, tambahkan di bawah {root}*:\n#   {HSTS}\n"
    return "\n".join([note, *blocks])


def _block(path: str, headers: dict[str, str]) -> str:
    return "".join([f"{path}*\n", *(f"  {name}: {value}\n" for name, value in headers.items())])
