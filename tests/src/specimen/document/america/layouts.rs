//! Arrangements of a licence's face, each in the style of several jurisdictions.

use super::voice::{Manner, Slot, Voice};
use super::{Card, Frame, Typeface};
use crate::specimen::dice::Dice;
use crate::specimen::document::canvas::Style;

/// Where things stand on a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Class, endorsements and restrictions stacked left, number and birth right (2016 on).
    Stacked,
    /// The number and the dates in a box at the top right, the description in a row of columns.
    Boxed,
    /// Number, birth and expiry large under each other.
    LargeDates,
    /// Every caption above its value.
    CaptionsAbove,
    /// The 1990s and 2000s: no field numbers, given names first.
    Old,
    /// No field numbers, the whole name on one line.
    OneLine,
    /// Class in the heading, an uncaptioned number under it, captions glued to values.
    Glued,
    /// Two letters before each line.
    TwoLetters,
    /// Family name and given names with long captions, dates in a column at the right.
    LongCaptions,
    /// Field numbers stand in for most captions; the name under the portrait.
    NumbersOnly,
    /// A table head with rules at the top.
    Ruled,
    /// Surname, comma and given names on one line (some provinces).
    Comma,
}

impl Layout {
    /// The arrangements of the states.
    pub(super) const ALL: [Self; 11] = [
        Self::Stacked,
        Self::Boxed,
        Self::LargeDates,
        Self::CaptionsAbove,
        Self::Old,
        Self::OneLine,
        Self::Glued,
        Self::TwoLetters,
        Self::LongCaptions,
        Self::NumbersOnly,
        Self::Ruled,
    ];
    /// The arrangements of the provinces.
    pub(super) const CANADIAN: [Self; 5] = [
        Self::Stacked,
        Self::LargeDates,
        Self::CaptionsAbove,
        Self::Comma,
        Self::Comma,
    ];

    pub(super) fn voice(self, dice: &mut Dice, canadian: bool) -> Voice {
        const SHORT: &[Manner] = &[Manner::Short, Manner::Short, Manner::ShortMixed];
        const LONG: &[Manner] = &[Manner::Long];
        const OLD: &[Manner] = &[Manner::Short, Manner::LongCapitals, Manner::ShortMixed];
        const CANADIAN: &[Manner] = &[Manner::Bilingual, Manner::Short, Manner::Bilingual];
        let manners = match self {
            _ if canadian => CANADIAN,
            Self::Stacked | Self::Boxed | Self::LargeDates => SHORT,
            Self::CaptionsAbove | Self::LongCaptions => LONG,
            Self::Old | Self::OneLine | Self::Glued => OLD,
            Self::TwoLetters => &[Manner::Short],
            Self::NumbersOnly => &[Manner::ShortMixed],
            Self::Ruled => &[Manner::LongCapitals],
            Self::Comma => CANADIAN,
        };
        let coded = match self {
            Self::Stacked
            | Self::Boxed
            | Self::LargeDates
            | Self::CaptionsAbove
            | Self::NumbersOnly
            | Self::Comma => true,
            Self::LongCaptions => dice.chance(0.3),
            _ => false,
        };
        let mut voice = Voice::deal(dice, coded, manners, canadian);
        if self == Self::Glued {
            voice.gap = 0.25;
        }
        voice
    }

    pub(super) fn draw(self, card: &mut Card<'_>, dice: &mut Dice) {
        match self {
            Self::Stacked => stacked(card, dice),
            Self::Boxed => boxed(card, dice),
            Self::LargeDates => large_dates(card, dice),
            Self::CaptionsAbove => captions_above(card, dice),
            Self::Old => old(card, dice),
            Self::OneLine => one_line(card, dice),
            Self::Glued => glued(card, dice),
            Self::TwoLetters => two_letters(card, dice),
            Self::LongCaptions => long_captions(card, dice),
            Self::NumbersOnly => numbers_only(card, dice),
            Self::Ruled => ruled(card, dice),
            Self::Comma => comma(card, dice),
        }
    }
}

