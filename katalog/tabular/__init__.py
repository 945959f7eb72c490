"""Tables of offices <-> entries, by the captions of the official form. Knows no file format."""

from katalog.tabular.changes import Change, settle, summary
from katalog.tabular.export import as_rows
from katalog.tabular.rows import make_shelf, read_rows

__all__ = ["Change", "as_rows", "make_shelf", "read_rows", "settle", "summary"]
