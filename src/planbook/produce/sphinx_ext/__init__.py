"""Extensions of Sphinx that `_config.yml` names."""
