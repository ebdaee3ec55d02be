"""What joins the layers: inputs to judged tables, tables to the book, and what commands say."""
