//! Trade chains, their rates and the other definitions of a trade: scenes worked out by hand, and rules that real files keep.

#[path = "support/story.rs"]
mod story;
mod support;

use sandtable::analysis::chains::file_rows::{self, FileRows, WhyFileOnly, WhyOursOnly, file_rows};
use sandtable::analysis::chains::rates::{Rate, Rates, rates};
use sandtable::analysis::chains::reference_events::{WhyReferenceOnly, reference_events};
use sandtable::analysis::chains::{self, Chain, chains};
use sandtable::analysis::deaths::{Death, DeathKind, deaths};
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::reference::{ReferenceRound, trades as reference_trades};
use sandtable::analysis::trades::{self, TradeChance};
use sandtable::model::{Capability, PlayerId, Provenance, Round, Team, format};
use std::collections::BTreeMap;
use story::{Story, guid};

const AXIS: &str = "AXIS";
const ALLIES: &str = "ALLIES";

/// Everything about trades in a round.
struct Made {
    round: Round,
    deaths: Vec<Death>,
    flags: RowFlags,
    chances: Vec<TradeChance>,
    chains: Vec<Chain>,
    rates: Rates,
}

fn made(round: Round) -> Made {
    let deaths = deaths(&round);
    let flags = RowFlags::of(&round, &deaths);
    let window = trades::Params::default();
    let chances = trades::trades(&round, &deaths, &flags, &window);
    let params = chains::Params::default();
    Made {
        chains: chains(&round, &deaths, &flags, &chances, &window, &params),
        rates: rates(&round, &chances),
        round,
        deaths,
        flags,
        chances,
    }
}

impl Made {
    fn name(&self, player: PlayerId) -> &str {
        &self.round.players[player].plain_name
    }

    fn id(&self, name: &str) -> PlayerId {
        let mut ids = self.round.players.ids();
        ids.find(|id| self.name(*id) == name).expect("a player")
    }

    fn file(&self) -> FileRows {
        let (window, params) = (trades::Params::default(), file_rows::Params::default());
        file_rows(&self.round, &self.deaths, &self.chances, &window, &params)
    }
}

/// Somebody at one place, with a point every second.
fn stays(story: &mut Story, player: (&str, &str), (from, to): (i64, i64), place: (i64, i64)) {
    let mut points: Vec<_> = (from..to)
        .step_by(1000)
        .map(|t| (t, place.0, place.1))
        .collect();
    points.push((to, place.0, place.1));
    story.life(player, &points, "killed");
}

/// One shot, half a second long, that kills.
fn kill(story: &mut Story, victim: (&str, &str), t: i64, place: (i64, i64), by: (&str, &str)) {
    let hits = [(by.0, by.1, 100, t - 500, t, true)];
    story.engagement(victim, (t - 500, t), "killed", place, &hits);
}

