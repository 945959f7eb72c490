"""Katalog Inovasi: Markdown files in, a static catalogue of regional innovations out."""
