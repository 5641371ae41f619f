//! What must hold for any round: the order of rows means nothing, the future changes nothing, parts add up to the whole, every number is
//! one, and the cadence does not matter. Tried on real files and on paths made for it.

#[path = "support/finite.rs"]
mod finite;
#[path = "support/story.rs"]
mod story;
mod support;

use finite::not_finite;
use sandtable::analysis::alive::alive;
use sandtable::analysis::deaths::deaths;
use sandtable::analysis::density::{self, Filter, Grid, Kind, Source};
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::movement::{life_movements, player_movements};
use sandtable::analysis::objective_focus::{Focus, objective_focus};
use sandtable::analysis::stats::{Params, Stats, stats};
use sandtable::analysis::support as our_support;
use sandtable::analysis::trades::{self, trades};
use sandtable::format;
use sandtable::maps::objective::Objective;
use sandtable::model::{Provenance, Round};
use serde_json::{Map, Value};
use std::path::PathBuf;
use story::Story;

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for nth in (1..list.len()).rev() {
            list.swap(nth, self.below(nth + 1));
        }
    }
}

fn read(text: &[u8]) -> Round {
    Round::build(
        format::read(text).expect("a round file"),
        Provenance::default(),
    )
}

/// Files of many kinds: server and simulation, 200 and 500 ms, bots without GUID, versions without kill rows and without tracks.
fn files() -> Vec<PathBuf> {
    let names = [
        "sandpit/2026-11-19-201935",
        "sandpit/2026-11-19-212637",
        "6.11/2026-08-25-204230",
        "6.11/2026-08-23-202535",
        "6.01/2026-04-03-201245",
        "4.2/2026-03-01",
        "4.1/2026-01-28",
        "3.0/2025-12-12",
    ];
    let fixtures = names.map(support::fixture).into_iter();
    support::files("assets/demo")
        .into_iter()
        .chain(fixtures)
        .collect()
}

/// Three places that players come to.
fn places(round: &Round) -> Vec<Objective> {
    let samples = round.samples();
    let place = |nth: usize| {
        let index = samples.len() * nth / 4;
        format!(
            r#"{{"id": "place{nth}", "name": "Place {nth}", "kind": "objective", "x": {}, "y": {}, "z": {}}}"#,
            samples.x[index], samples.y[index], samples.z[index]
        )
    };
    if samples.is_empty() {
        return Vec::new();
    }
    serde_json::from_str(&format!("[{}, {}, {}]", place(1), place(2), place(3))).unwrap()
}

// ---- the order of rows ----

/// Name of the section that a line opens.
fn section(line: &[u8]) -> Option<&[u8]> {
    let name = line.strip_prefix(b"# ")?.trim_ascii_end();
    let is_name = name
        .iter()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_');
    (is_name && !name.is_empty() && !name.starts_with(b"PROXIMITY_TRACKER_V")).then_some(name)
}