/// Bert kills Anna (5 s) and Arno (6 s); Alma kills him for both (6.5 s), and Bea her for him (8 s). Much later Bill kills Anna, who is alone;
/// Bea kills Arno, whose grenade kills her a second after, and hers Alma; Anna and Bill kill each other.
fn yard() -> Story {
    let mut story = Story::default();
    let [anna, arno, alma] = [("Anna", AXIS), ("Arno", AXIS), ("Alma", AXIS)];
    let [bert, bea, bill] = [("Bert", ALLIES), ("Bea", ALLIES), ("Bill", ALLIES)];
    stays(&mut story, anna, (0, 5000), (0, 0));
    stays(&mut story, arno, (0, 6000), (100, 0));
    stays(&mut story, alma, (0, 8000), (200, 0));
    stays(&mut story, bert, (0, 6500), (300, 400));
    stays(&mut story, bea, (0, 31_000), (900, 0));
    stays(&mut story, bill, (0, 40_000), (2000, 0));
    stays(&mut story, anna, (15_000, 20_000), (0, 0));
    stays(&mut story, arno, (15_000, 30_000), (0, 3000));
    stays(&mut story, alma, (15_000, 31_500), (0, 6000));
    stays(&mut story, anna, (35_000, 40_000), (2000, 100));
    kill(&mut story, anna, 5000, (0, 0), bert);
    kill(&mut story, arno, 6000, (100, 0), bert);
    let hits = [
        ("Arno", AXIS, 30, 5200, 5800, false),
        ("Alma", AXIS, 100, 5500, 6500, true),
    ];
    story.engagement(bert, (5200, 6500), "killed", (300, 400), &hits);
    kill(&mut story, alma, 8000, (200, 0), bea);
    kill(&mut story, anna, 20_000, (0, 0), bill);
    kill(&mut story, arno, 30_000, (0, 3000), bea);
    kill(&mut story, bea, 31_000, (900, 0), arno);
    kill(&mut story, alma, 31_500, (0, 6000), bea);
    kill(&mut story, anna, 40_000, (2000, 100), bill);
    kill(&mut story, bill, 40_000, (2000, 0), anna);
    // Bert stood 1200 u above her.
    let row = format!(
        "5000;kill;{};Bert;ALLIES;SOLDIER;{};Anna;AXIS;MEDIC;300;400;1200;0;0;0;8;9",
        guid("Bert"),
        guid("Anna")
    );
    story.sections.push(("COMBAT_POSITIONS", vec![row]));
    story
}

#[test]
fn a_chain_links_what_avenges_what() {
    let made = made(yard().round());
    assert_eq!(
        made.chains.len(),
        2,
        "mutual kills and lone deaths are none"
    );
    let chain = &made.chains[0];
    let links: Vec<_> = chain
        .links
        .iter()
        .map(|link| {
            let names = (made.name(link.victim), made.name(link.killer));
            (link.t_ms, names, link.avenged_by, link.delay_ms)
        })
        .collect();
    assert_eq!(
        links,
        [
            (5000, ("Anna", "Bert"), Some(2), None),
            (6000, ("Arno", "Bert"), Some(2), None),
            (6500, ("Bert", "Alma"), Some(3), Some(500)),
            (8000, ("Alma", "Bea"), None, Some(1500)),
        ]
    );
    assert_eq!(chain.links[2].avenges, [0, 1], "both hang on the one kill");
    assert_eq!((chain.length, chain.revenges()), (3, 3));
    assert_eq!(chain.main_line(), [1, 2, 3]);
    assert_eq!((chain.start_ms, chain.end_ms), (5000, 8000));
    assert_eq!((chain.axis_deaths, chain.allies_deaths), (3, 1));
    assert_eq!(chain.ahead, Some(Team::Allies));
    assert_eq!(chain.score_revenges, 3.0);
    let speed = 0.5 + (1.0 - 500.0 / 3000.0) + 0.5;
    assert!((chain.score_speed - speed).abs() < 1e-12);
    assert_eq!(chain.score, chain.score_revenges + chain.score_speed);
}

#[test]
fn a_link_knows_who_was_where() {
    let made = made(yard().round());
    let [anna, arno, bert, alma] = made.chains[0].links.as_slice() else {
        panic!("four links")
    };
    let distance = anna.kill_distance.unwrap();
    assert_eq!((distance.flat_u, distance.space_u), (500.0, 1300.0));
    assert_eq!(anna.killer_pos, Some([300.0, 400.0, 1200.0]));
    let near = |link: &chains::Link| -> Vec<(String, f32, [f32; 3])> {
        let mates = link.near.iter();
        mates
            .map(|mate| (made.name(mate.player).to_owned(), mate.distance_u, mate.pos))
            .collect()
    };
    let at = |name: &str, u, x| (name.to_owned(), u, [x, 0.0, 0.0]);
    assert_eq!(
        near(anna),
        [at("Arno", 100.0, 100.0), at("Alma", 200.0, 200.0)]
    );
    assert_eq!(near(arno), [at("Alma", 100.0, 200.0)], "Anna is dead");
    assert_eq!(bert.near.len(), 1, "Bea, 721 u away");
    assert!((bert.near[0].distance_u - 721.11).abs() < 0.01);
    assert!(alma.near.is_empty());
    let avenger = anna.avenger.unwrap();
    assert_eq!(
        (made.name(avenger.player), avenger.delay_ms),
        ("Alma", 1500)
    );
    assert!(!avenger.was_already_shooting && !avenger.is_victim);
    assert_eq!(avenger.pos, Some([200.0, 0.0, 0.0]));
    assert_eq!(avenger.to_victim.unwrap().space_u, 200.0);
    let to_killer = avenger.to_killer.unwrap();
    assert!((to_killer.flat_u - 412.31).abs() < 0.01);
    assert!((to_killer.space_u - 1268.86).abs() < 0.01);
    assert!(arno.avenger.unwrap().was_already_shooting);
    assert_eq!(alma.kill_distance.unwrap().flat_u, 700.0, "Bea to Alma");
    assert_eq!(alma.avenger, None);
}

