use serde_json::json;

use crate::program::{EXAMPLE, Folder, prints};

#[test]
fn plans_come_with_the_lines_to_run_and_exit_with_0() {
    let stdout = "\
2 ways by which Wren Abernathy (wren) may create_bill in Clio Manage

plan 1
  step 1   Grant a permission: grant billing wren; by Nadia Hartley (nadia), or by tomas, priya, marek
  follows  Messages about card payments start
  opens    Wren Abernathy: Delete a bill, Delete a payment, Choose how bills are made and 8 more
  run      clio-rules change nadia grant billing wren --product manage

plan 2
  step 1  Grant a permission: grant administrator wren; by Nadia Hartley (nadia), or by tomas, priya, marek
  opens   Wren Abernathy: Add court rules, Delete many matters at once, Delete many contacts at once and 53 more
  run     clio-rules change nadia grant administrator wren --product manage
";
    prints(["how-can", "wren", "create_bill"], 0, stdout, EXAMPLE);
}

#[test]
fn where_no_change_helps_it_says_why_and_exits_with_1() {
    let stdout = "\
no way: Greta Vance (greta) may not create_bill in Clio Manage

  This person is disabled and can do nothing until they are enabled again; no permission change alters that
";
    prints(["how-can", "greta", "create_bill"], 1, stdout, EXAMPLE);
}

#[test]
fn what_is_allowed_already_is_one_plan_without_steps() {
    let folder = Folder::new();
    let run = folder.run(["how-can", "tomas", "create_bill", "--format", "json"]);
    run.prints_json(
        0,
        json!({
            "ask": "how_can",
            "product": "manage",
            "user": "tomas",
            "action": "create_bill",
            "yes": true,
            "plans": [{"steps": [], "by": [], "effects": [], "also_opens": []}],
        }),
        EXAMPLE,
    );
}

#[test]
fn a_misspelt_name_is_no_answer() {
    let stderr = format!(
        "{EXAMPLE}\
error[unknown-user]: nobody in this firm has the id `wern`
 |
 = help: did you mean `wren`?

`clio-rules explain unknown-user` says more
"
    );
    prints(["how-can", "wern", "create_bill"], 2, "", &stderr);
}
