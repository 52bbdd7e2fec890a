//! The rules as a `match`, behind one map from ids to people and one from names to what an action needs.

use std::collections::HashMap;
use std::error::Error;
use std::ops::Range;

use crate::engine::{Engine, Role};
use crate::firm::{Level, Manage, Person};
use crate::queries::{Named, Questions};

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Administrator,
    PrimarySubscriber,
    ManageSeat,
    Billing,
    BillingItself,
    Accounts,
    Reports,
    OwnRate,
    OthersRates,
    OthersHours,
    MatterAccess,
    PrivateTasks,
    EditDetails,
    EditPermissions,
    ViewActivity,
    Admin,
    GrowSeat,
    EditLevel,
}

/// Whether somebody may do what needs this.
pub(crate) fn may(
    user: &Person,
    need: Need,
    target: Option<&Person>,
    is_self: bool,
    fact: Option<&str>,
) -> bool {
    use Need::*;
    if !user.enabled {
        return false;
    }
    if matches!(need, Admin | GrowSeat | EditLevel) {
        let Some(level) = user.grow else { return false };
        return match need {
            GrowSeat => true,
            EditLevel => {
                level == Level::Admin && !is_self && target.is_some_and(|t| t.grow.is_some())
            }
            _ => level == Level::Admin,
        };
    }
    let Some(seat) = &user.manage else {
        return false;
    };
    match need {
        Administrator => administers(seat),
        PrimarySubscriber => seat.primary_subscriber,
        ManageSeat => true,
        Billing => seat.billing || administers(seat),
        BillingItself => seat.billing,
        Accounts => seat.accounts || administers(seat),
        Reports => seat.reports || administers(seat),
        OwnRate => seat.rates != "none",
        OthersRates => seat.rates == "all",
        OthersHours => seat.hours == "all",
        MatterAccess => fact != Some("not_listed"),
        PrivateTasks => fact != Some("neither") || administers(seat),
        EditDetails => is_self || administers(seat) && is_ordinary(target),
        EditPermissions => !is_self && administers(seat) && is_ordinary(target),
        ViewActivity => administers(seat) && target.is_some_and(|t| t.manage.is_some()),
        Admin | GrowSeat | EditLevel => false,
    }
}

fn administers(seat: &Manage) -> bool {
    seat.administrator || seat.primary_subscriber
}

/// Whether it is somebody with a seat in Manage who is not the primary subscriber.
fn is_ordinary(target: Option<&Person>) -> bool {
    let seat = target.and_then(|target| target.manage.as_ref());
    seat.is_some_and(|seat| !seat.primary_subscriber)
}

