// SPDX-License-Identifier: Apache-2.0
//
// Rust functions whose names need demangling, each called a known number of times.
//
//     names-rust [--calls N] [--wait]
//
// The last line has the names as rustc's demangler writes them, without the hash. Exits with 24.

/// Hides a value from the optimizer. `std::hint::black_box` does the same from Rust 1.66 on;
/// Debian 12 has 1.63.
fn black_box<T>(value: T) -> T {
    unsafe {
        let hidden = std::ptr::read_volatile(&value);
        std::mem::forget(value);
        hidden
    }
}
use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicU64, Ordering};

static PLAIN: AtomicU64 = AtomicU64::new(0);
static GENERIC: AtomicU64 = AtomicU64::new(0);
static METHOD: AtomicU64 = AtomicU64::new(0);
static TRAIT: AtomicU64 = AtomicU64::new(0);

mod shapes {
    use super::{METHOD, TRAIT};
    use std::sync::atomic::Ordering;

    pub trait Area {
        fn area(&self) -> u64;
    }

    pub struct Square {
        pub side: u64,
    }

    impl Square {
        #[inline(never)]
        pub fn grow(&mut self, by: u64) {
            METHOD.fetch_add(1, Ordering::Relaxed);
            self.side += by;
        }
    }

    impl Area for Square {
        #[inline(never)]
        fn area(&self) -> u64 {
            TRAIT.fetch_add(1, Ordering::Relaxed);
            self.side * self.side
        }
    }
}

use shapes::{Area, Square};

#[inline(never)]
fn plain(value: u64) -> u64 {
    PLAIN.fetch_add(1, Ordering::Relaxed);
    value + 1
}

#[inline(never)]
fn generic<T: Copy>(value: T) -> (T, T) {
    GENERIC.fetch_add(1, Ordering::Relaxed);
    (value, value)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let position = arguments.iter().position(|argument| argument == "--calls");
    let calls = position
        .and_then(|index| arguments.get(index + 1))
        .and_then(|text| text.parse().ok())
        .unwrap_or(10);

    if arguments.iter().any(|argument| argument == "--wait") {
        println!("ready {}", std::process::id());
        io::stdout().flush().unwrap();
        io::stdin().lock().read_line(&mut String::new()).unwrap();
    }
    let mut square = black_box(Square { side: 2 });
    for _ in 0..calls {
        black_box(plain(black_box(1)));
    }
    for _ in 0..2 * calls {
        black_box(generic(black_box(1u32)));
    }
    for _ in 0..3 * calls {
        square.grow(black_box(1));
    }
    for _ in 0..4 * calls {
        black_box(black_box(&square).area());
    }

    println!(
        "{{\"program\":\"names-rust\",\"calls\":{{\"names_rust::plain\":{},\
         \"names_rust::generic\":{},\"names_rust::shapes::Square::grow\":{},\
         \"<names_rust::shapes::Square as names_rust::shapes::Area>::area\":{}}}}}",
        PLAIN.load(Ordering::Relaxed),
        GENERIC.load(Ordering::Relaxed),
        METHOD.load(Ordering::Relaxed),
        TRAIT.load(Ordering::Relaxed),
    );
    std::process::exit(24);
}
