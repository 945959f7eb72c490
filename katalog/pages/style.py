"""The living style page: every component with sample content, for those who write templates."""

from collections.abc import Iterator

from katalog.model import Catalogue, File, Page
from katalog.pages import charts, motifs, paging

TOKENS = [
    "kertas",
    "kain",
    "masuk",
    "tinta",
    "tinta2",
    "garis",
    "tepi",
    "manggis",
    "di-manggis",
    "di-manggis2",
    "taut",
    "di-taut",
    "kunjung",
    "emas",
    "emas-tua",
    "salah",
    "salah-latar",
    "benar",
    "tanda",
    "fokus",
    "di-fokus",
]
STEPS = ("t5", "t4", "t3", "t2", "t1", "t0", "t-1")
_ROWS = 3
_SAMPLE = paging.Paging(
    number=2,
    last=9,
    before="inovasi/",
    after="pengelola/",
    steps=((1, "inovasi/"), (2, "gaya/"), (0, ""), (9, "urusan/")),
)


def plan(catalogue: Catalogue) -> Iterator[Page | File]:
    """`/gaya/` and the sheet of its samples, planned for `serve` alone."""
    yield File(path="gaya/contoh.css", content=_samples().encode())
    facets = {facet.key: facet for facet in catalogue.facets}
    yield Page(
        path="gaya/",
        kind="gaya",
        title="Bagian-bagian halaman",
        description="Semua bagian yang dipakai halaman katalog ini, dengan isi contoh.",
        crumbs=(("Beranda", ""),),
        data={
            "tokens": TOKENS,
            "steps": STEPS,
            "statuses": catalogue.vocabulary.lists["status"],
            "rows": catalogue.innovations[:_ROWS],
            "years": charts.years(facets["tahun"]),
            "bars": charts.bars(facets["urusan"]),
            "fields": motifs.fields(catalogue),
            "paging": _SAMPLE,
        },
        listed=False,
    )


def _samples() -> str:
    """Rules that show tokens; pages themselves have no use for them."""
    lists = ".contoh-warna,.contoh-motif{columns:2 14rem;list-style:none;padding:0}"
    box = ".contoh-warna span{display:inline-block;width:3rem;height:1.5rem;border:1px solid var(--tepi)}"
    colours = (f".warna-{name}{{background:var(--{name})}}" for name in TOKENS)
    steps = (f".contoh-{step}{{font:700 var(--{step})/1.1 var(--judul)}}" for step in STEPS)
    return "\n".join((lists, box, *colours, *steps))
