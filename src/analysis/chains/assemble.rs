//! Joins deaths to chains.

use super::{Chain, Link, Params};
use crate::analysis::deaths::Death;
use crate::analysis::flags::RowFlags;
use crate::analysis::trades::{self, TradeChance};
use crate::model::{PlayerId, Round, Team};
use std::cmp::Ordering;

/// The trade chains of a round in order of their start.
///
/// `chances` are [`trades::trades`] of `deaths` with the constants `window`. Deaths that neither avenge nor are avenged are in no chain.
pub fn chains(
    round: &Round,
    deaths: &[Death],
    flags: &RowFlags,
    chances: &[TradeChance],
    window: &trades::Params,
    params: &Params,
) -> Vec<Chain> {
    let order = Order::of(round, deaths.len(), chances);
    let mut chain_of = vec![usize::MAX; chances.len()];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Against the order every link is met after the one that avenges it.
    for &chance in order.sorted.iter().rev() {
        let group = if let Some(next) = order.next[chance] {
            chain_of[next]
        } else {
            groups.push(Vec::new());
            groups.len() - 1
        };
        chain_of[chance] = group;
        groups[group].push(chance);
    }
    let longer = groups.into_iter().filter(|group| group.len() > 1);
    let made = longer.map(|mut group| {
        group.reverse();
        let links = links(&group, &order, chances, deaths);
        chain(round, flags, chances, links, window, params)
    });
    let mut all: Vec<Chain> = made.collect();
    all.sort_by_key(|chain| (chain.start_ms, chain.end_ms, chain.links[0].victim));
    all
}

/// Which chance's death avenges which, in an order in which nothing is avenged before it happens.
struct Order {
    /// The chance of the avenging death, per chance.
    next: Vec<Option<usize>>,
    /// All chances by time, of the same time the avenged before the avenging.
    sorted: Vec<usize>,
    /// The place of each chance in it.
    rank: Vec<usize>,
}

impl Order {
    fn of(round: &Round, deaths: usize, chances: &[TradeChance]) -> Self {
        let mut chance_of = vec![None; deaths];
        for (nth, chance) in chances.iter().enumerate() {
            if let Some(place) = chance_of.get_mut(chance.death) {
                *place = Some(nth);
            }
        }
        let next = chances.iter().map(|chance| {
            let is_mutual = chance.own_revenge.is_some_and(|own| own.delay_ms <= 0);
            let revenge = chance.revenge.filter(|_| !is_mutual)?;
            chance_of.get(revenge).copied().flatten()
        });
        let mut order = Self {
            next: next.collect(),
            sorted: (0..chances.len()).collect(),
            rank: vec![0; chances.len()],
        };
        let mut steps = order.steps();
        if steps.contains(&None) {
            order.cut_rings(&steps, |nth| name_key(round, chances[nth].victim));
            steps = order.steps();
        }
        let key = |nth: &usize| (chances[*nth].t_ms, steps[*nth], chances[*nth].victim);
        order.sorted.sort_by_key(key);
        for (rank, nth) in order.sorted.iter().enumerate() {
            order.rank[*nth] = rank;
        }
        order
    }

    /// How many deaths lead to each, on the longest line; `None` on a ring or behind one.
    fn steps(&self) -> Vec<Option<u32>> {
        let mut waiting = vec![0_u32; self.next.len()];
        for next in self.next.iter().flatten() {
            waiting[*next] += 1;
        }
        let mut steps: Vec<Option<u32>> = vec![None; self.next.len()];
        let mut longest = vec![0_u32; self.next.len()];
        let mut ready: Vec<usize> = (0..waiting.len()).filter(|n| waiting[*n] == 0).collect();
        while let Some(nth) = ready.pop() {
            steps[nth] = Some(longest[nth]);
            if let Some(next) = self.next[nth] {
                longest[next] = longest[next].max(longest[nth] + 1);
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    ready.push(next);
                }
            }
        }
        steps
    }

    /// Cuts every ring of deaths of one millisecond at the death whose key is the least.
    fn cut_rings<'a>(&mut self, steps: &[Option<u32>], key: impl Fn(usize) -> (&'a str, &'a str)) {
        // Which walk came by.
        let mut walked = vec![usize::MAX; self.next.len()];
        for start in (0..steps.len()).filter(|nth| steps[*nth].is_none()) {
            let mut at = Some(start);
            while let Some(nth) = at.filter(|nth| walked[*nth] == usize::MAX) {
                walked[nth] = start;
                at = self.next[nth];
            }
            let Some(on_ring) = at.filter(|nth| walked[*nth] == start) else {
                continue;
            };
            let around = std::iter::successors(self.next[on_ring], |nth| {
                self.next[*nth].filter(|_| *nth != on_ring)
            });
            let cut = around.min_by_key(|nth| key(*nth));
            self.next[cut.unwrap_or(on_ring)] = None;
        }
    }
}

