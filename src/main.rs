//! The door: hands over to the library.

fn main() {}
