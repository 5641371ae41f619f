//! What happened, in words.

use super::{CarryEnd, Denial, What};
use crate::model::Team;

impl What {
    /// As a sentence without names and full stop.
    pub fn words(&self) -> String {
        match self {
            Self::Multikill { kills, span_ms } => format!("{kills} kills {}", within(*span_ms)),
            Self::Stand {
                enemies,
                kills,
                survived,
                is_won,
            } => {
                let end = match (is_won, survived) {
                    (true, _) => "all of them gone",
                    (false, true) => "lived",
                    (false, false) => "died",
                };
                format!(
                    "alone against {enemies}: {}, {end}",
                    count(*kills as usize, "kill")
                )
            }
            Self::TeamWipe {
                team,
                kills,
                span_ms,
                ..
            } => {
                let team = team.map_or("a team", Team::name);
                format!(
                    "nobody of {team} alive: {kills} killed {}",
                    within(*span_ms)
                )
            }
            Self::TradeChain {
                length,
                deaths,
                span_ms,
                ahead,
            } => {
                let beside = if deaths > length {
                    format!(" of {deaths}")
                } else {
                    String::new()
                };
                let ahead = ahead.map_or("even", Team::name);
                let lead = if ahead == "even" { "" } else { " ahead" };
                let span = within(*span_ms);
                format!("trade chain: {length}{beside} deaths in a row {span}, {ahead}{lead}")
            }
            Self::QuickTrade { delay_ms: 0 } => "a death avenged in the same moment".to_owned(),
            Self::QuickTrade { delay_ms } => format!("a death avenged {}", within(*delay_ms)),
            Self::FirstBlood => "the first kill of the round".to_owned(),
            _ => self.objective_words(),
        }
    }

    fn objective_words(&self) -> String {
        match self {
            Self::Carried {
                span_ms,
                straight_u,
                end,
            } => {
                let way = straight_u.map_or(String::new(), |u| format!(" {u:.0} u"));
                let end = match end {
                    CarryEnd::Killed => "until the carrier was killed",
                    CarryEnd::LaidDownOrDelivered => "and laid down or delivered",
                    CarryEnd::Secured => "and delivered",
                    CarryEnd::RoundEnd => "until the round ended",
                    CarryEnd::Left => "until the carrier left",
                };
                format!("objective carried{way} {}, {end}", within(*span_ms))
            }
            Self::Returned { after_ms: None } => "objective returned".to_owned(),
            Self::Returned {
                after_ms: Some(after_ms),
            } => format!(
                "objective returned {:.1} s after its drop",
                seconds(*after_ms)
            ),
            Self::Planted { track, enemies } => {
                format!("dynamite planted{}{}", at(track), near(*enemies))
            }
            Self::Defused { track, left_ms } => {
                let left = left_ms.map(|ms| format!(", {:.1} s before it blew", seconds(ms)));
                format!("dynamite defused{}{}", at(track), left.unwrap_or_default())
            }
            Self::Destroyed { track } if track.is_empty() => "objective destroyed".to_owned(),
            Self::Destroyed { track } => format!("{track} destroyed"),
            Self::Constructed { track, enemies } => {
                let what = if track.is_empty() { "something" } else { track };
                format!("{what} built{}", near(*enemies))
            }
            Self::FlagCaptured { track } => format!("flag captured{}", at(track)),
            Self::LastSecondDefence { denial, left_ms } => {
                let denial = match denial {
                    Denial::Defused => "dynamite defused",
                    Denial::CarrierKilled => "carrier killed",
                    Denial::Returned => "objective returned",
                    Denial::EngineerKilled => "engineer killed on his way",
                };
                format!("{denial} {:.1} s before the end", seconds(*left_ms))
            }
            Self::LongEscape {
                attackers,
                damage,
                way_u,
                least_health,
            } => {
                let from = count(*attackers, "attacker");
                let health = least_health.map(|left| format!(", {left} health left"));
                let health = health.unwrap_or_default();
                format!("escaped from {from} after {damage} damage and {way_u:.0} u{health}")
            }
            Self::ReviveUnderFire { enemy_u: Some(u) } => {
                format!("revived under fire, the nearest enemy {u:.0} u away")
            }
            _ => "revived under fire".to_owned(),
        }
    }
}

fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn within(ms: i64) -> String {
    if ms == 0 {
        "at once".to_owned()
    } else {
        format!("in {:.1} s", seconds(ms))
    }
}

fn count(n: usize, what: &str) -> String {
    match n {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

fn at(track: &str) -> String {
    if track.is_empty() {
        String::new()
    } else {
        format!(" at {track}")
    }
}

fn near(enemies: Option<i64>) -> String {
    match enemies {
        Some(1) => " with an enemy near".to_owned(),
        Some(n) if n > 1 => format!(" with {n} enemies near"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::moments::Kind;

    #[test]
    fn words_are_sentences() {
        let triple = What::Multikill {
            kills: 3,
            span_ms: 2400,
        };
        assert_eq!(triple.words(), "3 kills in 2.4 s");
        let stand = What::Stand {
            enemies: 4,
            kills: 1,
            survived: true,
            is_won: false,
        };
        assert_eq!(stand.words(), "alone against 4: 1 kill, lived");
        let chain = What::TradeChain {
            length: 3,
            deaths: 5,
            span_ms: 4100,
            ahead: Some(Team::Axis),
        };
        assert_eq!(
            chain.words(),
            "trade chain: 3 of 5 deaths in a row in 4.1 s, Axis ahead"
        );
        let defuse = What::Defused {
            track: "the Depot Wall".to_owned(),
            left_ms: Some(500),
        };
        assert_eq!(
            defuse.words(),
            "dynamite defused at the Depot Wall, 0.5 s before it blew"
        );
        let built = What::Constructed {
            track: String::new(),
            enemies: Some(2),
        };
        assert_eq!(built.words(), "something built with 2 enemies near");
        assert_eq!(What::QuickTrade { delay_ms: 0 }.kind(), Kind::QuickTrade);
    }
}
