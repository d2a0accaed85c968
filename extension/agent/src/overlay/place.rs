//! Where the card goes: beside what it points at, never over it, always on screen.

/// Distance between ring and card: room for the card's pointer.
pub(crate) const GAP: f64 = 18.0;
/// Distance kept from the edge of the window.
pub(crate) const EDGE: f64 = 12.0;

/// A rectangle in CSS pixels of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Box {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

impl Box {
    /// Right edge.
    pub(crate) fn right(self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    pub(crate) fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Its middle.
    pub(crate) fn middle(self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Grown by `by` on every side.
    pub(crate) fn grown(self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// What both cover; empty (zero wide or high) if nothing.
    pub(crate) fn clip(self, other: Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let w = (self.right().min(other.right()) - x).max(0.0);
        let h = (self.bottom().min(other.bottom()) - y).max(0.0);
        Self { x, y, w, h }
    }

    /// The smallest box around both.
    pub(crate) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// Area.
    pub(crate) fn area(self) -> f64 {
        self.w * self.h
    }

    /// Whether the two are the same to the eye.
    pub(crate) fn near(self, other: Self) -> bool {
        let close = |a: f64, b: f64| (a - b).abs() < 0.25;
        close(self.x, other.x) && close(self.y, other.y) && close(self.w, other.w) && close(self.h, other.h)
    }
}

/// The side of the target the card is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Right,
    Left,
    Below,
    Above,
    /// No side has room: the corner that hides least.
    Corner,
}

impl Side {
    /// Name for the style sheet.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Left => "left",
            Self::Below => "below",
            Self::Above => "above",
            Self::Corner => "corner",
        }
    }
}

/// Where the card is put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) side: Side,
    /// Where along its edge the card's pointer sits, from the card's own top or left.
    pub(crate) tip: f64,
    /// Which of the places this is, to keep to while the page scrolls.
    pub(crate) at: usize,
}

/// Ways to lie along a side: level with the target, its end with the target's end, its beginning with its beginning.
const WAYS: usize = 3;

/// Finds a place for a card of `card` size (width, height) in a window of `view` size.
///
/// The sides come before below and above because what a control opens (lists, menus) mostly opens downwards; what
/// `opens` a list below itself has the card above it rather than below. After the sides come the corners. The first
/// place with room wins where the card covers nothing that can be used (`crowd` counts it), else the one where it covers
/// least. A card stays where it was (`last`) as long as there is room, so that it does not jump while the page scrolls;
/// where what can be used has changed (`anew`), only if it covers none of that.
pub(crate) fn place(
    target: Option<Box>,
    card: (f64, f64),
    view: (f64, f64),
    (rtl, opens, anew): (bool, bool, bool),
    last: Option<usize>,
    crowd: &mut dyn FnMut(Box) -> u32,
) -> Spot {
    let Some(target) = target.filter(|t| t.area() > 0.0) else { return corner(0, card, view, rtl) };
    let (near, far) = if rtl { (Side::Left, Side::Right) } else { (Side::Right, Side::Left) };
    let (then, else_) = if opens { (Side::Above, Side::Below) } else { (Side::Below, Side::Above) };
    let sides = [near, far, then, else_];
    let fits = |at: usize| match sides.get(at / WAYS) {
        Some(side) => {
            let has_room = room(*side, target, view) >= need(*side, card);
            has_room.then(|| Spot { at, ..beside(*side, at % WAYS, target, card, view) })
        }
        None => {
            let spot = corner(at - sides.len() * WAYS, card, view, rtl);
            (hidden(target, spot, card) <= 0.0).then_some(Spot { at, ..spot })
        }
    };
    let places = 0..sides.len() * WAYS + 4;
    let covers = |spot: &Spot| Box { x: spot.x, y: spot.y, w: card.0, h: card.1 };
    if let Some(kept) = last.filter(|at| places.contains(at)).and_then(fits)
        && (!anew || crowd(covers(&kept)) == 0)
    {
        return kept;
    }
    let mut best: Option<(u32, Spot)> = None;
    for spot in places.filter_map(fits) {
        if best.is_some_and(|(least, _)| least == 0) {
            break;
        }
        let covered = crowd(covers(&spot));
        if best.is_none_or(|(least, _)| covered < least) {
            best = Some((covered, spot));
        }
    }
    best.map_or_else(|| least_hidden(target, card, view, rtl), |(_, spot)| spot)
}

fn room(side: Side, target: Box, view: (f64, f64)) -> f64 {
    match side {
        Side::Right => view.0 - target.right(),
        Side::Left => target.x,
        Side::Below => view.1 - target.bottom(),
        Side::Above => target.y,
        Side::Corner => f64::NEG_INFINITY,
    }
}

