//! Speed of the numbers: a round of twelve against twelve and some twenty minutes, and the same for twice as long.
//!
//! It is the built-in demo round (six against six) with every player there twice and everything happening several times in a row. Twice
//! the length must take about twice the time.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use sandtable::analysis::alive::Alive;
use sandtable::analysis::chains::Chain;
use sandtable::analysis::deaths::{Death, deaths};
use sandtable::analysis::density::Source;
use sandtable::analysis::density::file_check::file_check;
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::momentum::momentum;
use sandtable::analysis::outages::outages;
use sandtable::analysis::over_rounds::round_facts;
use sandtable::analysis::reference::ReferenceRound;
use sandtable::analysis::reference::crossfire_pairs::crossfire_pairs;
use sandtable::analysis::reference::life_values::life_values;
use sandtable::analysis::reference::support as reference_support;
use sandtable::analysis::reference::teamplay::teamplay;
use sandtable::analysis::reference::trades as reference_trades;
use sandtable::analysis::stats::{Params, stats};
use sandtable::analysis::trades::TradeChance;
use sandtable::analysis::waves::Clocks;
use sandtable::analysis::{
    alive, chains, checks, moments, movement, routes, shape, support, trades,
};
use sandtable::format::{Document, Sym, container, read};
use sandtable::model::{Provenance, Round};
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DEMO: &[u8] =
    include_bytes!("../../assets/demo/2026-11-19-201112-sandpit-round-1_engagements.txt.gz");

/// The demo round so many times in a row, every player twice.
fn round(times: i32) -> Round {
    let bytes = container::unpack(DEMO).expect("the demo is packed").bytes;
    let demo = read(&bytes).expect("the demo is a round file");
    let length_ms = demo.samples.time_ms.iter().max().copied().unwrap_or(0) + 20_000;
    let mut document = demo.clone();
    for nth in 0..times {
        for twin in [false, true] {
            if nth > 0 || twin {
                append(&mut document, &demo, nth * length_ms, twin);
            }
        }
    }
    Round::build(document, Provenance::default())
}

/// Appends lives and engagements of `demo`, later and perhaps of other people.
fn append(document: &mut Document, demo: &Document, later_ms: i32, twin: bool) {
    let shift = i64::from(later_ms);
    let aside_u = if twin { 150.0 } else { 0.0 };
    let who = |sym: Sym, document: &mut Document| {
        if !twin || sym.is_empty() {
            return sym;
        }
        let mut guid = demo.strings.raw(sym).to_vec();
        guid.push(b'X');
        document.strings.intern(&guid)
    };
    for (nth, row) in demo.tracks.rows.iter().enumerate() {
        let mut row = *row;
        let from = row.path.range();
        let to = &mut document.samples;
        row.path.start = to.len() as u32;
        to.time_ms.extend(
            demo.samples.time_ms[from.clone()]
                .iter()
                .map(|t| t + later_ms),
        );
        to.x.extend(demo.samples.x[from.clone()].iter().map(|x| x + aside_u));
        to.y.extend_from_slice(&demo.samples.y[from.clone()]);
        to.z.extend_from_slice(&demo.samples.z[from.clone()]);
        to.health
            .extend_from_slice(&demo.samples.health[from.clone()]);
        to.speed
            .extend_from_slice(&demo.samples.speed[from.clone()]);
        to.weapon
            .extend_from_slice(&demo.samples.weapon[from.clone()]);
        to.stance
            .extend_from_slice(&demo.samples.stance[from.clone()]);
        to.sprint
            .extend_from_slice(&demo.samples.sprint[from.clone()]);
        to.event.extend_from_slice(&demo.samples.event[from]);
        row.guid = who(row.guid, document);
        row.spawn_time += shift;
        row.death_time = row.death_time.map(|t| t + shift);
        row.first_move_time = row.first_move_time.map(|t| t + shift);
        document.tracks.rows.push(row);
        document.tracks.lines.push(demo.tracks.lines[nth]);
    }
    for (nth, row) in demo.engagements.table.rows.iter().enumerate() {
        let mut row = *row;
        let attackers = demo.engagements.attackers_of(&row);
        row.attackers.start = document.engagements.attackers.len() as u32;
        for attacker in attackers {
            let mut attacker = *attacker;
            attacker.guid = who(attacker.guid, document);
            attacker.first_hit += shift;
            attacker.last_hit += shift;
            document.engagements.attackers.push(attacker);
        }
        row.target_guid = who(row.target_guid, document);
        row.killer_guid = who(row.killer_guid, document);
        row.start_time += shift;
        row.end_time = row.end_time.map(|t| t + shift);
        document.engagements.table.rows.push(row);
        document
            .engagements
            .table
            .lines
            .push(demo.engagements.table.lines[nth]);
    }
}

/// A round with what everything else is made of.
struct Stage {
    round: Round,
    deaths: Vec<Death>,
    flags: RowFlags,
    chances: Vec<TradeChance>,
    alive: Alive,
    params: Params,
}

impl Stage {
    fn new(times: i32) -> Self {
        let params = Params::default();
        let round = round(times);
        let deaths = deaths(&round);
        let flags = RowFlags::of(&round, &deaths);
        Self {
            chances: trades::trades(&round, &deaths, &flags, &params.ours_trades),
            alive: alive::alive(&round, &deaths, &params.ours_alive),
            round,
            deaths,
            flags,
            params,
        }
    }

