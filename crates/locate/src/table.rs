//! A small map from text hashes to numbers, many to many. Entries are never taken out: who asks checks what it gets.

/// Text hash → slots.
#[derive(Default)]
pub(crate) struct Table {
    /// First entry of each bucket, plus one; zero for an empty bucket. The length is a power of two.
    heads: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    hash: u32,
    slot: u32,
    /// Next entry of the bucket, plus one; zero at the end.
    next: u32,
}

impl Table {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn insert(&mut self, hash: u32, slot: u32) {
        if self.entries.len() >= self.heads.len() {
            self.grow();
        }
        let at = self.bucket(hash);
        let place = self.entries.len() as u32 + 1;
        if let Some(head) = self.heads.get_mut(at) {
            self.entries.push(Entry { hash, slot, next: *head });
            *head = place;
        }
    }

    /// The slots under a hash, latest first.
    pub(crate) fn slots(&self, hash: u32) -> impl Iterator<Item = u32> {
        let mut at = self.heads.get(self.bucket(hash)).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            while at != 0 {
                let entry = self.entries.get(at as usize - 1)?;
                at = entry.next;
                if entry.hash == hash {
                    return Some(entry.slot);
                }
            }
            None
        })
    }

    const fn bucket(&self, hash: u32) -> usize {
        (hash ^ (hash >> 15)) as usize & self.heads.len().wrapping_sub(1)
    }

    fn grow(&mut self) {
        self.heads = vec![0; (self.heads.len() * 2).max(1024)];
        for place in 0..self.entries.len() {
            let Some(hash) = self.entries.get(place).map(|e| e.hash) else { return };
            let at = self.bucket(hash);
            if let (Some(head), Some(entry)) = (self.heads.get_mut(at), self.entries.get_mut(place)) {
                entry.next = *head;
                *head = place as u32 + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn finds_all_slots_of_a_hash_and_no_others_also_after_growing() {
        let mut table = Table::default();
        for n in 0..5000 {
            table.insert(n % 1000, n);
        }
        let mut found: Vec<u32> = table.slots(7).collect();
        found.sort_unstable();
        assert_eq!(found, [7, 1007, 2007, 3007, 4007]);
        assert_eq!(table.slots(1000).count(), 0);
        assert_eq!(table.len(), 5000);
    }

    #[test]
    fn an_empty_table_answers_nothing() {
        assert_eq!(Table::default().slots(1).count(), 0);
    }
}
