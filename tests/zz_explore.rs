use sandtable::analysis::alive::{self, alive};
use sandtable::analysis::chains::{self, chains, file_rows, rates, reference_events};
use sandtable::analysis::deaths::deaths;
use sandtable::analysis::flags::RowFlags;
use sandtable::analysis::reference::{ReferenceRound, trades as rt};
use sandtable::analysis::trades;
use sandtable::format;
use sandtable::model::{Provenance, Round};

fn round(path: &str) -> Option<Round> {
    let bytes = std::fs::read(path).unwrap();
    let d = format::read(&bytes).ok()?;
    Some(Round::build(
        d,
        Provenance {
            file_name: path.rsplit('/').next().unwrap().to_owned(),
            ..Provenance::default()
        },
    ))
}

#[test]
fn explore() {
    let mut files: Vec<String> = Vec::new();
    let mut dirs = vec![std::path::PathBuf::from("/work/shared/samples")];
    while let Some(d) = dirs.pop() {
        for e in std::fs::read_dir(d).unwrap().flatten() {
            let p = e.path();
            if p.is_dir() {
                dirs.push(p)
            } else if p.to_string_lossy().ends_with("_engagements.txt") {
                files.push(p.to_string_lossy().into_owned())
            }
        }
    }
    files.sort();
    for f in files {
        let Some(round) = round(&f) else { continue };
        let d = deaths(&round);
        let flags = RowFlags::of(&round, &d);
        let window = trades::Params::default();
        let chances = trades::trades(&round, &d, &flags, &window);
        let c = chains(
            &round,
            &d,
            &flags,
            &chances,
            &window,
            &chains::Params::default(),
        );
        let fr = file_rows::file_rows(&round, &d, &chances, &window, &file_rows::Params::default());
        println!(
            "== {f} {} chances {} dead {} missed {} own {} avenged {}",
            round.document.version.label,
            chances.len(),
            chances.iter().filter(|c| c.is_killer_dead).count(),
            chances.iter().filter(|c| c.is_missed()).count(),
            chances.iter().filter(|c| c.own_revenge.is_some()).count(),
            chances.iter().filter(|c| c.avenged.is_some()).count()
        );
        println!(
            "   lengths {:?}",
            c.iter().map(|c| (c.length, c.links.len())).fold(
                std::collections::BTreeMap::<_, u32>::new(),
                |mut m, k| {
                    *m.entry(k).or_default() += 1;
                    m
                }
            )
        );
        match &fr.compared {
            None => println!("   file {:?} {}", fr.capability, fr.capability_by),
            Some(cmp) => {
                println!(
                    "   file matched {} own {} maxoff {:?} fileonly {} oursonly {}",
                    cmp.matched.len(),
                    cmp.matched.iter().filter(|m| m.is_own_revenge).count(),
                    cmp.matched
                        .iter()
                        .map(|m| m.death_off_ms.abs().max(m.revenge_off_ms.abs()))
                        .max(),
                    cmp.file_only.len(),
                    cmp.ours_only.len()
                );
                for o in &cmp.file_only {
                    println!(
                        "     fileonly {:?} {:?}",
                        o.why, round.document.tables.trade_kills.rows[o.row].original_kill_time
                    );
                }
                for o in &cmp.ours_only {
                    let c = &chances[o.chance];
                    println!(
                        "     oursonly {:?} t {} delay {:?}",
                        o.why,
                        c.t_ms,
                        c.avenged.or(c.own_revenge).map(|r| r.delay_ms)
                    );
                }
            }
        }
        let view = ReferenceRound::new(&round, &flags);
        let ev = rt::trades(&view, &rt::Params::default());
        println!(
            "   reference {:?}",
            reference_events::reference_events(&round, &d, &chances, &ev)
        );
        let r = rates::rates(&round, &chances);
        for t in &r.teams {
            println!(
                "   {:?} avenged {:?} near {:?} tried {:?} missed {:?} median {:?}",
                t.team,
                t.as_victim.avenged,
                t.as_victim.with_mate_near,
                t.as_victim.tried,
                t.as_victim.missed,
                t.as_victim.delays.median_ms()
            );
        }
        let a = alive(&round, &d, &alive::Params::default());
        let src = sandtable::analysis::moments::Sources {
            round: &round,
            deaths: &d,
            flags: &flags,
            alive: &a,
            chances: &chances,
            chains: &c,
        };
        let m = sandtable::analysis::moments::moments(&src, &Default::default());
        println!("   moments {} unseen {:?}", m.list.len(), m.unseen);
        let mut kinds = std::collections::BTreeMap::<_, u32>::new();
        for m in &m.list {
            *kinds.entry(m.what.kind()).or_default() += 1;
        }
        println!("   {kinds:?}");
        for (n, m) in m.list.iter().enumerate().take(14) {
            println!(
                "   {:2} {:6.1} {:>7}..{:<7} {:<60} {:?} {}",
                n + 1,
                m.score,
                m.start_ms,
                m.end_ms,
                m.reason,
                m.place.map(|p| (p[0] as i32, p[1] as i32)),
                m.parts
                    .iter()
                    .map(|p| format!("{} {:.1}", p.name, p.value))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
        }
        // alive against the file
        let a = alive(&round, &d, &alive::Params::default());
        let (mut same, mut off) = (0, Vec::new());
        for row in &round.document.tables.combat_positions.rows {
            let (Some(x), Some(y)) = (row.axis_alive, row.allies_alive) else {
                continue;
            };
            let n = a.steps.partition_point(|s| s.t_ms <= row.time);
            if n == 0 {
                continue;
            }
            let s = a.steps[n - 1];
            if (i64::from(s.axis), i64::from(s.allies)) == (x, y) {
                same += 1
            } else {
                off.push((row.time, (s.axis, s.allies), (x, y)))
            }
        }
        println!(
            "   alive same {same} off {} {:?}",
            off.len(),
            &off[..off.len().min(6)]
        );
        println!(
            "   wipes {:?}",
            a.wipes
                .iter()
                .map(|w| (w.t_ms, w.until_ms, w.is_axis))
                .collect::<Vec<_>>()
        );
        println!(
            "   stands {:?}",
            a.stands
                .iter()
                .map(|s| (s.start_ms, s.end_ms, s.enemies, s.kills, s.survived))
                .collect::<Vec<_>>()
        );
        println!(
            "   multis {:?}",
            a.multikills
                .iter()
                .filter(|m| m.victims.len() > 2)
                .map(|m| (m.start_ms, m.end_ms - m.start_ms, m.victims.len()))
                .collect::<Vec<_>>()
        );
    }
}
