// SPDX-License-Identifier: Apache-2.0
//
// A Rust program that works in outer, middle and burn, called through a closure on a thread, for the
// given time of a processor.
//
//     busy-rust MILLISECONDS

extern "C" {
    /// Microseconds of processors, as on all systems of POSIX.
    fn clock() -> i64;
}

static mut SINK: u64 = 0;

#[inline(never)]
fn burn(end: i64) {
    while unsafe { clock() } < end {
        for i in 0..200_000u64 {
            unsafe { std::ptr::write_volatile(std::ptr::addr_of_mut!(SINK), i * i) };
        }
    }
}

#[inline(never)]
fn middle(end: i64) {
    burn(end);
    unsafe { std::ptr::write_volatile(std::ptr::addr_of_mut!(SINK), 1) };
}

#[inline(never)]
fn outer(end: i64) {
    middle(end);
    unsafe { std::ptr::write_volatile(std::ptr::addr_of_mut!(SINK), 2) };
}

fn main() {
    let milliseconds: i64 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(10);
    let end = milliseconds * 1000;
    std::thread::spawn(move || outer(end)).join().unwrap();
}
