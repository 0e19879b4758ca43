//! Fristen by rule: reckoned with the public holidays of the unit's Land, and kept with how they came
//! about.

use kontor_app::Code;
use serde_json::{Value, json};

use crate::kreis::{ANNA, VORGANG};
use crate::profile::{Folder, ask, refused};

/// One month from 4 May 2026 ends on Fronleichnam, which is a day off in the Kreis's Land.
fn rule() -> Value {
    json!({ "beginn": "2026-05-04", "art": "ereignis", "anzahl": 1, "einheit": "monate",
            "hemmungen": [], "fest": false, "rechtsgrundlage": "§ 28 VwVfG" })
}

#[tokio::test]
async fn a_frist_is_reckoned_with_the_holidays_of_the_land() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let payload = json!({ "vorgang": VORGANG, "rechnung": rule() });
    let reckoned = ask(&office, "frist.reckon", &payload);
    assert_eq!(reckoned["ende"], "2026-06-05");
    let sentences = reckoned["sentences"].as_array().unwrap();
    assert!(
        sentences.iter().any(|it| it.as_str().unwrap().contains("Fronleichnam")),
        "{sentences:?}"
    );

    let set = json!({ "vorgang": VORGANG, "name": "Anhörung", "rechnung": rule() });
    let frist = ask(&office, "frist.set", &set)["frist"].clone();
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    let shown = &shown["vorgang"]["fristen"][0];
    assert_eq!((&shown["id"], &shown["ende"]), (&frist, &json!("2026-06-05")));
    assert_eq!(shown["rechnung"], rule());
    assert_eq!(shown["sentences"], reckoned["sentences"]);

    // Naming the day instead leaves no rule behind that would explain another.
    let by_hand =
        json!({ "vorgang": VORGANG, "frist": frist, "name": "Anhörung", "ende": "2026-06-12" });
    ask(&office, "frist.set", &by_hand);
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert_eq!(shown["vorgang"]["fristen"][0]["rechnung"], json!(null));
    assert_eq!(shown["vorgang"]["fristen"][0]["ende"], "2026-06-12");
}

#[tokio::test]
async fn a_frist_needs_a_day_or_a_rule_that_leads_to_one() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let set = |more: Value| {
        let mut payload = json!({ "vorgang": VORGANG, "name": "Anhörung" });
        payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        refused(&office, "frist.set", &payload)
    };
    assert_eq!(set(json!({})), Code::PayloadUnfit);
    assert_eq!(set(json!({ "ende": "2026-06-05", "rechnung": rule() })), Code::PayloadUnfit);
    let mut endless = rule();
    endless["einheit"] = json!("jahre");
    endless["anzahl"] = json!(5_000);
    assert_eq!(set(json!({ "rechnung": endless })), Code::PayloadUnfit);
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert_eq!(shown["vorgang"]["fristen"], json!([]));
}