fn name_key(round: &Round, player: PlayerId) -> (&str, &str) {
    let player = &round.players[player];
    (round.text(player.guid), round.text(player.name))
}

/// The links of one chain, whose chances are given in order, joined to each other.
fn links(group: &[usize], order: &Order, chances: &[TradeChance], deaths: &[Death]) -> Vec<Link> {
    let made = group.iter().map(|chance| {
        let made_of = &chances[*chance];
        Link::of(*chance, made_of, &deaths[made_of.death])
    });
    let mut links: Vec<Link> = made.collect();
    for nth in 0..links.len() {
        let Some(next) = order.next[links[nth].chance] else {
            continue;
        };
        let rank = order.rank[next];
        let found = group.binary_search_by_key(&rank, |chance| order.rank[*chance]);
        let Ok(by) = found else { continue };
        let t_ms = links[nth].t_ms;
        links[nth].avenged_by = Some(by);
        let avenging = &mut links[by];
        avenging.avenges.push(nth);
        // The latest death comes last.
        avenging.delay_ms = Some(avenging.t_ms - t_ms);
    }
    links
}

fn chain(
    round: &Round,
    flags: &RowFlags,
    chances: &[TradeChance],
    mut links: Vec<Link>,
    window: &trades::Params,
    params: &Params,
) -> Chain {
    let (mut score_revenges, mut score_speed) = (0.0, 0.0);
    for link in links.iter_mut().filter(|link| link.avenged_by.is_some()) {
        let chance = &chances[link.chance];
        let Some(reply) = chance.avenged.or(chance.own_revenge) else {
            continue;
        };
        link.avenger = Some(link.avenger(round, flags, params, reply));
        let slowness = reply.delay_ms as f64 / window.window_ms.max(1) as f64;
        score_revenges += params.per_revenge;
        score_speed += params.for_speed * (1.0 - slowness.clamp(0.0, 1.0));
    }
    let died = |team| links.iter().filter(|l| l.victim_team == Some(team)).count() as u32;
    let (axis_deaths, allies_deaths) = (died(Team::Axis), died(Team::Allies));
    let mut chain = Chain {
        length: 0,
        start_ms: links.first().map_or(0, |link| link.t_ms),
        end_ms: links.last().map_or(0, |link| link.t_ms),
        axis_deaths,
        allies_deaths,
        ahead: match axis_deaths.cmp(&allies_deaths) {
            Ordering::Less => Some(Team::Axis),
            Ordering::Equal => None,
            Ordering::Greater => Some(Team::Allies),
        },
        score_revenges,
        score_speed,
        score: score_revenges + score_speed,
        links,
    };
    chain.length = chain.main_line().len();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(next: &[Option<usize>]) -> Order {
        Order {
            next: next.to_vec(),
            sorted: Vec::new(),
            rank: Vec::new(),
        }
    }

    #[test]
    fn steps_count_the_longest_line() {
        // 0 → 2 → 3, 1 → 3.
        let steps = order(&[Some(2), Some(3), Some(3), None]).steps();
        assert_eq!(steps, [Some(0), Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn rings_are_cut_where_the_name_comes_first() {
        // 0 → 1 → 2 → 0 with 3 leading into it, and 4 ⇄ 5.
        let mut order = order(&[Some(1), Some(2), Some(0), Some(1), Some(5), Some(4)]);
        let steps = order.steps();
        assert_eq!(steps, [None, None, None, Some(0), None, None]);
        let names = ["Carl", "Anna", "Bert", "Dora", "Fred", "Emil"];
        order.cut_rings(&steps, |nth| (names[nth], ""));
        let cut = [Some(1), None, Some(0), Some(1), Some(5), None];
        assert_eq!(order.next, cut);
        assert!(order.steps().iter().all(Option::is_some));
    }
}
