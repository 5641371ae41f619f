//! Walking a round's samples or events past a filter into whatever counts them: a grid, or the list behind one cell. Both see the same.

use super::super::deaths::Death;
use super::super::flags::RowFlags;
use super::company::{Mates, Stand};
use super::events::{self, Event};
use super::filter::{RoundFilter, all_of};
use super::grid::{At, cell_of};
use super::track::Track;
use super::{Filter, Kind, Params};
use crate::model::{Life, LifeId, PlayerId, Round};

/// One round of a set, with what follows from it: see the module's head for what must be reckoned once and kept.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The round.
    pub round: &'a Round,
    /// Its [`super::super::deaths::deaths`].
    pub deaths: &'a [Death],
    /// Its [`RowFlags::of`].
    pub flags: &'a RowFlags,
}

/// What is counted of one sample or event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) t_ms: i64,
    /// For a sample, until when it holds.
    pub(super) until_ms: i64,
    pub(super) sum: i64,
    /// Row of `ENGAGEMENTS`.
    pub(super) engagement: Option<u32>,
}

impl Taken {
    pub(super) fn event(t_ms: i64, engagement: Option<u32>) -> Self {
        Self {
            t_ms,
            until_ms: t_ms,
            sum: 1,
            engagement,
        }
    }
}

/// Why something that may belong to the set is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// The file does not tell what the filter asks for.
    Undecided,
    /// The file gives no place.
    WithoutPlace,
}

/// What takes samples and events. Everything of one round and, in it, of one life comes in one go.
pub(super) trait Sink {
    fn begin_round(&mut self);
    /// Also called for the events of a player without any life.
    fn begin_life(&mut self, life: Option<u32>, player: Option<PlayerId>);
    fn take(&mut self, at: At, taken: Taken);
    fn leave(&mut self, why: Left, n: u64);
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) kind: Kind,
    pub(super) filter: &'a Filter,
    /// With a size of cells that [`super::grid::kept_size`] gave.
    pub(super) params: &'a Params,
}

/// Walks one round.
pub(super) fn walk(source: &Source<'_>, asked: Asked<'_>, sink: &mut impl Sink) {
    sink.begin_round();
    let alone = asked.filter.alone;
    let walk = Walk {
        source,
        params: asked.params,
        filter: RoundFilter::new(asked.filter, source.round),
        mates: alone.map(|_| Mates::new(source.round, source.flags, asked.params)),
    };
    if asked.kind == Kind::Movement {
        for (life, index) in source.round.lives().iter().zip(0..) {
            walk.life(life, index, sink);
        }
    } else {
        walk.events(events::of_kind(source, asked.kind), sink);
    }
}

struct Walk<'a> {
    source: &'a Source<'a>,
    params: &'a Params,
    filter: RoundFilter<'a>,
    /// Only where company is asked for.
    mates: Option<Mates<'a>>,
}

