"""`tag`: from tagged sentences to a network that tags words, its scores, and what they are worth."""

from __future__ import annotations

from argparse import Namespace

from core.cli.train import trained


def run(options: Namespace) -> None:
    trained(options, "tagging")