fn stacked(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    card.portrait(Frame::new(4.0, 12.6, 24.5, 29.5));
    card.signature(dice, Frame::new(4.0, 43.0, 24.0, 7.0));
    card.ghost(Frame::new(68.5, 24.0, 12.5, 14.5), dice);
    let x = 31.0;
    card.left(Slot::Class, x, 15.0, 24.0, false);
    card.left(Slot::Endorsements, x, 18.0, 24.0, false);
    card.left(Slot::Restrictions, x, 21.0, 24.0, false);
    card.left(Slot::Number, 54.0, 15.6, 30.0, true);
    card.left(Slot::Birth, 56.0, 19.6, 28.0, true);
    card.names(x, 25.6, 37.0, 2.9);
    card.address(x, 31.6, 37.0, 2.6);
    card.left(Slot::Expiry, x, 40.6, 26.0, true);
    card.left(Slot::Issue, 57.5, 40.6, 26.0, false);
    card.left(Slot::Sex, x, 43.8, 12.0, false);
    card.left(Slot::Height, x, 46.5, 16.0, false);
    card.left(Slot::Weight, x, 49.2, 16.0, false);
    card.left(Slot::Eyes, 48.5, 43.8, 16.0, false);
    card.left(Slot::Hair, 48.5, 46.5, 16.0, false);
    card.left(Slot::Discriminator, x, 52.0, 40.0, false);
    card.marks(71.0, 50.4);
}

fn boxed(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 76.0);
    card.portrait(Frame::new(3.6, 13.0, 23.0, 28.0));
    card.signature(dice, Frame::new(3.6, 42.0, 22.0, 7.0));
    let tint = card.tint;
    card.form
        .canvas
        .outline(Frame::new(55.0, 12.4, 27.6, 14.6), 0.4, 0.22, tint);
    for (slot, y) in [
        (Slot::Number, 15.4),
        (Slot::Issue, 18.8),
        (Slot::Expiry, 22.2),
        (Slot::Birth, 25.6),
    ] {
        card.left(slot, 56.4, y, 25.6, false);
    }
    let x = 29.4;
    card.left(Slot::Class, x, 15.4, 22.0, false);
    card.left(Slot::Endorsements, x, 18.8, 22.0, false);
    card.left(Slot::Restrictions, x, 22.2, 22.0, false);
    card.names(x, 29.4, 40.0, 3.0);
    card.address(x, 36.6, 40.0, 2.6);
    for (slot, at) in [
        (Slot::Sex, 29.4),
        (Slot::Height, 37.0),
        (Slot::Weight, 47.0),
        (Slot::Eyes, 57.5),
        (Slot::Hair, 66.0),
    ] {
        card.above(slot, at, 44.8, 10.4);
    }
    card.left(Slot::Discriminator, x, 51.8, 36.0, false);
    card.ghost(Frame::new(71.6, 31.0, 10.0, 11.6), dice);
    card.marks(72.0, 50.0);
}

fn large_dates(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    let right = dice.chance(0.2);
    let (photo, x) = if right { (58.0, 4.6) } else { (4.0, 31.4) };
    card.portrait(Frame::new(photo, 13.0, 23.5, 28.5));
    card.signature(dice, Frame::new(photo, 43.0, 22.0, 7.0));
    if !right {
        card.ghost(Frame::new(69.0, 33.0, 12.0, 14.0), dice);
    }
    card.left(Slot::Number, x, 15.8, 34.0, true);
    card.left(Slot::Birth, x, 19.4, 30.0, true);
    card.left(Slot::Expiry, x, 23.0, 27.0, true);
    card.left(Slot::Issue, x + 27.4, 23.0, 25.0, false);
    card.names(x, 26.8, 44.0, 2.8);
    card.address(x, 32.4, 38.0, 2.5);
    card.left(Slot::Sex, x, 42.0, 12.0, false);
    card.left(Slot::Eyes, x + 14.0, 42.0, 16.0, false);
    card.left(Slot::Height, x, 44.6, 18.0, false);
    card.left(Slot::Class, x, 47.2, 16.0, false);
    card.left(Slot::Endorsements, x + 17.0, 44.6, 16.0, false);
    card.left(Slot::Restrictions, x + 17.0, 47.2, 18.0, false);
    card.left(Slot::Discriminator, x, 51.6, 34.0, false);
    card.marks(x + 37.0, 51.4);
}

