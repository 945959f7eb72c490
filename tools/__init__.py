"""Programs for those who look after the catalogue; none is part of a build."""
