// Go functions of every kind of name.
package main

import (
	"fmt"
	"os"
	"strings"
)

type server struct{ calls int }

type namer interface{ name(string) string }

//go:noinline
func (s *server) handle(request string) int {
	s.calls++
	return len(request) + inlined(s.calls)
}

//go:noinline
func (s server) name(suffix string) string { return fmt.Sprint(s.calls, suffix) }

func inlined(x int) int { return x*7 + 1 }

//go:noinline
func twice[T int | float64](x T) T { return x + x }

func main() {
	s := &server{}
	total := s.handle(strings.Repeat("a", len(os.Args)))
	visit := func(x int) { total += twice(x) }
	visit(total)
	var n namer = s
	fmt.Println(total, twice(1.5), n.name("!"))
}
