// Names for the Rust demangler, in both manglings.
mod store {
    #[inline(never)]
    pub fn lookup<T: std::fmt::Display>(key: T) -> usize {
        key.to_string().len()
    }
}

fn main() {
    println!("{}", store::lookup(std::env::args().count()) + store::lookup("a"));
}