/// The file with the rows of every section changed by `change`, which is given the section's name.
fn with_rows(text: &[u8], mut change: impl FnMut(&str, &mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rows: Vec<Vec<u8>> = Vec::new();
    let mut name = String::new();
    let mut flush = |name: &str, rows: &mut Vec<Vec<u8>>, out: &mut Vec<u8>| {
        if !name.is_empty() {
            change(name, rows);
        }
        for row in rows.drain(..) {
            out.extend(row);
            out.push(b'\n');
        }
    };
    for line in text.split(|byte| *byte == b'\n') {
        if let Some(new) = section(line) {
            flush(&name, &mut rows, &mut out);
            name = String::from_utf8_lossy(new).into_owned();
        }
        if line.starts_with(b"#") || name.is_empty() {
            out.extend(line);
            out.push(b'\n');
        } else if !line.trim_ascii().is_empty() {
            rows.push(line.to_vec());
        }
    }
    flush(&name, &mut rows, &mut out);
    out
}

/// Names of the players by number: GUID, or the name of who has none.
fn who(stats: &Stats) -> Vec<String> {
    let key = |player: &sandtable::analysis::stats::PlayerKey| {
        if player.guid.is_empty() {
            player.name.clone()
        } else {
            player.guid.clone()
        }
    };
    stats.players.iter().map(key).collect()
}

/// Lists with one entry per player.
const BY_PLAYER: [&str; 4] = ["ours_fights", "ours_movement", "ours_profiles", "players"];
/// A player by his number.
const PLAYER: [&str; 5] = ["player", "victim", "killer", "mate", "denied_by"];
/// Several of them.
const PLAYERS: [&str; 6] = [
    "victims",
    "players",
    "landed",
    "alive_at_start",
    "alive_at_end",
    "participants",
];
/// Numbers of rows, or of results in order of rows: they mean the same thing under another number.
const NUMBERS_OF_ROWS: [&str; 6] = [
    "chance",
    "row",
    "life",
    "line",
    "representative",
    "avenged_by",
];
/// Lists of such numbers: how many they are must not change.
const LISTS_OF_ROWS: [&str; 7] = [
    "lives",
    "alone",
    "matched",
    "only_file",
    "only_ours",
    "avenges",
    "lives_of_routes",
];

/// A value in which nothing depends on the order of rows: players by name, lists of objects as sorted sets, sums rounded to nine digits
/// because floating point addition has an order.
fn canonical(key: &str, value: &Value, who: &[String]) -> Value {
    let named = |value: &Value| {
        value
            .as_u64()
            .map_or(Value::Null, |id| Value::from(who[id as usize].as_str()))
    };
    match value {
        Value::Number(_) if NUMBERS_OF_ROWS.contains(&key) => Value::Null,
        Value::Number(number) if PLAYER.contains(&key) => {
            assert!(number.is_u64());
            named(value)
        }
        Value::Number(number) if number.is_f64() => {
            Value::from(format!("{:.8e}", number.as_f64().unwrap()))
        }
        Value::Array(list) if key == "first_blood" => {
            Value::from(vec![list[0].clone(), named(&list[1]), named(&list[2])])
        }
        Value::Array(list) if PLAYERS.contains(&key) && list.iter().all(Value::is_u64) => {
            let mut names: Vec<String> = list.iter().map(|id| named(id).to_string()).collect();
            names.sort();
            Value::from(names)
        }
        Value::Array(list)
            if LISTS_OF_ROWS.contains(&key) && !list.iter().all(Value::is_object) =>
        {
            Value::from(list.len())
        }
        // The two of a pair have no order among themselves.
        Value::Array(list) if key == "pairs" => {
            let mut pairs: Vec<Value> = list.iter().map(|pair| canonical("", pair, who)).collect();
            for pair in &mut pairs {
                let mut two = [pair["mate"].take(), pair["victim"].take()];
                two.sort_by_key(Value::to_string);
                [pair["mate"], pair["victim"]] = two;
            }
            pairs.sort_by_key(Value::to_string);
            Value::from(pairs)
        }
        // Which findings of a rule are kept may hang on their order; how many there are does not.
        Value::Array(_) if key == "findings" => Value::Null,
        Value::Array(list) if BY_PLAYER.contains(&key) => {
            let entries = list.iter().enumerate();
            let entries = entries.map(|(id, value)| (who[id].clone(), canonical("", value, who)));
            let mut entries: Vec<_> = entries.collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::from(entries.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(|value| canonical("", value, who)).collect();
            if list.first().is_some_and(Value::is_object) {
                list.sort_by_key(Value::to_string);
            }
            Value::from(list)
        }
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), canonical(key, value, who)))
            .collect(),
        _ => value.clone(),
    }
}