    fn chains(&self) -> Vec<Chain> {
        let Self { round, params, .. } = self;
        chains::chains(
            round,
            &self.deaths,
            &self.flags,
            &self.chances,
            &params.ours_trades,
            &params.ours_chains,
        )
    }
}

/// Takes a name and what to measure under it.
type Bench<'a> = &'a mut dyn FnMut(&str, &mut dyn FnMut());

fn reference(stage: &Stage, bench: Bench<'_>) {
    let Stage {
        round,
        flags,
        params,
        ..
    } = stage;
    let view = ReferenceRound::new(round, flags);
    bench("view of the reference", &mut || {
        black_box(ReferenceRound::new(round, flags));
    });
    bench("trades (reference)", &mut || {
        black_box(reference_trades::trades(&view, &params.trades));
    });
    bench("support (reference)", &mut || {
        black_box(reference_support::support(&view, &params.support));
    });
    bench("teamplay and pairs (reference)", &mut || {
        black_box((teamplay(&view), crossfire_pairs(&view)));
    });
    bench("lives (reference)", &mut || {
        black_box(life_values(&view, &params.lives));
    });
}

fn fights(stage: &Stage, bench: Bench<'_>) {
    let Stage {
        round,
        deaths,
        flags,
        params,
        ..
    } = stage;
    bench("deaths and flags", &mut || {
        black_box(RowFlags::of(
            round,
            &sandtable::analysis::deaths::deaths(round),
        ));
    });
    bench("trades (ours)", &mut || {
        black_box(trades::trades(round, deaths, flags, &params.ours_trades));
    });
    bench("trade chains and rates", &mut || {
        black_box((stage.chains(), chains::rates::rates(round, &stage.chances)));
    });
    bench("support (ours)", &mut || {
        black_box(support::support(round, flags, &params.ours_support));
    });
    let linked = stage.chains();
    bench("moments", &mut || {
        let sources = moments::Sources {
            round,
            deaths,
            flags,
            alive: &stage.alive,
            chances: &stage.chances,
            chains: &linked,
        };
        black_box(moments::moments(&sources, &params.ours_moments));
    });
}

fn course(stage: &Stage, bench: Bench<'_>) {
    let Stage {
        round,
        deaths,
        params,
        ..
    } = stage;
    bench("alive and momentum", &mut || {
        let alive = alive::alive(round, deaths, &params.ours_alive);
        let over_ms = alive::over_ms(round);
        black_box(momentum(
            deaths,
            &alive.steps,
            over_ms,
            &params.ours_momentum,
        ));
    });
    bench("clocks and outages", &mut || {
        let clocks = Clocks::of(round, &params.ours_waves);
        black_box((clocks, outages(round, deaths)));
    });
}

fn ways(stage: &Stage, bench: Bench<'_>) {
    let Stage {
        round,
        deaths,
        flags,
        params,
        ..
    } = stage;
    bench("spawn exits and routes", &mut || {
        let paths = routes::paths(0, round, flags, deaths, &params.ours_paths);
        black_box(routes::routes(&paths, &params.ours_routes));
        black_box(routes::spawn_exits(&[(round, flags)], &params.ours_exits));
    });
    bench("danger and solitude", &mut || {
        let company = routes::Company::of(round, flags, &params.ours_company);
        let shares = &params.ours_shares;
        black_box(routes::life_shares(round, flags, &company, shares));
    });
    bench("team shape and pushes", &mut || {
        black_box(shape::shapes(round, flags, &params.ours_shape));
        black_box(shape::pushes(round, flags, &[], &params.ours_pushes));
    });
    bench("movement profiles", &mut || {
        black_box(movement::profiles(round, flags));
    });
}

fn whole(stage: &Stage, bench: Bench<'_>) {
    let Stage {
        round,
        deaths,
        flags,
        params,
        ..
    } = stage;
    bench("checks, with the heatmaps recounted", &mut || {
        let heatmaps = file_check(&Source {
            round,
            deaths,
            flags,
        });
        let params = &params.ours_checks;
        black_box(checks::check(round, deaths, flags, &heatmaps, params));
    });
    bench("facts for tables over rounds", &mut || {
        black_box(round_facts(round, &[], &params.ours_over_rounds));
    });
    bench("everything", &mut || {
        black_box(stats(round, &[], params));
    });
}

fn analysis(criterion: &mut Criterion) {
    for times in [3, 6] {
        let stage = Stage::new(times);
        let size = format!(
            "{} samples, {} lives",
            stage.round.samples().len(),
            stage.round.lives().len()
        );
        let mut group = criterion.benchmark_group("analysis");
        group.sample_size(20);
        let mut bench = |name: &str, run: &mut dyn FnMut()| {
            group.bench_function(BenchmarkId::new(name, &size), |b| b.iter(&mut *run));
        };
        for family in [reference, fights, course, ways, whole] {
            family(&stage, &mut bench);
        }
        group.finish();
    }
}

criterion_group!(benches, analysis);
criterion_main!(benches);
