"""The books of many plans: each project built by a process of its own, an index over all."""
