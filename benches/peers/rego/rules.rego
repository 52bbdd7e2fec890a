# Who may do what in Clio Manage and Clio Grow.
#
# input.action  the action
# input.user    who asks: enabled, roles (an object; a seat counts as a role), rates and hours of somebody with a Manage seat
# input.target  on whom, where the action takes somebody; shaped like a user, both with an id
# input.fact    the value of the action's fact, if it is given
# data.opened_by  the roles that open an action by themselves, those that bring them included
package clio

default allow := false

allow if {
	some role in data.opened_by[input.action]
	input.user.roles[role]
	input.user.enabled
}

allow if {
	input.action == "view_own_billing_rate"
	input.user.rates in {"all", "own"}
	input.user.enabled
}

allow if {
	input.action == "view_others_billing_rates"
	input.user.rates == "all"
	input.user.enabled
}

allow if {
	input.action == "view_others_activity_hours"
	input.user.hours == "all"
	input.user.enabled
}

allow if {
	input.action in {"open_matter", "delete_matter"}
	input.user.roles.manage_seat
	input.user.enabled
	not input.fact == "not_listed"
}

allow if {
	input.action == "view_private_tasks"
	input.user.roles.manage_seat
	input.user.enabled
	not input.fact == "neither"
}

allow if {
	input.action in {"edit_user_profile", "edit_user_login"}
	input.user.id == input.target.id
	input.user.roles.manage_seat
	input.user.enabled
}

allow if {
	input.action in {"edit_user_profile", "edit_user_login", "edit_user_permissions", "edit_user_visibility"}
	administers(input.user)
	input.user.id != input.target.id
	input.target.roles.manage_seat
	not input.target.roles.primary_subscriber
}

allow if {
	input.action == "view_user_activity"
	administers(input.user)
	input.target.roles.manage_seat
}

allow if {
	input.action == "edit_user_permission"
	input.user.roles.admin
	input.user.enabled
	input.user.id != input.target.id
	input.target.roles.grow_seat
}

administers(user) if {
	some role in {"administrator", "primary_subscriber"}
	user.roles[role]
	user.enabled
}
