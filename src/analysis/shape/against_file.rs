//! What the tracker says of a team's shape and pushes, beside what follows from the samples.
//!
//! Live sections (5.0 and later) only: those of the one 4.2 state that has them are computed after the round from other things
//! (`format.md` §3.8, §3.10), and are not compared. The tracker reads places in the moment of the row, we know them by the last sample: at
//! 200 ms up to 200 ms old, which is up to 70 u for a sprinting player. It also sees players who were revived, whose track it loses.
//!
//! O(rows · (log samples + alive²)) for the shape, O((rows + pushes)²) per team at worst for the pushes.

use super::pushes::{Motion, Push, PushParams, Toward, motions};
use super::{Params, TeamShape, shapes_at};
use crate::analysis::flags::RowFlags;
use crate::maps::objective::Objective;
use crate::model::format::Family;
use crate::model::{Round, Team};
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

/// Why a push of the file is not one of ours, by our numbers over its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlyFile {
    /// It has no length: one look of the tracker, which found the end at the next.
    NoLength,
    /// We never see two moving.
    FewerThanTwoMoving,
    /// At no step both speed and alignment reach their thresholds; their mean speed does not.
    TooSlow,
    /// The same; their mean alignment does not.
    NotAligned,
    /// At some steps they do, but never long enough.
    TooShort,
}

/// Why a push of ours is not one of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlyOurs {
    /// It is shorter than two of the tracker's looks.
    BetweenLooks,
    /// It begins in the last seconds of the round, when the tracker writes no more.
    AtTheEnd,
    /// Its speed or alignment is within a tenth of the threshold.
    Borderline,
    /// Not known.
    Unknown,
}

/// How well our pushes agree with `TEAM_PUSHES`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PushAgreement {
    /// Row of the file and index of ours, of the same team, for each row the one with the longest common time.
    pub matched: Vec<(usize, usize)>,
    /// Rows of the file without one of ours.
    pub only_file: Vec<(usize, OnlyFile)>,
    /// Indices of ours without a row.
    pub only_ours: Vec<(usize, OnlyOurs)>,
    /// Common time of matched pushes, of the file's time, 0 to 1.
    pub overlap: Option<Quantiles>,
    /// Of all time that either says a team pushes, how much both say, 0 to 1; `None` without any.
    pub common_share: Option<f64>,
    /// Matched pushes toward the same objective, or both toward none.
    pub toward_same: u32,
    /// Matched pushes toward different ones, which is what the two rules make of most.
    pub toward_differs: u32,
    /// Rows whose objective is the one that the tracker's rule gives with our centroid at the row's start and the row's own direction.
    pub toward_by_rule_same: u32,
    /// Rows for which the rule gives another one.
    pub toward_by_rule_differs: u32,
}

/// From look to look of the tracker, ms.
const TRACKER_LOOK_MS: i64 = 1000;

/// Our pushes beside the rows of `TEAM_PUSHES`; `ours` are [`super::pushes`] with the same parameters and objectives.
///
/// # Errors
/// When they cannot be compared, with the reason.
pub fn push_agreement(
    round: &Round,
    flags: &RowFlags,
    ours: &[Push],
    objectives: &[Objective],
    params: &PushParams,
) -> Result<PushAgreement, NotComparable> {
    let rows = &round.document.tables.team_pushes.rows;
    comparable(round, rows.len())?;
    let motions = motions(round, flags, params);
    let mut result = PushAgreement {
        matched: Vec::new(),
        only_file: Vec::new(),
        only_ours: Vec::new(),
        overlap: None,
        common_share: None,
        toward_same: 0,
        toward_differs: 0,
        toward_by_rule_same: 0,
        toward_by_rule_differs: 0,
    };
    by_rule(round, flags, objectives, &mut result);
    let mut is_matched = vec![false; ours.len()];
    let mut overlaps = Vec::new();
    let mut file_spans: [Vec<(i64, i64)>; 2] = Default::default();
    let mut last_file_ms = i64::MIN;
    for (nth, row) in rows.iter().enumerate() {
        let team = Team::from_tag(round.text(row.team));
        let Some(side) = Team::SIDES.iter().position(|side| team == Some(*side)) else {
            continue;
        };
        let span = (row.start_time, row.end_time.max(row.start_time));
        file_spans[side].push(span);
        last_file_ms = last_file_ms.max(span.1);
        let own = ours.iter().enumerate();
        let own = own.filter(|(_, push)| push.team == Team::SIDES[side]);
        let touching = own
            .map(|(which, push)| (common_ms(span, (push.start_ms, push.end_ms)), which))
            .filter(|(common, _)| *common > 0);
        let mut best: Option<(i64, usize)> = None;
        for (common, which) in touching {
            is_matched[which] = true;
            if best.is_none_or(|best| common > best.0) {
                best = Some((common, which));
            }
        }
        let Some((common, which)) = best else {
            let why = why_only_file(&motions[side], span, params);
            result.only_file.push((nth, why));
            continue;
        };
        result.matched.push((nth, which));
        let length = span.1.saturating_sub(span.0);
        overlaps.push(common as f64 / length.max(1) as f64);
        let same = match (&ours[which].toward, round.text(row.toward_objective)) {
            (Toward::NotKnown, _) | (_, "N/A") => continue,
            (Toward::None, file) => file == "NO",
            (Toward::Objective(id), file) => id == file,
        };
        *(if same {
            &mut result.toward_same
        } else {
            &mut result.toward_differs
        }) += 1;
    }
    let alone = is_matched.iter().enumerate().filter(|(_, is)| !**is);
    result.only_ours = alone
        .map(|(which, _)| (which, why_only_ours(&ours[which], last_file_ms, params)))
        .collect();
    result.overlap = Quantiles::of(overlaps);
    result.common_share = common_share(&file_spans, ours);
    Ok(result)
}

