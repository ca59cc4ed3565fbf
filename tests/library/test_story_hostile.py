"""No text, however it is made, keeps a reader busy: work grows with length, not its square."""

import pytest
from stories import answers_or_one_line

from unsung.library.story.fountain import fountain
from unsung.library.story.subtitles import is_subtitles, subtitles
from unsung.library.story.wml import wml
from unsung.library.story.wml_macros import definitions, preprocessed

LONG = 200_000


def long(piece):
    return piece * (LONG // len(piece))


@pytest.mark.parametrize(
    "piece", ["#define A\n", "#define A\n#arg B\n", "{", "{a ", "[a]", "a ", "a=b + ", "<<", "a=_ "]
)
def test_markup_without_end(piece):
    def read(text):
        return wml(preprocessed(text, definitions(text)))

    assert answers_or_one_line(read, long(piece))
    assert answers_or_one_line(read, "a" + " " * LONG)
    assert answers_or_one_line(read, f"#define A\n{long(piece)}\n#enddef\n{{A}}")


@pytest.mark.parametrize("piece", ["*a ", "_a ", "A(", "[[", "/*", "INT. A - ", "# "])
def test_screenplays_without_end(piece):
    assert answers_or_one_line(fountain, "INT. A\n\n" + long(piece), "v")


@pytest.mark.parametrize("piece", ["<a", "<v ", "{", "[", "(", "A: ", "<v."])
def test_subtitles_without_end(piece):
    said = "00:00:01,000 --> 00:00:02,000\n" + long(piece)
    assert is_subtitles(said)
    assert answers_or_one_line(subtitles, said, "v")


@pytest.mark.parametrize("piece", ["1", "1:", " ", "1 "])
def test_numbers_without_end_are_no_subtitles(piece):
    assert not is_subtitles(long(piece))
