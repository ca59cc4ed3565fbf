"use strict";
/* Opens the evidence beside the text, attaches the reader's album, and plays passages. */
(() => {
  const tracks = JSON.parse(document.querySelector("#tracks").textContent);
  const text = document.querySelector("#text");
  const sounds = new Map();
  let opened = null;
  let playing = null;

  document.documentElement.classList.add("js");
  document.querySelectorAll("a.mark").forEach(equipMark);
  document.querySelectorAll(".card .close").forEach((button) =>
    button.addEventListener("click", () => close(true)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) close(true);
  });
  addEventListener("resize", placeCard);
  addEventListener("beforeprint", () => close(false));
  const passages = [...document.querySelectorAll(".passage")].map(describePassage);
  tracks.forEach((track, k) => { if (track.address) sounds.set(k, sound(track.address)); });
  passages.forEach(equipPassage);
  showWhatPlays();
  equipAttaching();
  equipSaving();

  /* ---- evidence ---- */

  function equipMark(mark) {
    const card = document.querySelector(mark.hash);
    mark.setAttribute("aria-expanded", "false");
    mark.setAttribute("aria-controls", card.id);
    mark.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (opened && opened.mark === mark) close(true);
      else open(mark, card);
    });
    mark.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      mark.click();
    });
  }

  /* The card itself moves below the paragraph of its mark, and goes home when it is closed. */
  function open(mark, card) {
    close(false);
    let block = mark;
    while (block.parentElement !== text) block = block.parentElement;
    opened = { mark, card, home: card.parentElement };
    block.after(card);
    card.classList.add("open");
    card.querySelector(".close").hidden = false;
    mark.setAttribute("aria-expanded", "true");
    placeCard();
    card.focus({ preventScroll: true });
    bringIntoView(card);
  }

  function close(returns) {
    if (!opened) return;
    const { mark, card, home } = opened;
    if (playing && card.contains(playing.passage.element)) stop();
    opened = null;
    card.classList.remove("open");
    card.querySelector(".close").hidden = true;
    home.append(card);
    mark.setAttribute("aria-expanded", "false");
    if (returns) mark.focus();
  }

  /* In the margin, a card stands level with its mark. */
  function placeCard() {
    if (!opened) return;
    const top = opened.mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    opened.card.style.setProperty("--top", `${Math.max(0, Math.round(top) - 14)}px`);
  }

  function bringIntoView(card) {
    const box = card.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight)
      card.scrollIntoView({ block: box.height > innerHeight ? "start" : "nearest" });
  }

  /* ---- passages ---- */

  function describePassage(element) {
    return {
      element,
      button: element.querySelector(".sound"),
      clip: element.querySelector("audio"),
      track: element.dataset.track === undefined ? null : Number(element.dataset.track),
      fromS: Number(element.dataset.from),
      untilS: Number(element.dataset.until),
    };
  }

  /* A clip holds the passage alone; a track is played from and until. */
  function equipPassage(passage) {
    const { button } = passage;
    passage.label = button.getAttribute("aria-label");
    if (passage.clip) {
      passage.untilS -= passage.fromS;
      passage.fromS = 0;
    }
    button.addEventListener("click", () => {
      if (playing && playing.passage === passage) stop();
      else play(passage);
    });
  }

  function audioOf(passage) {
    return passage.clip || sounds.get(passage.track);
  }

  function showWhatPlays() {
    for (const passage of passages) passage.button.hidden = !audioOf(passage);
  }

  function sound(address) {
    const audio = new Audio();
    audio.preload = "none";
    audio.src = address;
    return audio;
  }

  function play(passage) {
    stop();
    const audio = audioOf(passage);
    playing = { passage, audio, timer: setInterval(follow, 40) };
    audio.onerror = () =>
      fail(passage, "This browser could not play it: the sound has moved, or its format is unknown here.");
    passage.element.classList.add("playing");
    passage.button.setAttribute("aria-label", passage.label.replace("Play", "Stop"));
    say(passage, "");
    startAt(audio, passage.fromS);
  }

  /* It is told to play at once, while the press still counts as leave to play. The place it is given
     before its length is known is where it begins; a browser that forgets it is told again. */
  function startAt(audio, timeS) {
    const started = playing;
    if (audio.readyState === 0)
      audio.addEventListener("loadedmetadata", () => {
        if (playing === started && Math.abs(audio.currentTime - timeS) > 0.05) audio.currentTime = timeS;
      }, { once: true });
    audio.currentTime = timeS;
    audio.play().catch((error) => {
      if (error.name === "NotAllowedError" && playing === started)
        fail(started.passage, "The browser held it back: press once more.");
    });
  }

  function follow() {
    const { passage, audio } = playing;
    if (audio.readyState === 0 || audio.seeking) return;
    const share = (audio.currentTime - passage.fromS) / (passage.untilS - passage.fromS);
    passage.element.style.setProperty("--at", Math.min(Math.max(share, 0), 1).toFixed(3));
    if (share >= 1 || audio.ended) stop();
  }

  function stop() {
    if (!playing) return;
    const { passage, audio, timer } = playing;
    playing = null;
    clearInterval(timer);
    audio.pause();
    passage.element.classList.remove("playing");
    passage.element.style.setProperty("--at", 0);
    passage.button.setAttribute("aria-label", passage.label);
  }

  function fail(passage, words) {
    if (playing && playing.passage === passage) stop();
    say(passage, words);
  }

  function say(passage, words) {
    passage.element.closest(".card").querySelector(".trouble").textContent = words;
  }

  /* ---- the reader's album ---- */

  function equipAttaching() {
    const box = document.querySelector(".attach");
    if (!box) return;
    box.hidden = false;
    for (const name of ["folder", "files"]) {
      const input = box.querySelector(`#${name}`);
      box.querySelector(`[data-act=${name}]`).addEventListener("click", () => input.click());
      input.addEventListener("change", async () => {
        const files = [...input.files];
        if (files.length) await attach(files, box.querySelector(".attached"));
        input.value = "";
      });
    }
  }

  /* A file is a track's if its name says so and it lasts as long, give or take half a second. */
  async function attach(files, status) {
    status.textContent = "Looking through the files …";
    stop();
    const sounding = files.filter((file) => /^audio\/|^video\/(ogg|mp4|webm)/.test(file.type)
      || /\.(flac|ogg|oga|opus|mp3|wav|m4a|aac|webm)$/i.test(file.name));
    const results = [];
    for (const [k, track] of tracks.entries()) results.push(await attachTrack(k, track, sounding));
    showWhatPlays();
    status.textContent = summary(results);
  }

  async function attachTrack(k, track, files) {
    if (!track.duration_s) return { track, outcome: "unknown" };
    let outcome = "missing";
    for (const file of candidates(track, files)) {
      const audio = sound(URL.createObjectURL(file));
      const lastsS = await duration(audio);
      if (Math.abs(lastsS - track.duration_s) <= 0.5) {
        if (sounds.has(k)) URL.revokeObjectURL(sounds.get(k).src);
        sounds.set(k, audio);
        return { track, outcome: "attached" };
      }
      URL.revokeObjectURL(audio.src);
      outcome = Number.isFinite(lastsS) ? "other length" : "unplayable";
    }
    return { track, outcome: sounds.has(k) ? "attached" : outcome };
  }

  /* Files at the same place in the folder, of the same name, of the same name but for its ending, and
     last those with the title in their name. */
  function candidates(track, files) {
    const ranked = files.map((file) => ({ file, rank: rankOf(file, track) })).filter((one) => one.rank < 4);
    return ranked.sort((a, b) => a.rank - b.rank).map((one) => one.file);
  }

  function rankOf(file, track) {
    const name = track.file.split(/[/!]/).pop();
    if (plain(file.webkitRelativePath || "").endsWith(`/${plain(track.file)}`)) return 0;
    if (plain(file.name) === plain(name)) return 1;
    if (stem(file.name) === stem(name)) return 2;
    const title = words(track.title);
    return title.length > 2 && words(stem(file.name)).includes(title) ? 3 : 4;
  }

  function words(name) {
    return plain(name).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function plain(name) {
    return name.normalize("NFC").toLowerCase();
  }

  function stem(name) {
    return plain(name).replace(/\.[^.]+$/, "");
  }

  function duration(audio) {
    return new Promise((resolve) => {
      audio.addEventListener("loadedmetadata", () => resolve(audio.duration), { once: true });
      audio.addEventListener("error", () => resolve(NaN), { once: true });
      audio.preload = "metadata";
      audio.load();
    });
  }

  function summary(results) {
    const titles = (outcome) => results.filter((one) => one.outcome === outcome).map((one) => one.track.title);
    const attached = titles("attached").length;
    const lines = [attached === results.length
      ? `All ${attached} tracks are attached: every passage plays.`
      : `${attached} of ${results.length} tracks are attached.`];
    const reasons = {
      missing: "No file of that name",
      "other length": "A file of that name, but of another length",
      unplayable: "This browser cannot play the file",
      unknown: "Not a recording",
    };
    for (const [outcome, words] of Object.entries(reasons)) {
      if (titles(outcome).length) lines.push(`${words}: ${titles(outcome).join(", ")}.`);
    }
    return lines.join("\n");
  }

  /* ---- the claims ---- */

  function equipSaving() {
    const button = document.querySelector("[data-act=save]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const claims = JSON.stringify(JSON.parse(document.querySelector("#claims").textContent), null, 1);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([claims], { type: "application/json" }));
      link.download = "claims.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }
})();