#[test]
fn the_dead_avenge_themselves_and_are_no_chance() {
    let made = made(yard().round());
    let chain = &made.chains[1];
    assert_eq!(
        (chain.length, chain.start_ms, chain.end_ms),
        (2, 30_000, 31_000)
    );
    let avenger = chain.links[0].avenger.unwrap();
    assert!(avenger.is_victim && avenger.pos.is_none());
    assert_eq!(chain.ahead, None, "one each");
    let chance = |t_ms, victim: &str| {
        let found = |c: &&TradeChance| c.t_ms == t_ms && made.name(c.victim) == victim;
        made.chances.iter().find(found).unwrap()
    };
    let arno = chance(30_000, "Arno");
    assert_eq!(arno.own_revenge.unwrap().delay_ms, 1000);
    assert!(arno.avenged.is_none() && !arno.is_killer_dead);
    assert!(chance(31_000, "Bea").is_killer_dead, "Arno was");
    assert!(chance(31_500, "Alma").is_killer_dead, "Bea was");
    for name in ["Anna", "Bill"] {
        let mutual = chance(40_000, name);
        assert_eq!(mutual.own_revenge.unwrap().delay_ms, 0);
        assert!(!mutual.is_killer_dead && !mutual.is_missed());
    }
}

fn rate(n: u32, of: u32) -> Rate {
    Rate { n, of }
}

#[test]
fn rates_of_players_duos_and_teams() {
    let made = made(yard().round());
    let of = |name: &str| &made.rates.players[made.id(name).index()];
    let anna = &of("Anna").as_victim;
    assert_eq!((anna.deaths, anna.by_the_dead), (3, 0));
    assert_eq!((anna.avenged, anna.own_revenge), (rate(1, 3), rate(1, 3)));
    assert_eq!(
        (anna.with_mate_near, anna.isolated),
        (rate(1, 3), rate(2, 3))
    );
    assert_eq!(
        (anna.tried, anna.avenged_when_near),
        (rate(1, 1), rate(1, 1))
    );
    assert_eq!((anna.missed, anna.missed.rate()), (rate(0, 1), Some(0.0)));
    let alma = &of("Alma").as_mate;
    assert_eq!((alma.tried, alma.avenged), (rate(2, 2), rate(2, 2)));
    assert_eq!((alma.idle, alma.missed), (rate(0, 2), rate(0, 2)));
    assert_eq!(alma.delays.all_ms, [500, 1500]);
    let arno = &of("Arno").as_mate;
    assert_eq!(
        (arno.tried, arno.avenged, arno.idle),
        (rate(1, 1), rate(0, 1), rate(0, 1))
    );
    let bert = &of("Bert").as_killer;
    assert_eq!((bert.kills, bert.was_avenged), (2, rate(2, 2)));
    assert_eq!(
        (bert.delays.mean_ms(), bert.delays.median_ms()),
        (Some(1000.0), Some(1000.0))
    );
    let bea = &of("Bea").as_killer;
    assert_eq!((bea.kills, bea.when_dead), (3, 1));
    assert_eq!(
        (bea.was_avenged, bea.by_the_victim),
        (rate(0, 2), rate(1, 2))
    );
    assert_eq!(of("Bill").as_mate.tried.rate(), None, "never near");

    let duos = made.rates.duos.iter();
    let duos: BTreeMap<_, _> = duos
        .map(|duo| {
            (
                (made.name(duo.mate), made.name(duo.victim)),
                duo.rates.avenged,
            )
        })
        .collect();
    let expected = [
        (("Alma", "Anna"), rate(1, 1)),
        (("Alma", "Arno"), rate(1, 1)),
        (("Arno", "Anna"), rate(0, 1)),
        (("Bea", "Bert"), rate(1, 1)),
    ];
    assert_eq!(duos, BTreeMap::from(expected));
    assert_eq!(made.rates.pairs.len(), 4);

    let [axis, allies] = made.rates.teams.as_slice() else {
        panic!("two teams")
    };
    assert_eq!((axis.as_victim.deaths, axis.as_victim.by_the_dead), (7, 1));
    assert_eq!(
        (axis.as_victim.avenged, axis.as_victim.own_revenge),
        (rate(2, 6), rate(2, 6))
    );
    assert_eq!(
        (allies.as_victim.deaths, allies.as_victim.avenged),
        (3, rate(1, 2))
    );
    assert_eq!(allies.as_killer.was_avenged, axis.as_victim.avenged);
}

