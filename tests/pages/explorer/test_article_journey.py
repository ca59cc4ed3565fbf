"""The article as its author works on it, in a real Chromium against the real server."""

import threading

import explored
import pytest
from explored import ALBUM, comes_true, complaints_of_axe

pytestmark = pytest.mark.browser

STATE = "document.querySelector('.state').textContent"
FAULTS = "document.querySelector('.how-many').textContent"
VERSIONS = "document.querySelector('#pane-versions [role=status]').textContent"
FILLED = (
    "tab => document.querySelector(`#pane-${tab} iframe:not(.coming), #pane-${tab} li,"
    " #pane-${tab} .finding`) !== null"
)
HOSTILE = (
    "# <img src=x onerror=alert(1)></title><script>alert(2)</script>\n\n"
    "<script>parent.hurt = 1; top.hurt = 1; alert(3)</script>"
    " [go](javascript:alert(4)) <iframe srcdoc='<script>alert(5)</script>'></iframe>\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with explored.served(tmp_path_factory.mktemp("article")) as visitor:
        yield visitor


@pytest.fixture
def fresh(served):
    """An album of which nobody wrote yet."""
    for name in ("article.md", "article.history.jsonl"):
        (served.folder / name).unlink(missing_ok=True)
    return served


@pytest.fixture
def page(fresh, chromium):
    """The page of the article; whatever script an author's words start fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page, wrong = context.new_page(), []
    page.on("dialog", lambda one: _answered(one, wrong))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(fresh.address + f"{ALBUM}/article")
    yield page
    hurt = page.evaluate("window.hurt")
    context.close()
    assert wrong == []
    assert hurt is None


def _answered(dialog, wrong):
    """The browser may ask whether to leave what is not saved; nobody else may ask anything."""
    if dialog.type != "beforeunload":
        wrong.append(dialog.message)
    dialog.accept()


def written_on(page):
    """The place to write, once its text is there."""
    page.locator("[data-do=edit]").click()
    comes_true(page, "!document.querySelector('.article-text').readOnly")
    return page.locator(".article-text")


def at_the_end(field, words):
    field.evaluate("one => one.setSelectionRange(one.value.length, one.value.length)")
    field.press_sequentially(words)


def saved(page):
    page.keyboard.press("Control+s")
    comes_true(page, f"{STATE}.startsWith('Saved')")


def test_an_author_writes_cites_saves_goes_back_and_settles_a_conflict(fresh, page):
    own = fresh.folder / "article.md"
    comes_true(page, "document.querySelector('.reading iframe') !== null")
    assert page.frame_locator(".reading iframe").locator("h1").text_content() != ""

    field = written_on(page)
    ours = field.input_value()
    assert ours.startswith("# ")
    assert not own.exists()
    at_the_end(field, "\nIt sounds 17 times, and no more.")
    comes_true(page, f"{FAULTS} === '1'")
    comes_true(page, f"{STATE}.startsWith('Saved')")
    assert own.read_text() == ours + "\nIt sounds 17 times, and no more."
    preview = page.frame_locator("#pane-preview iframe").last
    assert preview.get_by_text("It sounds 17 times").count() == 1

    page.locator("#tab-preview").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".unsupported a").click()
    chosen = "(one => one.value.slice(one.selectionStart, one.selectionEnd))"
    assert field.evaluate(chosen) == "It sounds 17 times, and no more."
    page.locator("#tab-cite").click()
    page.locator("[name=cite]").fill("first light number")
    page.locator(".finding", has_text="[^gem-first-light]").get_by_text("Cite it").click()
    assert field.input_value().endswith("no more.[^gem-first-light]")
    page.locator("[data-do=undo]").click()
    assert field.input_value().endswith("no more.")
    page.locator("[data-do=redo]").click()
    saved(page)

    page.reload()
    comes_true(page, "document.querySelector('.article-text').value.endsWith('light]')")
    page.locator("#tab-versions").click()
    page.locator(".versions li").first.wait_for()
    page.locator("[name=every]").check()
    comes_true(page, f"/^\\d+ versions?,/.test({VERSIONS})")
    page.locator(".versions button", has_text="Compare").last.click()
    page.get_by_role("button", name="Put it back").click()
    comes_true(page, "document.querySelector('.article-text').value.endsWith('no more.')")
    comes_true(page, f"{STATE}.startsWith('Saved')")
    assert own.read_text().endswith("no more.")

    own.write_text("# From an editor\n\nIts author was here.\n")
    at_the_end(field, " Mine, meanwhile.")
    comes_true(page, "!document.querySelector('.clash').hidden")
    assert "Its author was here." in page.locator(".clash").text_content()
    assert own.read_text() == "# From an editor\n\nIts author was here.\n"
    page.get_by_role("button", name="Take the other").click()
    comes_true(page, "document.querySelector('.article-text').value.startsWith('# From an editor')")
    comes_true(page, f"{STATE}.startsWith('Saved')")
    texts = [
        fresh.get(f"{ALBUM}/api/article/versions/{k}").json().get("text", "") for k in range(1, 9)
    ]
    assert any(text.endswith("Mine, meanwhile.") for text in texts), "neither text is lost"
    page.locator("[data-do=read]").click()
    frame = page.frame_locator(".reading iframe")
    assert frame.locator("h1").text_content() == "From an editor"


def test_words_that_could_not_be_saved_are_still_there_after_a_reload(fresh, page):
    field = written_on(page)
    page.route("**/api/article", lambda route: route.abort())
    at_the_end(field, "Not lost.")
    comes_true(page, f"{STATE}.startsWith('Not saved: Unsung does not answer')")
    page.reload()
    page.unroute("**/api/article")
    page.reload()
    comes_true(page, "document.querySelector('.article-text').value.endsWith('Not lost.')")
    comes_true(page, f"{STATE}.startsWith('Saved')")
    assert (fresh.folder / "article.md").read_text().endswith("Not lost.")


def test_words_typed_last_are_saved_when_the_page_is_left(fresh, page):
    field = written_on(page)
    at_the_end(field, "And off.")
    page.locator(".bar").get_by_role("link", name="Gems").click()
    page.locator("h1", has_text="Gems").wait_for()
    page.go_back()
    comes_true(page, "document.querySelector('.article-text')?.value.endsWith('And off.')")
    assert (fresh.folder / "article.md").read_text().endswith("And off.")


def test_an_article_that_takes_its_time_says_so_and_appears_by_itself(tmp_path, chromium):
    may_go = threading.Event()

    def slowly(*_):
        may_go.wait(30)
        return explored.findings()

    with explored.served(tmp_path, find=slowly) as visitor:
        page = chromium.new_page()
        page.goto(visitor.address + f"{ALBUM}/article")
        frame = page.frame_locator(".reading iframe")
        frame.get_by_text("The article is being written").wait_for()
        page.wait_for_timeout(3_000)
        frame.get_by_text("All questions are being asked").wait_for()
        page.locator("[data-do=edit]").click()
        comes_true(page, f"{STATE}.includes('so far')")
        may_go.set()
        comes_true(page, "!document.querySelector('.article-text').readOnly")
        page.locator("[data-do=read]").click()
        frame.get_by_text("For discussion").first.wait_for()
        page.close()


def test_hostile_words_run_nowhere(fresh, page):
    field = written_on(page)
    field.fill(HOSTILE)
    preview = page.frame_locator("#pane-preview iframe").last
    preview.get_by_text("parent.hurt").wait_for()
    saved(page)
    page.locator("#tab-versions").click()
    page.locator("[data-do=read]").click()
    page.frame_locator(".reading iframe").get_by_text("parent.hurt").wait_for()
    page.goto(fresh.address + f"{ALBUM}/article/whole")
    page.get_by_text("parent.hurt").wait_for()


def test_every_format_is_taken_along_with_what_was_just_typed(page):
    field = written_on(page)
    at_the_end(field, "Just now.")
    with page.expect_download() as kept:
        page.locator("[data-form=Markdown]").click()
    assert kept.value.suggested_filename == "article.md"
    assert "Just now." in kept.value.path().read_text()
    comes_true(page, "document.querySelector('.take [role=status]').textContent.includes('among')")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_to_mend_while_an_author_works(fresh, chromium, scheme, width):
    context = chromium.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(fresh.address + f"{ALBUM}/article")
    field = written_on(page)
    at_the_end(field, "\nThe best of 17.")
    comes_true(page, f"{FAULTS} === '2'")
    saved(page)
    for tab in ("preview", "check", "cite", "versions"):
        page.locator(f"#tab-{tab}").click()
        comes_true(page, FILLED, tab)
        assert complaints_of_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    (fresh.folder / "article.md").write_text("Another.\n")
    at_the_end(field, " Mine.")
    comes_true(page, "!document.querySelector('.clash').hidden")
    assert complaints_of_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
