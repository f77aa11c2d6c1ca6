"use strict";
// The page of the room keeps up with what the instructor does. The host writes
// every part as HTML; this takes over those that have changed, and leaves a
// choice that is not sent yet as it is.
(() => {
  const byId = (id) => document.getElementById(id);
  if (location.hash) history.replaceState(null, "", location.pathname); // the join code

  // What a screen reader is told: one region, at most every ten seconds.
  const status = byId("status");
  const pause = 10000;
  let news = [], speaking = 0, spoken = -pause;
  function say(text) {
    if (!text || news.includes(text)) return;
    news.push(text);
    if (speaking) return;
    speaking = setTimeout(() => {
      status.textContent = news.join(" ");
      news = [];
      speaking = 0;
      spoken = performance.now();
    }, Math.max(0, spoken + pause - performance.now()));
  }

  function trouble(text) {
    const p = byId("trouble");
    if (text && p.textContent !== text) say(text);
    p.textContent = text;
    p.hidden = !text;
  }

  // The host's clock, whatever this machine's says.
  let ahead = 0;
  const hostNow = () => performance.now() + ahead;
  const setClock = (now) => { ahead = Number(now.dataset.now) - performance.now(); };

  const over = new Set(); // ends that have passed
  function tick() {
    for (const e of document.querySelectorAll("[data-until]")) {
      const until = Number(e.dataset.until);
      const left = Math.ceil((until - hostNow()) / 1000);
      e.textContent = left > 0 ? inWords(left) : e.dataset.over;
      e.classList.toggle("soon", left <= 10);
      if (left <= 0 && !over.has(until)) {
        over.add(until);
        // Not all browsers of a room at the same moment.
        if (!held) setTimeout(refresh, 300 + Math.random() * 1000);
      }
    }
  }
  function inWords(seconds) {
    const two = (n) => String(n).padStart(2, "0");
    const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
    return h > 0 ? `${h}:${two(m)}:${two(s)} left` : `${m}:${two(s)} left`;
  }

  // Times of day in this machine's zone.
  function localTimes(root) {
    for (const t of root.querySelectorAll("time")) {
      const second = t.dataset.seconds ? "2-digit" : undefined;
      t.textContent = new Date(t.dateTime).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second });
    }
  }

  // Parts, as the host has written them.
  const written = new Map();
  const partsOf = (root) => [...root.querySelectorAll("#now > section")];

  function takeOver(fresh) {
    const now = byId("now");
    setClock(fresh);
    now.dataset.seq = fresh.dataset.seq;
    now.dataset.now = fresh.dataset.now;
    const focused = now.contains(document.activeElement) ? document.activeElement : null;
    const before = partsOf(document), after = partsOf(fresh.ownerDocument);
    for (const old of before) {
      if (!after.some((p) => p.id === old.id)) {
        old.remove();
        written.delete(old.id);
      }
    }
    let place = null; // the last part that is in order
    for (const part of after) {
      const old = byId(part.id), html = part.outerHTML;
      if (written.get(part.id) !== html) {
        written.set(part.id, html);
        if (old) keepChoice(old, part);
        localTimes(part);
        old?.remove();
        if (place) place.after(part); else now.prepend(part);
        say(part.dataset.news);
        place = part;
      } else {
        place = old;
      }
    }
    if (focused && !focused.isConnected) {
      const same = focused.id && byId(focused.id);
      (same || byId("asked") || byId("told") || byId("again")).focus({ preventScroll: true });
    }
    tick();
  }

  // A choice that is made and not sent goes on into the new form.
  function keepChoice(old, part) {
    const mine = old.querySelector("form[data-poll]"), next = part.querySelector("form[data-poll]");
    if (!mine || !next || mine.dataset.poll !== next.dataset.poll) return;
    const inputs = [...mine.querySelectorAll("[name=choice]")];
    if (!inputs.some((i) => i.checked !== i.defaultChecked)) return;
    for (const i of inputs) {
      const same = next.querySelector("#" + i.id);
      if (same) same.checked = i.checked;
    }
  }

  // One refresh at a time; what comes meanwhile makes one more.
  let busy = false, more = false;
  async function refresh() {
    if (busy) { more = true; return; }
    busy = true;
    try {
      const r = await fetch("/room/now");
      if (r.redirected) { location.replace("/?left=gone"); return; } // not in the workshop any more
      if (!r.ok) throw new Error(String(r.status));
      const fresh = new DOMParser().parseFromString(await r.text(), "text/html").getElementById("now");
      if (fresh) takeOver(fresh);
    } catch {
      more = false; // the stream says when the host is back
    } finally {
      busy = false;
      if (more) { more = false; refresh(); }
    }
  }

  // The stream says that something is new.
  let stream = null, held = false, retry = 0, lost = 0, quiet = 0;
  function listen() {
    clearTimeout(retry);
    stream?.close();
    stream = new EventSource("/api/stream");
    stream.addEventListener("stage", (e) => {
      if (String(JSON.parse(e.data).seq) !== byId("now").dataset.seq) refresh();
    });
    // The host is heard every 15 seconds at least.
    const alive = () => { clearTimeout(quiet); quiet = setTimeout(() => { refresh(); listen(); }, 40000); };
    stream.addEventListener("beat", alive);
    stream.addEventListener("stage", alive);
    alive();
    stream.onopen = () => { clearTimeout(lost); lost = 0; trouble(""); };
    stream.onerror = () => {
      // A stream that ends for a moment is nothing to talk about.
      lost ||= setTimeout(() => trouble("There is no connection to the host. This page tries again by itself."), 5000);
      // It may have ended because this learner is not in the workshop any more.
      setTimeout(refresh, Math.random() * 2000);
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(() => { refresh(); listen(); }, 3000 + Math.random() * 2000);
    };
  }
  function stop() {
    clearTimeout(retry);
    clearTimeout(lost);
    clearTimeout(quiet);
    lost = 0;
    stream?.close();
    stream = null;
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop(); else if (!held && !stream) { refresh(); listen(); }
  });
  addEventListener("online", () => { if (!held && !document.hidden) { refresh(); listen(); } });
  addEventListener("offline", () => trouble("There is no connection to the host. This page tries again by itself."));
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

  const hold = byId("hold");
  hold.hidden = false;
  hold.addEventListener("click", () => {
    held = !held;
    hold.setAttribute("aria-pressed", String(held));
    hold.textContent = held ? "Go on with updates" : "Pause updates";
    if (held) stop(); else { refresh(); listen(); }
  });
  byId("again").addEventListener("click", (e) => { e.preventDefault(); refresh(); });

  // An answer goes without a new page.
  byId("now").addEventListener("submit", async (e) => {
    e.preventDefault();
    const form = e.target, button = form.querySelector("button");
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    const label = button.textContent;
    button.textContent = "Sending …";
    let wrong = "";
    try {
      const r = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
      if (!r.ok) wrong = (await r.json()).error;
    } catch {
      wrong = "Not sent: there is no connection to the host. Try again.";
    }
    delete form.dataset.sending;
    button.textContent = label;
    await refresh();
    trouble(wrong && wrong[0].toUpperCase() + wrong.slice(1));
  });

  for (const part of partsOf(document)) written.set(part.id, part.outerHTML);
  localTimes(byId("now"));
  setClock(byId("now"));
  setInterval(tick, 1000);
  tick();
  if (!document.hidden) listen();
})();