fn captions_above(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    card.portrait(Frame::new(4.0, 14.6, 22.0, 27.0));
    card.signature(dice, Frame::new(4.0, 43.4, 22.0, 7.0));
    card.ghost(Frame::new(70.4, 34.0, 11.0, 13.0), dice);
    let x = 29.6;
    card.above(Slot::Number, x, 13.6, 24.0);
    card.above(Slot::Surname, x, 18.6, 40.0);
    card.above(Slot::Given, x, 23.4, 40.0);
    let caption = card.voice.caption;
    let words = card.voice.words(Slot::Address);
    let code = card.voice.code_of(Slot::Address);
    let head = format!("{code} {words}");
    card.form.print(x, 28.2, 30.0, head.trim(), caption);
    // The caption carries the code already.
    let style = Style {
        capital: card.voice.value.capital * 0.9,
        ..card.voice.value
    };
    let mut lines = card.driver.street.clone();
    lines.push(card.driver.town_line(card.voice.comma));
    card.form
        .fill_lines((x, 30.6), 40.0, 2.4, "address", &lines, style);
    card.above(Slot::Birth, 56.0, 13.6, 17.0);
    card.above(Slot::Issue, 69.0, 18.6, 15.0);
    card.above(Slot::Expiry, 69.0, 24.0, 15.0);
    card.above(Slot::Sex, x, 38.8, 7.0);
    card.above(Slot::Height, 39.6, 38.8, 9.0);
    card.above(Slot::Weight, 50.0, 38.8, 10.0);
    card.above(Slot::Eyes, 60.4, 38.8, 8.0);
    card.above(Slot::Class, x, 44.0, 12.0);
    card.above(Slot::Endorsements, 43.0, 44.0, 12.0);
    card.above(Slot::Restrictions, 56.6, 44.0, 13.0);
    card.left(Slot::Discriminator, x, 51.6, 40.0, false);
    card.marks(72.0, 51.4);
}

fn old(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 16.0, 66.0);
    card.portrait(Frame::new(3.0, 11.6, 24.0, 31.0));
    let x = 30.0;
    card.left(Slot::Number, x + 3.0, 15.6, 30.0, true);
    card.left(Slot::Class, 66.0, 15.6, 16.0, false);
    card.left(Slot::Birth, x, 19.6, 28.0, true);
    card.left(Slot::Expiry, 57.5, 19.6, 26.0, true);
    let y = card.names_given_first(x, 23.6, 48.0, 3.0);
    card.address(x, y + 0.2, 48.0, 2.8);
    card.left(Slot::Endorsements, x, 38.6, 26.0, false);
    card.left(Slot::Restrictions, 58.0, 38.6, 24.0, false);
    card.left(Slot::Issue, x, 42.2, 27.0, false);
    card.left(Slot::Sex, 58.0, 42.2, 9.0, false);
    card.left(Slot::Height, 68.0, 42.2, 14.0, false);
    card.left(Slot::Weight, 58.0, 45.2, 12.0, false);
    card.left(Slot::Eyes, 71.0, 45.2, 12.0, false);
    card.signature(dice, Frame::new(30.0, 44.0, 27.0, 8.0));
    let small = Style::new(Typeface::SansBold, 0.95, card.tint);
    card.form
        .print(4.0, 47.0, 23.0, "Director of Public Safety", small);
    card.marks(72.0, 51.0);
}

fn one_line(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    card.portrait(Frame::new(3.6, 13.0, 23.0, 28.5));
    card.signature(dice, Frame::new(3.6, 42.6, 24.0, 8.0));
    card.ghost(Frame::new(70.0, 26.0, 11.5, 15.0), dice);
    let x = 29.4;
    card.left(Slot::Number, x, 15.6, 32.0, true);
    card.left(Slot::Issue, 62.0, 15.6, 22.0, false);
    card.left(Slot::Birth, x, 19.4, 28.0, true);
    card.left(Slot::Expiry, 60.0, 19.4, 24.0, true);
    card.name_line(x, 24.6, 44.0);
    card.address(x, 27.6, 40.0, 2.7);
    card.left(Slot::Sex, x, 37.4, 9.0, false);
    card.left(Slot::Height, 41.0, 37.4, 14.0, false);
    card.left(Slot::Eyes, 56.0, 37.4, 13.0, false);
    card.left(Slot::Class, x, 41.0, 14.0, false);
    card.left(Slot::Endorsements, 47.0, 41.0, 20.0, false);
    card.left(Slot::Restrictions, x + 4.0, 44.6, 24.0, false);
    card.left(Slot::Discriminator, x + 4.0, 51.0, 36.0, false);
    card.marks(72.0, 50.6);
}

