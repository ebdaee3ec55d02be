"""What analysts write: baselines, yearly targets, assessments, corrections, commentary."""
