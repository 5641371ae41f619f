//! Everybody at one moment, by team: alive with what the last sample says, or absent with the reason.

use crate::analysis::deaths::{Score, team_at};
use crate::model::catalogue::weapon;
use crate::model::{Absence, Class, PlayerId, Presence, Round, Team};

/// State of one player at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In a life.
    Alive {
        /// Health points of the last sample.
        health: i32,
        /// Weapon in hand (`weapon_t`) in the last sample.
        weapon_number: i16,
        /// How long before the moment the sample was taken, ms.
        sample_age_ms: i64,
    },
    /// Not drawn, and why.
    Absent(Absence),
}

/// One line of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub player: PlayerId,
    /// Class of the life he is in or had last, else of his first.
    pub class: Option<Class>,
    /// What is known about him.
    pub state: State,
    /// Kills and deaths so far.
    pub score: Score,
}

/// Everybody at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// Axis players, in order of appearance in the file.
    pub axis: Vec<Entry>,
    /// Allied players.
    pub allies: Vec<Entry>,
    /// Spectators, and those of whom the file names no team.
    pub others: Vec<Entry>,
}

impl Roster {
    /// The players of a team.
    pub fn team(&self, team: Team) -> &[Entry] {
        match team {
            Team::Axis => &self.axis,
            Team::Allies => &self.allies,
            Team::Spectator => &self.others,
        }
    }
}

/// Everybody at `t_ms`, with `scores` by player.
pub fn roster_at(round: &Round, scores: &[Score], t_ms: i64) -> Roster {
    let mut roster = Roster::default();
    for player in round.players.ids() {
        let entry = Entry {
            player,
            class: class_at(round, player, t_ms),
            state: state_at(round, player, t_ms),
            score: scores.get(player.index()).copied().unwrap_or_default(),
        };
        match team_at(round, player, t_ms) {
            Some(Team::Axis) => roster.axis.push(entry),
            Some(Team::Allies) => roster.allies.push(entry),
            _ => roster.others.push(entry),
        }
    }
    roster
}

fn state_at(round: &Round, player: PlayerId, t_ms: i64) -> State {
    match round.presence_at(player, t_ms) {
        Presence::Alive { sample, .. } => State::Alive {
            health: round.samples().health[sample.index],
            weapon_number: round.samples().weapon[sample.index],
            sample_age_ms: sample.age_ms,
        },
        Presence::Absent(absence) => State::Absent(absence),
    }
}

fn class_at(round: &Round, player: PlayerId, t_ms: i64) -> Option<Class> {
    let lives = round.lives_of(player);
    let begun = lives.partition_point(|id| round.life(*id).start_ms <= t_ms);
    let id = lives.get(begun.saturating_sub(1))?;
    round.life(*id).class
}

/// What to call a weapon number: its name, or the number where the catalogue has none.
pub fn weapon_words(number: i16) -> String {
    match weapon(number) {
        Some(weapon) => weapon.name.to_owned(),
        None => format!("weapon {number}"),
    }
}

/// Since when (or until when) an absence lasts, as text for a narrow column; `None` where time does not matter.
pub fn absence_time(absence: Absence, t_ms: i64) -> Option<String> {
    use super::time_text::span;
    match absence {
        Absence::NotYetSpawned { first_spawn_ms } => {
            Some(format!("in {}", span(first_spawn_ms - t_ms)))
        }
        Absence::Dead { since_ms, .. }
        | Absence::RevivedTrackLost { since_ms }
        | Absence::Left { since_ms } => Some(span(t_ms - since_ms)),
        Absence::RoundOver | Absence::NoSampleYet | Absence::NoSamples => None,
    }
}

/// The whole reason, for a hover.
pub fn absence_explained(absence: Absence) -> String {
    use super::time_text::clock;
    match absence {
        Absence::NotYetSpawned { first_spawn_ms } => {
            format!(
                "Not yet spawned: his first life in PLAYER_TRACKS starts at {}.",
                clock(first_spawn_ms)
            )
        }
        Absence::Dead { since_ms, end } => format!(
            "Dead since {} ({}): waiting for a medic or the next wave. No life in PLAYER_TRACKS contains this moment.",
            clock(since_ms),
            end.words()
        ),
        Absence::RevivedTrackLost { since_ms } => format!(
            "Revived at {}, but trackers up to 6.11 write no positions after a revive until the next full spawn. \
             He is on the map; where is not recorded.",
            clock(since_ms)
        ),
        Absence::Left { since_ms } => format!("Left the server at {}.", clock(since_ms)),
        Absence::RoundOver => "The round is over; his last life ended with it.".to_owned(),
        Absence::NoSampleYet => {
            "He has spawned, but the first sample of this life is still to come.".to_owned()
        }
        Absence::NoSamples => "The file has no life of his in PLAYER_TRACKS.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::deaths::scores_at;
    use crate::jobs::load::load_demo;

    #[test]
    fn everybody_is_listed_at_every_moment() {
        let demo = load_demo();
        let count = demo.round.players.len();
        for t_ms in (-1000..demo.round.clock.end_ms + 5000).step_by(7919) {
            let scores = scores_at(&demo.deaths, count, t_ms);
            let roster = roster_at(&demo.round, &scores, t_ms);
            assert_eq!(
                roster.axis.len() + roster.allies.len() + roster.others.len(),
                count
            );
        }
    }

    #[test]
    fn the_dead_are_absent_with_the_reason() {
        let demo = load_demo();
        let death = demo
            .deaths
            .iter()
            .find(|death| death.life.is_some())
            .unwrap();
        let roster = roster_at(&demo.round, &[], death.t_ms + 1);
        let all = roster.axis.iter().chain(&roster.allies);
        let entry = all
            .clone()
            .find(|entry| entry.player == death.victim)
            .unwrap();
        let State::Absent(absence) = entry.state else {
            panic!("{entry:?}")
        };
        assert!(matches!(absence, Absence::Dead { .. }), "{absence:?}");
        assert_eq!(
            absence_time(absence, death.t_ms + 1500).as_deref(),
            Some("1.5 s")
        );
        assert!(absence_explained(absence).starts_with("Dead since"));
    }

    #[test]
    fn numbers_without_a_name_stay_numbers() {
        assert_eq!(weapon_words(9999), "weapon 9999");
        assert_eq!(weapon_words(3), "MP40");
    }
}