/// Our numbers; the reference's follow the order of rows by definition in places.
fn our_numbers(stats: &Stats) -> Map<String, Value> {
    let who = who(stats);
    let Value::Object(all) = serde_json::to_value(stats).unwrap() else {
        unreachable!()
    };
    let ours = |key: &str| {
        key.starts_with("ours_")
            || matches!(
                key,
                "engagements"
                    | "objective_focus"
                    | "heatmaps"
                    | "unavailable"
                    | "support"
                    | "lives"
                    | "trades"
            )
    };
    let ours = all.iter().filter(|(key, _)| ours(key));
    ours.map(|(key, value)| (key.clone(), canonical(key, value, &who)))
        .collect()
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for path in files() {
        let text = support::plain(&path);
        let round = read(&text);
        let places = places(&round);
        let straight = our_numbers(&stats(&round, &places, &Params::default()));
        assert!(
            straight["ours_trades"]
                .as_array()
                .is_some_and(|list| !list.is_empty())
        );
        for seed in 1..=3 {
            let mut dice = Dice(seed);
            let turned = with_rows(&text, |_, rows| dice.shuffle(rows));
            assert_ne!(turned, text);
            let turned = our_numbers(&stats(&read(&turned), &places, &Params::default()));
            for (key, before) in &straight {
                let after = &turned[key];
                assert!(
                    before == after,
                    "{} seed {seed}: {key}: {}",
                    path.display(),
                    difference(before, after)
                );
            }
        }
    }
}

/// Where two values part.
fn difference(a: &Value, b: &Value) -> String {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            let key = x.keys().find(|key| y.get(*key) != x.get(*key));
            key.map_or_else(
                || "keys".to_owned(),
                |key| {
                    format!(
                        "{key}/{}",
                        difference(&x[key], y.get(key).unwrap_or(&Value::Null))
                    )
                },
            )
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            let nth = (0..x.len()).find(|nth| x[*nth] != y[*nth]).unwrap_or(0);
            format!("{nth}/{}", difference(&x[nth], &y[nth]))
        }
        (Value::Array(x), Value::Array(y)) => {
            let only = |a: &[Value], b: &[Value]| {
                a.iter()
                    .filter(|value| !b.contains(value))
                    .take(2)
                    .map(Value::to_string)
                    .collect::<Vec<_>>()
            };
            format!(
                "{} and {} entries: {:?} | {:?}",
                x.len(),
                y.len(),
                only(x, y),
                only(y, x)
            )
        }
        _ => format!("{a} | {b}"),
    }
}

// ---- the future ----

fn column(row: &[u8], nth: usize) -> i64 {
    let field = row.split(|byte| *byte == b';').nth(nth).unwrap();
    std::str::from_utf8(field).unwrap().parse().unwrap()
}

/// The file as if everything behind `t` had gone otherwise: points lie elsewhere and mean something else, rows that tell of it are missing.
fn with_other_future(text: &[u8], t_ms: i64) -> Vec<u8> {
    with_rows(text, |section, rows| {
        // The columns that hold times.
        let times: &[usize] = match section {
            "ENGAGEMENTS" => &[1, 2],
            "REVIVES" | "COMBAT_POSITIONS" => &[0],
            "KILL_OUTCOME" => &[0, 7],
            "PLAYER_TRACKS" => {
                for row in rows {
                    *row = elsewhere_after(row, t_ms);
                }
                return;
            }
            _ => return,
        };
        rows.retain(|row| times.iter().all(|nth| column(row, *nth) <= t_ms));
    })
}

fn elsewhere_after(row: &[u8], t_ms: i64) -> Vec<u8> {
    let row = String::from_utf8(row.to_vec()).unwrap();
    let (head, path) = row.rsplit_once(';').unwrap();
    let points = path.split('|').map(|point| {
        let (time, rest) = point.split_once(',').unwrap();
        if time.parse::<i64>().unwrap() <= t_ms {
            return point.to_owned();
        }
        let event = rest.rsplit(',').next().unwrap();
        format!("{time},-4321.0,1234.0,77.0,1,300.0,3,1,1,{event}")
    });
    format!("{head};{}", points.collect::<Vec<_>>().join("|")).into_bytes()
}

