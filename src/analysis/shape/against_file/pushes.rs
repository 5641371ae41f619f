//! `TEAM_PUSHES` beside our pushes.
//!
//! On the ten rounds of the project's own map as a real server wrote them: of the file's 1,332 pushes 1,134 touch one of ours, mostly with all
//! of their time (median), as ours bridge short breaks; 101 of the others are too short for us, 65 not aligned over time, in 30 we see fewer
//! than two move (the others were revived), 2 are too slow. Of our 934 pushes 61 are not in the file, most of them shorter than two of
//! its looks. 62 to 79 % of the time that either says is said by both.
//!
//! The objective is another matter: 340 of 1,134 are the same. The tracker's rule with our centroid gives 904 of its 1,305 answers, so it is the
//! rule that differs (see [`Push`]) more than the places.
//!
//! O(rows · pushes + samples).

use super::{NotComparable, Quantiles, comparable};
use crate::analysis::flags::RowFlags;
use crate::analysis::shape::pushes::{Motion, Motions, Push, PushParams, Toward};
use crate::analysis::shape::{Params, shapes_at};
use crate::maps::objective::Objective;
use crate::model::{Round, Team};
use serde::Serialize;

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
    comparable(round, round.document.tables.team_pushes.rows.len())?;
    let motions = Motions::of(round, flags, params);
    push_agreement_of(round, flags, &motions, ours, objectives)
}

/// The same from motions of the same round; `ours` are [`Motions::pushes`].
///
/// # Errors
/// When they cannot be compared, with the reason.
pub fn push_agreement_of(
    round: &Round,
    flags: &RowFlags,
    motions: &Motions,
    ours: &[Push],
    objectives: &[Objective],
) -> Result<PushAgreement, NotComparable> {
    let rows = &round.document.tables.team_pushes.rows;
    let params = &motions.params;
    comparable(round, rows.len())?;
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
            let why = why_only_file(&motions.sides[side], span, params);
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
        let first = shapes.partition_point(|shape| shape.t_ms < row.start_time);
        let mut at_start = shapes[first..]
            .iter()
            .take_while(|shape| shape.t_ms == row.start_time);
        let shape = at_start.find(|shape| shape.team.tag() == round.text(row.team));
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
