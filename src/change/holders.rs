//! Checks that roles with exactly one holder keep one.

use smallvec::{SmallVec, smallvec};

use crate::link::product::{Product, RoleId, RulingId, UserPart};
use crate::value::Value;

/// The first role that alterations would leave without exactly one holder, or with a disabled holder when that is not
/// allowed, and the ruling about it. `is_enabled` is called only when it decides.
pub(crate) fn broken_holder<W: Copy, H>(
    product: &Product,
    alterations: impl Iterator<Item = (W, UserPart, Value)> + Clone,
    is_enabled: impl Fn(W) -> Result<bool, H>,
) -> Result<Option<(RoleId, RulingId)>, H> {
    let of_one = alterations.filter_map(|(who, part, to)| match part {
        UserPart::Role(role) if product.single_holder(role).is_some() => Some((who, role, to)),
        _ => None,
    });
    if of_one.clone().next().is_none() {
        return Ok(None);
    }
    // By role, how often it is given and how often it is taken.
    let mut tallies: SmallVec<[[usize; 2]; 16]> = smallvec![[0, 0]; product.roles.len()];
    for (_, role, to) in of_one.clone() {
        if let Some([given, taken]) = tallies.get_mut(role.index()) {
            *(if to.is_yes() { given } else { taken }) += 1;
        }
    }
    for (role, holders) in product.single_holders() {
        let [given, taken] = tallies.get(role.index()).copied().unwrap_or_default();
        let mut is_broken = given != taken;
        if !is_broken && holders.enabled && given > 0 {
            let receivers = of_one.clone().filter(|one| one.1 == role && one.2.is_yes());
            for (who, ..) in receivers {
                is_broken = is_broken || !is_enabled(who)?;
            }
        }
        if is_broken {
            return Ok(Some((role, holders.ruling)));
        }
    }
    Ok(None)
}