fn need(side: Side, card: (f64, f64)) -> f64 {
    GAP + EDGE + if matches!(side, Side::Right | Side::Left) { card.0 } else { card.1 }
}

/// The place nearest to `at` that is on screen.
pub(crate) fn within(at: f64, size: f64, room: f64) -> f64 {
    at.min(room - EDGE - size).max(EDGE.min((room - size).max(0.0)))
}

fn beside(side: Side, way: usize, target: Box, card: (f64, f64), view: (f64, f64)) -> Spot {
    let middle = target.middle();
    let across = matches!(side, Side::Right | Side::Left);
    let along = |middle: f64, from: f64, to: f64, size: f64, level: f64| match way {
        0 => middle - level,
        1 => to - size,
        _ => from,
    };
    // Beside a control the card's heading is level with it; above and below it is centred.
    let (x, y) = if across {
        let y = along(middle.1, target.y, target.bottom(), card.1, card.1.min(88.0) / 2.0);
        let x = if side == Side::Right { target.right() + GAP } else { target.x - GAP - card.0 };
        (x, within(y, card.1, view.1))
    } else {
        let x = along(middle.0, target.x, target.right(), card.0, card.0 / 2.0);
        let y = if side == Side::Below { target.bottom() + GAP } else { target.y - GAP - card.1 };
        (within(x, card.0, view.0), y)
    };
    let (at, length) = if across { (middle.1 - y, card.1) } else { (middle.0 - x, card.0) };
    Spot { x, y, side, tip: at.min(length - 22.0).max(22.0), at: 0 }
}

/// The corners: at the end of the text below and above, then at its beginning.
fn corner(number: usize, card: (f64, f64), view: (f64, f64), rtl: bool) -> Spot {
    let end = |on: bool, size: f64, room: f64| within(if on { room } else { 0.0 }, size, room);
    let (x, y) = (end((number < 2) != rtl, card.0, view.0), end(number.is_multiple_of(2), card.1, view.1));
    Spot { x, y, side: Side::Corner, tip: 0.0, at: 0 }
}

/// How much of the target and the air around it a card there hides.
pub(crate) fn hidden(target: Box, spot: Spot, card: (f64, f64)) -> f64 {
    target.grown(GAP).clip(Box { x: spot.x, y: spot.y, w: card.0, h: card.1 }).area()
}