/// What is told about a moment follows from what was known then.
#[test]
fn the_future_changes_nothing() {
    for name in ["sandpit/2026-11-19-201935", "sandpit/2026-11-19-212637"] {
        let text = support::plain(&support::fixture(name));
        let round = read(&text);
        let places = places(&round);
        for t_ms in [40_150, 123_456, 300_000] {
            let other = read(&with_other_future(&text, t_ms));
            assert_ne!(
                round.samples().x,
                other.samples().x,
                "the future is another one"
            );
            assert_eq!(round.players.len(), other.players.len());
            let known: Vec<Vec<String>> = [&round, &other]
                .map(|round| known_at(round, &places, t_ms))
                .into();
            assert!(known[0].len() > 80, "{}", known[0].len());
            for (a, b) in known[0].iter().zip(&known[1]) {
                assert_eq!(a, b, "{name} at {t_ms}");
            }
            assert_eq!(known[0].len(), known[1].len());
            // Later the two are told apart.
            let later = [&round, &other].map(|round| known_at(round, &places, t_ms + 5000));
            assert_ne!(later[0], later[1]);
        }
    }
}

/// Everything that can be said at a moment, as text.
fn known_at(round: &Round, places: &[Objective], t_ms: i64) -> Vec<String> {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let samples = round.samples();
    let mut said = Vec::new();
    for player in round.players.ids() {
        for back_ms in [0, 1, 77, 5000] {
            let presence = round.presence_at(player, t_ms - back_ms);
            let sample = match presence {
                sandtable::model::Presence::Alive { sample, .. } => Some(samples.get(sample.index)),
                sandtable::model::Presence::Absent(_) => None,
            };
            said.push(format!("{player:?} -{back_ms}: {presence:?} {sample:?}"));
        }
    }
    for death in deaths.iter().filter(|death| death.t_ms <= t_ms) {
        said.push(format!("{death:?}"));
    }
    for chance in trades(round, &deaths, &flags, &trades::Params::default()) {
        if chance.t_ms <= t_ms {
            let seen = (chance.near, chance.nearest_u, chance.is_isolated);
            said.push(format!("{} {:?} {seen:?}", chance.t_ms, chance.victim));
        }
    }
    let alive = alive(
        round,
        &deaths,
        &sandtable::analysis::alive::Params::default(),
    );
    said.extend(
        alive
            .steps
            .iter()
            .filter(|step| step.t_ms <= t_ms)
            .map(|step| format!("{step:?}")),
    );
    for kind in [
        Kind::Movement,
        Kind::KillsByKiller,
        Kind::KillsByVictim,
        Kind::Deaths,
    ] {
        let until = Filter {
            time_ms: Some((i64::MIN, t_ms + 1)),
            ..Filter::default()
        };
        let grid = counted(round, kind, &until, 128.0);
        said.push(format!("{kind:?} {:?}", grid.cells()));
    }
    // A stay that goes on is known as far as it has gone.
    for at in objective_focus(round, &flags, places).objectives {
        let begun = at.visits.iter().filter(|visit| visit.start_ms <= t_ms);
        said.extend(begun.map(|visit| {
            format!(
                "{} {:?} {} {}",
                at.id,
                visit.player,
                visit.start_ms,
                visit.end_ms.min(t_ms)
            )
        }));
    }
    said
}

/// What is counted of a round, cell by cell.
fn counted(round: &Round, kind: Kind, filter: &Filter, size_u: f32) -> Grid {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let source = Source {
        round,
        deaths: &deaths,
        flags: &flags,
    };
    let params = density::Params {
        size_u,
        ..density::Params::default()
    };
    density::density(&[source], kind, filter, &params).grid
}

// ---- parts and the whole ----

/// A file's lives cut at `t`: those before, and those behind. A life that is cut goes on with the sample it had.
fn halves(text: &[u8], t_ms: i64) -> [Vec<u8>; 2] {
    [false, true].map(|is_later| {
        with_rows(text, |section, rows| {
            if section == "PLAYER_TRACKS" {
                *rows = rows
                    .iter()
                    .filter_map(|row| half(row, t_ms, is_later))
                    .collect();
            }
        })
    })
}

