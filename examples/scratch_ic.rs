use clio_rules::*;
use std::hint::black_box;
#[inline(never)]
fn hot_handles(firm: &Firm, q: &[(UserHandle, ActionHandle, Option<UserHandle>)]) -> usize {
    q.iter()
        .filter_map(|(u, a, t)| firm.decide(*u, *a, *t).ok())
        .filter(|a| a.is_allowed())
        .count()
}
#[inline(never)]
fn hot_rules(firm: &Firm, q: &[(UserHandle, ActionHandle, Option<UserHandle>)]) -> u64 {
    q.iter()
        .filter_map(|(u, a, t)| firm.decide(*u, *a, *t).ok())
        .map(|a| a.code())
        .fold(0, u64::wrapping_add)
}
#[inline(never)]
fn hot_names(firm: &Firm, q: &[(String, String)]) -> usize {
    q.iter()
        .filter_map(|(u, a)| firm.answer(&Question::new(u, a)).ok())
        .filter(|a| a.is_allowed())
        .count()
}
fn main() {
    let rb = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rb).unwrap();
    let mut q = vec![];
    let mut n = vec![];
    for p in rb.products() {
        for a in rb.catalogue(p).unwrap().actions {
            let h = rb.action(Some(p), &a.id).unwrap();
            for u in firm.users() {
                if a.on_target {
                    for t in firm.users() {
                        q.push((firm.user(u).unwrap(), h, Some(firm.user(t).unwrap())));
                    }
                } else {
                    q.push((firm.user(u).unwrap(), h, None));
                    if rb.action(None, &a.id).is_ok() {
                        n.push((u.to_owned(), a.id.clone()));
                    }
                }
            }
        }
    }
    let mut q2 = vec![];
    for i in 0..10000 {
        q2.push(q[(i * 7919) % q.len()]);
    }
    let mut n2 = vec![];
    for i in 0..10000 {
        n2.push(n[(i * 7919) % n.len()].clone());
    }
    println!(
        "{} {} {}",
        hot_handles(&firm, black_box(&q2)),
        hot_rules(&firm, black_box(&q2)),
        hot_names(&firm, black_box(&n2))
    );
}
