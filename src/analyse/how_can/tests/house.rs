//! A house with levels, readings and changes, and people for it and for the built-in rules.

use super::*;

pub(super) fn firm_of(rulebook: &Rulebook, users: impl IntoIterator<Item = User>) -> Firm {
    Firm::of_users(rulebook, "Made Up", users).unwrap()
}

pub(super) fn manage(id: &str, roles: &[&str]) -> User {
    let seat = roles
        .iter()
        .fold(Seat::new("manage"), |seat, role| seat.role(*role));
    User::new(id).seat(seat)
}

pub(super) fn grow(id: &str, role: &str) -> User {
    User::new(id).seat(Seat::new("grow").role(role))
}

/// Only permissions, so that the simple planner can visit every firm.
pub(super) const HOUSE: &str = "
product: house
title: House
document:
  title: The house
  sections:
    all: All of it
roles:
  guest:
    title: Guest
    basis: stated
    section: all
  friend:
    title: Friend
    basis: stated
    section: all
  owner:
    title: Owner
    basis: stated
    section: all
    holders:
      count: exactly one
      enabled: true
    moves_by: hand_over
  porter:
    title: Porter
    basis: stated
    section: all
settings:
  has_key:
    title: Has a key
    values: [false, true]
    default: false
    basis: stated
    section: all
grounds:
  user_disabled:
    because: Gone
    basis: stated
    section: all
  user_has_no_seat:
    because: A stranger
    basis: stated
    section: all
  target_has_no_seat:
    because: Somebody else's guest
    basis: stated
    section: all
refusals:
  not_to_oneself:
    when: same_user
    because: Not to oneself
  not_to_guests:
    when: target.guest
    because: Guests first become friends
actions:
  - group: All
    section: all
    basis: stated
    actions:
      come_in:
        title: Come in
        allow: everyone
        when: user.has_key
        because: There is no key
      stay:
        title: Stay
        allow: friend
      sell:
        title: Sell it
        allow: owner
  - group: People
    section: all
    basis: stated
    target: user
    allow: porter
    when: target.has_key && user.has_key
    because: Both need a key
    unless: [not_to_oneself]
    actions:
      let_in: Let somebody in
changes:
  befriend:
    title: Make somebody something
    section: all
    basis: stated
    takes:
      role: [guest, friend]
    allow: owner
    unless: [not_to_oneself]
    does:
      - give: role
        to: target
  appoint:
    title: Appoint a porter
    section: all
    basis: stated
    allow: owner
    unless: [not_to_guests]
    does:
      - give: porter
        to: target
  dismiss:
    title: Dismiss a porter
    section: all
    basis: stated
    allow: owner
    does:
      - take: porter
        from: target
  set_key:
    title: Hand out or take a key
    section: all
    basis: stated
    takes:
      setting: [has_key]
      value: a value of setting
    allow: porter
    unless: [not_to_oneself]
    does:
      - set: setting
        of: target
        to: value
  hand_over:
    title: Hand the house over
    section: all
    basis: stated
    allow: owner
    unless: [not_to_oneself, not_to_guests]
    does:
      - take: owner
        from: user
      - give: owner
        to: target
effects:
  owner_takes_the_key:
    title: The owner takes the key
    after: dismiss
    when: target.has_key
    basis: stated
    section: all
    does:
      - set: has_key
        of: target
        to: false
      - set: has_key
        of: holder of owner
        to: true
seats:
  hold: exactly one of [guest, friend]
";

pub(super) fn house() -> Rulebook {
    Rulebook::from_texts([("house.yaml", HOUSE)]).unwrap()
}

pub(super) fn tenant(id: &str, roles: &[&str]) -> User {
    let seat = roles
        .iter()
        .fold(Seat::new("house"), |seat, role| seat.role(*role));
    User::new(id).seat(seat)
}