/// Two halves of an evening are the whole: counts and delays add up.
#[test]
fn rates_of_rounds_add_up() {
    let made = made(yard().round());
    let player = &made.rates.players[made.id("Alma").index()];
    let mut twice = player.clone();
    twice.add(player);
    assert_eq!(twice.as_mate.avenged, rate(4, 4));
    assert_eq!(twice.as_mate.delays.all_ms, [500, 500, 1500, 1500]);
    assert_eq!(twice.as_victim.deaths, 2 * player.as_victim.deaths);
    assert_eq!(twice.as_killer.kills, 2 * player.as_killer.kills);
}

/// Both directions of a duo make its pair.
#[test]
fn pairs_are_both_directions() {
    let mut story = Story::default();
    let [anna, arno, bert] = [("Anna", AXIS), ("Arno", AXIS), ("Bert", ALLIES)];
    stays(&mut story, anna, (0, 5000), (0, 0));
    stays(&mut story, arno, (0, 20_000), (100, 0));
    stays(&mut story, anna, (10_000, 30_000), (0, 0));
    kill(&mut story, anna, 5000, (0, 0), bert);
    kill(&mut story, arno, 20_000, (100, 0), bert);
    let made = made(story.round());
    assert!(made.chances.iter().all(TradeChance::is_missed));
    let [pair] = made.rates.pairs.as_slice() else {
        panic!("one pair")
    };
    assert_eq!(
        (pair.rates.missed, pair.rates.idle),
        (rate(2, 2), rate(2, 2))
    );
    assert_eq!(made.rates.duos.len(), 2);
    assert!(
        made.rates
            .duos
            .iter()
            .all(|duo| duo.rates.missed == rate(1, 1))
    );
}

fn trade_row(times: (i64, i64), victim: &str, killer: &str, trader: &str) -> String {
    let (died, avenged) = times;
    let [v, k, t] = [victim, killer, trader].map(guid);
    format!(
        "{died};{avenged};{};{v};{victim};{k};{killer};{t};{trader}",
        avenged - died
    )
}

