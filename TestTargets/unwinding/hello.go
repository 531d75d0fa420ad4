// SPDX-License-Identifier: Apache-2.0
// A Go program: its unwind information is in .debug_frame alone.
package main

import "fmt"

func main() {
	fmt.Println("hello")
}
