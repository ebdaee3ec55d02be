"""From blocks to the typesetter's own language."""