fn half(row: &[u8], t_ms: i64, is_later: bool) -> Option<Vec<u8>> {
    let row = String::from_utf8(row.to_vec()).unwrap();
    let mut columns: Vec<String> = row.split(';').map(str::to_owned).collect();
    let [spawn, death] = [4, 5].map(|nth| columns[nth].parse::<i64>().unwrap());
    if is_later && death <= t_ms {
        // Without its points, but still a death behind which the body may be shot at.
        "0".clone_into(&mut columns[8]);
        columns[9].clear();
        return Some(columns.join(";").into_bytes());
    }
    if death <= t_ms || spawn >= t_ms {
        return (is_later == (spawn >= t_ms)).then(|| row.into_bytes());
    }
    let time = |point: &&str| point.split(',').next().unwrap().parse::<i64>().unwrap();
    let whole_path = columns[9].clone();
    let points: Vec<&str> = whole_path.split('|').collect();
    let cut = points.partition_point(|point| time(point) < t_ms);
    let path = if is_later {
        columns[4] = t_ms.to_string();
        let (_, rest) = points[cut - 1].split_once(',').unwrap();
        let here = format!("{t_ms},{rest}");
        let copy = (time(&points[cut]) > t_ms).then_some(here);
        copy.into_iter()
            .chain(points[cut..].iter().map(|point| (*point).to_owned()))
            .collect::<Vec<_>>()
    } else {
        columns[5] = t_ms.to_string();
        "round_end".clone_into(&mut columns[7]);
        points[..cut]
            .iter()
            .map(|point| (*point).to_owned())
            .collect()
    };
    columns[8] = path.len().to_string();
    columns[9] = path.join("|");
    Some(columns.join(";").into_bytes())
}

/// Sums of a round that must add up: per player time alive, supported and way, per place and player time inside, per place contested and
/// supported; then per player the time moving; and the movement grid.
fn sums(round: &Round, places: &[Objective], names: &[String]) -> (Vec<f64>, Vec<f64>, Grid) {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let support = our_support::support(round, &flags, &our_support::Params::default());
    let movements = player_movements(round, &life_movements(round, &flags));
    let focus = objective_focus(round, &flags, places);
    let (mut all, mut moving) = (Vec::new(), Vec::new());
    for name in names {
        let found = round
            .players
            .iter()
            .find(|(_, player)| round.text(player.guid) == name);
        let Some((id, _)) = found else {
            all.extend(vec![0.0; 3 + places.len()]);
            moving.push(0.0);
            continue;
        };
        let (support, movement) = (support.players[id.index()], movements[id.index()]);
        all.extend([support.alive_ms, support.supported_ms].map(|ms| ms as f64));
        moving.push(movement.moving_ms as f64);
        all.push(movement.way_u);
        all.extend(
            focus
                .objectives
                .iter()
                .map(|at| at.players[id.index()].inside_ms as f64),
        );
    }
    for at in &focus.objectives {
        all.extend(
            [
                at.contested_ms,
                at.axis_supported_ms,
                at.allies_supported_ms,
            ]
            .map(|ms| ms as f64),
        );
    }
    let grid = counted(round, Kind::Movement, &Filter::default(), 64.0);
    (all, moving, grid)
}

