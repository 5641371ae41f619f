//! The button on the map that says and switches what is drawn on it.

use super::theme::{GRID, Theme};
use crate::app::App;
use crate::app::action::Action;
use crate::app::commands::CommandId;
use crate::app::layers::{Layers, Trails};
use eframe::egui::{
    PopupCloseBehavior, Rect, Ui, UiBuilder,
    containers::menu::{MenuButton, MenuConfig},
    vec2,
};

/// Draws the button at the upper left of `room`.
pub fn layer_button_ui(
    ui: &mut Ui,
    room: Rect,
    app: &App,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let place = Rect::from_min_size(room.min + vec2(GRID, GRID), vec2(200.0, 28.0));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        ui.visuals_mut().widgets.inactive.weak_bg_fill = theme.panel;
        MenuButton::new("Layers")
            .config(config)
            .ui(ui, |ui| layers_ui(ui, app, actions));
    });
}

fn layers_ui(ui: &mut Ui, app: &App, actions: &mut Vec<Action>) {
    ui.set_min_width(180.0);
    let mut layers = app.layers;
    let switches: [(&mut bool, CommandId); 5] = [
        (&mut layers.picture, CommandId::Picture),
        (&mut layers.grid, CommandId::Grid),
        (&mut layers.objectives, CommandId::Objectives),
        (&mut layers.names, CommandId::Names),
        (&mut layers.deaths, CommandId::Deaths),
    ];
    for (layer, id) in switches {
        let command = id.command();
        ui.checkbox(layer, command.title)
            .on_hover_text(command.tooltip());
    }
    ui.separator();
    trails_ui(ui, &mut layers);
    if layers != app.layers {
        actions.push(Action::SetLayers(layers));
    }
}

fn trails_ui(ui: &mut Ui, layers: &mut Layers) {
    ui.label("Trails")
        .on_hover_text(CommandId::Trails.command().tooltip());
    for trails in [
        Trails::Off,
        Trails::RECENT,
        Trails::CurrentLife,
        Trails::WholeRound,
    ] {
        ui.radio_value(&mut layers.trails, trails, trails.words());
    }
}
