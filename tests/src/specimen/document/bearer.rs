//! A holder with everything that European documents may state about them.

use super::portrait::Sitter;
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, Holder, Sex, State};

/// A person with papers.
#[derive(Clone)]
pub(super) struct Bearer {
    pub(super) state: &'static State,
    pub(super) holder: Holder,
    pub(super) sitter: Sitter,
    pub(super) issue: Day,
    pub(super) expiry: Day,
    /// Street with number, then postcode and town.
    pub(super) address: [String; 2],
    /// Centimetres.
    pub(super) height: i32,
    /// The access number printed on cards with a chip.
    pub(super) can: String,
    pub(super) authority: String,
}

impl Bearer {
    /// A person of a state with a document valid for so many years.
    pub(super) fn deal(dice: &mut Dice, state: &'static State, years: i32) -> Self {
        let mut holder = Holder::deal(dice, state);
        if holder.sex == Sex::Unspecified && dice.chance(0.7) {
            holder.sex = Sex::Female;
        }
        let sitter = Sitter::deal(dice, holder.sex, holder.birth.year);
        let issue = Day::deal(dice, 2014, 2025);
        Self {
            state,
            sitter,
            issue,
            expiry: issue.expiry(years),
            address: state.address(dice),
            height: dice.number(150, 199),
            can: dice.symbols("0123456789", 6),
            authority: state.place(dice).to_owned(),
            holder,
        }
    }

    pub(super) fn surname(&self) -> String {
        self.holder.surname_in_capitals()
    }

    pub(super) fn given(&self, between: &str) -> String {
        self.holder.given_names_in_capitals(between)
    }
}