#[test]
fn two_halves_make_the_whole() {
    for name in ["sandpit/2026-11-19-201935", "sandpit/2026-11-19-212637"] {
        let text = support::plain(&support::fixture(name));
        let round = read(&text);
        let places = places(&round);
        let names: Vec<String> = round
            .players
            .iter()
            .map(|(_, player)| round.text(player.guid).to_owned())
            .collect();
        let (whole, moving, grid) = sums(&round, &places, &names);
        assert!(whole.iter().filter(|sum| **sum > 0.0).count() > whole.len() * 3 / 4);
        for t_ms in [61_300, 150_050, 244_001] {
            let [(before, moved, first), (behind, moves, second)] =
                halves(&text, t_ms).map(|half| sums(&read(&half), &places, &names));
            for (nth, whole) in whole.iter().enumerate() {
                let parts = before[nth] + behind[nth];
                assert!(
                    (parts - whole).abs() <= 1e-6 * whole.abs(),
                    "{name} cut at {t_ms}, sum {nth}: {parts} of {whole}"
                );
                assert!(before[nth] <= *whole && behind[nth] <= *whole);
            }
            // The step in which a life is cut leads nowhere in the first half and is a quicker one in the second.
            let step = round.cadence_ms() as f64;
            for (nth, whole) in moving.iter().enumerate() {
                let lost = whole - (moved[nth] + moves[nth]);
                assert!(lost.abs() <= step, "{name} cut at {t_ms}: {lost} ms");
            }
            let both = first.merged(&second).expect("cells of one size");
            let [parts, whole] = [&both, &grid].map(|grid| {
                let sums = grid.cells().iter().map(|(at, cell)| (*at, cell.sum));
                sums.collect::<Vec<_>>()
            });
            assert_eq!(parts, whole, "{name} cut at {t_ms}");
        }
    }
}

// ---- every number is one ----

/// Everything that can be derived from a round, walked for numbers that are none.
fn numbers_that_are_none(round: &Round) -> Vec<String> {
    let places = places(round);
    not_finite(&stats(round, &places, &Params::default()))
}

