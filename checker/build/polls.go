package build

import (
	"go/ast"
	"go/parser"
	"go/token"

	"gokata/checker/evidence"
)

// Polls lists the loops of a solution that only ask whether they may go on:
//
//	for !done.Load() {}
//	for { select { case <-ready: return; default: runtime.Gosched() } }
//
// It forbids nothing. Where a check finds too much CPU time, such a loop is
// the likely reason, and this is its line.
func Polls(files map[string][]byte) []evidence.Finding {
	var found []evidence.Finding
	for _, name := range sorted(files) {
		f := &reading{name: name, src: files[name], set: token.NewFileSet()}
		tree, err := parser.ParseFile(f.set, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if loop, ok := n.(*ast.ForStmt); ok && len(found) < mostFindings && polls(loop) {
				found = append(found, f.finding(f.at(loop.Pos()), "this loop asks again and again, and computes nothing"))
			}
			return true
		})
	}
	return found
}

// polls says whether a loop without init and post statements does nothing but
// ask: it calls something in a condition or has a select that does not wait,
// and otherwise only yields or leaves.
func polls(loop *ast.ForStmt) bool {
	if loop.Init != nil || loop.Post != nil {
		return false
	}
	asks := loop.Cond != nil && calls(loop.Cond)
	return idle(loop.Body.List, &asks) && asks
}

// idle says whether statements compute nothing; asks is set by those that ask.
func idle(list []ast.Stmt, asks *bool) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.EmptyStmt, *ast.BranchStmt, *ast.ReturnStmt:
		case *ast.BlockStmt:
			if !idle(s.List, asks) {
				return false
			}
		case *ast.ExprStmt:
			if !yields(s.X) {
				return false
			}
		case *ast.IfStmt:
			*asks = *asks || calls(s.Cond)
			if s.Init != nil || !idle(s.Body.List, asks) || s.Else != nil && !idle([]ast.Stmt{s.Else}, asks) {
				return false
			}
		case *ast.SelectStmt:
			waits := true
			for _, c := range s.Body.List {
				clause := c.(*ast.CommClause)
				if clause.Comm == nil {
					waits = false
				}
				if !idle(clause.Body, asks) {
					return false
				}
			}
			if waits {
				return false
			}
			*asks = true
		default:
			return false
		}
	}
	return true
}

// calls says whether an expression calls a function or method.
func calls(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, ok := n.(*ast.CallExpr)
		found = found || ok
		return !found
	})
	return found
}

// yields says whether an expression is a call of runtime.Gosched.
func yields(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Gosched"
}
