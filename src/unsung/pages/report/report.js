"use strict";
/* Adds time to the page: plays from wherever a reader points, and shows where the music is. */
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const tracks = [...document.querySelectorAll(".track")].map(describeTrack);
  const playable = tracks.filter((track) => track.audio);
  const dock = document.querySelector(".dock");
  const shortcuts = document.querySelector("#shortcuts");
  let current = null;
  let row = null;

  document.documentElement.classList.add("js");
  tracks.forEach(followPointer);
  playable.forEach(equip);
  playable.forEach(gatherSpans);
  document.querySelectorAll(".motif-part").forEach(equipMotif);
  document.querySelectorAll(".motif-map .figure").forEach(equipLane);
  document.querySelectorAll("table.sortable").forEach(makeSortable);
  if (playable.length) equipPage();

  function describeTrack(element) {
    const table = element.querySelector("table.values");
    return {
      element,
      title: element.querySelector("h3").textContent,
      durationS: Number(element.dataset.durationS),
      audio: element.querySelector("audio"),
      lanes: element.querySelector(".lanes"),
      grid: element.querySelector(".grid"),
      seek: element.querySelector(".seek"),
      playhead: element.querySelector(".playhead"),
      readout: element.querySelector(".readout"),
      stepS: Number(table.dataset.stepS),
      heads: [...table.tHead.rows[0].cells],
      rows: table.tBodies[0].rows,
      spans: [],
      until: null,
      wanted: null,
    };
  }

  /* ---- playing ---- */

  function equip(track) {
    const { audio, element } = track;
    const button = element.querySelector("[data-act=play]");
    button.hidden = false;
    track.seek.hidden = false;
    button.addEventListener("click", () => toggle(track));
    track.seek.addEventListener("input", () => moveTo(track, Number(track.seek.value)));
    element.querySelectorAll("a.chip").forEach((chip) =>
      chip.addEventListener("click", (event) => {
        event.preventDefault();
        playFrom(track, Number(chip.dataset.from));
      }));
    for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, () => showState(track));
    for (const name of ["timeupdate", "seeked"]) audio.addEventListener(name, () => showTime(track));
    audio.addEventListener("timeupdate", () => stopWhereWanted(track));
    audio.addEventListener("error", () => {
      element.querySelector(".message").textContent =
        "This browser could not play the recording: it has moved, or its format is unknown here.";
    });
  }

  function playFrom(track, timeS, untilS = null) {
    endRow();
    playSpan(track, timeS, untilS);
  }

  function playSpan(track, timeS, untilS) {
    goTo(track, timeS);
    track.until = untilS;
    play(track);
  }

  /* Occurrences and written notes, wherever they stand on the page, that sound in this track. */
  function gatherSpans(track) {
    const all = document.querySelectorAll(`[data-track="${track.element.id}"]`);
    track.spans = [...all].map((element) => ({ element, sounds: false, ...spanOf(element) }));
    for (const { element, fromS, untilS } of track.spans)
      element.addEventListener("click", (event) => {
        event.preventDefault();
        playFrom(track, fromS, element.tagName.toLowerCase() === "a" ? untilS : null);
      });
  }

  function spanOf(element) {
    return { fromS: Number(element.dataset.from), untilS: Number(element.dataset.until) };
  }

  function play(track) {
    if (row && trackOf(row.links[row.at]) !== track) endRow();
    for (const other of playable) if (other !== track) other.audio.pause();
    makeCurrent(track);
    track.audio.play().catch(() => {}); // a failure is told by the error event
  }

  /* After an occurrence the music stops, unless a reader has since moved on. */
  function stopWhereWanted(track) {
    const ended = track.audio.ended && track === current;
    if (track.until === null || track.wanted !== null || (track.audio.currentTime < track.until && !ended)) return;
    track.until = null;
    track.audio.pause();
    if (row) stepInRow(1);
  }

  /* ---- a motif's occurrences, one after the other ---- */

  function equipMotif(part) {
    const links = [...part.querySelectorAll(".occurrences > li:not(.rejected) a.play-one")];
    const inStoryOrder = links.filter(trackOf).sort((one, other) =>
      playable.indexOf(trackOf(one)) - playable.indexOf(trackOf(other)) || spanOf(one).fromS - spanOf(other).fromS);
    const prototype = part.querySelector(":scope > .note a.play-one");
    const box = part.querySelector(".in-a-row");
    if (box && inStoryOrder.length > 1) {
      box.hidden = false;
      const button = box.querySelector("button");
      button.addEventListener("click", () => {
        if (row && row.button === button) { endRow(); current.audio.pause(); }
        else startRow(inStoryOrder, button, box.querySelector("[role=status]"));
      });
    }
    part.querySelectorAll("[data-act=after]").forEach((button) => {
      const one = button.parentElement.querySelector("a.play-one");
      button.hidden = !trackOf(one) || !trackOf(prototype);
      button.addEventListener("click", () => startRow([prototype, one]));
    });
  }

  function trackOf(link) {
    return playable.find((track) => track.element.id === link.dataset.track);
  }

  function startRow(links, button = null, status = null) {
    endRow();
    row = { links, at: -1, button, status };
    if (button) button.textContent = "Stop";
    stepInRow(1);
  }

  function stepInRow(direction) {
    const link = row.links[row.at + direction];
    if (!link) return endRow();
    row.at += direction;
    const { fromS, untilS } = spanOf(link);
    if (row.status) row.status.textContent =
      `${row.at + 1} of ${row.links.length}: ${trackOf(link).title}, ${clock(fromS)}`;
    playSpan(trackOf(link), fromS, untilS);
  }

  function endRow() {
    if (row?.button) row.button.textContent = "Play all in a row";
    if (row?.status) row.status.textContent = "";
    row = null;
  }

  /* One stop of the Tab key a lane; the arrow keys walk along it. */
  function equipLane(lane) {
    const marks = [...lane.querySelectorAll("a.occurrence")];
    marks.forEach((mark, k) => {
      mark.setAttribute("tabindex", k ? "-1" : "0");
      mark.addEventListener("keydown", (event) => {
        const to = { ArrowLeft: k - 1, ArrowRight: k + 1, Home: 0, End: marks.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        marks[to]?.focus();
      });
      mark.addEventListener("focus", () =>
        marks.forEach((other) => other.setAttribute("tabindex", other === mark ? "0" : "-1")));
    });
    document.querySelectorAll(".keys-help").forEach((help) => { help.hidden = false; });
  }

  function toggle(track) {
    if (track.audio.paused) play(track);
    else track.audio.pause();
  }

  /* Wherever a reader goes by hand, a row that was playing is over. */
  function moveTo(track, timeS) {
    endRow();
    goTo(track, timeS);
  }

  function goTo(track, timeS) {
    makeCurrent(track);
    track.until = null;
    track.wanted = Math.max(0, Math.min(timeS, track.durationS));
    if (track.audio.readyState > 0) goToWanted(track);
    else if (!track.loading) {
      track.loading = true;
      track.audio.addEventListener("loadedmetadata", () => goToWanted(track), { once: true });
      track.audio.load();
    }
    showTime(track);
  }

  function goToWanted(track) {
    track.audio.currentTime = track.wanted;
    track.wanted = null;
  }

  function makeCurrent(track) {
    if (current === track) return;
    if (current) current.element.classList.remove("current");
    current = track;
    track.element.classList.add("current");
    dock.hidden = false;
    document.body.classList.add("docked");
    const link = dock.querySelector(".title");
    link.textContent = track.title;
    link.hash = track.element.id;
    track.audio.volume = Number(dock.querySelector(".level input").value);
    if (navigator.mediaSession && window.MediaMetadata)
      navigator.mediaSession.metadata = new MediaMetadata({
        title: track.title, album: document.querySelector("h1").textContent });
    showState(track);
    showTime(track);
  }

  function step(direction) {
    if (row) return stepInRow(direction);
    const next = playable[playable.indexOf(inHand()) + direction];
    if (!next) return;
    playFrom(next, 0);
    next.element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" });
  }

  /* The track last touched; before that, the first that reaches into the window. */
  function inHand() {
    return current || playable.find((t) => t.element.getBoundingClientRect().bottom > 80) || playable[0];
  }

  /* ---- showing ---- */

  function showState(track) {
    const playing = !track.audio.paused && !track.audio.ended;
    const button = track.element.querySelector("[data-act=play]");
    button.classList.toggle("playing", playing);
    button.setAttribute("aria-label", (playing ? "Pause " : "Play ") + track.title);
    if (track !== current) return;
    const main = dock.querySelector("[data-act=toggle]");
    main.classList.toggle("playing", playing);
    main.setAttribute("aria-label", playing ? "Pause" : "Play");
    if (playing && !calm.matches) requestAnimationFrame(() => glide(track));
  }

  function glide(track) {
    placeHead(track, timeOf(track));
    stopWhereWanted(track);
    if (track === current && !track.audio.paused) requestAnimationFrame(() => glide(track));
  }

  function timeOf(track) {
    return track.wanted ?? track.audio.currentTime;
  }

  function showTime(track) {
    const timeS = timeOf(track);
    placeHead(track, timeS);
    track.seek.value = timeS;
    track.seek.setAttribute("aria-valuetext", `${clock(timeS)} of ${clock(Math.round(track.durationS))}`);
    track.readout.textContent = valuesAt(track, timeS);
    if (track === current)
      dock.querySelector(".time").textContent = `${clock(timeS)} / ${clock(Math.round(track.durationS))}`;
  }

  function placeHead(track, timeS) {
    track.playhead.hidden = false;
    track.lanes.style.setProperty("--at", Math.min(timeS / track.durationS, 1));
    for (const span of track.spans) {
      const sounds = !track.audio.paused && span.fromS <= timeS && timeS < span.untilS;
      if (sounds !== span.sounds) span.element.classList.toggle("sounding", sounds);
      span.sounds = sounds;
    }
  }

  function valuesAt(track, timeS) {
    const row = track.rows[Math.min(Math.floor(timeS / track.stepS), track.rows.length - 1)];
    if (!row) return "";
    const words = [...row.cells].map((cell, k) => {
      const unit = /\d$/.test(cell.textContent) ? track.heads[k].dataset.unit : "";
      return unit ? `${cell.textContent} ${unit}` : cell.textContent;
    });
    return [clock(timeS), ...words.slice(1)].join(" · ");
  }

  function clock(timeS) {
    const whole = Math.floor(timeS);
    const minutes = Math.floor(whole / 60) % 60;
    const seconds = String(whole % 60).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
  }

  /* ---- pointing at a curve ---- */

  function followPointer(track) {
    const { lanes } = track;
    let pressedAt = null;
    const timeAt = (event) => {
      const box = track.grid.getBoundingClientRect();
      return track.durationS * Math.max(0, Math.min((event.clientX - box.left) / box.width, 1));
    };
    lanes.addEventListener("pointermove", (event) => {
      if (pressedAt !== null) moveTo(track, timeAt(event));
      else track.readout.textContent = valuesAt(track, timeAt(event));
    });
    lanes.addEventListener("pointerleave", () => {
      if (pressedAt === null) track.readout.textContent = track === current ? valuesAt(track, timeOf(track)) : "";
    });
    if (!track.audio) return;
    lanes.classList.add("live");
    lanes.addEventListener("pointerdown", (event) => {
      const box = track.grid.getBoundingClientRect();
      if (event.button !== 0 || event.clientX < box.left || event.target === track.seek) return;
      pressedAt = event.clientX;
      if (event.pointerType === "mouse") lanes.setPointerCapture(event.pointerId);
    });
    lanes.addEventListener("pointerup", (event) => {
      if (pressedAt === null) return;
      const block = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-from]");
      const isClick = Math.abs(event.clientX - pressedAt) < 4;
      pressedAt = null;
      playFrom(track, isClick && block ? Number(block.dataset.from) : timeAt(event));
    });
    lanes.addEventListener("pointercancel", () => { pressedAt = null; });
  }

  /* ---- the whole page ---- */

  function equipPage() {
    const acts = {
      help: () => shortcuts.showModal(),
      toggle: () => toggle(inHand()),
      next: () => step(1),
      previous: () => step(-1),
    };
    document.querySelector(".help").hidden = false;
    for (const [name, act] of Object.entries(acts))
      document.querySelectorAll(`[data-act=${name}]`).forEach((b) => b.addEventListener("click", act));
    dock.querySelector(".level input").addEventListener("input", (event) => {
      if (current) current.audio.volume = Number(event.target.value);
    });
    if (navigator.mediaSession) {
      navigator.mediaSession.setActionHandler("nexttrack", acts.next);
      navigator.mediaSession.setActionHandler("previoustrack", acts.previous);
    }
    rememberShortcuts();
    document.addEventListener("keydown", (event) => onKey(event, acts));
  }

  function rememberShortcuts() {
    const box = document.querySelector("#use-shortcuts");
    try {
      box.checked = localStorage.getItem("unsung-shortcuts") !== "off";
      box.addEventListener("change", () => localStorage.setItem("unsung-shortcuts", box.checked ? "on" : "off"));
    } catch { /* a browser may keep no memory for pages from disk: then it is on at every visit */ }
  }

  function onKey(event, acts) {
    if (event.ctrlKey || event.metaKey || event.altKey || shortcuts.open) return;
    if (!document.querySelector("#use-shortcuts").checked) return;
    if (event.target.closest("input, select, textarea, audio")) return;
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const back = (seconds) => () => moveTo(inHand(), timeOf(inHand()) + seconds);
    const act = {
      " ": acts.toggle, k: acts.toggle, "?": acts.help, n: acts.next, p: acts.previous,
      ArrowLeft: back(-5), ArrowRight: back(5), j: back(-10), l: back(10),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /* ---- the table ---- */

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(table, head, column));
    });
  }

  function sortBy(table, head, column) {
    const upward = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", upward ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((one, other) => compare(one.cells[column], other.cells[column], upward ? 1 : -1));
    table.tBodies[0].append(...rows);
  }

  /* Numbers by their value, names by the alphabet; an outcome without a number stands last. */
  function compare(one, other, sign) {
    if (one.tagName === "TH") return sign * one.textContent.localeCompare(other.textContent);
    const [a, b] = [one, other].map((cell) => cell.dataset.order);
    if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
    return sign * (Number(a) - Number(b));
  }
})();
