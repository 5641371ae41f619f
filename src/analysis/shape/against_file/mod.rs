//! What the tracker says of a team's shape and pushes, beside what follows from the samples.
//!
//! Live sections (5.0 and later) only: those of the one 4.2 state that has them are computed after the round from other things
//! (`format.md` §3.8, §3.10), and are not compared. The tracker reads places in the moment of the row, we know them by the last sample: at
//! 200 ms up to 200 ms old, which is up to 70 u for a sprinting player. It also sees players who were revived, whose track it loses.

mod cohesion;
mod pushes;

pub use cohesion::{CohesionAgreement, cohesion_agreement};
pub use pushes::{OnlyFile, OnlyOurs, PushAgreement, push_agreement, push_agreement_of};

use crate::model::Round;
use crate::model::format::Family;
use serde::{Serialize, Serializer};
use std::fmt;

/// Why the file's rows are not held against ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotComparable {
    /// The section has no rows.
    NoRows,
    /// The file has no lives to compute ours from.
    NoTracks,
    /// Written by the 4.2 state that computes the section after the round.
    PostHoc,
}

impl fmt::Display for NotComparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRows => "the section has no rows",
            Self::NoTracks => "the file has no player tracks",
            Self::PostHoc => {
                "written by 4.2 (f), which computes the section after the round: cohesion from the last point of every track in 5 s, \
                 dead players included, and one push per team and round from where lives begin and end"
            }
        })
    }
}

impl Serialize for NotComparable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn comparable(round: &Round, rows: usize) -> Result<(), NotComparable> {
    if rows == 0 {
        Err(NotComparable::NoRows)
    } else if round.document.version.family == Family::V4PostHoc {
        Err(NotComparable::PostHoc)
    } else if round.samples().is_empty() {
        Err(NotComparable::NoTracks)
    } else {
        Ok(())
    }
}

/// Middle and upper end of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// How many.
    pub n: u32,
    /// Median; of an even number the lower middle.
    pub median: f64,
    /// The smallest that at least 95 % do not exceed.
    pub p95: f64,
}

impl Quantiles {
    /// Of numbers in any order; `None` of none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
        values.sort_unstable_by(f64::total_cmp);
        let last = values.len().checked_sub(1)?;
        let at_95 = (values.len() * 95).div_ceil(100) - 1;
        Some(Self {
            n: values.len() as u32,
            median: values[last / 2],
            p95: values[at_95],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occur() {
        let quantiles = |n: u32| Quantiles::of((1..=n).map(f64::from));
        let of = |n, median, p95| Some(Quantiles { n, median, p95 });
        assert_eq!(quantiles(0), None);
        assert_eq!(quantiles(1), of(1, 1.0, 1.0));
        assert_eq!(quantiles(20), of(20, 10.0, 19.0));
        assert_eq!(quantiles(21), of(21, 11.0, 20.0));
    }
}
