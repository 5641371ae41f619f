//! Trade chains: a kill that is avenged, whose avenger is killed and avenged in turn, and so on.
//!
//! A death is a link. The link that avenges it is the killer's first death by the victim's team within the window of
//! [`super::trades::Params`], as [`super::trades`] finds it; by a team mate or, marked, by the victim himself (a grenade that outlived
//! him). So every death has at most one avenging death, but one death may avenge several: who killed three and is killed for it avenges
//! all three. Links are therefore a tree that grows together towards the last death; a chain is one such tree, and every death is in at
//! most one. Its *length* is the number of links on its longest line, its links are all deaths in it.
//!
//! * Of two players who kill each other in the same millisecond neither death comes after the other: they make no link. Longer rings
//!   of deaths in one millisecond are cut at the victim whose GUID and name come first.
//! * *Who was where*: places of victim and killer by the kill row (else by the end of the engagement and the killer's last sample), near
//!   team mates and the later avenger by their last sample at or before the death. Nothing later than a death describes it.
//! * *Ahead* is the team that lost fewer.
//! * *Score*: for every avenged death [`Params::per_revenge`] and up to [`Params::for_speed`] more, the quicker the more.
//!
//! [`rates`] counts who avenges whom, [`file_rows`] holds the links against `TRADE_KILLS`, [`reference_events`] against the
//! reference's trade events.
//!
//! Unit ms, u. Sources as in [`super::trades`]. Known weakness: an avenger who lives after a revive has no samples (trackers up to
//! 6.11), so where he stood is not known. O(chances · (1 + log lives)).

mod assemble;
pub mod file_rows;
mod link;
pub mod rates;
pub mod reference_events;

pub use assemble::chains;
pub use link::{Avenger, Distance, Link};

use super::trades::team_tag;
use crate::model::Team;
use serde::Serialize;

/// What makes a chain worth looking at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Points for every avenged death.
    pub per_revenge: f64,
    /// Points on top for a revenge in the same moment; none for one at the end of the window, evenly between.
    pub for_speed: f64,
    /// How old a sample of the avenger may be, ms.
    pub oldest_sample_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            per_revenge: 1.0,
            for_speed: 1.0,
            oldest_sample_ms: 1500,
        }
    }
}

/// Deaths that avenge each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chain {
    /// The deaths in order of time; at least two.
    pub links: Vec<Link>,
    /// Links on the longest line from a first death to the last.
    pub length: usize,
    /// The first death, ms.
    pub start_ms: i64,
    /// The last death, ms.
    pub end_ms: i64,
    /// Axis killed in it.
    pub axis_deaths: u32,
    /// Allies killed in it.
    pub allies_deaths: u32,
    /// The team that lost fewer; `None` when both lost as many.
    #[serde(serialize_with = "team_tag")]
    pub ahead: Option<Team>,
    /// Points for what was avenged.
    pub score_revenges: f64,
    /// Points for how quickly.
    pub score_speed: f64,
    /// Both together.
    pub score: f64,
}

impl Chain {
    /// Avenged deaths, that is all links but the last.
    pub fn revenges(&self) -> usize {
        self.links
            .iter()
            .filter(|link| link.avenged_by.is_some())
            .count()
    }

    /// Links of the longest line, in order of time: from the last death back to the longest line before it, of two equally long ones the
    /// one whose link is later.
    pub fn main_line(&self) -> Vec<usize> {
        let mut depth = vec![1_usize; self.links.len()];
        for (nth, link) in self.links.iter().enumerate() {
            let before = link.avenges.iter().map(|from| depth[*from]).max();
            depth[nth] += before.unwrap_or(0);
        }
        let mut line: Vec<usize> = self.links.len().checked_sub(1).into_iter().collect();
        while let Some(&last) = line.last() {
            let deepest = self.links[last].avenges.iter().copied();
            let Some(next) = deepest.max_by_key(|from| (depth[*from], *from)) else {
                break;
            };
            line.push(next);
        }
        line.reverse();
        line
    }
}
