// SPDX-License-Identifier: Apache-2.0
// A Go program: its unwind information is in .debug_frame alone.
//
//	hello-go [MILLISECONDS]
//
// Says hello; works for the given time of a processor in main.outer, main.middle and main.burn.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
)

var sink uint64

//go:noinline
func used() int64 {
	var usage syscall.Rusage
	syscall.Getrusage(0, &usage)
	return usage.Utime.Nano() / 1000000
}

//go:noinline
func burn(milliseconds int64) {
	for used() < milliseconds {
		for i := uint64(0); i < 200000; i++ {
			sink += i * i
		}
	}
}

//go:noinline
func middle(milliseconds int64) {
	burn(milliseconds)
	sink++
}

//go:noinline
func outer(milliseconds int64) {
	middle(milliseconds)
	sink++
}

func main() {
	fmt.Println("hello")
	if len(os.Args) > 1 {
		milliseconds, _ := strconv.Atoi(os.Args[1])
		outer(int64(milliseconds))
	}
}