fn glued(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 26.0, 56.0);
    card.portrait(Frame::new(3.6, 5.0, 21.5, 27.0));
    card.signature(dice, Frame::new(3.6, 34.0, 23.0, 8.0));
    card.ghost(Frame::new(66.0, 27.0, 13.0, 16.0), dice);
    let x = 28.0;
    card.left(Slot::Class, 66.0, 13.8, 16.0, false);
    // The number has no caption here.
    let (entry, style) = (card.entry(Slot::Number), card.voice.strong);
    card.form.fill(x, 14.4, 37.0, &entry, style);
    let y = card.names_given_first(x, 18.2, 38.0, 2.9);
    card.address(x, y, 38.0, 2.8);
    let end = card.left(Slot::Birth, x, 33.2, 26.0, false);
    card.left(Slot::Sex, end + 1.6, 33.2, 9.0, false);
    let end = card.left(Slot::Issue, x, 36.4, 26.0, false);
    card.left(Slot::Height, end + 1.6, 36.4, 12.0, false);
    card.left(Slot::Expiry, x, 39.6, 28.0, false);
    card.left(Slot::Restrictions, x, 42.8, 22.0, false);
    card.left(Slot::Endorsements, x, 46.0, 22.0, false);
    let small = Style::new(Typeface::SansBold, 0.9, card.tint);
    card.form.print(
        5.0,
        51.6,
        74.0,
        "Operation of a motor vehicle constitutes consent to any sobriety test required by law.",
        small,
    );
    card.marks(5.0, 48.0);
}

fn two_letters(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    card.portrait(Frame::new(3.6, 12.6, 23.6, 30.0));
    card.signature(dice, Frame::new(2.6, 43.6, 26.0, 7.0));
    card.ghost(Frame::new(60.0, 27.0, 10.0, 12.5), dice);
    let x = 29.4;
    card.left(Slot::Number, x, 15.6, 26.0, true);
    card.left(Slot::Class, 62.0, 15.6, 18.0, false);
    card.left(Slot::Expiry, x, 19.2, 26.0, true);
    card.left(Slot::Endorsements, 62.0, 19.2, 18.0, false);
    for (slot, mark, y) in [(Slot::Surname, "LN", 22.8), (Slot::Given, "FN", 26.0)] {
        let caption = card.voice.caption;
        let at = card.form.print(x, y, 5.0, mark, caption) + card.voice.gap;
        let (entry, style) = (card.entry(slot), card.voice.value);
        card.form.fill(at, y, 34.0, &entry, style);
    }
    card.address(x, 28.9, 29.0, 2.5);
    card.left(Slot::Birth, x, 38.0, 24.0, true);
    card.left(Slot::Restrictions, x, 41.2, 22.0, false);
    card.left(Slot::Sex, 37.0, 45.0, 10.0, false);
    card.left(Slot::Hair, 50.0, 45.0, 13.0, false);
    card.left(Slot::Eyes, 66.0, 45.0, 13.0, false);
    card.left(Slot::Height, 37.0, 48.0, 14.0, false);
    card.left(Slot::Weight, 50.0, 48.0, 14.0, false);
    card.left(Slot::Issue, 66.0, 48.0, 17.0, false);
    card.left(Slot::Discriminator, 37.0, 51.4, 34.0, false);
    card.marks(73.0, 40.0);
}

fn long_captions(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 12.0, 66.0);
    card.portrait(Frame::new(6.0, 14.0, 21.0, 26.0));
    card.signature(dice, Frame::new(5.0, 41.0, 22.0, 8.0));
    card.ghost(Frame::new(69.0, 14.0, 11.0, 13.0), dice);
    let x = 29.6;
    card.above(Slot::Number, x, 14.0, 32.0);
    card.above(Slot::Surname, x, 19.2, 34.0);
    card.above(Slot::Given, x, 24.4, 34.0);
    let caption = card.voice.caption;
    let words = card.voice.words(Slot::Address);
    card.form.print(x, 29.6, 30.0, &words, caption);
    let style = Style {
        capital: card.voice.value.capital * 0.92,
        ..card.voice.value
    };
    let mut lines = card.driver.street.clone();
    lines.push(card.driver.town_line(card.voice.comma));
    card.form
        .fill_lines((x, 32.0), 37.0, 2.3, "address", &lines, style);
    card.above(Slot::Birth, x, 40.0, 16.0);
    card.above(Slot::Sex, 47.6, 40.0, 5.0);
    card.above(Slot::Height, 54.0, 40.0, 9.0);
    card.above(Slot::Weight, 63.4, 40.0, 8.0);
    card.above(Slot::Restrictions, x, 45.6, 13.0);
    card.above(Slot::Class, 44.0, 45.6, 12.0);
    card.above(Slot::Endorsements, 57.4, 45.6, 13.0);
    card.above(Slot::Expiry, 72.0, 34.4, 12.6);
    card.above(Slot::Issue, 72.0, 40.0, 12.6);
    card.marks(72.0, 50.8);
}

