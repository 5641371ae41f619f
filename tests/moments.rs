//! Moments: scenes with scores worked out by hand, and rules that real files keep.

#[path = "support/story.rs"]
mod story;
mod support;

use sandtable::analysis::alive::{self, alive};
use sandtable::analysis::chains::{self, chains};
use sandtable::analysis::deaths::deaths;
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::moments::{
    CarryEnd, Denial, Kind, Moment, Moments, Params, Role, Sources, What, moments,
};
use sandtable::analysis::trades;
use sandtable::model::{Round, Team};
use story::{Story, guid};

const AXIS: &str = "AXIS";
const ALLIES: &str = "ALLIES";

fn made(round: &Round) -> Moments {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let alive = alive(round, &deaths, &alive::Params::default());
    let window = trades::Params::default();
    let chances = trades::trades(round, &deaths, &flags, &window);
    let params = chains::Params::default();
    let chains = chains(round, &deaths, &flags, &chances, &window, &params);
    let sources = Sources {
        round,
        deaths: &deaths,
        flags: &flags,
        alive: &alive,
        chances: &chances,
        chains: &chains,
    };
    moments(&sources, &Params::default())
}

fn find(moments: &Moments, kind: Kind) -> &Moment {
    let mut found = moments.list.iter().filter(|m| m.what.kind() == kind);
    let moment = found.next().unwrap_or_else(|| panic!("no {kind:?}"));
    assert!(found.next().is_none(), "several {kind:?}");
    moment
}

fn has(moments: &Moments, kind: Kind) -> bool {
    moments.list.iter().any(|m| m.what.kind() == kind)
}

fn parts(moment: &Moment) -> Vec<(&'static str, f64)> {
    let parts = moment.parts.iter();
    parts
        .map(|part| (part.name, (part.value * 1e6).round() / 1e6))
        .collect()
}

/// Actors by name.
fn cast(round: &Round, moment: &Moment) -> Vec<(String, Role)> {
    let actors = moment.actors.iter();
    actors
        .map(|actor| (round.players[actor.player].plain_name.clone(), actor.role))
        .collect()
}

fn stays(
    story: &mut Story,
    player: (&str, &str),
    (from, to): (i64, i64),
    place: (i64, i64),
    end: &str,
) {
    let mut points: Vec<_> = (from..to)
        .step_by(1000)
        .map(|t| (t, place.0, place.1))
        .collect();
    points.push((to, place.0, place.1));
    story.life(player, &points, end);
}

fn kill(story: &mut Story, victim: (&str, &str), t: i64, place: (i64, i64), by: (&str, &str)) {
    let hits = [(by.0, by.1, 100, t - 500, t, true)];
    story.engagement(victim, (t - 500, t), "killed", place, &hits);
}

const ANNA: (&str, &str) = ("Anna", AXIS);
const ARNO: (&str, &str) = ("Arno", AXIS);
const ALMA: (&str, &str) = ("Alma", AXIS);
const BERT: (&str, &str) = ("Bert", ALLIES);
const BEA: (&str, &str) = ("Bea", ALLIES);
const BILL: (&str, &str) = ("Bill", ALLIES);

/// Without tracks: three kills in two seconds, the first of which is the first blood.
#[test]
fn a_multikill_from_engagements_alone() {
    let mut story = Story::default();
    for (victim, t) in [(ANNA, 1000), (ARNO, 2000), (ALMA, 3000)] {
        kill(&mut story, victim, t, (t, 7), BERT);
    }
    let round = story.round();
    let moments = made(&round);
    let triple = find(&moments, Kind::Multikill);
    assert_eq!((triple.start_ms, triple.end_ms), (1000, 3000));
    assert_eq!(triple.reason, "3 kills in 2.0 s");
    // 4 · 3 · 2, and half of it by three quarters: two gaps of one second of four.
    assert_eq!(parts(triple), [("kills", 24.0), ("speed", 9.0)]);
    assert_eq!(triple.place, Some([3000.0, 7.0, 0.0]));
    assert_eq!(cast(&round, triple)[0], ("Bert".to_owned(), Role::Killer));
    assert_eq!(triple.actors.len(), 4);
    let first = find(&moments, Kind::FirstBlood);
    assert_eq!(
        parts(first),
        [("first", 5.0), ("told by a better one", -2.0)]
    );
    assert_eq!(moments.list.len(), 2);
    let unseen: Vec<_> = moments.unseen.iter().map(|unseen| unseen.why).collect();
    assert!(unseen.contains(&"the file has no player tracks"));
    assert!(unseen.contains(&"the file does not say whether they were recorded"));
}

