import signal

import pytest

from core.cli.progress import Progress
from core.training.observer import EpochResult


def test_where_no_bar_can_be_drawn_each_epoch_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("training") as progress:
        progress.on_batch(1, 1, 4, 0.7, 0.5)
        progress.on_epoch(EpochResult(1, 0.69, 0.5, 0.68, 0.55, 1.0))
    captured = capsys.readouterr()
    assert captured.err == "training, epoch 1: loss 0.690, val_loss 0.680, val_accuracy 0.550\n"
    assert captured.out == ""


def test_the_first_control_c_stops_politely_and_the_second_breaks_off(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    with Progress("training", stoppable=True) as progress:
        assert not progress.should_stop()
        signal.raise_signal(signal.SIGINT)
        assert progress.should_stop()
        assert progress.should_stop()
        assert capsys.readouterr().err.count("Stopping with the best network") == 1
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_reference_is_never_stopped_half_trained() -> None:
    with Progress("reference") as progress:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert not progress.should_stop()


def test_how_long_it_takes_is_told_first_and_a_very_long_training_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for seconds in (20.0, 130.0, 7 * 3600.0 + 300):
        Progress("training").on_foretold(seconds)
        told.append(capsys.readouterr().err)
    assert told[:2] == ["", "It takes about 2 min at the most.\n"]
    assert told[2].startswith("This may take 7 h 05 min. Fewer or smaller layers")
