"""What people are told of a fault in a field: one wording for `check` and for the script of the form. Ground.

Each is (what is wrong, how to mend it); `{names}` are filled in by whoever says it. The form's script reads
the same table from a file, so that a clerk never meets two sentences for one mistake.
"""

# How a fault of a field begins.
FAULT = "Isi kolom `{key}` {wrong}.{hint}"
HINT = " Maksud Anda {guess}?"

WORDS = {
    "empty": ("Kolom `{key}` kosong.", "{action}. Contoh: {example}."),
    "repeated": ("memuat butir yang sama dua kali", "Hapus salah satunya."),
    "too_many": ("terlalu banyak: {count}, paling banyak {most}", "Sisakan yang terpenting."),
    "short": ("terlalu pendek: {count} karakter, seharusnya {low} sampai {high}", "{advice} Contoh: {example}."),
    "long": ("terlalu panjang: {count} karakter, seharusnya {low} sampai {high}", "{advice} Contoh: {example}."),
    "no_letters": ("tidak memuat huruf atau angka", "Contoh: {example}."),
    "markup": (
        "memuat tanda `{mark}`; kolom ini teks biasa tanpa tanda Markdown atau HTML",
        "Hapus tandanya; tulis kalimat biasa.",
    ),
    "choice": ("tidak ada dalam daftar: `{value}`", "{choices}"),
    "date": (
        "bukan tanggal yang dikenal: `{value}`",
        "Tulis tahun-bulan-hari seteliti yang diketahui: `2021-04-30`, `2021-04`, atau `2021`.",
    ),
    "future": ("ada di masa depan: `{value}`", "Tulis tanggal yang sudah lewat, atau hapus baris ini."),
    "number": ("harus angka {low} sampai {high}, bukan `{value}`", "Contoh: {example}."),
    "url_scheme": ("harus diawali {begin}", "Contoh: {example}."),
    "url_characters": ("memuat spasi atau karakter yang tidak boleh ada di alamat web", "Contoh: {example}."),
    "url": ("bukan alamat web yang sah: `{value}`", "Contoh: {example}."),
    "email": ("bukan alamat surel: `{value}`", "Contoh: {example}."),
}
# Faults that are told whole, of a text or of several fields together.
TOLD = {
    "heading": ("Judul bagian memakai {sign}.", "Pakai dua tanda: `## {title}`.{more}"),
    "body_image": (
        "Isi entri tidak boleh memuat gambar.",
        "Simpan gambar di content/images/ dan tulis namanya di kolom `foto`.",
    ),
    "html": (
        "Isi memuat kode HTML: `{tag}`{more}.",
        "Tempel sebagai teks biasa (Ctrl+Shift+V); judul bagian memakai `## `, daftar memakai `- `.",
    ),
    "source_mark": (
        "`{mark}` tidak menunjuk sumber mana pun.",
        "{known} Tulis nomor urutnya, misalnya `[^1]`, atau tambahkan sumbernya.",
    ),
    "date_order": (
        "`{later_key}` ({later}) lebih awal daripada `{earlier_key}` ({earlier}).",
        "Periksa kedua tanggal; urutannya uji coba, penerapan, pengembangan.",
    ),
    "identity": (
        "Ada nomor 16 angka seperti NIK atau nomor kartu keluarga.",
        "Hapus nomor itu: data kependudukan tidak boleh terbit di katalog, di kolom mana pun.",
    ),
    "mobile": (
        "Nomor di `telepon` adalah nomor ponsel; pastikan milik kantor, bukan milik seseorang.",
        "Bila milik kantor, tambahkan kata `(kantor)` sesudah nomornya; bila bukan, hapus baris itu.",
    ),
}


def told(name: str, **parts: object) -> tuple[str, str]:
    """A fault of TOLD in words: what is wrong, how to mend it."""
    message, remedy = TOLD[name]
    return message.format(**parts), remedy.format(**parts)