/// Axis of three dies within 3 s; Bert and Bea live on.
#[test]
fn a_wipe_counts_the_last_death_of_each() {
    let mut story = Story::default();
    stays(&mut story, ANNA, (0, 20_000), (0, 0), "killed");
    stays(&mut story, ARNO, (0, 22_000), (0, 0), "killed");
    stays(&mut story, ALMA, (0, 12_000), (0, 0), "killed");
    stays(&mut story, ALMA, (15_000, 23_000), (50, 0), "killed");
    stays(&mut story, BERT, (0, 90_000), (0, 0), "round_end");
    stays(&mut story, BEA, (0, 90_000), (0, 0), "round_end");
    kill(&mut story, ALMA, 12_000, (0, 0), BERT);
    kill(&mut story, ANNA, 20_000, (0, 0), BERT);
    kill(&mut story, ARNO, 22_000, (0, 0), BEA);
    kill(&mut story, ALMA, 23_000, (50, 0), BEA);
    let round = story.round();
    let moments = made(&round);
    let wipe = find(&moments, Kind::TeamWipe);
    assert_eq!((wipe.start_ms, wipe.end_ms), (20_000, 23_000));
    let expected = What::TeamWipe {
        team: Some(Team::Axis),
        kills: 3,
        span_ms: 3000,
        down_ms: 67_000,
    };
    assert_eq!(wipe.what, expected);
    assert_eq!(
        parts(wipe),
        [("wipe", 10.0), ("kills", 9.0), ("speed", 12.0)]
    );
    let double = find(&moments, Kind::Multikill);
    let told = double
        .parts
        .iter()
        .find(|part| part.name == "told by a better one");
    assert!(told.is_some(), "Bea's two are in the wipe");
}

/// Anna alone against three: kills two, and is helped by Arno's spawn.
fn last_one_standing() -> Story {
    let mut story = Story::default();
    stays(&mut story, ANNA, (0, 90_000), (0, 0), "round_end");
    stays(&mut story, ARNO, (0, 10_000), (0, 0), "killed");
    stays(&mut story, ARNO, (30_000, 90_000), (0, 0), "round_end");
    stays(&mut story, BERT, (0, 12_000), (400, 0), "killed");
    stays(&mut story, BEA, (0, 14_000), (500, 0), "killed");
    stays(&mut story, BILL, (0, 90_000), (9000, 0), "round_end");
    kill(&mut story, ARNO, 10_000, (0, 0), BILL);
    kill(&mut story, BERT, 12_000, (400, 0), ANNA);
    kill(&mut story, BEA, 14_000, (500, 0), ANNA);
    story
}

#[test]
fn a_stand_tells_its_multikill() {
    let round = last_one_standing().round();
    let moments = made(&round);
    let stand = find(&moments, Kind::Stand);
    assert_eq!((stand.start_ms, stand.end_ms), (10_000, 14_000));
    assert_eq!(stand.reason, "alone against 3: 2 kills, lived");
    assert_eq!(
        parts(stand),
        [("kills", 30.0), ("odds", 6.0), ("survived", 6.0)]
    );
    assert_eq!(stand.place, Some([0.0, 0.0, 0.0]));
    assert!(!has(&moments, Kind::Multikill), "the same two kills");
}

/// The last enemy's death wins it; standing until the round ends is no win and no death.
#[test]
fn a_stand_is_won_or_outlived() {
    let mut story = last_one_standing();
    story.tracks.pop();
    stays(&mut story, BILL, (0, 20_000), (9000, 0), "killed");
    kill(&mut story, BILL, 20_000, (9000, 0), ANNA);
    let moments = made(&story.round());
    let stand = find(&moments, Kind::Stand);
    assert_eq!(stand.reason, "alone against 3: 3 kills, all of them gone");
    let expected = [
        ("kills", 60.0),
        ("odds", 6.0),
        ("survived", 6.0),
        ("won", 15.0),
    ];
    assert_eq!(parts(stand), expected);

    let mut story = last_one_standing();
    story.tracks.remove(2);
    let round = story.round();
    let deaths = deaths(&round);
    let stands = alive(&round, &deaths, &alive::Params::default()).stands;
    let anna = &stands[0];
    assert_eq!(
        (anna.start_ms, anna.end_ms, anna.kills),
        (10_000, 90_000, 2)
    );
    assert!(anna.survived && !anna.is_won);
}

