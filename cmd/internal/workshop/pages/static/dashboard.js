// The instructor's dashboard: the table of the room with its filters, and
// what is asked of one learner or about one question.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
	const $ = (css, within = document) => within.querySelector(css);
	const desk = $(".desk"), table = $("#room"), filters = $(".filters"), shown = $("#shown");

	// The table

	const rows = new Map([...table.tBodies[0].rows].map(row => [row.id, row]));
	const facts = new WeakMap(); // row: what filters and sorting ask of it
	const collator = new Intl.Collator(undefined, { numeric: true });
	let columns = {}; // kata: index of its cell

	function readHead() {
		columns = {};
		table.querySelectorAll("th[data-kata]").forEach((th, i) => { columns[th.dataset.kata] = i + 3; });
	}

	function factsOf(row) {
		let f = facts.get(row);
		if (!f) {
			const name = $("a", row.cells[0]).textContent;
			f = { name, find: name.toLowerCase(), passed: Number(row.dataset.passed), id: row.id.slice(1) };
			facts.set(row, f);
		}
		return f;
	}

	// stuckOnes are those who are stuck, and the kata of each.
	function stuckOnes() { return new Map(($("#part-stuck ol")?.dataset.ids ?? "").split(" ").map(s => s.split(":"))); }

	// wanted says whether a row is to be seen. A state is that of the kata that was
	// chosen; without one, of any.
	function wanted(row, filter, stuck) {
		const f = factsOf(row);
		if (filter.name && !f.find.includes(filter.name)) return false;
		const cells = filter.kata ? [row.cells[columns[filter.kata]]] : [...row.cells].slice(3);
		const state = cell => cell?.className ?? "";
		switch (filter.state) {
		case "stuck": return stuck.has(f.id) && (!filter.kata || stuck.get(f.id) === filter.kata);
		case "unbegun": return cells.every(c => state(c) === "");
		case "unpassed": return filter.kata ? state(cells[0]) !== "passed" : cells.some(c => !["", "passed"].includes(state(c))) || f.passed === 0;
		}
		return !filter.kata || state(cells[0]) !== "";
	}

	function arrange() {
		const body = table.tBodies[0], stuck = stuckOnes();
		const filter = { name: filters.elements.name.value.trim().toLowerCase(), state: filters.elements.state.value, kata: filters.elements.kata.value };
		const byName = (a, b) => collator.compare(factsOf(a).name, factsOf(b).name) || factsOf(a).id - factsOf(b).id;
		const order = [...rows.values()].sort(filters.elements.sort.value === "progress"
			? (a, b) => factsOf(b).passed - factsOf(a).passed || byName(a, b) : byName);
		let seen = 0;
		const focused = body.contains(document.activeElement) ? document.activeElement : null; // a row that is moved loses it
		order.forEach((row, i) => {
			if (body.rows[i] !== row) body.insertBefore(row, body.rows[i] ?? null);
			const yes = wanted(row, filter, stuck);
			if (row.hidden === yes) row.hidden = !yes;
			row.classList.toggle("stuck", stuck.has(factsOf(row).id));
			if (yes) seen++;
		});
		if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
		for (const th of table.querySelectorAll("th[data-kata]")) th.classList.toggle("chosen", th.dataset.kata === filter.kata);
		shown.textContent = seen === rows.size ? "" : seen + " of " + rows.size + " shown";
	}

	function putRows(patch) {
		if (patch.head) {
			table.querySelectorAll("colgroup, thead").forEach(e => e.remove());
			table.insertAdjacentHTML("afterbegin", patch.head);
			readHead();
		}
		const gone = new Set((patch.gone ?? []).map(id => "l" + id));
		if (patch.all) for (const id of rows.keys()) if (!(id.slice(1) in (patch.rows ?? {}))) gone.add(id);
		for (const id of gone) {
			rows.get(id)?.remove();
			rows.delete(id);
		}
		if (!patch.rows) return;
		const template = document.createElement("template");
		template.innerHTML = "<table><tbody>" + Object.values(patch.rows).join("") + "</tbody></table>";
		for (const row of [...template.content.querySelectorAll("tr")]) {
			const before = rows.get(row.id);
			if (before) {
				const focus = before.contains(document.activeElement);
				row.hidden = before.hidden;
				before.replaceWith(row);
				if (focus) $("a", row).focus({ preventScroll: true });
			}
			rows.set(row.id, row);
		}
	}

	// Updates. What comes in while they pause, or while nobody looks, is merged.

	let waiting = null, frozen = false, drawing = 0;

	function merge(patch) {
		if (!waiting || patch.all) waiting = { all: patch.all, rows: {}, parts: waiting?.parts ?? {}, gone: [] };
		waiting.head = patch.head ?? waiting.head;
		for (const id of patch.gone ?? []) {
			delete waiting.rows[id];
			waiting.gone.push(id);
		}
		Object.assign(waiting.rows, patch.rows);
		Object.assign(waiting.parts, patch.parts);
		if (!frozen && !drawing) drawing = requestAnimationFrame(draw);
	}

	function draw() {
		drawing = 0;
		if (frozen || !waiting) return;
		const patch = waiting;
		waiting = null;
		putRows(patch); // before put, which writes the times of what is new
		live.put(patch.parts);
		arrange();
		if (patch.parts.count) live.say($("#part-count").innerText);
	}

	const connection = $("#connection"), freeze = $("#freeze");
	let connected = false;
	function showConnection() {
		connection.className = connected ? "good" : "bad";
		connection.textContent = !connected ? "⚠ connection lost, trying again" : frozen ? "❚❚ paused" : "● live";
	}
	freeze.addEventListener("click", () => {
		frozen = !frozen;
		freeze.setAttribute("aria-pressed", frozen);
		freeze.textContent = frozen ? "Go on" : "Pause updates";
		showConnection();
		if (!frozen) draw();
	});

	readHead();
	filters.hidden = $(".live").hidden = false;
	filters.addEventListener("input", arrange);
	filters.addEventListener("submit", event => event.preventDefault());
	arrange();

	const wall = $("#wall");
	const reopen = live.follow(() => desk.dataset.stream + (wall.value ? "?wall=" + encodeURIComponent(wall.value) : ""), merge, yes => {
		if (connected && !yes) live.say("connection lost");
		connected = yes;
		showConnection();
	});
	$("#pick-wall button").hidden = true;
	wall.addEventListener("change", reopen);

	// A hint to one learner

	const hint = $("#hint");
	document.addEventListener("click", event => {
		const link = event.target.closest("[data-hint]");
		if (link && hint) {
			event.preventDefault();
			$("h2", hint).textContent = "Hint for " + link.dataset.who;
			$("[name=learner]", hint).value = link.dataset.hint;
			$(".note", hint)?.remove();
			hint.showModal();
			$("textarea", hint).focus();
		}
		if (event.target.closest("[data-close]")) hint.close();
		if (event.target.matches("input[readonly]")) event.target.select();
	});

	// What a question of the course looks like

	async function preview(id) {
		const place = $("#preview");
		place.hidden = !id;
		if (!id) return;
		const answer = await fetch("/instructor/question/" + encodeURIComponent(id));
		if (answer.ok && $("#question").value === id) place.innerHTML = await answer.text();
	}
	$("#question").addEventListener("change", event => preview(event.target.value));
	$("#question").form.addEventListener("reset", () => preview(""));
});
