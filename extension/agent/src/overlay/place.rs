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
}

/// Finds a place for a card of `card` size (width, height) in a window of `view` size.
///
/// The sides come before below and above because what a control opens (lists, menus) mostly opens downwards. A card
/// stays on the side it was on (`last`) as long as there is room, so that it does not jump while the page scrolls.
/// What `opens` a list below itself has the card above it rather than below. Among the sides with room the one where
/// the card covers least of what can be used wins (`crowd` counts it), the first one on a tie.
pub(crate) fn place(
    target: Option<Box>,
    card: (f64, f64),
    view: (f64, f64),
    (rtl, opens): (bool, bool),
    last: Option<Side>,
    crowd: &dyn Fn(Box) -> u32,
) -> Spot {
    let Some(target) = target.filter(|t| t.area() > 0.0) else { return corner(card, view, rtl) };
    let (near, far) = if rtl { (Side::Left, Side::Right) } else { (Side::Right, Side::Left) };
    let (then, else_) = if opens { (Side::Above, Side::Below) } else { (Side::Below, Side::Above) };
    let sides = [near, far, then, else_];
    let kept = last.filter(|side| room(*side, target, view) >= need(*side, card));
    if let Some(side) = kept {
        return beside(side, target, card, view);
    }
    let mut best: Option<(u32, Spot)> = None;
    for side in sides.into_iter().filter(|side| room(*side, target, view) >= need(*side, card)) {
        let spot = beside(side, target, card, view);
        let covered = crowd(Box { x: spot.x, y: spot.y, w: card.0, h: card.1 });
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

fn within(at: f64, size: f64, room: f64) -> f64 {
    at.min(room - EDGE - size).max(EDGE)
}

fn beside(side: Side, target: Box, card: (f64, f64), view: (f64, f64)) -> Spot {
    let middle = target.middle();
    let across = matches!(side, Side::Right | Side::Left);
    // Beside a control the card's heading is level with it; above and below it is centred.
    let (x, y) = match side {
        Side::Right => (target.right() + GAP, within(middle.1 - card.1.min(88.0) / 2.0, card.1, view.1)),
        Side::Left => (target.x - GAP - card.0, within(middle.1 - card.1.min(88.0) / 2.0, card.1, view.1)),
        Side::Below => (within(middle.0 - card.0 / 2.0, card.0, view.0), target.bottom() + GAP),
        Side::Above | Side::Corner => {
            (within(middle.0 - card.0 / 2.0, card.0, view.0), target.y - GAP - card.1)
        }
    };
    let (at, length) = if across { (middle.1 - y, card.1) } else { (middle.0 - x, card.0) };
    Spot { x, y, side, tip: at.min(length - 22.0).max(22.0) }
}

fn corner(card: (f64, f64), view: (f64, f64), rtl: bool) -> Spot {
    let far = (view.0 - card.0 - EDGE).max(0.0);
    let x = if rtl { EDGE.min(far) } else { far };
    Spot { x, y: (view.1 - card.1 - EDGE).max(0.0), side: Side::Corner, tip: 0.0 }
}

fn least_hidden(target: Box, card: (f64, f64), view: (f64, f64), rtl: bool) -> Spot {
    let start = corner(card, view, rtl);
    let (left, top) = (EDGE.min((view.0 - card.0).max(0.0)), EDGE.min((view.1 - card.1).max(0.0)));
    let right = (view.0 - card.0 - EDGE).max(0.0);
    let mut best = start;
    let mut least = f64::INFINITY;
    for (x, y) in
        [(start.x, start.y), (start.x, top), (right, start.y), (left, start.y), (right, top), (left, top)]
    {
        let hidden = target.grown(GAP).clip(Box { x, y, w: card.0, h: card.1 }).area();
        if hidden < least {
            (least, best) = (hidden, Spot { x, y, side: Side::Corner, tip: 0.0 });
        }
    }
    best
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
            place(at(100.0, 300.0, 120.0, 32.0), CARD, VIEW, (false, false), None, &|_| 0).side,
            Side::Right
        );
        assert_eq!(
            place(at(900.0, 300.0, 120.0, 32.0), CARD, VIEW, (true, false), None, &|_| 0).side,
            Side::Left
        );
    }

    #[test]
    fn flips_when_there_is_no_room() {
        assert_eq!(
            place(at(1100.0, 300.0, 120.0, 32.0), CARD, VIEW, (false, false), None, &|_| 0).side,
            Side::Left
        );
        assert_eq!(
            place(at(20.0, 100.0, 1240.0, 32.0), CARD, VIEW, (false, false), None, &|_| 0).side,
            Side::Below
        );
        assert_eq!(
            place(at(20.0, 300.0, 1240.0, 32.0), CARD, VIEW, (false, true), None, &|_| 0).side,
            Side::Above
        );
        assert_eq!(
            place(at(20.0, 600.0, 1240.0, 32.0), CARD, VIEW, (false, false), None, &|_| 0).side,
            Side::Above
        );
    }

    #[test]
    fn prefers_the_side_where_it_covers_least() {
        let target = at(500.0, 300.0, 120.0, 32.0);
        let right_is_full = |area: Box| u32::from(area.x > 500.0);
        assert_eq!(place(target, CARD, VIEW, (false, false), None, &right_is_full).side, Side::Left);
    }

    #[test]
    fn stays_on_its_side_while_there_is_room() {
        let target = at(500.0, 300.0, 120.0, 32.0);
        assert_eq!(place(target, CARD, VIEW, (false, false), Some(Side::Left), &|_| 0).side, Side::Left);
        assert_eq!(place(target, CARD, VIEW, (false, false), Some(Side::Above), &|_| 0).side, Side::Above);
        assert_eq!(
            place(at(20.0, 300.0, 120.0, 32.0), CARD, VIEW, (false, false), Some(Side::Left), &|_| 0).side,
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
                let spot = place(Some(target), card, view, (step % 2 == 0, false), None, &|_| 0);
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
        let spot = place(None, CARD, VIEW, (false, false), Some(Side::Left), &|_| 0);
        assert_eq!((spot.side, spot.x, spot.y), (Side::Corner, 1280.0 - 340.0 - EDGE, 720.0 - 220.0 - EDGE));
        assert_eq!(place(None, CARD, VIEW, (true, false), None, &|_| 0).x, EDGE);
    }

    #[test]
    fn a_window_smaller_than_the_card_begins_at_its_edge() {
        let spot =
            place(at(10.0, 10.0, 50.0, 20.0), (300.0, 400.0), (200.0, 150.0), (false, false), None, &|_| 0);
        assert_eq!((spot.x, spot.y), (0.0, 0.0));
    }
}
