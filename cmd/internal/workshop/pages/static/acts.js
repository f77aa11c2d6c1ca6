// Forms with which an instructor acts: sent without leaving the page. What is
// wrong is said beside the form, which keeps what was written.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
	const $ = (css, within = document) => within.querySelector(css);

	const note = (form, kind, text) => {
		let p = $(":scope > .note", form);
		if (!p) {
			p = document.createElement("p");
			form.append(p);
		}
		p.className = "note " + kind;
		p.setAttribute("role", kind === "error" ? "alert" : "status");
		p.textContent = text;
	};

	document.addEventListener("submit", async event => {
		const form = event.target;
		if (!form.matches("form.act")) return;
		event.preventDefault();
		if (form.dataset.sending) return; // a button that is disabled would lose the focus
		if (form.dataset.sure && !confirm(form.dataset.sure)) return;
		const keep = form.closest("[id^=part-]");
		form.dataset.sending = "1";
		try {
			const answer = await fetch(form.action, {
				method: "POST", headers: { Accept: "application/json" },
				body: new URLSearchParams(new FormData(form)),
			});
			const body = await answer.json();
			if (!answer.ok) throw new Error(body.error);
			$(":scope > .note", form)?.remove();
			if (form.dataset.then) location.href = form.dataset.then;
			if (!("keep" in form.dataset)) form.reset();
			if (!keep) note(form, "done", "✓ done");
			form.closest("dialog")?.close();
		} catch (problem) {
			note(form, "error", problem instanceof TypeError ? "the workshop cannot be reached; try again" : problem.message);
		} finally {
			delete form.dataset.sending;
		}
	});
	document.addEventListener("input", event => $(":scope > .note.done", event.target.closest("form.act") ?? document.createElement("form"))?.remove());
});
