//! The library when things go wrong: programs that are killed, disks that are full, files that change, libraries that are damaged. Nothing is
//! lost, nothing is there twice, and whoever waits is told in words.

#[allow(dead_code, reason = "shared with the tests of the library")]
#[path = "../library/bench.rs"]
mod bench;
#[path = "../support/mod.rs"]
mod support;

mod cancel;
mod child;
mod corpus;
mod damage;
mod dump;
mod growing;
mod kill;
mod order;
mod refused;
mod sources;
mod together;
