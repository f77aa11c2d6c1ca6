// Writes reference.json: what another implementation of FSRS-6 gives.
//
//	npm install ts-fsrs@5.4.2 && node reference.mjs >reference.json
import { FSRSAlgorithm, default_w, forgetting_curve } from "ts-fsrs";

const fsrs = new FSRSAlgorithm({ enable_fuzz: false, enable_short_term: true });

// A small generator of our own, so that each run writes the same.
let state = 20261124;
const below = (n) => {
	state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return Math.floor((state / 2 ** 32) * n);
};

const histories = [];
for (let h = 0; h < 60; h++) {
	const steps = [];
	let memory = null;
	for (let n = 0; n < 12; n++) {
		const days = n === 0 || below(4) === 0 ? 0 : 1 + below([3, 20, 400][below(3)]);
		const grade = 1 + below(4);
		const recall = memory ? forgetting_curve(default_w, days, memory.stability) : 0;
		memory = fsrs.next_state(memory, days, grade);
		steps.push({ days, grade, recall, ...memory, interval: fsrs.next_interval(memory.stability, days) });
	}
	histories.push(steps);
}
console.log(JSON.stringify(histories));
