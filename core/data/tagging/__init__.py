"""Tagged sentences: reading them, their schemes, and what is to be known of them."""
