// The page for the wall of the room.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
	const connection = document.getElementById("connection");

	// fit makes what is between header and footer as large as it can be on one
	// screen, as nobody scrolls a wall.
	const main = document.querySelector("main");
	const fit = () => {
		for (let size = main.querySelector(".question") ? 150 : 115; size >= 40; size -= 5) {
			main.style.setProperty("--fit", size / 100);
			if (document.documentElement.scrollHeight <= innerHeight + 1) break;
		}
	};
	fit();
	addEventListener("resize", fit);

	live.follow(() => document.querySelector(".desk").dataset.stream,
		patch => {
			if (!patch.parts) return;
			live.put(patch.parts);
			fit();
			if ("now" in patch.parts) live.say(document.getElementById("part-now").innerText);
		},
		yes => {
			connection.hidden = yes;
			connection.textContent = yes ? "" : "⚠ connection lost, trying again";
		});
});