#[test]
fn rows_of_the_file_match_one_to_one() {
    let mut story = yard();
    let rows = vec![
        trade_row((6000, 6525), "Arno", "Bert", "Alma"),
        trade_row((6500, 8000), "Bert", "Alma", "Bea"),
        trade_row((30_000, 31_000), "Arno", "Bea", "Arno"),
        trade_row((6500, 8100), "Bert", "Alma", "Bea"),
        trade_row((6500, 8000), "Bert", "Alma", "Nobody"),
        trade_row((20_000, 22_000), "Anna", "Bill", "Arno"),
        trade_row((25_000, 31_000), "Anna", "Bea", "Arno"),
        trade_row((8000, 6500), "Alma", "Bert", "Alma"),
        trade_row((6500, 8000), "Bert", "Alma", "Bill"),
    ];
    story.sections.push(("TRADE_KILLS", rows));
    let made = made(story.round());
    let file = made.file();
    assert_eq!(
        (file.capability, file.window_ms),
        (Capability::Enabled, 3000)
    );
    let compared = file.compared.unwrap();
    let matched: Vec<_> = compared
        .matched
        .iter()
        .map(|pair| {
            let chance = &made.chances[pair.chance];
            (
                pair.row,
                made.name(chance.victim),
                pair.revenge_off_ms,
                pair.is_own_revenge,
            )
        })
        .collect();
    let expected = [
        (0, "Arno", 25, false),
        (1, "Bert", 0, false),
        (2, "Arno", 0, true),
    ];
    assert_eq!(matched, expected);
    let left: Vec<_> = compared
        .file_only
        .iter()
        .map(|row| (row.row, row.why))
        .collect();
    let expected = [
        (3, WhyFileOnly::Duplicate),
        (4, WhyFileOnly::UnknownPlayer),
        (5, WhyFileOnly::NoSuchRevenge),
        (6, WhyFileOnly::NoSuchDeath),
        (7, WhyFileOnly::KillerDiffers),
        (8, WhyFileOnly::AvengerDiffers),
    ];
    assert_eq!(left, expected);
    let ours = compared.ours_only.iter();
    let ours: Vec<_> = ours
        .map(|left| (made.chances[left.chance].t_ms, left.why))
        .collect();
    let expected = [
        (5000, WhyOursOnly::LatestOnly),
        (40_000, WhyOursOnly::SameMoment),
        (40_000, WhyOursOnly::SameMoment),
    ];
    assert_eq!(ours, expected);
}

/// No section says nothing; a heading says it was on, a header that it was off.
#[test]
fn a_missing_section_is_not_an_empty_one() {
    let file = made(yard().round()).file();
    assert_eq!(
        (file.capability, file.compared),
        (Capability::Unknown, None)
    );
    let read = |text: String| {
        let document = format::read(text.as_bytes()).unwrap();
        made(Round::build(document, Provenance::default())).file()
    };
    let off = "# map=nowhere\n# capabilities=trade_kills:0\n";
    let file = read(yard().text().replace("# map=nowhere\n", off));
    assert_eq!(
        (file.capability, file.compared),
        (Capability::Disabled, None)
    );
    let file = read(yard().text() + "\n# TRADE_KILLS\n# columns\n\n# REVIVES\n# columns\n");
    assert_eq!(file.capability, Capability::Enabled);
    assert_eq!(file.compared.unwrap().ours_only.len(), 6);
}

#[test]
fn the_reference_finds_the_same_trades() {
    let mut story = yard();
    let bill = ("Bill", ALLIES);
    kill(&mut story, bill, 45_000, (2000, 0), bill);
    let made = made(story.round());
    let view = ReferenceRound::new(&made.round, &made.flags);
    let events = reference_trades::trades(&view, &reference_trades::Params::default());
    let agreement = reference_events(&made.round, &made.deaths, &made.chances, &events).unwrap();
    assert_eq!((agreement.both, agreement.both_own_revenge), (6, 3));
    let self_kill = BTreeMap::from([(WhyReferenceOnly::SelfKill, 1)]);
    assert_eq!(agreement.reference_only, self_kill, "avenged by himself");
    assert!(agreement.ours_only.is_empty());
}