/// Counts the rows whose objective follows from the tracker's rule: the one nearest to the middle of the team (their heights taken as 0), if
/// the cosine of the direction to it, in the plane, is above 0.3.
fn by_rule(round: &Round, flags: &RowFlags, objectives: &[Objective], result: &mut PushAgreement) {
    const COSINE: f64 = 0.3;
    let rows = &round.document.tables.team_pushes.rows;
    let mut times: Vec<i64> = rows.iter().map(|row| row.start_time).collect();
    times.sort_unstable();
    times.dedup();
    let shapes = shapes_at(round, flags, &times, &Params::default());
    for row in rows {
        let direction = row.direction_x.get().zip(row.direction_y.get());
        let file = round.text(row.toward_objective);
        let shape = shapes
            .iter()
            .find(|shape| shape.t_ms == row.start_time && shape.team.tag() == round.text(row.team));
        let (Some((x, y)), Some(shape), true) = (direction, shape, file != "N/A") else {
            continue;
        };
        let way = |objective: &Objective| {
            let (dx, dy) = (
                f64::from(objective.x) - shape.centroid[0],
                f64::from(objective.y) - shape.centroid[1],
            );
            (dx.hypot(dy).hypot(f64::from(objective.z)), dx, dy)
        };
        let ways = objectives
            .iter()
            .map(|objective| (way(objective), objective));
        let Some(((_, dx, dy), nearest)) = ways.min_by(|a, b| a.0.0.total_cmp(&b.0.0)) else {
            return;
        };
        let cosine = (x * dx + y * dy) / dx.hypot(dy).max(1.0);
        let ours = if cosine > COSINE { &nearest.id } else { "NO" };
        *(if ours == file {
            &mut result.toward_by_rule_same
        } else {
            &mut result.toward_by_rule_differs
        }) += 1;
    }
}

fn common_ms(a: (i64, i64), b: (i64, i64)) -> i64 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Time both say over time either says. The pushes of one team do not overlap, neither the file's nor ours.
fn common_share(file: &[Vec<(i64, i64)>; 2], ours: &[Push]) -> Option<f64> {
    let length = |span: (i64, i64)| span.1.saturating_sub(span.0) as f64;
    let (mut both, mut all) = (0.0, 0.0);
    for (team, file) in Team::SIDES.into_iter().zip(file) {
        let own: Vec<(i64, i64)> = ours
            .iter()
            .filter(|push| push.team == team)
            .map(|push| (push.start_ms, push.end_ms))
            .collect();
        all += file
            .iter()
            .chain(&own)
            .map(|span| length(*span))
            .sum::<f64>();
        for span in file {
            let common = own.iter().map(|own| common_ms(*span, *own).max(0) as f64);
            both += common.sum::<f64>();
        }
    }
    let either = all - both;
    (either > 0.0).then(|| both / either)
}

fn why_only_file(motions: &[Motion], span: (i64, i64), params: &PushParams) -> OnlyFile {
    if span.0 == span.1 {
        return OnlyFile::NoLength;
    }
    let within: Vec<&Motion> = motions
        .iter()
        .filter(|motion| span.0 <= motion.t_ms && motion.t_ms <= span.1)
        .collect();
    let n = within.len() as f64;
    if within.is_empty() {
        OnlyFile::FewerThanTwoMoving
    } else if within.iter().any(|motion| motion.is_push(params)) {
        OnlyFile::TooShort
    } else if within.iter().map(|m| m.speed).sum::<f64>() / n < params.speed_u_per_s {
        OnlyFile::TooSlow
    } else {
        OnlyFile::NotAligned
    }
}

fn why_only_ours(push: &Push, last_file_ms: i64, params: &PushParams) -> OnlyOurs {
    if push.start_ms >= last_file_ms {
        OnlyOurs::AtTheEnd
    } else if push.end_ms - push.start_ms < 2 * TRACKER_LOOK_MS {
        OnlyOurs::BetweenLooks
    } else if push.speed_u_per_s < 1.1 * params.speed_u_per_s
        || push.alignment < 1.1 * params.alignment
    {
        OnlyOurs::Borderline
    } else {
        OnlyOurs::Unknown
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
