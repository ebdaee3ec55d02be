"""How each kind of goal is judged: one module a kind."""
