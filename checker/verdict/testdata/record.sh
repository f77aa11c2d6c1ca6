#!/usr/bin/env bash
# Records the evidence that recorded_test.go judges, from real programs, first
# with nothing else running and then beside three busy loops. From the root of
# the repository, on a quiet machine with two CPUs:
#
#	bash checker/verdict/testdata/record.sh
set -euo pipefail

gokata=$(mktemp -d)/gokata
go build -o "$gokata" ./cmd/gokata
loops=()
trap '[[ ${#loops[@]} == 0 ]] || kill "${loops[@]}"; rm -rf "$(dirname "$gokata")"' EXIT

record() { # CONDITION CLASS FOLDER
	local out=checker/verdict/testdata/recorded/$1
	mkdir -p "$out"
	# Exit code 1 is a fail, 3 inconclusive: what it is, the test says.
	"$gokata" check letter-frequency --dir "$3" --evidence "$out/$2.json" | head -n 1 | sed "s/^/$1 $2: /" || true
}

for condition in quiet loaded; do
	if [[ $condition == loaded ]]; then
		for _ in 1 2 3; do
			"$gokata" course busy &
			loops+=($!)
		done
	fi
	for class in checker/testdata/classes/*; do
		record $condition "$(basename "$class")" "$class"
	done
	for wrong in sequential lock-while-counting goroutine-per-text channel-per-rune counts-twice spinner; do
		record $condition $wrong katas/letter-frequency/testdata/wrong/$wrong
	done
done
