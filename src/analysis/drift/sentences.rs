//! Findings in plain words.

use super::Drift;
use super::windows::{Finding, FindingKind, Side, Window};

/// One sentence per finding, in their order.
pub fn sentences(drift: &Drift) -> Vec<String> {
    drift
        .findings
        .iter()
        .map(|finding| sentence(drift, finding))
        .collect()
}

fn sentence(drift: &Drift, finding: &Finding) -> String {
    let window = finding.window.and_then(|at| drift.windows.get(at));
    let (Some(majority), others) = (finding.sides.first(), finding.sides.get(1..).unwrap_or(&[]))
    else {
        return String::new();
    };
    match finding.kind {
        FindingKind::Declared => {
            let measured = others.first().map_or("", |side| &side.value);
            let name = majority.rounds.first().map_or("", String::as_str);
            format!(
                "{name}: the header says {}, the samples are {measured} apart.",
                majority.value
            )
        }
        FindingKind::Cadence => mixed("cadences", window, finding, majority, others),
        FindingKind::Config => mixed("configurations", window, finding, majority, others),
    }
}

fn mixed(
    what: &str,
    window: Option<&Window>,
    finding: &Finding,
    majority: &Side,
    others: &[Side],
) -> String {
    let how = match finding.switches {
        1 => "with a single change".to_owned(),
        turns => format!("taking turns ({turns} changes)"),
    };
    let others: Vec<String> = others
        .iter()
        .map(|side| {
            let names = side.rounds.join(", ");
            format!("{} in {} ({names})", side.value, side.rounds.len())
        })
        .collect();
    format!(
        "{}: mixed {what}, {how}: {} in {} rounds, {}.",
        window.map_or_else(|| "no window".to_owned(), title),
        majority.value,
        majority.rounds.len(),
        others.join(", ")
    )
}

/// `2026-11-19`, or `2026-11-17 to 2026-11-19, UTC+2`.
fn title(window: &Window) -> String {
    let dates = match &window.dates {
        Some((from, to)) if from == to => from.clone(),
        Some((from, to)) => format!("{from} to {to}"),
        None => "no date".to_owned(),
    };
    if window.server.is_empty() {
        dates
    } else {
        format!("{dates}, {}", window.server)
    }
}
