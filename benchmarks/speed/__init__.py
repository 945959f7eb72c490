"""How fast a site is made, beside Hugo and Eleventy: `make bench`; benchmarks/README.md says how to read it."""
