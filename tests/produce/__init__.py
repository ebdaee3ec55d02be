"""Tests of produce."""
