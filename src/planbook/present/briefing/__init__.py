"""What leaders are told of an edition: prospects, changes, decisions, successes, what is due."""
