"""What can be wrong with a user's pattern, each with the way out."""

from __future__ import annotations

from core.errors import SettingsError
from core.messages import N_


class PatternError(SettingsError):
    """A pattern that is not used."""

    message = N_("The pattern “{pattern}” cannot be used.")


class NotClosed(PatternError):
    message = N_(
        "The pattern “{pattern}” opens a {part} that it does not close. To find the character itself, write \\{part}"
    )


class NotOpened(PatternError):
    message = N_(
        "The pattern “{pattern}” closes a {part} that it did not open. To find the character itself, write \\{part}"
    )


class NothingToRepeat(PatternError):
    message = N_(
        "In the pattern “{pattern}”, there is nothing that {part} could repeat. To find the character itself, write "
        "\\{part}"
    )


class UnknownEscape(PatternError):
    message = N_("The pattern “{pattern}” holds {part}, which means nothing here. To find a backslash, write \\\\")


class WrongRange(PatternError):
    message = N_("In the pattern “{pattern}”, the range {part} runs backwards. Write the smaller side first.")


class NotAllowed(PatternError):
    message = N_(
        "The pattern “{pattern}” uses {part}, which is not possible here: looking ahead or back, flags, and finding "
        "again what was found before could take for ever on a long text. Do without it, or use two rules."
    )


class MatchesNothing(PatternError):
    message = N_(
        "The pattern “{pattern}” also matches nothing at all, and would be found between any two characters. Use + in "
        "place of *, or add a character that must be there."
    )


class TooManyWays(PatternError):
    message = N_(
        "The pattern “{pattern}” can match the same characters in very many ways, so that a long text could take for "
        "ever. Often a repetition stands inside another, as in (a+)+, or two follow each other, as in .*.*: keep one "
        "of them, or say more exactly what each may match."
    )


class TooLong(PatternError):
    message = N_("The pattern “{pattern}” is too long or repeats too much. Split it into several rules.")
