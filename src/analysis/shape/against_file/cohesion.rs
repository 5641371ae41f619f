//! `TEAM_COHESION` beside our shapes, row by row at the row's own time.
//!
//! On the ten rounds of the project's own map as a real server wrote them (14,390 rows): where as many are alive as we see, centroids are 0.1 u
//! apart (median) and at most 17 to 21 u in 95 of 100 rows at 200 ms, 0.1 u at 500 ms, where rows fall on samples; dispersions 0.1 u, and at
//! most 10 to 13 u. In 34 of 100 rows somebody is missing whom we know to be revived; with these the 95th percentile is 217 to 455 u. In less
//! than one of 100 the counts differ without such a reason. Files of 5.0 to 6.11 that are simulated are alike (at most 27 u).
//!
//! O(rows · log rows + samples).

use super::{NotComparable, Quantiles, comparable};
use crate::analysis::flags::RowFlags;
use crate::analysis::shape::{Params, TeamShape, shapes_at};
use crate::model::{Round, Team};
use serde::Serialize;

/// How well our shapes agree with `TEAM_COHESION`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CohesionAgreement {
    /// Rows of the two teams.
    pub rows: u32,
    /// Rows at whose time we see fewer than two of the team.
    pub without_ours: u32,
    /// Rows with as many alive as we see.
    pub same_count: u32,
    /// Rows with more alive than we see, but no more than are alive by the revives.
    pub explained_by_unseen: u32,
    /// Distance of the centroids where the counts agree, u.
    pub centroid_u: Option<Quantiles>,
    /// Difference of the dispersions where the counts agree, u, without sign.
    pub dispersion_u: Option<Quantiles>,
    /// Distance of the centroids in all rows with ours, u.
    pub centroid_all_u: Option<Quantiles>,
    /// Difference of the dispersions in all rows with ours, u, without sign.
    pub dispersion_all_u: Option<Quantiles>,
    /// Difference of the counts in all rows with ours, without sign.
    pub count: Option<Quantiles>,
}

/// Our shapes at the times of the rows of `TEAM_COHESION` beside these rows.
///
/// # Errors
/// When they cannot be compared, with the reason.
pub fn cohesion_agreement(
    round: &Round,
    flags: &RowFlags,
    params: &Params,
) -> Result<CohesionAgreement, NotComparable> {
    let rows = &round.document.tables.team_cohesion.rows;
    comparable(round, rows.len())?;
    let mut times: Vec<i64> = rows.iter().map(|row| row.time).collect();
    times.sort_unstable();
    times.dedup();
    // In order of time and team, as they are sought.
    let ours = shapes_at(round, flags, &times, params);
    let find = |time: i64, team: Team| -> Option<&TeamShape> {
        let key = |shape: &TeamShape| (shape.t_ms, shape.team);
        let nth = ours.binary_search_by_key(&(time, team), key).ok()?;
        Some(&ours[nth])
    };
    let mut agreement = CohesionAgreement {
        rows: 0,
        without_ours: 0,
        same_count: 0,
        explained_by_unseen: 0,
        centroid_u: None,
        dispersion_u: None,
        centroid_all_u: None,
        dispersion_all_u: None,
        count: None,
    };
    // Whether the counts agree, and the differences of centroid, dispersion and count.
    let mut differences: Vec<(bool, f64, f64, f64)> = Vec::with_capacity(rows.len());
    for row in rows {
        let team = Team::from_tag(round.text(row.team)).filter(|team| team.opponent().is_some());
        let Some(team) = team else { continue };
        agreement.rows += 1;
        let Some(ours) = find(row.time, team) else {
            agreement.without_ours += 1;
            continue;
        };
        let (seen, unseen) = (i64::from(ours.seen), i64::from(ours.unseen));
        let more = row.alive_count.saturating_sub(seen);
        agreement.same_count += u32::from(more == 0);
        agreement.explained_by_unseen += u32::from(more > 0 && more <= unseen);
        let file = [&row.centroid_x, &row.centroid_y, &row.dispersion].map(|value| value.get());
        if let [Some(x), Some(y), Some(dispersion)] = file {
            let apart = (x - ours.centroid[0]).hypot(y - ours.centroid[1]);
            let spread = (dispersion - ours.dispersion_u).abs();
            differences.push((more == 0, apart, spread, more.unsigned_abs() as f64));
        }
    }
    let same = || differences.iter().filter(|row| row.0);
    agreement.centroid_u = Quantiles::of(same().map(|row| row.1));
    agreement.dispersion_u = Quantiles::of(same().map(|row| row.2));
    agreement.centroid_all_u = Quantiles::of(differences.iter().map(|row| row.1));
    agreement.dispersion_all_u = Quantiles::of(differences.iter().map(|row| row.2));
    agreement.count = Quantiles::of(differences.iter().map(|row| row.3));
    Ok(agreement)
}
