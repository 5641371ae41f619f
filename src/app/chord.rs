//! Keys with modifiers: how they are written, and whether one was pressed.

use eframe::egui::{Key, Modifiers};

/// The key of a [`Chord`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChordKey {
    /// One key.
    One(Key),
    /// Any of the digits, which say which one is meant.
    Digits,
}

/// A key with modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Ctrl (Cmd on a Mac).
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// The key.
    pub key: ChordKey,
}

pub(super) const fn key(key: Key) -> Chord {
    Chord {
        ctrl: false,
        shift: false,
        key: ChordKey::One(key),
    }
}

pub(super) const fn ctrl(key: Key) -> Chord {
    Chord {
        ctrl: true,
        shift: false,
        key: ChordKey::One(key),
    }
}

pub(super) const fn ctrl_shift(key: Key) -> Chord {
    Chord {
        ctrl: true,
        shift: true,
        key: ChordKey::One(key),
    }
}

pub(super) const fn shift(key: Key) -> Chord {
    Chord {
        ctrl: false,
        shift: true,
        key: ChordKey::One(key),
    }
}

pub(super) const fn digits(shift: bool) -> Chord {
    Chord {
        ctrl: false,
        shift,
        key: ChordKey::Digits,
    }
}

/// Keys whose character needs Shift on some keyboards and none on others; the character counts.
const fn is_written(key: Key) -> bool {
    matches!(
        key,
        Key::Questionmark
            | Key::Backslash
            | Key::Slash
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::Plus
            | Key::Minus
            | Key::Equals
    )
}

/// A key as it was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// The key by its character.
    pub key: Key,
    /// The key by its place on the keyboard; digits count by it, because their row gives other characters with Shift, or without.
    pub place: Option<Key>,
    /// Modifiers held.
    pub modifiers: Modifiers,
}

impl Pressed {
    /// The digit, if it is one.
    pub fn digit(&self) -> Option<u8> {
        const DIGITS: [Key; 10] = [
            Key::Num0,
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
            Key::Num7,
            Key::Num8,
            Key::Num9,
        ];
        let of = |key: Key| {
            DIGITS
                .iter()
                .position(|digit| *digit == key)
                .map(|digit| digit as u8)
        };
        of(self.key).or(self.place.and_then(of))
    }
}

impl Chord {
    /// As a person reads it: `Ctrl+Right`.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if self.ctrl {
            text += "Ctrl+";
        }
        if self.shift {
            text += "Shift+";
        }
        text + match self.key {
            ChordKey::Digits => "1…9, 0",
            ChordKey::One(key) => key_text(key),
        }
    }

    /// Whether this is what was pressed.
    pub fn matches(&self, pressed: &Pressed) -> bool {
        let modifiers = pressed.modifiers;
        if modifiers.alt || self.ctrl != modifiers.command {
            return false;
        }
        match self.key {
            ChordKey::Digits => self.shift == modifiers.shift && pressed.digit().is_some(),
            ChordKey::One(key) => {
                key == pressed.key && (is_written(key) || self.shift == modifiers.shift)
            }
        }
    }
}

fn key_text(key: Key) -> &'static str {
    match key {
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        Key::ArrowUp => "Up",
        Key::ArrowDown => "Down",
        Key::Escape => "Esc",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Backslash => "\\",
        Key::Slash => "/",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Questionmark => "?",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        other => other.name(),
    }
}
