use super::*;
use crate::link::product::ReadingId;
use pretty_assertions::assert_eq;

#[test]
fn numbers_have_room_to_the_last_bit() {
    let over = |readings: u16| {
        let slots = (0..readings).map(|reading| InputSlot {
            origin: WordOrigin::Firm,
            field: Layout::reading(ReadingId(reading)),
        });
        CellIndex::over(slots, &mut GatherFinder::default()).map(|index| index.len())
    };
    assert_eq!(over(0), Some(1));
    assert_eq!(over(31), Some(1 << 31));
    assert_eq!(over(32), None);
    assert_eq!(over(40), None);
}
