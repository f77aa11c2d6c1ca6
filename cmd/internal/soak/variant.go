package soak

import (
	"slices"
	"strings"

	"gokata/checker/verdict"
	"gokata/katas"
)

// Variant is one program and the verdict that it must get.
type Variant struct {
	Kata  *katas.Kata
	Name  katas.Variant // "solution", "wrong/sequential", "classes/semaphore"
	Want  []verdict.Reason
	files map[string][]byte // of an impostor; nil: a folder of the kata
}

// Variants lists what a kata has to show for itself. Its starter may fail for
// any reason: Want is empty.
func Variants(k *katas.Kata) []Variant {
	all := []Variant{
		{Kata: k, Name: katas.Starter},
		{Kata: k, Name: katas.Solution, Want: []verdict.Reason{verdict.OK}},
	}
	for _, w := range k.Wrong {
		all = append(all, Variant{Kata: k, Name: katas.WrongVariant(w.Name), Want: parseClass(w.Reason).Want})
	}
	return all
}

// Files are the Go files of the variant, by name.
func (v Variant) Files() (map[string][]byte, error) {
	if v.files != nil {
		return v.files, nil
	}
	return v.Kata.Files(v.Name)
}

// Class is the expected verdict in one word: "ok", "serial",
// "tampered|serial", or "fail" where any reason to fail will do.
func (v Variant) Class() string {
	if len(v.Want) == 0 {
		return anyFail
	}
	words := make([]string, len(v.Want))
	for i, r := range v.Want {
		words[i] = string(r)
	}
	return strings.Join(words, "|")
}

const anyFail = "fail"

// MayPass says whether a pass is among the verdicts that the variant may get.
func (v Variant) MayPass() bool { return slices.Contains(v.Want, verdict.OK) }

// MayFail says whether a fail is.
func (v Variant) MayFail() bool { return len(v.Want) != 1 || !v.MayPass() }

// Kind says what one trial turned out to be.
type Kind string

const (
	Right        Kind = "right"
	Inconclusive Kind = "inconclusive" // allowed, and counted
	OtherReason  Kind = "other-reason" // a fail as expected, explained wrongly
	FalsePass    Kind = "false-pass"
	FalseFail    Kind = "false-fail"
	Broken       Kind = "broken" // no verdict: the check itself failed
)

// Kinds are all of them, the good ones first.
var Kinds = []Kind{Right, Inconclusive, OtherReason, FalsePass, FalseFail, Broken}

// Judge compares a verdict with what the variant must get.
func (v Variant) Judge(got verdict.Verdict) Kind {
	switch {
	case got.Outcome == verdict.Inconclusive:
		return Inconclusive
	case got.Outcome == verdict.Pass && !v.MayPass():
		return FalsePass
	case got.Outcome == verdict.Fail && !v.MayFail():
		return FalseFail
	case got.Outcome != verdict.Pass && got.Outcome != verdict.Fail:
		return Broken
	case len(v.Want) > 0 && !slices.Contains(v.Want, got.Reason):
		return OtherReason
	}
	return Right
}

// parseClass is a variant of that class.
func parseClass(class string) (v Variant) {
	if class == anyFail {
		return v
	}
	for word := range strings.SplitSeq(class, "|") {
		v.Want = append(v.Want, verdict.Reason(word))
	}
	return v
}
