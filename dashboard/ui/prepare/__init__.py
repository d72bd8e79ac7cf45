"""The tabs of the page *Prepare*, one file each, in the order in which a text passes through them."""
