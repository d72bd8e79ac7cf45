"""What leaves the app for people: a report in one HTML file that opens offline, and a model card in Markdown.

Nothing in them loads anything or runs anything: pictures are SVG, and every text of a user is escaped.
"""