/// What is said of a death does not change with what is sampled after it.
#[test]
fn nothing_looks_ahead() {
    let scene = |later: (i64, i64)| {
        let mut story = Story::default();
        let [anna, arno, bert] = [("Anna", AXIS), ("Arno", AXIS), ("Bert", ALLIES)];
        stays(&mut story, anna, (0, 5100), (0, 0));
        let mut points: Vec<_> = (0..=5).map(|n| (n * 1000, 300, 0)).collect();
        points.extend([(5200, later.0, later.1), (9000, later.0, later.1)]);
        story.life(arno, &points, "round_end");
        stays(&mut story, bert, (0, 6000), (0, 500));
        kill(&mut story, anna, 5100, (0, 0), bert);
        kill(&mut story, bert, 6000, (0, 500), arno);
        let made = made(story.round());
        let link = made.chains[0].links[0].clone();
        (link.near, link.avenger, made.chances[0].nearest_u)
    };
    let (near, avenger, nearest_u) = scene((0, 0));
    assert_eq!(scene((9000, 9000)), (near.clone(), avenger, nearest_u));
    assert_eq!((near[0].distance_u, near[0].age_ms), (300.0, 100));
    assert_eq!(avenger.unwrap().pos, Some([300.0, 0.0, 0.0]));
}

/// All of a round by names, in an order that has nothing to do with ids.
fn by_names(story: &Story) -> Vec<String> {
    let made = made(story.round());
    let mut all: Vec<String> = Vec::new();
    for chain in &made.chains {
        let links = chain.links.iter();
        let mut links: Vec<String> = links
            .map(|link| {
                let near: Vec<_> = link.near.iter().map(|m| made.name(m.player)).collect();
                let avenger = link
                    .avenger
                    .map(|a| (made.name(a.player).to_owned(), a.pos));
                let names = (made.name(link.victim), made.name(link.killer));
                format!(
                    "{} {names:?} {near:?} {avenger:?} {:?}",
                    link.t_ms, link.delay_ms
                )
            })
            .collect();
        links.sort();
        all.push(format!("{} {} {links:?}", chain.length, chain.score));
    }
    for (id, rates) in made.round.players.ids().zip(&made.rates.players) {
        all.push(format!("{} {rates:?}", made.name(id)));
    }
    for duo in &made.rates.duos {
        let names = (made.name(duo.mate), made.name(duo.victim));
        all.push(format!("{names:?} {:?}", duo.rates));
    }
    all.push(format!("{:?}", made.rates.teams));
    all.sort();
    all
}

#[test]
fn row_order_changes_nothing() {
    let straight = yard();
    let mut turned = straight.clone();
    turned.engagements.reverse();
    turned.tracks.reverse();
    assert_eq!(by_names(&straight), by_names(&turned));
}

#[test]
fn nothing_gives_nothing() {
    let empty = made(Story::default().round());
    assert!(empty.chains.is_empty() && empty.rates.players.is_empty());
    assert_eq!(empty.rates.teams[0].as_victim.avenged.rate(), None);
    let mut story = yard();
    story.tracks.clear();
    let made = made(story.round());
    assert_eq!(made.chains.len(), 2, "deaths are enough");
    assert!(made.chains[0].links.iter().all(|link| link.near.is_empty()));
    let anna = &made.rates.players[made.id("Anna").index()].as_victim;
    assert_eq!(anna.isolated.rate(), None, "nobody knows who was near");
    assert_eq!(
        (anna.avenged, anna.with_mate_near),
        (rate(1, 3), rate(0, 0))
    );
}

/// The farthest coordinates and times a file can hold give finite numbers.
#[test]
fn absurd_numbers_stay_finite() {
    let mut story = yard();
    for row in &mut story.tracks {
        *row = row.replace(",200.0,", ",3e38,");
    }
    story.engagements[1] = story.engagements[1].replace(";100.0;", ";-3e38;");
    let made = made(story.round());
    let arno = &made.chains[0].links[1];
    assert_eq!(arno.victim_pos.unwrap()[0], -3e38);
    let avenger = arno.avenger.unwrap();
    assert_eq!(avenger.pos.unwrap()[0], 3e38);
    assert_eq!(avenger.to_victim.unwrap().space_u, f32::MAX);
    let chance = &made.chances[arno.chance];
    assert_eq!(chance.nearest_u, Some(f32::MAX));
    assert!(chance.near.is_empty() && chance.is_isolated);

    let mut story = Story::default();
    let last = 1_i64 << 53;
    kill(
        &mut story,
        ("Anna", AXIS),
        500 - last,
        (0, 0),
        ("Bert", ALLIES),
    );
    kill(&mut story, ("Bert", ALLIES), last, (0, 0), ("Arno", AXIS));
    let made = self::made(story.round());
    assert_eq!((made.chances.len(), made.chains.len()), (2, 0));
}

