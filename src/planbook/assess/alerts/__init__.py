"""Early warnings: rules that look at what an edition knew, each saying one thing no other says.

A rule is a pure function from the `Evidence` of an edition to rows; those about what happened at
once, not about a state, also say for how long it stands. The modules hold the rules by subject;
`alert_history` asks them all, leaves out what repeats another (`precedence`) and counts how long a
warning has stood and been left without an action. Limits are the plan's
(`planbook.plan.alert_limits`).
"""