/// What an action needs, by its name.
pub(crate) fn need(action: &str) -> Option<Need> {
    Some(match action {
        "transfer_ownership" | "control_firm_calendar" => Need::PrimarySubscriber,
        "share_calendars"
        | "manage_text_snippets"
        | "manage_co_counsel_settings"
        | "manage_practice_areas"
        | "set_up_personal_calendar_sync"
        | "delete_contact"
        | "delete_document"
        | "view_firm_feed"
        | "view_own_activity_hours" => Need::ManageSeat,
        "delete_bill"
        | "delete_payment"
        | "manage_bill_settings"
        | "manage_bill_themes"
        | "manage_payment_profiles"
        | "open_settings_billing"
        | "view_billing_tab"
        | "view_bills_subtab"
        | "create_bill"
        | "edit_bill"
        | "accept_bill_payment" => Need::Billing,
        "receive_payment_notifications" => Need::BillingItself,
        "view_accounts_tab"
        | "view_transactions_subtab"
        | "add_trust_account"
        | "add_operating_account"
        | "record_incoming_transaction"
        | "record_outgoing_transaction" => Need::Accounts,
        "view_reports_tab" | "generate_reports" => Need::Reports,
        "view_own_billing_rate" => Need::OwnRate,
        "view_others_billing_rates" => Need::OthersRates,
        "view_others_activity_hours" => Need::OthersHours,
        "open_matter" | "delete_matter" => Need::MatterAccess,
        "view_private_tasks" => Need::PrivateTasks,
        "edit_user_profile" | "edit_user_login" => Need::EditDetails,
        "edit_user_permissions" | "edit_user_visibility" => Need::EditPermissions,
        "view_user_activity" => Need::ViewActivity,
        "view_reports"
        | "export_contacts"
        | "export_matters"
        | "invite_users"
        | "deactivate_users"
        | "add_licenses"
        | "remove_licenses"
        | "update_billing_information" => Need::Admin,
        "use_contacts" | "use_matters" | "use_tasks" | "use_calendar" | "use_documents"
        | "use_communications" => Need::GrowSeat,
        "edit_user_permission" => Need::EditLevel,
        "add_court_rules"
        | "bulk_delete_matters"
        | "bulk_delete_contacts"
        | "bulk_edit_expenses"
        | "bulk_edit_time_entries"
        | "create_permission_groups"
        | "modify_permission_groups"
        | "cancel_account"
        | "enable_accounting_integrations"
        | "enable_document_integrations"
        | "enable_strong_passwords"
        | "require_two_factor_authentication"
        | "run_global_export"
        | "bulk_export_account_data"
        | "manage_account_and_payment_information"
        | "sign_up_for_clio_payments"
        | "manage_custom_fields"
        | "manage_matter_numbering"
        | "update_firm_contact_information"
        | "manage_firm_feed"
        | "manage_user_permissions"
        | "set_up_firm_calendar_sync"
        | "restore_from_recovery_bin"
        | "view_account_sessions"
        | "open_settings_account_and_payment_info"
        | "open_settings_manage_users"
        | "open_settings_groups_permissions_and_job_titles"
        | "open_settings_custom_fields"
        | "open_settings_recovery_bin"
        | "open_settings_bill_syncing"
        | "open_settings_aggregate_reporting_participation"
        | "open_settings_clio_payments"
        | "open_settings_matter_numbering" => Need::Administrator,
        _ => return None,
    })
}

struct Match {
    people: HashMap<String, Person>,
    needs: HashMap<String, Need>,
    queries: Vec<Owned>,
}

/// A question by names that owns them.
struct Owned {
    user: String,
    action: String,
    target: Option<String>,
    fact: Option<String>,
}

pub(crate) fn by_match(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let people = questions.people.iter();
    let asked = questions.asked.iter();
    let needs = asked.map(|asked| {
        let missing = || format!("no rule for {}", asked.action);
        Ok((
            asked.action.clone(),
            need(&asked.action).ok_or_else(missing)?,
        ))
    });
    Ok(Box::new(Match {
        people: people
            .map(|person| (person.id.clone(), person.clone()))
            .collect(),
        needs: needs.collect::<Result<_, Box<dyn Error>>>()?,
        queries: questions.named().map(Owned::of).collect(),
    }))
}

impl Owned {
    fn of(named: Named<'_>) -> Self {
        Self {
            user: named.user.to_owned(),
            action: named.action.to_owned(),
            target: named.target.map(str::to_owned),
            fact: named.fact.map(|(_, value)| value.to_owned()),
        }
    }
}

impl Match {
    fn is_allowed(&self, query: &Owned) -> Option<bool> {
        let user = self.people.get(&query.user)?;
        let need = self.needs.get(&query.action)?;
        let target = match &query.target {
            Some(target) => Some(self.people.get(target)?),
            None => None,
        };
        let is_self = target.is_some_and(|target| std::ptr::eq(target, user));
        Some(may(user, *need, target, is_self, query.fact.as_deref()))
    }
}

impl Engine for Match {
    fn name(&self) -> &'static str {
        "a match behind two maps"
    }

    fn role(&self) -> Role {
        Role::Bound
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (query, answer) in self.queries[queries].iter().zip(answers) {
            *answer = self.is_allowed(query).expect("every query can be asked");
        }
    }
}