/// Four who kill each other in one millisecond, in a ring.
#[test]
fn a_ring_of_one_moment_is_a_chain() {
    let mut story = Story::default();
    let [anna, arno] = [("Anna", AXIS), ("Arno", AXIS)];
    let [bert, bea] = [("Bert", ALLIES), ("Bea", ALLIES)];
    // Anna by Bert, Bert by Arno, Arno by Bea, Bea by Anna.
    for (victim, by) in [(anna, bert), (bert, arno), (arno, bea), (bea, anna)] {
        kill(&mut story, victim, 5000, (0, 0), by);
    }
    let made = made(story.round());
    assert_eq!(made.chains.len(), 1);
    assert_eq!((made.chains[0].length, made.chains[0].revenges()), (4, 3));
    let last = made.chains[0].links.last().unwrap();
    assert_eq!(
        made.name(last.victim),
        "Anna",
        "the first name is where it is cut"
    );
}

fn files() -> Vec<std::path::PathBuf> {
    let mut files = support::rounds();
    files.extend(support::files("assets/demo"));
    files
}

/// In every real file: links in order, delays within the window, every avenged death in exactly one chain, sums that are sums.
#[test]
fn rules_that_real_files_keep() {
    let window = trades::Params::default();
    let (mut chains, mut matched) = (0, 0);
    for path in files() {
        let made = made(support::round(&path));
        let mut seen = vec![0; made.chances.len()];
        for chain in &made.chains {
            chains += 1;
            assert!(chain.links.len() >= 2 && chain.length >= 2);
            assert!(chain.links.is_sorted_by_key(|link| link.t_ms));
            assert!((chain.score - chain.score_revenges - chain.score_speed).abs() < 1e-9);
            assert_eq!(chain.main_line().len(), chain.length);
            for (nth, link) in chain.links.iter().enumerate() {
                seen[link.chance] += 1;
                assert!(link.avenges.iter().all(|from| *from < nth));
                let delay_ms = link.delay_ms.unwrap_or(0);
                assert!((0..=window.window_ms).contains(&delay_ms));
                let Some(by) = link.avenged_by else {
                    assert!(link.avenger.is_none() && nth + 1 == chain.links.len());
                    continue;
                };
                let by = &chain.links[by];
                assert!(by.avenges.contains(&nth));
                assert_eq!(by.victim, link.killer);
                assert_eq!(link.avenger.unwrap().player, by.killer);
                assert_ne!(by.victim_team, link.victim_team);
            }
        }
        for (chance, seen) in made.chances.iter().zip(seen) {
            let is_mutual = chance.own_revenge.is_some_and(|own| own.delay_ms == 0);
            assert!(seen <= 1);
            assert!(chance.revenge.is_none() || is_mutual || seen == 1);
            assert_eq!(made.deaths[chance.death].kind, DeathKind::Enemy);
        }
        for player in &made.rates.players {
            let (victim, killer) = (&player.as_victim, &player.as_killer);
            assert_eq!(victim.avenged.of + victim.by_the_dead, victim.deaths);
            assert_eq!(killer.was_avenged.of + killer.when_dead, killer.kills);
            assert_eq!(victim.delays.all_ms.len() as u32, victim.avenged.n);
        }
        if let Some(compared) = made.file().compared {
            matched += compared.matched.len();
            let rows = made.round.document.tables.trade_kills.rows.len();
            assert_eq!(compared.matched.len() + compared.file_only.len(), rows);
            assert_eq!(compared.file_only, [], "{}", path.display());
            let unknown = compared.ours_only.iter();
            let unknown: Vec<_> = unknown
                .filter(|left| left.why == WhyOursOnly::Unexplained)
                .collect();
            assert!(unknown.is_empty(), "{} {unknown:?}", path.display());
        }
    }
    assert!(chains > 50 && matched > 50, "{chains} {matched}");
}
