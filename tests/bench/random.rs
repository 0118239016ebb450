//! Random numbers that are the same on every machine and for ever.
//!
//! `SplitMix64`, because a stream can begin at any place: whatever is generated is a function of its number
//! alone, so any invoice can be made again without keeping a single one. Nothing here is for secrets.

/// A stream of numbers.
pub struct Random(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

const fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

impl Random {
    /// Begins the stream of the `index`th thing of a sort; `sort` keeps one thing's streams apart.
    #[must_use]
    pub const fn at(sort: u64, index: u64) -> Self {
        Self(mix(mix(index.wrapping_add(GOLDEN)).wrapping_add(sort.wrapping_mul(GOLDEN))))
    }

    /// Returns the next number.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// Returns the next number below `bound`; the slight lean of the remainder does not matter here.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }
}
