"""Page Look inside: one module a view, each with a function `show(run)`; views.py lists them."""