/// Bert kills Anna and Arno, Alma him, Bea her: a chain, which tells its quick trades. Bill's trade is its own.
#[test]
fn a_chain_tells_its_trades() {
    let mut story = Story::default();
    kill(&mut story, ANNA, 5000, (0, 0), BERT);
    kill(&mut story, ARNO, 5500, (0, 0), BERT);
    kill(&mut story, BERT, 6000, (9, 9), ALMA);
    kill(&mut story, ALMA, 6300, (8, 8), BEA);
    kill(&mut story, BEA, 50_000, (0, 0), ANNA);
    kill(&mut story, ANNA, 50_300, (7, 7), BILL);
    let round = story.round();
    let moments = made(&round);
    let chain = find(&moments, Kind::TradeChain);
    assert_eq!((chain.start_ms, chain.end_ms), (5000, 6300));
    let words = "trade chain: 3 of 4 deaths in a row in 1.3 s, Allies ahead";
    assert_eq!(chain.reason, words);
    // Speed: 1 − 1000/3000, 1 − 500/3000 and 1 − 300/3000, times four.
    let speed = 4.0 * (2.0 / 3.0 + 5.0 / 6.0 + 0.9);
    let expected = [
        ("links", 16.0),
        ("more deaths", 2.0),
        ("speed", (speed * 1e6_f64).round() / 1e6),
    ];
    assert_eq!(parts(chain), expected);
    let trade = find(&moments, Kind::QuickTrade);
    assert_eq!(trade.reason, "a death avenged in 0.3 s");
    assert_eq!(parts(trade), [("trade", 5.0), ("speed", 4.0)]);
    let names = cast(&round, trade);
    assert_eq!(names[0], ("Bill".to_owned(), Role::Avenger));
    assert_eq!(trade.place, Some([7.0, 7.0, 0.0]));
}

/// One kill that avenges two is one quick trade, the quicker.
#[test]
fn a_kill_for_two_is_listed_once() {
    let mut story = Story::default();
    kill(&mut story, ANNA, 5000, (0, 0), BERT);
    kill(&mut story, ARNO, 5500, (0, 0), BERT);
    kill(&mut story, BERT, 6000, (9, 9), ALMA);
    let moments = made(&story.round());
    assert_eq!(find(&moments, Kind::QuickTrade).start_ms, 5500);
}

fn event(t: i64, kind: &str, player: (&str, &str), track: &str, place: &str) -> String {
    let (name, team) = player;
    format!("{t};{kind};{};{name};{team};{track};{place}", guid(name))
}

fn run(t: i64, kind: &str, player: (&str, &str), around: (i64, i64), killer: &str) -> String {
    let (name, team) = player;
    let (enemies, kills) = around;
    let killer_guid = if killer.is_empty() {
        String::new()
    } else {
        guid(killer)
    };
    format!(
        "{};{name};{team};{kind};Wall;{t};1000;10.0;10.0;1.000;0;{kills};;{enemies};0;assisted;1;2;3;{killer_guid};{killer}",
        guid(name)
    )
}

/// A round of 100 s in which nobody dies.
fn quiet() -> Story {
    let mut story = Story::default();
    stays(&mut story, ANNA, (0, 100_000), (10, 20), "round_end");
    stays(&mut story, BERT, (0, 100_000), (3000, 4000), "round_end");
    story
}

