//! Seeded chance: SplitMix64 (Steele, Lea and Flood, 2014), so that a seed means the same records for ever.

/// A seeded source of chance.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice for one record of a series, independent of every other.
    pub(super) fn at(seed: u64, index: u64) -> Self {
        let mut dice = Self(seed ^ index.wrapping_mul(0xd6e8_feb8_6659_fd93));
        dice.0 = dice.bits();
        dice
    }

    /// 64 random bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / 16_777_216.0
    }

    /// Uniform in `[low, high)`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number in `low..=high`.
    pub(super) fn number(&mut self, low: i64, high: i64) -> i64 {
        let count = u128::from(high.abs_diff(low)) + 1;
        low + ((u128::from(self.bits()) * count) >> 64) as i64
    }

    /// True with the given probability.
    pub(super) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// One of the choices, all equally likely; the first of none is the default.
    pub(super) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let last = choices.len().saturating_sub(1) as i64;
        let chosen = choices.get(self.number(0, last) as usize);
        chosen.copied().unwrap_or_default()
    }

    /// One of the choices, the early ones far likelier than the late ones: as names are among people.
    pub(super) fn early<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let place = self.unit() * self.unit() * choices.len() as f32;
        choices.get(place as usize).copied().unwrap_or_default()
    }

    /// One of the choices with probability in proportion to its weight.
    pub(super) fn weighted<T: Copy + Default>(&mut self, choices: &[(T, f32)]) -> T {
        let mut left = self.unit() * choices.iter().map(|choice| choice.1).sum::<f32>();
        for &(choice, weight) in choices {
            if left < weight {
                return choice;
            }
            left -= weight;
        }
        choices.last().map(|choice| choice.0).unwrap_or_default()
    }

    /// Capitals and digits by a pattern, `A` for a capital and `9` for a digit.
    pub(super) fn code(&mut self, pattern: &str) -> String {
        let symbol = |mark: char| match mark {
            'A' => char::from(b'A' + self.number(0, 25) as u8),
            '9' => char::from(b'0' + self.number(0, 9) as u8),
            other => other,
        };
        pattern.chars().map(symbol).collect()
    }
}
