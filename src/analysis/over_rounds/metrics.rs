//! The numbers that follow from a [`Tally`]: each one function, used for one round and for all rounds pooled alike.

use super::tally::Tally;

/// A number with its name.
#[derive(Clone, Copy, Debug)]
pub struct MetricDef {
    /// Its key.
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is.
    pub what: &'static str,
    /// The number; `None` where nothing was measured to divide by.
    pub of: fn(&Tally) -> Option<f64>,
}

const fn def(
    key: &'static str,
    unit: &'static str,
    what: &'static str,
    of: fn(&Tally) -> Option<f64>,
) -> MetricDef {
    MetricDef {
        key,
        unit,
        what,
        of,
    }
}

/// All numbers, in the order in which they are listed.
pub const METRICS: &[MetricDef] = &[
    def("lives", "lives", "lives begun", |t| {
        count(t.lives).filter(|n| *n > 0.0)
    }),
    def("alive_min", "min", "time alive, after revives too", |t| {
        per_min(t.alive_ms).filter(|min| *min > 0.0)
    }),
    def("kills", "kills", "enemies killed", |t| count(t.kills)),
    def("deaths", "deaths", "deaths of any kind", |t| {
        count(t.deaths)
    }),
    def("self_kills", "deaths", "deaths by his own hand", |t| {
        count(t.self_kills)
    }),
    def("team_kills", "kills", "team mates killed", |t| {
        count(t.team_kills)
    }),
    def(
        "kd",
        "kills per death",
        "kills per death; none without a death",
        |t| ratio(t.kills, t.deaths),
    ),
    def(
        "kills_per_min",
        "per min alive",
        "kills per minute alive",
        |t| minute(t.kills, t),
    ),
    def(
        "deaths_per_min",
        "per min alive",
        "deaths per minute alive",
        |t| minute(t.deaths, t),
    ),
    def("kills_per_life", "per life", "kills per life begun", |t| {
        ratio(t.kills, t.lives)
    }),
    def("damage_given", "raw damage", "to enemies in fights", |t| {
        Some(t.damage_given as f64)
    }),
    def("damage_taken", "raw damage", "by enemies in fights", |t| {
        Some(t.damage_taken as f64)
    }),
    def(
        "damage_given_per_min",
        "per min alive",
        "damage to enemies per minute alive",
        |t| minute(t.damage_given as f64, t),
    ),
    def(
        "damage_taken_per_min",
        "per min alive",
        "damage by enemies per minute alive",
        |t| minute(t.damage_taken as f64, t),
    ),
    def(
        "damage_given_per_life",
        "per life",
        "damage to enemies per life begun",
        |t| ratio(t.damage_given as f64, t.lives),
    ),
    def(
        "supported_pct",
        "% of sampled time",
        "a fighting team mate near",
        |t| percent(t.supported_ms as f64, t.sampled_ms as f64),
    ),
    def(
        "avenged_pct",
        "% of deaths by enemies",
        "the killer was killed inside the window",
        |t| percent(t.avenged, t.enemy_deaths),
    ),
    def(
        "missed_pct",
        "% of deaths with a mate near",
        "no mate did anything",
        |t| percent(t.missed_deaths, t.near_deaths),
    ),
    def(
        "alone_pct",
        "% of deaths by enemies with known places",
        "no team mate inside the isolation distance",
        |t| percent(t.alone_deaths, t.placed_deaths),
    ),
    def("trades", "trades", "deaths of team mates he avenged", |t| {
        count(t.trades)
    }),
    def(
        "trade_try_pct",
        "% of chances",
        "of team mates' deaths near him: he hit the killer",
        |t| percent(t.trade_tries, t.trade_chances),
    ),
    def(
        "trade_success_pct",
        "% of chances",
        "of team mates' deaths near him: he avenged them",
        |t| percent(t.trade_successes, t.trade_chances),
    ),
    def(
        "way_u_per_min",
        "u per sampled min",
        "way per minute with samples",
        |t| {
            over(
                t.way_milli_u as f64 / 1000.0,
                t.sampled_ms as f64 / 60_000.0,
            )
        },
    ),
    def(
        "moving_pct",
        "% of sampled time",
        "faster than standing",
        |t| percent(t.moving_ms as f64, t.sampled_ms as f64),
    ),
    def(
        "objective_s",
        "s",
        "at any known objective; none where none is known",
        |t| {
            over(
                t.objective_ms as f64 / 1000.0,
                f64::from(u8::from(t.objective_sampled_ms > 0)),
            )
        },
    ),
    def(
        "objective_pct",
        "% of sampled time",
        "at any known objective",
        |t| percent(t.objective_ms as f64, t.objective_sampled_ms as f64),
    ),
    def(
        "solo_escape_pct",
        "% of fights against one",
        "escaped",
        |t| percent(t.solo_escapes, t.targeted.saturating_sub(t.focused)),
    ),
    def(
        "focus_escape_pct",
        "% of fights against several",
        "escaped",
        |t| percent(t.focus_escapes, t.focused),
    ),
    def(
        "denied_s",
        "s",
        "time out of enemies he killed, as far as known",
        |t| (t.kills == 0 || t.denied_kills > 0).then(|| t.denied_ms as f64 / 1000.0),
    ),
    def(
        "denied_s_per_kill",
        "s per kill",
        "over kills with the time out known",
        |t| over(t.denied_ms as f64 / 1000.0, f64::from(t.denied_kills)),
    ),
    def(
        "denied_s_per_min",
        "s per min alive",
        "per minute alive",
        |t| minute(t.denied_ms as f64 / 1000.0, t),
    ),
    def(
        "head_hit_pct",
        "% of hits with a region",
        "hits on the head, by HIT_REGIONS",
        |t| percent(t.head_hits, t.region_hits),
    ),
    def(
        "headshot_pct",
        "% of weapon hits",
        "headshots, by WEAPON_ACCURACY",
        |t| percent(t.weapon_headshots as f64, t.weapon_hits as f64),
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "one shape for all numbers")]
fn count(n: u32) -> Option<f64> {
    Some(f64::from(n))
}

#[expect(clippy::unnecessary_wraps, reason = "one shape for all numbers")]
fn per_min(ms: i64) -> Option<f64> {
    Some(ms as f64 / 60_000.0)
}

fn minute(value: impl Into<f64>, tally: &Tally) -> Option<f64> {
    over(value.into(), tally.alive_ms as f64 / 60_000.0)
}

fn ratio(value: impl Into<f64>, n: u32) -> Option<f64> {
    over(value.into(), f64::from(n))
}

fn percent(part: impl Into<f64>, whole: impl Into<f64>) -> Option<f64> {
    over(100.0 * part.into(), whole.into())
}

fn over(value: f64, by: f64) -> Option<f64> {
    let result = value / by;
    (by > 0.0 && result.is_finite()).then_some(result)
}