#[test]
fn dynamite_from_plant_to_end() {
    let mut story = quiet();
    let rows = vec![
        event(10_000, "dynamite_plant", BERT, "Wall", "1;2;3"),
        event(39_000, "dynamite_defuse", ANNA, "Wall", "4;5;6"),
        event(45_000, "dynamite_plant", BERT, "Wall", "7;8;9"),
        event(75_000, "objective_destroyed", BERT, "Wall", "900;900;900"),
        event(76_000, "construction_complete", BERT, "", "5;5;5"),
    ];
    story.sections.push(("CONSTRUCTION_EVENTS", rows));
    let rows = vec![
        run(39_100, "dynamite_defuse", ANNA, (2, 3), ""),
        run(80_000, "flag_captured", BERT, (9, 9), ""),
        run(50_000, "approach_killed", BERT, (0, 0), "Anna"),
    ];
    story.sections.push(("OBJECTIVE_RUNS", rows));
    let round = story.round();
    let moments = made(&round);
    let defuse = find(&moments, Kind::Defused);
    assert_eq!(
        defuse.reason,
        "dynamite defused at Wall, 1.0 s before it blew"
    );
    let expected = [
        ("defuse", 14.0),
        ("close to the end of the fuse", 18.0),
        ("enemies near", 6.0),
        ("kills around", 3.0),
    ];
    assert_eq!(parts(defuse), expected);
    assert_eq!(cast(&round, defuse), [("Anna".to_owned(), Role::Engineer)]);
    let destroyed = find(&moments, Kind::Destroyed);
    assert_eq!(
        destroyed.place,
        Some([7.0, 8.0, 9.0]),
        "where it was planted"
    );
    assert_eq!(destroyed.reason, "Wall destroyed");
    let flag = find(&moments, Kind::FlagCaptured);
    assert_eq!(
        flag.score,
        10.0 + 9.0 + 5.0,
        "three enemies and five kills count"
    );
    assert_eq!(find(&moments, Kind::Constructed).reason, "something built");
    let plants = moments
        .list
        .iter()
        .filter(|m| m.what.kind() == Kind::Planted);
    let plants: Vec<_> = plants.map(parts).collect();
    let second = vec![("plant", 12.0), ("one of several", -1.565_217)];
    assert_eq!(plants, [vec![("plant", 12.0)], second]);
    assert_eq!(
        moments.list.len(),
        6,
        "an engineer killed at 50 s is a kill"
    );
}

/// 5 s before the end nothing is decided yet: the defuse is a last-second defence. With an objective carried into the end it is not.
#[test]
fn a_last_second_defence() {
    let mut story = quiet();
    let row = event(95_000, "dynamite_defuse", ANNA, "Wall", "4;5;6");
    story.sections.push(("CONSTRUCTION_EVENTS", vec![row]));
    let row = run(97_000, "approach_killed", BERT, (0, 0), "Anna");
    story.sections.push(("OBJECTIVE_RUNS", vec![row]));
    let round = story.round();
    let list = made(&round).list;
    let [defuse, denied] = list.as_slice() else {
        panic!("two moments")
    };
    let expected = What::LastSecondDefence {
        denial: Denial::Defused,
        left_ms: 5000,
    };
    assert_eq!(defuse.what, expected);
    assert_eq!(
        parts(defuse),
        [("defuse", 14.0), ("last seconds", 13.333_333)]
    );
    assert_eq!(
        denied.reason,
        "engineer killed on his way 3.0 s before the end"
    );
    assert_eq!(cast(&round, denied)[0], ("Anna".to_owned(), Role::Killer));
    let mut story = story.clone();
    let row = carry(BERT, "redflag", (90_000, 100_000), "round_end", "1;1;1");
    story.sections.push(("CARRIER_EVENTS", vec![row]));
    let moments = made(&story.round());
    assert!(has(&moments, Kind::Defused) && !has(&moments, Kind::LastSecondDefence));
}

fn carry(
    player: (&str, &str),
    flag: &str,
    (from, to): (i64, i64),
    outcome: &str,
    drop: &str,
) -> String {
    let (name, team) = player;
    format!(
        "{};{name};{team};{flag};{from};{to};{};{outcome};9.0;9.0;1.000;5;0;0;0;{drop};;",
        guid(name),
        to - from
    )
}

