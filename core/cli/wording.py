"""What help says: of the program, of each command, and of what several commands are given."""

from __future__ import annotations

DATA = """a table of texts and their classes: CSV, TSV, TXT, JSON, JSON Lines, Excel, ODS or Parquet, also as .gz or
.zip; a zip with a folder for each class; several files of the same columns; sample:NAME for a built-in one;
data:FINGERPRINT for texts that are stored already; hub:NAME or hub:NAME:CONFIG for a data set of the Hugging Face hub
(needs: pip install datasets) or a folder as the hub keeps it; or words with tags as CoNLL-U or .conll"""
RUN = "a training: its name, its id, or the first characters of its id (see: python -m core runs)"
JSON = "also write the result as JSON to this file (- for the screen, instead of the table)"

OVERVIEW = """\
Train a recurrent network on your own texts, see what it remembers word by word, and find out whether it
beats a plain average of word vectors. Trainings are kept, and the app shows them too.
"""

EXAMPLES = """\
examples:
  python -m core train sample:reviews_en
  python -m core train reviews.csv --text comment --label stars --architecture gru --set epochs=5
  python -m core runs
  python -m core predict RUN "a lovely film"
  python -m core trace RUN "a lovely film"
  python -m core generate-train poems.txt
  python -m core export RUN model.zip

help for one command:  python -m core train --help
"""

TRAIN = """\
Train a network on labelled texts, judge it on texts kept aside, and set it beside simpler things: the most frequent
class, the average of word vectors, and TF-IDF with logistic regression. Duplicates are removed first. Control-C stops
early and keeps the best network until then."""

TAG = """\
Train a network that tags each word of a sentence, such as its part of speech or whether it belongs to a name, judge it
on sentences kept aside, and set it beside simpler things: the most frequent tag, each word's most frequent tag, and
logistic regression on words and endings. DATA is CoNLL-U or .conll, one word a line with a blank line between two
sentences. All options of train apply."""

CONTINUE = """\
Train a network for longer: with another learning rate, or with more texts and classes, from where it stands. Its words
stay those of its first training. Texts that it was judged on never become texts to learn from, nor the other way
round."""

CHECK = """\
Say what is wrong with texts before anything is trained: each finding with its count, examples, what it does to a
result, and the repairs that --repair takes. Where many rows are copies, the score that they fake is measured beside the
honest one."""

REPAIR = """repair the texts first, by a name that check tells, such as duplicates or emails=[e-mail]; may be given many
times, and is done in that order"""

SWEEP = """\
Train the same network on the same texts, prepared in several ways, and see which way helps. The variants are compared
with the settings as they are, on the validation texts; the test texts are not looked at. All options of train apply;
the references are not trained."""

COMPARE = """\
Say which of several trainings is better, without claiming more than their test texts carry. Trainings that differ in
their seed only are taken together. Each is set against one of them, or against a simpler method that was trained on the
same texts; trainings that were tested on other texts are left out. With texts (DATA, as for train) instead of
trainings, the network is trained with several seeds beside its siblings and simpler methods, as many at a time as there
are workers, and the answer says what to use."""

PREDICT = """\
Ask a trained network which class texts belong to, and how sure it is. With a file, the same table comes back with the
answers as additional columns."""

DATASETS = """\
List the texts that are stored, newest first. Each training names the fingerprint of its texts; train data:FINGERPRINT
uses them again."""

GENERATE_TRAIN = """\
Train a network that writes: it learns which word or letter comes next, and can then go on from nothing, from a
beginning or, where the texts have labels, by a label. Labels are not needed; a file with one text a line will do. It is
judged by its perplexity on texts kept aside, beside counts of neighbouring tokens, and by how much it copies.
--set tokens=characters writes letter by letter, which is better for names and other short texts."""

GENERATE = """\
Write texts with a network that generate-train trained. What is (nearly) copied from a training text is marked."""

TRACE = """\
See what a network remembers after each word of a text: how large its state is, and what it would answer if the text
ended there."""

EXPORT = """\
Save a network as a zip that works by itself: the Keras model, its words, its settings, a README and a small program,
predict.py. The zip is opened again and must give the same answers before it is kept."""

SEARCH = """Look for better settings: many trainings of the same texts, the next ones chosen by what the ones before
reached on the validation texts (Optuna's TPE), hopeless ones broken off early, as many side by side as there are
workers. The best one is scored once on the test texts. Control-C stops; --resume goes on. All options of train say
where the search begins."""

REPORT = """Write a report: one HTML file of a training, or of several side by side, that opens in any browser without a
network, with its texts, settings, curves, scores and pictures; or a model card, if the file's name ends with .md."""
