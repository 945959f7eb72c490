"""Programs that make files below static/; what they make is committed, so nobody has to run them."""
