// kata: parallel-sum
// want: build
// Lets the compiler make two functions out of each, thirty times over.
package parallelsum

type (
	left[T any]  struct{ x T }
	right[T any] struct{ x T }
)

func f0[T any](x T) int  { return f1(left[T]{x}) + f1(right[T]{x}) }
func f1[T any](x T) int  { return f2(left[T]{x}) + f2(right[T]{x}) }
func f2[T any](x T) int  { return f3(left[T]{x}) + f3(right[T]{x}) }
func f3[T any](x T) int  { return f4(left[T]{x}) + f4(right[T]{x}) }
func f4[T any](x T) int  { return f5(left[T]{x}) + f5(right[T]{x}) }
func f5[T any](x T) int  { return f6(left[T]{x}) + f6(right[T]{x}) }
func f6[T any](x T) int  { return f7(left[T]{x}) + f7(right[T]{x}) }
func f7[T any](x T) int  { return f8(left[T]{x}) + f8(right[T]{x}) }
func f8[T any](x T) int  { return f9(left[T]{x}) + f9(right[T]{x}) }
func f9[T any](x T) int  { return f10(left[T]{x}) + f10(right[T]{x}) }
func f10[T any](x T) int { return f11(left[T]{x}) + f11(right[T]{x}) }
func f11[T any](x T) int { return f12(left[T]{x}) + f12(right[T]{x}) }
func f12[T any](x T) int { return f13(left[T]{x}) + f13(right[T]{x}) }
func f13[T any](x T) int { return f14(left[T]{x}) + f14(right[T]{x}) }
func f14[T any](x T) int { return f15(left[T]{x}) + f15(right[T]{x}) }
func f15[T any](x T) int { return f16(left[T]{x}) + f16(right[T]{x}) }
func f16[T any](x T) int { return f17(left[T]{x}) + f17(right[T]{x}) }
func f17[T any](x T) int { return f18(left[T]{x}) + f18(right[T]{x}) }
func f18[T any](x T) int { return f19(left[T]{x}) + f19(right[T]{x}) }
func f19[T any](x T) int { return f20(left[T]{x}) + f20(right[T]{x}) }
func f20[T any](x T) int { return f21(left[T]{x}) + f21(right[T]{x}) }
func f21[T any](x T) int { return f22(left[T]{x}) + f22(right[T]{x}) }
func f22[T any](x T) int { return f23(left[T]{x}) + f23(right[T]{x}) }
func f23[T any](x T) int { return f24(left[T]{x}) + f24(right[T]{x}) }
func f24[T any](x T) int { return f25(left[T]{x}) + f25(right[T]{x}) }
func f25[T any](x T) int { return f26(left[T]{x}) + f26(right[T]{x}) }
func f26[T any](x T) int { return f27(left[T]{x}) + f27(right[T]{x}) }
func f27[T any](x T) int { return f28(left[T]{x}) + f28(right[T]{x}) }
func f28[T any](x T) int { return f29(left[T]{x}) + f29(right[T]{x}) }
func f29[T any](x T) int { return f30(left[T]{x}) + f30(right[T]{x}) }
func f30[T any](x T) int { return 1 }

var many = f0(1)

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
