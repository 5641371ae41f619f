//! Health of a library, `status`, `drift`, and rounds of the library as arguments.

#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code, reason = "made for the library's own tests")]
#[path = "../library/bench.rs"]
mod bench;

mod arguments;
mod drift;
mod facts;
mod program;
mod status;
