//! The chain of chain.c in Rust, whose units refer to each other's entries.
#![allow(named_asm_labels)]
use std::arch::asm;
use std::hint::black_box;

#[inline(always)]
fn leaf(number: u32) {
    black_box(number);
    unsafe { asm!(".globl chain_point", "chain_point: nop") }; // => leaf
}

#[inline(always)]
fn mid<Number: Into<u32>>(number: Number) {
    leaf(number.into() + 1); // => mid
}

#[inline(never)]
#[no_mangle]
pub fn outer(number: u32) {
    black_box(number);
    mid(number + 2); // => outer
    black_box(number);
}

fn main() {
    outer(black_box(1));
}
