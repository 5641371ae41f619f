//! Moments to jump to: samples and deaths before and after the playhead.

use crate::analysis::deaths::Death;
use crate::model::{Life, LifeId, PlayerId, Round};

/// Time of the next death after `t_ms`; with a player, of the next kill or death of his.
pub fn next_death(deaths: &[Death], player: Option<PlayerId>, t_ms: i64) -> Option<i64> {
    let from = deaths.partition_point(|death| death.t_ms <= t_ms);
    deaths[from..]
        .iter()
        .find(|death| concerns(death, player))
        .map(|death| death.t_ms)
}

/// Time of the last death before `t_ms`; with a player, of the last kill or death of his.
pub fn previous_death(deaths: &[Death], player: Option<PlayerId>, t_ms: i64) -> Option<i64> {
    let until = deaths.partition_point(|death| death.t_ms < t_ms);
    deaths[..until]
        .iter()
        .rfind(|death| concerns(death, player))
        .map(|death| death.t_ms)
}

/// Whether a player (or anybody) killed or died in it.
pub fn concerns(death: &Death, player: Option<PlayerId>) -> bool {
    player.is_none_or(|player| death.victim == player || death.killer == Some(player))
}

/// Time of the next sample after `t_ms`, of a player or of anybody.
pub fn next_sample(round: &Round, player: Option<PlayerId>, t_ms: i64) -> Option<i64> {
    let samples = round.samples();
    let next_of = |life: &Life| {
        let nth = life.samples_until(samples, t_ms);
        (nth < life.sample_count()).then(|| i64::from(samples.time_ms[life.sample_index(nth)]))
    };
    lives(round, player).filter_map(next_of).min()
}

/// Time of the last sample before `t_ms`, of a player or of anybody.
pub fn previous_sample(round: &Round, player: Option<PlayerId>, t_ms: i64) -> Option<i64> {
    let samples = round.samples();
    let previous_of = |life: &Life| {
        let nth = life
            .samples_until(samples, t_ms.saturating_sub(1))
            .checked_sub(1)?;
        Some(i64::from(samples.time_ms[life.sample_index(nth)]))
    };
    lives(round, player).filter_map(previous_of).max()
}

fn lives(round: &Round, player: Option<PlayerId>) -> impl Iterator<Item = &Life> {
    let of_one = player.map(|player| round.lives_of(player).iter());
    let of_all = player.is_none().then(|| round.lives().iter());
    let by_id = of_one
        .into_iter()
        .flatten()
        .map(|id: &LifeId| round.life(*id));
    by_id.chain(of_all.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::load::load_demo;

    #[test]
    fn deaths_are_met_in_order_and_once() {
        let demo = load_demo();
        let mut t_ms = i64::MIN;
        let mut met = 0;
        while let Some(next) = next_death(&demo.deaths, None, t_ms) {
            assert!(next > t_ms);
            assert_eq!(previous_death(&demo.deaths, None, next + 1), Some(next));
            t_ms = next;
            met += 1;
        }
        let mut times: Vec<i64> = demo.deaths.iter().map(|death| death.t_ms).collect();
        times.dedup();
        assert_eq!(met, times.len());
        assert_eq!(
            previous_death(&demo.deaths, None, demo.deaths[0].t_ms),
            None
        );
    }

    #[test]
    fn with_a_player_only_his() {
        let demo = load_demo();
        let victim = demo.deaths[0].victim;
        let next = next_death(&demo.deaths, Some(victim), i64::MIN).unwrap();
        assert!(
            demo.deaths
                .iter()
                .any(|death| death.t_ms == next && concerns(death, Some(victim)))
        );
    }

    #[test]
    fn samples_are_stepped_one_by_one_both_ways() {
        let demo = load_demo();
        let player = demo.round.players.ids().next();
        for who in [None, player] {
            let mut times = vec![0];
            for _ in 0..50 {
                times.push(next_sample(&demo.round, who, times[times.len() - 1]).unwrap());
            }
            assert!(times.is_sorted_by(|a, b| a < b));
            for pair in times[1..].windows(2) {
                assert_eq!(previous_sample(&demo.round, who, pair[1]), Some(pair[0]));
            }
        }
        assert_eq!(next_sample(&demo.round, None, i64::MAX), None);
        assert_eq!(previous_sample(&demo.round, None, i64::MIN), None);
    }
}
