"""What Sphinx and MyST-NB load: extensions in `_config.yml`, a renderer, their parts."""
