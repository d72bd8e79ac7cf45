"""Which texts are learned from, which steer, and which judge: one file for each way of deciding it.

stratified.py   at random, every class with its share in every part; also what completes parts that a file gave
given.py        as a column of the texts says
grouped.py      texts of one group (an author, a conversation) stay together
dated.py        learn from the past, be judged on the future
folds.py        as many equal parts as one likes, each the test part once
assign.py       chooses among them
table.py        what came of it, to be shown
"""

from core.data.splits.assign import assign
from core.data.splits.parts import PARTS
from core.data.splits.stratified import split

__all__ = ["PARTS", "assign", "split"]
