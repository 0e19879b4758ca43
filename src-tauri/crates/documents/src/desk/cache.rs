//! Pictures that were made lately: going back is instant, and what was made ahead is there.

use std::collections::VecDeque;

use crate::{Picture, Render};

/// The pictures of one document, most recently used first.
#[derive(Debug)]
pub(super) struct Cache {
    pictures: VecDeque<(Render, Picture)>,
    bytes_max: usize,
}

impl Cache {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { pictures: VecDeque::new(), bytes_max }
    }

    pub(super) fn get(&mut self, render: &Render) -> Option<Picture> {
        let at = self.pictures.iter().position(|(kept, _)| kept == render)?;
        let found = self.pictures.remove(at)?;
        let picture = found.1.clone();
        self.pictures.push_front(found);
        Some(picture)
    }

    pub(super) fn put(&mut self, render: Render, picture: Picture) {
        self.pictures.retain(|(kept, _)| *kept != render);
        self.pictures.push_front((render, picture));
        let mut bytes = 0;
        let fits = |(_, picture): &(Render, Picture)| {
            bytes += picture.bmp.len();
            bytes <= self.bytes_max
        };
        let kept = self.pictures.iter().map(fits).take_while(|fits| *fits).count();
        self.pictures.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Turn;

    fn page(page: u32) -> Render {
        Render { page, width_px: 100, turn: Turn::None }
    }

    fn picture(bytes: usize) -> Picture {
        Picture { bmp: vec![0; bytes], width_px: 1, height_px: 1 }
    }

    #[test]
    fn the_least_used_goes_when_room_is_short() {
        let mut cache = Cache::new(100);
        for number in 0..3 {
            cache.put(page(number), picture(40));
        }
        assert_eq!(cache.get(&page(0)), None);
        assert!(cache.get(&page(1)).is_some());
        cache.put(page(3), picture(40));
        assert!(cache.get(&page(1)).is_some());
        assert_eq!(cache.get(&page(2)), None);
    }

    #[test]
    fn what_is_larger_than_all_room_is_not_kept() {
        let mut cache = Cache::new(100);
        cache.put(page(0), picture(101));
        assert_eq!(cache.get(&page(0)), None);
    }
}
