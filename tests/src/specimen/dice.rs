//! Seeded chance: SplitMix64 (Steele, Lea and Flood, 2014).
//!
//! Written out rather than taken from a crate, because drawn specimens, golden files and training
//! data must stay the same when a dependency changes its generator.

/// A seeded source of chance. Equal seeds give equal sequences on every machine.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Dice for a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Dice for item `index` of the series `seed`, independent of every other item.
    pub fn at(seed: u64, index: u64) -> Self {
        let mut dice = Self::new(seed ^ index.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        dice.state = dice.bits();
        dice
    }

    /// New dice whose sequence is independent of what is thrown with these afterwards.
    #[must_use]
    pub fn fork(&mut self) -> Self {
        Self::new(self.bits())
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in `[0, 1)`.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / 16_777_216.0
    }

    /// Uniform in `[low, high)`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number in `0..count`; `count` must not be 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// A whole number in `low..=high`.
    pub fn number(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1) as usize) as i32
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Close to normal with mean 0 and deviation 1: the sum of four uniform numbers, so it never
    /// leaves ±3.47. Two such numbers cost one throw.
    pub fn normal_pair(&mut self) -> (f32, f32) {
        /// The deviation of the sum of four independent uniform bytes.
        const DEVIATION: f32 = 147.8;
        let bytes = self.bits().to_le_bytes();
        let sum = |part: &[u8]| part.iter().map(|&b| f32::from(b)).sum::<f32>();
        (
            (sum(&bytes[..4]) - 510.0) / DEVIATION,
            (sum(&bytes[4..]) - 510.0) / DEVIATION,
        )
    }

    /// One number of [`Dice::normal_pair`].
    pub fn normal(&mut self) -> f32 {
        self.normal_pair().0
    }

    /// One of the choices, all equally likely; the slice must not be empty.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// One of the words, all equally likely; the slice must not be empty.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// One of the choices with probability in proportion to its weight.
    pub fn weighted<T: Copy>(&mut self, choices: &[(T, f32)]) -> T {
        let mut left = self.unit() * choices.iter().map(|c| c.1).sum::<f32>();
        for &(choice, weight) in choices {
            if left < weight {
                return choice;
            }
            left -= weight;
        }
        choices[choices.len() - 1].0
    }

    /// One symbol of an ASCII string.
    pub fn symbol(&mut self, from: &str) -> char {
        char::from(*self.pick(from.as_bytes()))
    }

    /// `count` symbols of an ASCII string.
    pub fn symbols(&mut self, from: &str, count: usize) -> String {
        (0..count).map(|_| self.symbol(from)).collect()
    }
}
