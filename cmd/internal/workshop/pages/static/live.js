// A page that is kept up to date by server-sent events: it follows a stream,
// puts what has changed in its place, and lets clocks tick.
"use strict";

const live = {
	// follow listens to a stream of patches. Connected is told whether it is; apply
	// gets patches, at most one for each frame that is drawn.
	follow(address, apply, connected) {
		let source, quiet, last = document.querySelector(".desk").dataset.seq ?? "";
		const open = () => {
			source?.close();
			const url = new URL(address(), location.href);
			if (last !== "") url.searchParams.set("since", last);
			source = new EventSource(url);
			source.addEventListener("open", () => { connected(true); alive(); });
			source.addEventListener("beat", alive);
			source.addEventListener("patch", event => {
				alive();
				last = event.lastEventId;
				const patch = JSON.parse(event.data);
				live.ahead = patch.now - Date.now();
				apply(patch);
			});
			source.addEventListener("error", () => {
				connected(false);
				// A browser tries again by itself, but not where it was refused.
				if (source.readyState === EventSource.CLOSED) {
					later(5000);
					leave();
				}
			});
		};
		// A page whose key has ended leads to where one logs in.
		const leave = () => fetch(location.href, { method: "HEAD" }).then(answer => {
			if (answer.redirected || answer.status === 401 || answer.status === 403) location.reload();
		}, () => {});
		const later = wait => { clearTimeout(quiet); quiet = setTimeout(() => { connected(false); open(); }, wait); };
		// The host is heard every 15 seconds at least.
		const alive = () => later(40000);
		addEventListener("offline", () => connected(false));
		addEventListener("online", open);
		later(40000);
		open();
		return open;
	},

	ahead: 0, // of the host's clock, in milliseconds

	// put replaces what parts of the page hold. What has the focus, or is open,
	// stays so where it is there again.
	put(parts) {
		for (const [name, html] of Object.entries(parts)) {
			const part = document.getElementById("part-" + name);
			if (!part) continue;
			const focus = part.contains(document.activeElement) ? live.key(document.activeElement) : "";
			const opened = [...part.querySelectorAll("details")].map(d => d.open);
			const scrolled = [...part.querySelectorAll(".scroll")].map(e => e.scrollTop);
			part.innerHTML = html;
			if (opened.some(Boolean)) {
				part.querySelectorAll("details").forEach((d, i) => { d.open = opened[i] ?? false; });
				part.querySelectorAll(".scroll").forEach((e, i) => { e.scrollTop = scrolled[i] ?? 0; });
			}
			if (focus) part.querySelector(focus)?.focus({ preventScroll: true });
		}
		live.tick();
	},

	// key finds an element again after its part was drawn anew.
	key(element) {
		for (const name of ["data-key", "data-hint", "href"]) {
			const value = element.getAttribute(name);
			if (value) return `[${name}="${CSS.escape(value)}"]`;
		}
		return element.localName === "summary" || element.classList.contains("scroll") ? "." + (element.className || "numbers") + (element.localName === "summary" ? " summary" : "") : "";
	},

	duration(seconds) {
		const minutes = Math.floor(seconds / 60);
		return minutes < 1 ? "under 1 min" : minutes < 60 ? minutes + " min" : Math.floor(minutes / 60) + " h " + (minutes % 60) + " min";
	},

	// tick writes the times that go on.
	tick() {
		const now = (Date.now() + live.ahead) / 1000;
		const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
		for (const time of document.querySelectorAll("time[data-since]")) write(time, live.duration(Math.max(0, now - time.dataset.since)));
		for (const time of document.querySelectorAll("time[data-until]")) {
			time.title ||= time.textContent;
			const left = Math.ceil(time.dataset.until - now);
			const hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60, seconds = String(left % 60).padStart(2, "0");
			write(time, left <= 0 ? "time is up" : (hours ? hours + ":" + String(minutes).padStart(2, "0") : minutes) + ":" + seconds + " left");
			time.classList.toggle("over", left <= 0);
		}
	},

	// say tells a screen reader something, at most every 10 seconds; the last word
	// counts.
	say(text) {
		live.word = text;
		if (live.speaking) return;
		const speak = () => {
			const said = document.getElementById("said");
			live.speaking = 0;
			if (said.textContent !== live.word) {
				said.textContent = live.word;
				live.speaking = setTimeout(speak, 10000);
			}
		};
		speak();
	},
};

document.addEventListener("DOMContentLoaded", () => {
	live.ahead = document.querySelector(".desk").dataset.now - Date.now();
	live.tick();
	setInterval(live.tick, 1000);
});
