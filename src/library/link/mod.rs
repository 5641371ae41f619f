//! Which stats file belongs to which round, and which two rounds are one match: worked out by [`linking`] and [`matches`] wherever
//! something changed, and written down.

mod known;

pub(super) use known::times;
use known::{KnownRound, Player, ROUND_COLUMNS, known_round, known_rounds, known_stats, players};

use super::error::LibraryError;
use super::{Library, lists};
use crate::analysis::linking::{
    self, Place, PlaceId, RoundCandidate, StatsCandidate, map_key, neighbourhood,
};
use crate::analysis::matches::{self, MatchRound, pair_rounds};
use rusqlite::{Connection, Result, TransactionBehavior};
use rustc_hash::{FxHashMap, FxHashSet};

/// What was changed by linking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relinked {
    /// Rounds looked at.
    pub rounds: usize,
    /// Rounds whose stats file, or the reason for having none, is another now.
    pub links_changed: usize,
    /// Rounds whose match or number in it is another now.
    pub matches_changed: usize,
}

/// A round came, or is about to go.
pub(super) fn note_round(conn: &Connection, id: i64) -> Result<()> {
    let sql = format!("SELECT {ROUND_COLUMNS} FROM proximity_round WHERE id = ?1");
    let found = conn.prepare_cached(&sql)?.query_row([id], known_round);
    match found {
        Ok(round) => note(conn, false, id, &round.map, round.times.local_end_s()),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A stats file came.
pub(super) fn note_stats(conn: &Connection, id: i64) -> Result<()> {
    let place = conn.query_row(
        "SELECT map_name, stamp_local_s FROM rounds WHERE id = ?1",
        [id],
        |row| Ok((row.get::<_, String>(0)?, row.get(1)?)),
    )?;
    note(conn, true, id, &place.0, place.1)
}

fn note(conn: &Connection, is_stats: bool, id: i64, map: &str, local_s: Option<i64>) -> Result<()> {
    let sql =
        "INSERT INTO link_change (is_stats, place, map_name, local_s) VALUES (?1, ?2, ?3, ?4)";
    // Without a time it is near nothing, but has to be given its reason.
    conn.prepare_cached(sql)?
        .execute((is_stats, id, map, local_s.unwrap_or(i64::MIN)))?;
    Ok(())
}

impl Library {
    /// Works out links and matches wherever rounds or stats files came or went since the last time.
    ///
    /// # Errors
    /// Those of the database; nothing is changed then.
    pub fn link(&mut self) -> std::result::Result<Relinked, LibraryError> {
        self.relink_where(false)
    }

    /// Works out all links and matches anew.
    ///
    /// # Errors
    /// Those of the database; nothing is changed then.
    pub fn link_all(&mut self) -> std::result::Result<Relinked, LibraryError> {
        self.relink_where(true)
    }

    fn relink_where(&mut self, everywhere: bool) -> std::result::Result<Relinked, LibraryError> {
        self.check_place()?;
        let Self { conn, path, .. } = self;
        let done = (|| {
            let has_changes = "SELECT EXISTS (SELECT 1 FROM link_change)";
            if !everywhere && !conn.query_row(has_changes, [], |row| row.get::<_, bool>(0))? {
                // Nobody else is kept from writing for nothing.
                return Ok(Relinked::default());
            }
            let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let relinked = relink(&step, everywhere)?;
            step.execute("DELETE FROM link_change", [])?;
            step.commit()?;
            Ok(relinked)
        })();
        done.map_err(|error| LibraryError::of(path, &error))
    }
}

fn relink(conn: &Connection, everywhere: bool) -> Result<Relinked> {
    let changes: Vec<(bool, i64, String, i64)> = conn
        .prepare_cached("SELECT is_stats, place, map_name, local_s FROM link_change")?
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_>>()?;
    if changes.is_empty() && !everywhere {
        return Ok(Relinked::default());
    }
    let rounds = known_rounds(conn)?;
    let stats = known_stats(conn)?;
    let (round_ids, stats_ids, match_ids) = if everywhere {
        let all: FxHashSet<i64> = rounds.iter().map(|round| round.id).collect();
        (all.clone(), stats.iter().map(|file| file.id).collect(), all)
    } else {
        reached(&rounds, &stats, &changes)
    };
    let links_changed = link_stats(conn, &rounds, &stats, &round_ids, &stats_ids)?;
    let matches_changed = pair(conn, &rounds, &match_ids)?;
    Ok(Relinked {
        rounds: round_ids.len(),
        links_changed,
        matches_changed,
    })
}

/// Rounds and stats files to be linked again, and rounds to be paired again.
fn reached(
    rounds: &[KnownRound],
    stats: &[StatsCandidate],
    changes: &[(bool, i64, String, i64)],
) -> (FxHashSet<i64>, FxHashSet<i64>, FxHashSet<i64>) {
    let place = |id, map: &str, local_s: Option<i64>| {
        Some(Place {
            id,
            map_key: map_key(map),
            local_s: local_s?,
        })
    };
    let rounds_at = rounds.iter().filter_map(|round| {
        place(
            PlaceId::Round(round.id),
            &round.map,
            round.times.local_end_s(),
        )
    });
    let stats_at = stats
        .iter()
        .filter_map(|file| place(PlaceId::Stats(file.id), &file.map, file.stamp_local_s));
    let all: Vec<Place> = rounds_at.chain(stats_at).collect();
    let changed = changes.iter().filter_map(|(is_stats, id, map, local_s)| {
        let id = if *is_stats {
            PlaceId::Stats(*id)
        } else {
            PlaceId::Round(*id)
        };
        place(id, map, (*local_s != i64::MIN).then_some(*local_s))
    });
    let changed: Vec<Place> = changed.collect();
    let near = neighbourhood(&all, &changed);
    let mut round_ids: FxHashSet<i64> = near.rounds.into_iter().collect();
    // Rounds without map or time are near nothing; they have a reason all the same.
    round_ids.extend(
        changes
            .iter()
            .filter(|(is_stats, ..)| !is_stats)
            .map(|(_, id, ..)| *id),
    );
    let match_ids = paired_near(rounds, changes);
    (round_ids, near.stats.into_iter().collect(), match_ids)
}

/// Rounds of the chains of rounds (of one map, each beginning soon after the one before) in or next to which something changed.
fn paired_near(rounds: &[KnownRound], changes: &[(bool, i64, String, i64)]) -> FxHashSet<i64> {
    let mut by_map: FxHashMap<String, Vec<(i64, i64, i64)>> = FxHashMap::default();
    for round in rounds {
        if let Some(end) = round.times.local_end_s() {
            let start = round.times.local_start_s().unwrap_or(end);
            by_map
                .entry(map_key(&round.map))
                .or_default()
                .push((start, end, round.id));
        }
    }
    let mut near: FxHashSet<i64> = FxHashSet::default();
    for (map, mut chain) in by_map {
        let changed: Vec<i64> = changes
            .iter()
            .filter(|(is_stats, _, name, _)| !is_stats && map_key(name) == map)
            .map(|change| change.3)
            .collect();
        if changed.is_empty() {
            continue;
        }
        chain.sort_unstable();
        let is_break =
            |a: &(i64, i64, i64), b: &(i64, i64, i64)| b.0 - a.1 > 2 * matches::MOST_GAP_S;
        for links in chain.chunk_by(|a, b| !is_break(a, b)) {
            let from = links[0].0 - 2 * matches::MOST_GAP_S;
            let to =
                links.iter().map(|link| link.1).max().unwrap_or(from) + 2 * matches::MOST_GAP_S;
            if changed.iter().any(|at| (from..=to).contains(at)) {
                near.extend(links.iter().map(|link| link.2));
            }
        }
    }
    near
}

fn link_stats(
    conn: &Connection,
    rounds: &[KnownRound],
    stats: &[StatsCandidate],
    round_ids: &FxHashSet<i64>,
    stats_ids: &FxHashSet<i64>,
) -> Result<usize> {
    let mut candidates = Vec::new();
    for round in rounds.iter().filter(|round| round_ids.contains(&round.id)) {
        candidates.push(RoundCandidate {
            id: round.id,
            map: round.map.clone(),
            number: Some(round.number),
            is_number_disputed: round.is_disputed,
            times: round.times,
            guids: players(conn, round.id)?
                .into_iter()
                .map(|player| player.guid)
                .collect(),
        });
    }
    let mut files: Vec<StatsCandidate> = stats
        .iter()
        .filter(|file| stats_ids.contains(&file.id))
        .cloned()
        .collect();
    for file in &mut files {
        let sql = "SELECT player_guid FROM round_player_stats WHERE round_id = ?1";
        file.guid8s = conn
            .prepare_cached(sql)?
            .query_map([file.id], |row| row.get(0))?
            .collect::<Result<_>>()?;
    }
    let sql = "UPDATE proximity_round SET round_id = ?2, round_link_source = ?3, round_link_reason = ?4, round_link_score = ?5, \
               round_linked_at = ?6 WHERE id = ?1 AND (round_id IS NOT ?2 OR round_link_reason IS NOT ?4 OR round_link_score IS NOT ?5)";
    let mut write = conn.prepare_cached(sql)?;
    let (mut changed, now) = (0, super::files::now());
    for link in linking::link(&candidates, &files).rounds {
        let source = link.stats_id.map(|_| "stats_file");
        let score = link.score.as_ref().map(lists::json);
        changed += write.execute((
            link.round_id,
            link.stats_id,
            source,
            link.reason.code(),
            score,
            &now,
        ))?;
    }
    Ok(changed)
}

fn pair(conn: &Connection, rounds: &[KnownRound], ids: &FxHashSet<i64>) -> Result<usize> {
    let mut candidates = Vec::new();
    for round in rounds.iter().filter(|round| ids.contains(&round.id)) {
        candidates.push(MatchRound {
            id: round.id,
            map: round.map.clone(),
            number: round.claimed_number,
            is_number_disputed: round.is_disputed,
            times: round.times,
            players: players(conn, round.id)?
                .into_iter()
                .map(Player::side)
                .collect(),
        });
    }
    let pairing = pair_rounds(&candidates);
    let mut found: FxHashMap<i64, (i64, Option<i64>)> = FxHashMap::default();
    for pair in &pairing.pairs {
        found.insert(pair.first, (pair.first, None));
        found.insert(pair.second, (pair.first, None));
    }
    for correction in &pairing.corrections {
        if let Some(entry) = found.get_mut(&correction.round_id) {
            entry.1 = Some(correction.to);
        }
    }
    let sql = "UPDATE proximity_round SET match_id = ?2, paired_number = ?3 \
               WHERE id = ?1 AND (match_id IS NOT ?2 OR paired_number IS NOT ?3)";
    let mut write = conn.prepare_cached(sql)?;
    let mut changed = 0;
    for id in ids {
        let entry = found.get(id);
        changed += write.execute((
            id,
            entry.map(|entry| entry.0),
            entry.and_then(|entry| entry.1),
        ))?;
    }
    Ok(changed)
}
