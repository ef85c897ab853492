/// Numbers that look random and are the same in every run: a stream for each seed (splitmix64).
#[derive(Clone)]
pub(super) struct Mix(u64);

impl Mix {
    /// The stream of the `index`-th thing of a kind.
    pub(super) fn of(kind: u64, index: usize) -> Self {
        Self(kind.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ index as u64)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed % limit.max(1) as u64) as usize
    }

    /// Whether something that happens in `share` of 1,000 cases happens now.
    pub(super) fn per_mille(&mut self, share: usize) -> bool {
        self.below(1000) < share
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}
