"""The demo as a package ships it: small, complete, written out without fuss."""

from unsung.demo import film_files, scores, soundtrack_files, truth, write_demo


def test_the_album_has_ten_recordings_in_order_and_each_has_its_score(known):
    assert [file.name for file in soundtrack_files()] == [one["file"] for one in known["tracks"]]
    assert [file.name for file in scores()] == [one["score"] for one in known["tracks"]]
    assert len(soundtrack_files()) == 10


def test_the_film_comes_with_subtitles_and_a_screenplay():
    names = [file.name for file in film_files()]
    assert names == ["film.webm", "screenplay.fountain", "subtitles.srt"]


def test_everything_shipped_stays_under_eight_megabytes():
    shipped = (*soundtrack_files(), *film_files(), *scores())
    assert sum(len(file.read_bytes()) for file in shipped) < 8_000_000


def test_writing_the_demo_keeps_the_film_out_of_the_album(tmp_path):
    album = write_demo(tmp_path)
    assert album == tmp_path / "soundtrack"
    assert sorted(path.name for path in album.iterdir()) == [
        file.name for file in soundtrack_files()
    ]
    assert (tmp_path / "film" / "film.webm").is_file()
    assert "Frank Wen" in (tmp_path / "LICENSE.txt").read_text(encoding="utf-8")


def test_writing_it_again_touches_nothing_but_what_was_changed(tmp_path):
    files = sorted(write_demo(tmp_path).iterdir())
    files[1].write_bytes(b"broken")
    before = [path.stat().st_mtime_ns for path in files]
    write_demo(tmp_path)
    after = [path.stat().st_mtime_ns for path in files]
    assert [a == b for a, b in zip(before, after, strict=True)] == [i != 1 for i in range(10)]
    assert files[1].read_bytes() == soundtrack_files()[1].read_bytes()


def test_the_truth_is_read_afresh_so_nobody_can_spoil_it():
    truth()["motifs"].clear()
    assert truth()["motifs"]