#[test]
fn carries_and_returns() {
    let mut story = Story::default();
    stays(&mut story, ANNA, (0, 100_000), (10, 20), "round_end");
    stays(&mut story, BERT, (0, 20_000), (3000, 4000), "killed");
    stays(&mut story, BEA, (0, 100_000), (300, 400), "round_end");
    kill(&mut story, BERT, 20_000, (3000, 4000), ANNA);
    let rows = vec![
        carry(BERT, "redflag", (10_000, 20_000), "dropped", "3000;4000;0"),
        carry(ANNA, "redflag", (21_000, 21_050), "dropped", "3000;4000;0"),
        carry(BEA, "redflag", (40_000, 60_000), "dropped", "600;800;0"),
        carry(BEA, "redflag", (90_000, 100_000), "round_end", "-2200;0;49"),
        carry(BEA, "redflag", (70_000, 70_500), "dropped", "0;0;0"),
    ];
    story.sections.push(("CARRIER_EVENTS", rows));
    let returned =
        |t: i64, delay: i64| format!("{t};{};Anna;AXIS;redflag;;0;{delay};7;8;9", guid("Anna"));
    let rows = vec![
        returned(21_200, 1200),
        returned(65_000, 5000),
        returned(99_000, 30_000),
    ];
    story.sections.push(("CARRIER_RETURNS", rows));
    let round = story.round();
    let moments = made(&round);
    let carries = moments
        .list
        .iter()
        .filter(|m| m.what.kind() == Kind::Carried);
    let mut carries: Vec<_> = carries.collect();
    carries.sort_by_key(|moment| moment.start_ms);
    let ends: Vec<_> = carries.iter().map(|moment| moment.what.clone()).collect();
    let carried = |span_ms, straight_u, end| What::Carried {
        span_ms,
        straight_u: Some(straight_u),
        end,
    };
    let expected = [
        carried(10_000, 5000.0, CarryEnd::Killed),
        carried(20_000, 1000.0, CarryEnd::LaidDownOrDelivered),
        carried(10_000, 500.0, CarryEnd::RoundEnd),
    ];
    assert_eq!(ends, expected, "he was dead; half a second is no carry");
    assert_eq!(
        parts(carries[0])[..2],
        [("distance", 20.0), ("carrier killed", 6.0)]
    );
    assert_eq!(
        cast(&round, carries[0])[1],
        ("Anna".to_owned(), Role::Killer)
    );
    let last = parts(carries[2]);
    assert_eq!(
        last[..2],
        [("distance", 2.0), ("until the round ended", 25.0)]
    );
    assert_eq!(
        carries[2].place,
        Some([300.0, 400.0, 0.0]),
        "not the camera"
    );
    let returns = moments
        .list
        .iter()
        .filter(|m| m.what.kind() == Kind::Returned);
    let mut returns: Vec<_> = returns.map(|m| (m.start_ms, m.reason.as_str())).collect();
    returns.sort_unstable();
    let expected = [
        (21_000, "objective returned 1.0 s after its drop"),
        (65_000, "objective returned 5.0 s after its drop"),
    ];
    assert_eq!(returns, expected, "once each, and none after 30 s");
}

#[test]
fn an_escape_by_attackers_damage_way_and_health() {
    let mut story = quiet();
    let hits = |n: usize| -> Vec<_> {
        let by = [("Bert", ALLIES), ("Bea", ALLIES), ("Bill", ALLIES)];
        let hits = by[..n].iter();
        hits.map(|by| (by.0, by.1, 120, 30_000, 31_000, false))
            .collect()
    };
    story.engagement(ANNA, (30_000, 40_000), "escaped", (70, 80), &hits(3));
    story.engagement(ANNA, (50_000, 60_000), "escaped", (70, 80), &hits(1));
    let row = story.tracks[0].replace("|35000,10.0,20.0,0.0,100,", "|35000,10.0,20.0,0.0,10,");
    story.tracks[0] = row;
    let moments = made(&story.round());
    let escape = find(&moments, Kind::LongEscape);
    let words = "escaped from 3 attackers after 360 damage and 120 u, 10 health left";
    assert_eq!(escape.reason, words);
    assert_eq!((escape.start_ms, escape.end_ms), (30_000, 40_000));
    let expected = [
        ("attackers", 8.0),
        ("damage", 9.0),
        ("way", 0.36),
        ("near death", 7.5),
    ];
    assert_eq!(parts(escape), expected);
    assert_eq!(escape.place, Some([70.0, 80.0, 0.0]));
}

