"""From executed notebooks and Markdown to blocks that can be typeset."""