fn least_hidden(target: Box, card: (f64, f64), view: (f64, f64), rtl: bool) -> Spot {
    let mut best = corner(0, card, view, rtl);
    for number in 1..4 {
        let spot = corner(number, card, view, rtl);
        if hidden(target, spot, card) < hidden(target, best, card) {
            best = spot;
        }
    }
    Spot { at: usize::MAX, ..best }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: (f64, f64) = (1280.0, 720.0);
    const CARD: (f64, f64) = (340.0, 220.0);

    fn at(x: f64, y: f64, w: f64, h: f64) -> Option<Box> {
        Some(Box { x, y, w, h })
    }

    fn card_box(spot: Spot, card: (f64, f64)) -> Box {
        Box { x: spot.x, y: spot.y, w: card.0, h: card.1 }
    }

    #[test]
    fn beside_the_target_where_the_text_begins() {
        assert_eq!(
            place(at(100.0, 300.0, 120.0, 32.0), CARD, VIEW, (false, false, false), None, &mut |_| 0).side,
            Side::Right
        );
        assert_eq!(
            place(at(900.0, 300.0, 120.0, 32.0), CARD, VIEW, (true, false, false), None, &mut |_| 0).side,
            Side::Left
        );
    }

    #[test]
    fn flips_when_there_is_no_room() {
        assert_eq!(
            place(at(1100.0, 300.0, 120.0, 32.0), CARD, VIEW, (false, false, false), None, &mut |_| 0).side,
            Side::Left
        );
        assert_eq!(
            place(at(20.0, 100.0, 1240.0, 32.0), CARD, VIEW, (false, false, false), None, &mut |_| 0).side,
            Side::Below
        );
        assert_eq!(
            place(at(20.0, 300.0, 1240.0, 32.0), CARD, VIEW, (false, true, false), None, &mut |_| 0).side,
            Side::Above
        );
        assert_eq!(
            place(at(20.0, 600.0, 1240.0, 32.0), CARD, VIEW, (false, false, false), None, &mut |_| 0).side,
            Side::Above
        );
    }

    #[test]
    fn prefers_the_side_where_it_covers_least() {
        let target = at(500.0, 300.0, 120.0, 32.0);
        let right_is_full = &mut |area: Box| u32::from(area.x > 500.0);
        assert_eq!(place(target, CARD, VIEW, (false, false, false), None, right_is_full).side, Side::Left);
    }

    /// How many of these a card covers.
    fn among(neighbours: &[Box]) -> impl FnMut(Box) -> u32 {
        |area| neighbours.iter().map(|n| u32::from(n.clip(area).area() > 0.0)).sum()
    }

    #[test]
    fn slides_along_the_target_or_goes_to_a_corner_before_it_covers_a_neighbour() {
        let target = at(500.0, 300.0, 120.0, 32.0).unwrap();
        let tile = |x: f64, y: f64| Box { x, y, w: 120.0, h: 32.0 };
        // Yes and No side by side, a form below to the left: the card keeps off all of them.
        let (no, below, left) = (tile(640.0, 300.0), tile(500.0, 400.0), tile(300.0, 320.0));
        let near = [no, below, left];
        let spot = place(Some(target), CARD, VIEW, (false, false, false), None, &mut among(&near));
        assert_eq!(among(&near)(card_box(spot, CARD)), 0, "{spot:?}");
        assert_ne!(spot.side, Side::Corner, "{spot:?}");
        // All around it full: a corner.
        let ring: Vec<Box> = (0..40)
            .map(|n| tile(140.0 + f64::from(n % 8) * 110.0, 40.0 + f64::from(n / 8) * 130.0))
            .collect();
        let spot = place(Some(target), CARD, VIEW, (false, false, false), None, &mut among(&ring));
        let least = (0..16)
            .map(|n| place(Some(target), CARD, VIEW, (false, false, false), Some(n), &mut |_| 0))
            .map(|s| among(&ring)(card_box(s, CARD)))
            .min();
        assert_eq!(Some(among(&ring)(card_box(spot, CARD))), least, "{spot:?}");
    }

    #[test]
    fn stays_on_its_side_while_there_is_room() {
        let target = at(500.0, 300.0, 120.0, 32.0);
        assert_eq!(place(target, CARD, VIEW, (false, false, false), Some(3), &mut |_| 0).side, Side::Left);
        assert_eq!(place(target, CARD, VIEW, (false, false, false), Some(9), &mut |_| 0).side, Side::Above);
        assert_eq!(
            place(at(20.0, 300.0, 120.0, 32.0), CARD, VIEW, (false, false, false), Some(3), &mut |_| 0).side,
            Side::Right
        );
    }

    #[test]
    fn is_on_screen_and_off_the_target_wherever_the_target_is() {
        for view in [VIEW, (640.0, 360.0), (400.0, 800.0)] {
            let card = (CARD.0.min(view.0 - 24.0), CARD.1);
            for step in 0..400 {
                let (x, y) = (f64::from(step % 20) * view.0 / 20.0, f64::from(step / 20) * view.1 / 20.0);
                let target = Box { x, y, w: 90.0, h: 30.0 };
                let spot = place(Some(target), card, view, (step % 2 == 0, false, false), None, &mut |_| 0);
                let covers = card_box(spot, card);
                assert!(covers.x >= 0.0 && covers.y >= 0.0, "{view:?} {target:?} {spot:?}");
                assert!(
                    covers.right() <= view.0 && covers.bottom() <= view.1,
                    "{view:?} {target:?} {spot:?}"
                );
                let possible = [Side::Right, Side::Left, Side::Below, Side::Above]
                    .iter()
                    .any(|side| room(*side, target, view) >= need(*side, card));
                assert!(!possible || covers.clip(target).area() == 0.0, "{view:?} {target:?} {spot:?}");
                assert!(covers.clip(target).area() < target.area(), "{view:?} {target:?} {spot:?}");
            }
        }
    }

    #[test]
    fn without_a_target_in_the_bottom_corner() {
        let spot = place(None, CARD, VIEW, (false, false, false), Some(3), &mut |_| 0);
        assert_eq!((spot.side, spot.x, spot.y), (Side::Corner, 1280.0 - 340.0 - EDGE, 720.0 - 220.0 - EDGE));
        assert_eq!(place(None, CARD, VIEW, (true, false, false), None, &mut |_| 0).x, EDGE);
    }

    #[test]
    fn a_window_smaller_than_the_card_begins_at_its_edge() {
        let spot = place(
            at(10.0, 10.0, 50.0, 20.0),
            (300.0, 400.0),
            (200.0, 150.0),
            (false, false, false),
            None,
            &mut |_| 0,
        );
        assert_eq!((spot.x, spot.y), (0.0, 0.0));
    }
}