#[test]
fn a_revive_under_fire_by_whom_the_engine_names() {
    let mut story = quiet();
    stays(&mut story, ARNO, (0, 20_000), (0, 0), "killed");
    kill(&mut story, ARNO, 20_000, (0, 0), BERT);
    let revive = |t: i64, under_fire: u8| {
        format!(
            "{t};{};Anna;{};Arno;1.0;2.0;3.0;250.0;;{under_fire}",
            guid("Anna"),
            guid("Arno")
        )
    };
    story
        .sections
        .push(("REVIVES", vec![revive(23_000, 1), revive(50_000, 0)]));
    let outcome = format!(
        "20000;{};Arno;{};Bert;8;revived;23000;3000;3000;;;{};Alma",
        guid("Arno"),
        guid("Bert"),
        guid("Alma")
    );
    story.sections.push(("KILL_OUTCOME", vec![outcome]));
    stays(&mut story, ALMA, (0, 100_000), (50, 0), "round_end");
    let round = story.round();
    let moments = made(&round);
    let revive = find(&moments, Kind::ReviveUnderFire);
    assert_eq!(
        revive.reason,
        "revived under fire, the nearest enemy 250 u away"
    );
    assert_eq!(parts(revive), [("revive", 4.0), ("enemy near", 2.0)]);
    let expected = [
        ("Alma".to_owned(), Role::Medic),
        ("Arno".to_owned(), Role::Patient),
    ];
    assert_eq!(cast(&round, revive), expected);
    assert_eq!(revive.place, Some([1.0, 2.0, 3.0]));
}

#[test]
fn row_order_changes_nothing() {
    let straight = last_one_standing();
    let mut turned = straight.clone();
    turned.engagements.reverse();
    turned.tracks.reverse();
    let by_names = |story: &Story| {
        let round = story.round();
        let list = made(&round).list;
        let told = list.iter().map(|moment| {
            let cast = cast(&round, moment);
            (
                moment.start_ms,
                moment.reason.clone(),
                parts(moment),
                cast,
                moment.place,
            )
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(by_names(&straight), by_names(&turned));
    assert!(made(&Story::default().round()).list.is_empty());
}

/// The tracker writes into each kill row how many live after it. Where nobody else dies, spawns or is revived in the same frame, that is
/// what follows from lives and revives.
#[test]
fn as_many_live_as_the_tracker_counts() {
    let mut files = support::rounds();
    files.extend(support::files("assets/demo"));
    let (mut same, mut frames) = (0, 0);
    for path in files
        .iter()
        .filter(|path| path.to_string_lossy().contains("sandpit"))
    {
        let round = support::round(path);
        let deaths = deaths(&round);
        let steps = alive(&round, &deaths, &alive::Params::default()).steps;
        for row in &round.document.tables.combat_positions.rows {
            let dead = deaths.iter().filter(|death| death.t_ms == row.time).count();
            let spawns = round.lives().iter().any(|life| life.start_ms == row.time);
            if dead > 1 || spawns {
                frames += 1;
                continue;
            }
            let step = &steps[steps.partition_point(|step| step.t_ms <= row.time) - 1];
            let counted = (row.axis_alive.unwrap(), row.allies_alive.unwrap());
            let ours = (i64::from(step.axis), i64::from(step.allies));
            assert_eq!(ours, counted, "{} {}", path.display(), row.time);
            same += 1;
        }
    }
    assert!(same > 350 && frames < same / 10, "{same} {frames}");
}

/// In every real file: sums that are sums, in order, finite, inside the round, nobody twice in a role, and the same every time.
#[test]
fn rules_that_real_files_keep() {
    let mut files = support::rounds();
    files.extend(support::files("assets/demo"));
    let mut all = 0;
    for path in files {
        let round = support::round(&path);
        let moments = made(&round);
        all += moments.list.len();
        assert!(moments.list.is_sorted_by(|a, b| a.score >= b.score));
        for moment in &moments.list {
            let sum: f64 = moment.parts.iter().map(|part| part.value).sum();
            assert!((sum - moment.score).abs() < 1e-9 && moment.score > 0.0);
            assert!(moment.start_ms <= moment.end_ms && !moment.actors.is_empty());
            assert!(
                moment
                    .place
                    .is_none_or(|place| place.iter().all(|v| v.is_finite()))
            );
            let mut actors = moment.actors.clone();
            actors.sort_unstable();
            actors.dedup();
            assert_eq!(actors.len(), moment.actors.len());
            assert_eq!(moment.reason, moment.what.words());
            assert!(moment.deaths.is_sorted());
        }
        let again = serde_json::to_string(&made(&round)).unwrap();
        assert_eq!(again, serde_json::to_string(&moments).unwrap());
    }
    assert!(all > 300, "{all}");
}
