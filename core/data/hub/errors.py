"""What can go wrong when a data set is asked for by its name, as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import DataError, UnrolledError
from core.messages import N_


class HubNotInstalled(DataError):
    message = N_(
        "Getting a data set by its name needs one more library. Type “pip install datasets” in a terminal where this "
        "program is installed, and start the program again."
    )


class HubUnreachable(DataError):
    message = N_(
        "The Hugging Face hub does not answer. Check the connection to the internet and try again, or download the "
        "files of the data set elsewhere and upload them here."
    )


class NoSuchHubDataset(DataError):
    message = N_(
        "There is no data set “{name}” on the Hugging Face hub, or it is private. Its name is the end of its page's "
        "address, such as “owner/name”."
    )


class HubAsksForLogin(DataError):
    message = N_(
        "“{name}” is only for those who accepted its conditions. Accept them on its page, then type “hf auth login” "
        "in a terminal of the computer that this program runs on."
    )


class HubConfigNeeded(DataError):
    message = N_("“{name}” comes in several configurations. Choose one of these: {configs}.")


class NoSuchHubSplit(DataError):
    message = N_("“{name}” has no part “{split}”. It has these: {splits}.")


class HubProgramNeeded(DataError):
    message = N_(
        "“{name}” can only be read by a program of its author, which is not run here. Look for a version of it in "
        "Parquet, CSV or JSON, or upload its files."
    )


class HubUnreadable(DataError):
    message = N_("“{name}” could not be read as a table of texts ({detail}). Download its files and upload them here.")


_CONFIGS = re.compile(r"(?:available configs|Available): \[(.*?)\]")


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Errors of the libraries that talk to the hub as ours."""
    from datasets.exceptions import DatasetNotFoundError
    from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError

    try:
        yield
    except UnrolledError:
        raise
    except GatedRepoError:
        raise HubAsksForLogin(name=name) from None
    except DatasetNotFoundError as error:
        raise (HubAsksForLogin if "gated" in str(error) else NoSuchHubDataset)(name=name) from None
    except (RepositoryNotFoundError, HFValidationError):
        raise NoSuchHubDataset(name=name) from None
    except Exception as error:
        if isinstance(error, ConnectionError | TimeoutError) or _of_the_network(error):
            raise HubUnreachable from error
        configs = _CONFIGS.search(str(error))
        if configs:
            raise HubConfigNeeded(name=name, configs=configs[1].replace("'", "")) from None
        if "scripts are no longer supported" in str(error):
            raise HubProgramNeeded(name=name) from None
        raise HubUnreadable(name=name, detail=type(error).__name__) from error


def _of_the_network(error: BaseException) -> bool:
    """Whether a library for the network raised this, by whatever name it goes in its present version."""
    return any(type(step).__module__.partition(".")[0].startswith(("httpx", "httpcore", "requests", "aiohttp"))
               for step in (error, error.__cause__) if step is not None)  # fmt: skip
