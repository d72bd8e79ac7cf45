"""Search: many trainings with other parameters, the next ones chosen by what the ones before reached."""