impl Walk<'_> {
    /// The samples of a life.
    fn life(&self, life: &Life, index: u32, sink: &mut impl Sink) {
        let round = self.source.round;
        let samples = round.samples();
        let takes = self
            .filter
            .takes_life(Some(life.player), life.team, life.class);
        if takes == Some(false) {
            return;
        }
        // Samples are in order of time, so the range asked for is one of samples.
        let until = |t_ms: i64| life.samples_until(samples, t_ms.saturating_sub(1));
        let range = self.filter.filter.time_ms;
        let (first, last) = range.map_or((0, life.sample_count()), |(from, to)| {
            (until(from), until(to))
        });
        let track = Track::of(round, self.source.flags, life);
        let near = self.company_of(life, &track, (first, last));
        if takes.is_none() || (near.is_none() && self.mates.is_some()) {
            sink.leave(Left::Undecided, last.saturating_sub(first) as u64);
            return;
        }
        let wants_near = self.filter.filter.alone == Some(false);
        let longest_ms = 2 * round.cadence_ms();
        sink.begin_life(Some(index), Some(life.player));
        track.held(life, longest_ms, (first, last), |held| {
            let [x, y, z] = held.place;
            let company = near
                .as_ref()
                .is_none_or(|near| near[held.nth - first] == wants_near);
            if company && self.filter.takes_height(z) {
                let taken = Taken {
                    t_ms: held.t_ms,
                    until_ms: held.t_ms + held.ms,
                    sum: held.ms,
                    engagement: None,
                };
                sink.take(cell_of(x, y, self.params.size_u), taken);
            }
        });
    }

    /// Per sample whether a team mate was near, where that is asked for and the team is known.
    fn company_of(
        &self,
        life: &Life,
        track: &Track<'_>,
        (first, last): (usize, usize),
    ) -> Option<Vec<bool>> {
        let (mates, team) = (self.mates.as_ref()?, life.team?);
        let stand = |nth: usize| {
            let place = [track.x[nth], track.y[nth], track.z[nth]];
            (i64::from(track.time_ms[nth]), place)
        };
        let stands: Vec<Stand> = (first..last).map(stand).collect();
        Some(mates.near(life.player, team, &stands))
    }

    /// Events, life by life.
    fn events(&self, events: Vec<Event>, sink: &mut impl Sink) {
        let in_time = events
            .into_iter()
            .filter(|event| self.filter.takes_time(event.t_ms));
        let mut of_lives: Vec<(Option<u32>, Event)> =
            in_time.map(|event| (self.life_of(&event), event)).collect();
        // Stable: what happens at one moment stays in the order of the rows.
        of_lives.sort_by_key(|(life, event)| (event.player, *life, event.t_ms));
        let same = |a: &(Option<u32>, Event), b: &(Option<u32>, Event)| {
            (a.1.player, a.0) == (b.1.player, b.0)
        };
        for group in of_lives.chunk_by(same) {
            let (life, event) = &group[0];
            sink.begin_life(*life, event.player);
            let near = self.company_at(group);
            for (nth, (life, event)) in group.iter().enumerate() {
                let near = near.as_ref().and_then(|near| near[nth]);
                self.event(*life, event, near, sink);
            }
        }
    }

    /// The life he is in, or had last.
    fn life_of(&self, event: &Event) -> Option<u32> {
        let round = self.source.round;
        let lives = round.lives_of(event.player?);
        let begun = lives.partition_point(|id| round.life(*id).start_ms <= event.t_ms);
        event.life.or_else(|| Some(lives[begun.checked_sub(1)?].0))
    }

    /// Per event of one player whether a team mate was near; `None` inside where it cannot be told, outside where it is not asked for.
    fn company_at(&self, group: &[(Option<u32>, Event)]) -> Option<Vec<Option<bool>>> {
        let mates = self.mates.as_ref()?;
        let mut answers = vec![None; group.len()];
        let Some(player) = group[0].1.player else {
            return Some(answers);
        };
        if self.source.round.samples().is_empty() {
            return Some(answers);
        }
        let standing = |team| {
            let of_team = group.iter().enumerate();
            of_team.filter_map(move |(nth, (_, event))| {
                let stood = event.stood.filter(|_| event.team == Some(team))?;
                Some((nth, (event.t_ms, stood)))
            })
        };
        for team in crate::model::Team::SIDES {
            let (nths, stands): (Vec<usize>, Vec<Stand>) = standing(team).unzip();
            let near = mates.near(player, team, &stands);
            for (nth, near) in nths.into_iter().zip(near) {
                answers[nth] = Some(near);
            }
        }
        Some(answers)
    }

    fn event(&self, life: Option<u32>, event: &Event, near: Option<bool>, sink: &mut impl Sink) {
        let class = life.and_then(|life| self.source.round.life(LifeId(life)).class);
        let company = match self.filter.filter.alone {
            None => Some(true),
            Some(alone) => near.map(|near| near != alone),
        };
        let height = event
            .place
            .is_none_or(|[.., z]| self.filter.takes_height(z));
        let answer = all_of(&[
            self.filter.takes_life(event.player, event.team, class),
            company,
            Some(height),
        ]);
        match (answer, event.place) {
            (Some(false), _) => {}
            (None, _) => sink.leave(Left::Undecided, 1),
            (Some(true), None) => sink.leave(Left::WithoutPlace, 1),
            (Some(true), Some([x, y, _])) => {
                let at = cell_of(x, y, self.params.size_u);
                sink.take(at, Taken::event(event.t_ms, event.engagement));
            }
        }
    }
}
