package main

import "fmt"

// step does one piece of a conversation and returns the next piece, or nil.
type step func() step

func loop(ready ...step) {
	for len(ready) > 0 {
		next := ready[0]()
		ready = ready[1:]
		if next != nil {
			ready = append(ready, next)
		}
	}
}

func chat(name string, from, to int) step {
	return func() step {
		fmt.Print(" ", name, from)
		if from == to {
			return nil
		}
		return chat(name, from+1, to)
	}
}

func main() {
	fmt.Print("steps:")
	loop(chat("a", 1, 3), chat("b", 1, 2), chat("c", 1, 3))
	fmt.Println()
}
