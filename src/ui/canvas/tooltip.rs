//! Everything known about what the pointer is on.

use super::pen::name_job;
use super::pick::Pick;
use super::players::Person;
use super::{CanvasView, objectives};
use crate::analysis::deaths::{Death, DeathKind};
use crate::maps::objective::Objective;
use crate::model::catalogue::weapon;
use crate::model::{Class, PlayerId, Team};
use crate::ui::theme::{BODY, GRID, Mode};
use eframe::egui::{Grid, Label, RichText, Ui};

/// A moment as it stands on the round clock: `m:ss.mmm`.
fn clock(t_ms: i64) -> String {
    let sign = if t_ms < 0 { "-" } else { "" };
    let ms = t_ms.unsigned_abs();
    format!(
        "{sign}{}:{:02}.{:03}",
        ms / 60_000,
        ms / 1000 % 60,
        ms % 1000
    )
}

/// Fills the tooltip.
pub(super) fn show(ui: &mut Ui, view: &CanvasView<'_>, people: &[Person], pick: Pick) {
    // Rows of text and nothing to click: as low as the text, to cover little of the map.
    ui.spacing_mut().interact_size.y = 0.0;
    ui.spacing_mut().item_spacing.y = GRID / 4.0;
    match pick {
        Pick::Player(id) => {
            if let Some(person) = people.iter().find(|person| person.id == id) {
                player(ui, view, person);
            }
        }
        Pick::Death(index) => death(ui, view, &view.deaths[index]),
        Pick::Objective(index) => objective(ui, view, people, &view.ground.objectives[index]),
    }
}

fn player(ui: &mut Ui, view: &CanvasView<'_>, person: &Person) {
    let round = view.round;
    let sample = round.samples().get(person.sample.index);
    name(ui, view, person.id);
    let team = person.team.map_or("team unknown", Team::name);
    let class = person.class.map_or("class unknown", Class::name);
    note(ui, view, &format!("{team} · {class}"));
    rows(ui, "player", |ui| {
        row(ui, view, "Health", &sample.health.to_string());
        let held = weapon(sample.weapon).map_or_else(
            || format!("weapon {}", sample.weapon),
            |weapon| weapon.name.to_owned(),
        );
        row(ui, view, "Weapon", &held);
        row(ui, view, "Speed", &format!("{:.0} u/s", sample.speed));
        row(
            ui,
            view,
            "Position",
            &format!("{:.0}, {:.0}, {:.0}", sample.x, sample.y, sample.z),
        );
        row(
            ui,
            view,
            "Sample",
            &format!(
                "{} ({} ms ago)",
                clock(i64::from(sample.time_ms)),
                person.sample.age_ms
            ),
        );
        row(
            ui,
            view,
            "Life",
            &format!("row {} of PLAYER_TRACKS", round.life(person.life).row + 1),
        );
    });
    if person.is_old {
        let cadence_ms = round.cadence_ms();
        note(
            ui,
            view,
            &format!("old position: samples come every {cadence_ms} ms, and none came since"),
        );
    } else if view.smooth && person.sample.age_ms > 0 {
        note(
            ui,
            view,
            "drawn between two samples; all numbers are the sample's",
        );
    }
}

fn death(ui: &mut Ui, view: &CanvasView<'_>, death: &Death) {
    name(ui, view, death.victim);
    let how = match death.kind {
        DeathKind::Enemy => "killed by an enemy",
        DeathKind::SelfKill => "self kill",
        DeathKind::TeamKill => "killed by a team mate",
        DeathKind::World => "killed by the world",
        DeathKind::Unknown => "died, killer not recorded",
    };
    note(ui, view, how);
    rows(ui, "death", |ui| {
        if let Some(killer) = death.killer.filter(|killer| *killer != death.victim) {
            row(ui, view, "Killer", &view.round.players[killer].plain_name);
        }
        row(ui, view, "With", death.weapon_words());
        row(ui, view, "At", &clock(death.t_ms));
        if let Some([x, y, z]) = death.victim_pos {
            row(ui, view, "Position", &format!("{x:.0}, {y:.0}, {z:.0}"));
        }
        if let (Some(a), Some(b)) = (death.victim_pos, death.killer_pos) {
            let distance = (0..3)
                .map(|axis| (a[axis] - b[axis]).powi(2))
                .sum::<f32>()
                .sqrt();
            row(ui, view, "Distance", &format!("{distance:.0} u"));
        }
    });
    if death.life.is_none() {
        note(
            ui,
            view,
            "after a revive: the tracker wrote no track of this life",
        );
    }
}

fn objective(ui: &mut Ui, view: &CanvasView<'_>, people: &[Person], objective: &Objective) {
    ui.label(RichText::new(&objective.name).size(BODY));
    note(ui, view, objective.kind.name());
    let [axis, allies] = objectives::inside(view.round, people, objective);
    rows(ui, "objective", |ui| {
        row(
            ui,
            view,
            "Inside now",
            &format!("{axis} Axis, {allies} Allies"),
        );
        row(
            ui,
            view,
            "Radius",
            &format!("{:.0} u, in three dimensions", objective.radius_u),
        );
        row(
            ui,
            view,
            "Position",
            &format!("{:.0}, {:.0}, {:.0}", objective.x, objective.y, objective.z),
        );
        row(ui, view, "In the file", &objective.id);
    });
}

fn name(ui: &mut Ui, view: &CanvasView<'_>, id: PlayerId) {
    let player = &view.round.players[id];
    let job = name_job(
        view.round.text(player.name),
        BODY,
        view.theme.mode == Mode::Dark,
        1.0,
    );
    // A name of colour codes only has nothing to show.
    if job.is_empty() {
        ui.label(RichText::new("(no name)").size(BODY));
    } else {
        ui.label(job);
    }
}

fn note(ui: &mut Ui, view: &CanvasView<'_>, text: &str) {
    ui.label(RichText::new(text).small().color(view.theme.muted));
}

fn rows(ui: &mut Ui, salt: &str, add: impl FnOnce(&mut Ui)) {
    Grid::new(salt).num_columns(2).show(ui, add);
}

fn row(ui: &mut Ui, view: &CanvasView<'_>, label: &str, value: &str) {
    ui.label(RichText::new(label).small().color(view.theme.muted));
    ui.add(Label::new(RichText::new(value).small()).extend());
    ui.end_row();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_on_the_clock() {
        assert_eq!(clock(0), "0:00.000");
        assert_eq!(clock(754_321), "12:34.321");
        assert_eq!(clock(-1_050), "-0:01.050");
    }
}