#[test]
fn no_number_of_any_file_is_nan_or_infinite() {
    let more = support::files("assets/demo");
    for path in support::rounds().into_iter().chain(more) {
        assert_eq!(
            numbers_that_are_none(&support::round(&path)),
            [] as [String; 0],
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_number_that_is_none_would_be_found() {
    let value = (
        1.0_f32,
        vec![Some(f64::NAN), None],
        std::collections::BTreeMap::from([("a", f32::INFINITY)]),
    );
    assert_eq!(not_finite(&value), ["1/0", "2/value 0"]);
    assert_eq!(
        not_finite(&(0.0, i64::MAX, "NaN", [1.5])),
        [] as [String; 0]
    );
}

/// A file may hold any finite coordinate and any time: nothing panics, nothing is infinite.
#[test]
fn extreme_values_do_no_harm() {
    let far = "340282346638528859811704183484516925440.0";
    let times = [i64::from(i32::MIN) + 1, -1, 0, i64::from(i32::MAX)];
    let mut story = Story::default();
    for (name, team) in [("Anna", "AXIS"), ("Arno", "AXIS"), ("Bert", "ALLIES")] {
        for (nth, spawn) in times.iter().enumerate() {
            let death = times[(nth + 1) % 4];
            let points = [
                format!("{spawn},{far},-{far},{far},100,{far},8,0,0,spawn"),
                format!("{spawn},-{far},{far},-{far},100,{far},8,0,0,sample"),
                format!("{death},{far},{far},{far},0,0.0,8,0,0,killed"),
            ];
            let guid = story::guid(name);
            story.tracks.push(format!(
                "{guid};{name};{team};MEDIC;{spawn};{death};;killed;3;{}",
                points.join("|")
            ));
        }
    }
    let most: i64 = 1 << 53;
    for (nth, t) in [-most, -1, 0, most].into_iter().enumerate() {
        let far = 1e300;
        story.engagements.push(format!(
            "{nth};{t};{};{most};GUIDAnna;Anna;AXIS;killed;{most};GUIDBert;Bert;{most};1;-{most};GUIDBert,GUIDCarl;{far:e};-{far:e};{far:e};{far:e};{far:e};{far:e};{far:e};;GUIDBert,Bert,ALLIES,{most},1,{t},{},1,8:1;|GUIDCarl,Carl,ALLIES,{most},1,-{most},{most},0,8:1;",
            -t, -t
        ));
        let kill = format!(
            "{t};kill;GUIDBert;Bert;ALLIES;MEDIC;GUIDAnna;Anna;AXIS;MEDIC;{most};{most};{most};-{most};{most};{most};8;8;1;1;1"
        );
        let timing =
            format!("GUIDBert;Bert;ALLIES;GUIDAnna;Anna;AXIS;{t};{most};-{most};0.5;0.0;0.0");
        let outcome = format!(
            "{t};GUIDAnna;Anna;GUIDBert;Bert;8;tapped_out;{};-{most};{most};;;;",
            -t
        );
        let trade = format!(
            "{t};{};{most};GUIDAnna;Anna;GUIDBert;Bert;GUIDArno;Arno",
            -t
        );
        let aim = format!(
            "{t};{};{most};GUIDAnna;Anna;AXIS;GUIDBert;Bert;1.0;9;-{most}",
            -t
        );
        for (name, row) in [
            ("COMBAT_POSITIONS", kill),
            ("SPAWN_TIMING", timing),
            ("KILL_OUTCOME", outcome),
            ("TRADE_KILLS", trade),
            ("AIM_LOCK", aim),
        ] {
            match story.sections.iter_mut().find(|(known, _)| *known == name) {
                Some((_, rows)) => rows.push(row),
                None => story.sections.push((name, vec![row])),
            }
        }
    }
    let round = story.round();
    assert_eq!(
        (
            round.lives().len(),
            round.document.engagements.table.rows.len()
        ),
        (12, 4)
    );
    assert_eq!(numbers_that_are_none(&round), [] as [String; 0]);
}

#[test]
fn little_gives_little() {
    let one = |change: fn(&mut Story)| {
        let mut story = Story::default();
        change(&mut story);
        let round = story.round();
        assert_eq!(numbers_that_are_none(&round), [] as [String; 0]);
        stats(&round, &places(&round), &Params::default())
    };
    let nothing = one(|_| {});
    assert!(
        nothing.ours_trades.is_empty()
            && nothing.ours_lives.is_empty()
            && nothing.players.is_empty()
    );
    assert_eq!(
        (
            nothing.ours_support,
            nothing.ours_alive.is_none(),
            nothing.ours_objective_focus
        ),
        (None, true, None)
    );
    let life = one(|story| {
        story.life(
            ("Anna", "AXIS"),
            &[(0, 0, 0), (200, 10, 0), (300, 20, 0)],
            "killed",
        );
    });
    assert_eq!(
        (
            life.ours_movement.len(),
            life.ours_movement[0].way_u,
            life.ours_movement[0].alive_ms
        ),
        (1, 20.0, 300)
    );
    assert_eq!(life.ours_support.unwrap().all.supported_ms, 0);
    let point = one(|story| {
        story
            .tracks
            .push("GUIDAnna;Anna;AXIS;MEDIC;500;0;;unknown;0;".into());
    });
    assert_eq!(
        (
            point.ours_movement[0].way_u,
            point.ours_movement[0].alive_ms
        ),
        (0.0, 0)
    );
    let v3 = support::round(&support::fixture("3.0/2025-12-12"));
    let v3 = stats(&v3, &[], &Params::default());
    assert!(v3.ours_lives.is_empty() && v3.ours_support.is_none() && !v3.ours_fights.is_empty());
}

// ---- the cadence ----

/// Where somebody is who goes round: `turns_ms` once about (x, y) at 800 u.
fn round_trip(t: i64, turns_ms: f64, (x, y): (f64, f64)) -> (i64, i64, i64) {
    let angle = std::f64::consts::TAU * t as f64 / turns_ms;
    (
        t,
        (x + 800.0 * angle.cos()).round() as i64,
        (y + 800.0 * angle.sin()).round() as i64,
    )
}

/// Anna and Arno (Axis) go round two places, now together and now apart; Bert stands by, is shot at, and kills Arno at 40.45 s.
fn trip(step: usize) -> (Stats, Focus) {
    let mut story = Story::default();
    let path = |until: i64, turns_ms, at| {
        let mut points: Vec<_> = (0..until)
            .step_by(step)
            .map(|t| round_trip(t, turns_ms, at))
            .collect();
        points.push(round_trip(until, turns_ms, at));
        points
    };
    story
        .life(
            ("Anna", "AXIS"),
            &path(60_000, 20_000.0, (0.0, 0.0)),
            "round_end",
        )
        .life(
            ("Arno", "AXIS"),
            &path(40_450, 26_000.0, (600.0, 0.0)),
            "killed",
        )
        .life(
            ("Bert", "ALLIES"),
            &path(60_000, 1e12, (0.0, 0.0)),
            "round_end",
        )
        .engagement(
            ("Bert", "ALLIES"),
            (5000, 30_000),
            "escaped",
            (800, 0),
            &[("Arno", "AXIS", 50, 5000, 30_000, false)],
        )
        .engagement(
            ("Arno", "AXIS"),
            (38_000, 40_450),
            "killed",
            (600, 0),
            &[("Bert", "ALLIES", 100, 38_000, 40_450, true)],
        );
    let place = r#"[{"id": "a", "name": "A", "kind": "objective", "x": 800, "y": 0, "z": 0}]"#;
    let places: Vec<Objective> = serde_json::from_str(place).unwrap();
    let numbers = stats(&story.round(), &places, &Params::default());
    let focus = numbers.ours_objective_focus.clone().unwrap();
    (numbers, focus)
}

/// One path sampled every 200 and every 500 ms. Tolerances: a stretch of time ends up to one step later than it does, at each of its ends;
/// a polyline of 500 ms steps round a circle of 800 u is 0.5 % shorter; a sample is up to one step old, and 251 u/s fast.
#[test]
fn the_cadence_does_not_matter() {
    let [(fine, fine_focus), (coarse, coarse_focus)] = [200, 500].map(trip);
    let near = |a: i64, b: i64, tolerance: i64| assert!((a - b).abs() <= tolerance, "{a} and {b}");
    let [a, b] = [&fine, &coarse].map(|numbers| numbers.ours_support.as_ref().unwrap());
    for nth in 0..3 {
        assert_eq!(a.players[nth].alive_ms, b.players[nth].alive_ms);
        // Together, apart and together again: four ends.
        near(
            a.players[nth].supported_ms,
            b.players[nth].supported_ms,
            4 * 500,
        );
    }
    assert!(
        a.players[0].supported_ms > 4000 && a.players[0].supported_ms < 50_000,
        "{:?}",
        a.players[0]
    );
    for (fine, coarse) in fine.ours_movement.iter().zip(&coarse.ours_movement) {
        assert_eq!(fine.alive_ms, coarse.alive_ms);
        assert!(
            (fine.way_u - coarse.way_u).abs() <= 0.006 * fine.way_u + 1.0,
            "{} and {}",
            fine.way_u,
            coarse.way_u
        );
        near(fine.moving_ms, coarse.moving_ms, 500);
    }
    let way = fine.ours_movement[0].way_u;
    let circles = 3.0 * std::f64::consts::TAU * 800.0;
    assert!(
        (way - circles).abs() < 0.005 * circles,
        "{way} of {circles}"
    );
    let [a, b] = [&fine_focus, &coarse_focus].map(|focus| &focus.objectives[0]);
    for (fine, coarse) in a.players.iter().zip(&b.players) {
        near(
            fine.inside_ms,
            coarse.inside_ms,
            500 * 2 * i64::from(fine.visits),
        );
        assert_eq!(fine.visits, coarse.visits);
        assert!((fine.mean_u.unwrap() - coarse.mean_u.unwrap()).abs() < 40.0);
    }
    near(
        a.contested_ms,
        b.contested_ms,
        500 * 2 * a.contested.len() as i64,
    );
    assert!(a.contested_ms > 5000);
    let [a, b] = [&fine, &coarse].map(|numbers| &numbers.ours_trades[0]);
    assert_eq!(
        (a.near.len(), b.near.len(), a.is_isolated, b.is_isolated),
        (1, 1, false, false)
    );
    let (a, b) = (a.near[0].distance_u, b.near[0].distance_u);
    assert!((a - b).abs() <= 0.5 * 251.0, "{a} and {b}");
}
