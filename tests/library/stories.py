"""What the tests of the readers of stories share."""

from unsung.model.errors import LibraryError


def answers_or_one_line(reader, *said):
    """Whether a reader answers, or says in one line what is wrong."""
    try:
        return reader(*said) is not None
    except LibraryError as error:
        return "\n" not in str(error)
