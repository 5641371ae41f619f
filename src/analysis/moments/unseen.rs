//! What a file cannot show.

use crate::model::format::Family;
use crate::model::{Capability, Round};
use serde::Serialize;

/// Kinds of moments that are missing, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unseen {
    /// What is not listed.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
}

pub(super) fn unseen(round: &Round) -> Vec<Unseen> {
    let mut all = Vec::new();
    let mut add = |what, why| all.push(Unseen { what, why });
    if round.lives().is_empty() {
        add(
            "team wipes, stands against odds, health in escapes",
            "the file has no player tracks",
        );
    }
    let sections = [
        (
            "construction_tracking",
            "CONSTRUCTION_EVENTS",
            "dynamite, constructions, flags",
        ),
        (
            "carrier_tracking",
            "CARRIER_EVENTS",
            "objectives carried and returned",
        ),
    ];
    for (flag, section, what) in sections {
        // What runs tell of actions stands in for the events.
        let has_runs =
            flag == "construction_tracking" && round.document.rows_in("OBJECTIVE_RUNS") > 0;
        match round.capability(flag).0 {
            Capability::Enabled => {}
            _ if has_runs || round.document.rows_in(section) > 0 => {}
            Capability::Unknown if round.document.version.family < Family::V6 => {
                add(what, "trackers before 6.01 do not record them");
            }
            Capability::Disabled => add(what, "the tracker did not record them"),
            Capability::Unknown => add(what, "the file does not say whether they were recorded"),
        }
    }
    if round.document.rows_in("REVIVES") == 0 {
        add("revives under fire", "the file has no revives");
    }
    if round.document.rows_in("VEHICLE_PROGRESS") > 0 {
        add("the way of vehicles", "the file gives no times for it");
    }
    all
}
