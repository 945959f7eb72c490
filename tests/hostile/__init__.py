"""Hostile inputs, written for this project after the ideas of the well-known collections of attacks on filters."""
