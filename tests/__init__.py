"""Tests, a room for each layer; makers that rooms share stand beside them."""