fn numbers_only(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 76.0);
    card.portrait(Frame::new(3.6, 12.4, 20.0, 25.0));
    card.ghost(Frame::new(58.0, 37.0, 11.0, 13.0), dice);
    let x = 28.0;
    card.left(Slot::Number, x, 17.4, 34.0, true);
    card.left(Slot::Expiry, x, 21.8, 32.0, true);
    card.left(Slot::Birth, x, 26.0, 32.0, true);
    card.left(Slot::Issue, x, 13.2, 24.0, false);
    for (slot, y) in [
        (Slot::Height, 22.0),
        (Slot::Weight, 25.4),
        (Slot::Eyes, 28.8),
        (Slot::Sex, 32.2),
        (Slot::Class, 38.6),
        (Slot::Endorsements, 41.8),
        (Slot::Restrictions, 45.0),
    ] {
        card.left(slot, 69.6, y, 15.0, false);
    }
    card.left(Slot::Discriminator, x, 29.4, 38.0, false);
    card.signature(dice, Frame::new(30.0, 31.0, 26.0, 8.0));
    card.voice.numbers_only = true;
    let y = card.names(4.0, 42.0, 50.0, 2.7);
    card.address(4.0, y, 50.0, 2.6);
    card.voice.numbers_only = false;
    card.marks(72.0, 51.4);
}

fn ruled(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    card.portrait(Frame::new(3.6, 13.0, 22.0, 28.0));
    card.signature(dice, Frame::new(30.0, 44.6, 30.0, 7.0));
    card.ghost(Frame::new(70.0, 30.0, 12.0, 15.0), dice);
    let tint = card.tint;
    card.form
        .canvas
        .outline(Frame::new(28.6, 11.6, 54.0, 6.4), 0.2, 0.2, tint);
    card.above(Slot::Number, 29.8, 13.6, 24.0);
    card.above(Slot::Class, 56.0, 13.6, 8.0);
    card.above(Slot::Expiry, 66.0, 13.6, 16.0);
    card.left(Slot::Birth, 29.8, 21.4, 26.0, false);
    card.left(Slot::Issue, 58.0, 21.4, 25.0, false);
    let y = card.names_given_first(29.8, 25.0, 40.0, 2.9);
    card.address(29.8, y + 0.2, 38.0, 2.7);
    card.above(Slot::Sex, 29.8, 39.6, 6.4);
    card.above(Slot::Height, 37.0, 39.6, 7.6);
    card.above(Slot::Weight, 45.4, 39.6, 8.0);
    card.above(Slot::Eyes, 54.2, 39.6, 6.0);
    card.above(Slot::Endorsements, 61.4, 46.4, 10.6);
    card.above(Slot::Restrictions, 73.0, 46.4, 10.6);
    card.marks(4.0, 47.0);
}

fn comma(card: &mut Card<'_>, dice: &mut Dice) {
    card.heading(dice, 4.0, 78.0);
    card.portrait(Frame::new(3.6, 14.0, 22.0, 28.0));
    card.signature(dice, Frame::new(3.6, 43.0, 22.0, 7.0));
    card.ghost(Frame::new(70.6, 33.0, 11.0, 13.0), dice);
    let x = 28.6;
    let caption = card.voice.caption;
    let words = card.voice.words(Slot::Surname);
    let head = if card.voice.code_of(Slot::Surname).is_empty() {
        words
    } else {
        format!("1,2 {words}")
    };
    card.form.print(x, 14.0, 40.0, &head, caption);
    card.name_with_comma(x, 17.4, 48.0);
    card.address(x, 20.6, 44.0, 2.7);
    card.left(Slot::Number, x, 31.0, 50.0, true);
    card.left(Slot::Issue, x, 34.6, 34.0, false);
    card.left(Slot::Expiry, x, 38.0, 34.0, false);
    card.left(Slot::Height, x, 41.4, 24.0, false);
    card.left(Slot::Sex, 52.0, 41.4, 18.0, false);
    card.left(Slot::Class, x, 44.8, 20.0, false);
    card.left(Slot::Restrictions, 52.0, 44.8, 20.0, false);
    card.left(Slot::Birth, x, 48.2, 34.0, true);
    card.left(Slot::Discriminator, x, 51.8, 34.0, false);
}
