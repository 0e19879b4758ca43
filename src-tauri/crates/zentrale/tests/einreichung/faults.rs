//! Nothing is lost and nothing is doubled, whatever breaks and whenever.

use kontor_zentrale::einreichung::{Held, Step};

use super::office::{Office, STEUERAMT};
use super::zustelldienst::hundesteuer;

async fn calls_of_a_good_round() -> usize {
    let office = Office::new().await;
    office.fake.send(1, &hundesteuer(1));
    office.fake.break_call(None, None);
    office.intake().round().await.unwrap();
    office.fake.calls()
}

/// After the fault every intake is a new one, so each case is a restart at that point as well.
async fn check(fail: Option<usize>, lose: Option<usize>) {
    let office = Office::new().await;
    let id = office.fake.send(1, &hundesteuer(1));
    office.fake.break_call(fail, lose);
    office.settle().await;
    let at = format!("call {fail:?} failed, answer {lose:?} lost");
    assert_eq!(office.step(id).await, Step::Confirmed, "{at}");
    assert_eq!(office.fake.answers(id).len(), 1, "{at}");
    let (eingaenge, vorgaenge) =
        (office.eingaenge(STEUERAMT).await, office.vorgaenge(STEUERAMT).await);
    assert_eq!((eingaenge.len(), vorgaenge.len()), (1, 1), "{at}");
    // Recorded once, assigned once.
    assert_eq!(office.rows(eingaenge[0].id.into()).await, 2, "{at}");
}

#[tokio::test]
async fn any_call_may_fail() {
    let calls = calls_of_a_good_round().await;
    assert!(calls >= 9, "{calls}");
    for call in 0..calls {
        check(Some(call), None).await;
    }
}

#[tokio::test]
async fn any_answer_may_get_lost() {
    for call in 0..calls_of_a_good_round().await {
        check(None, Some(call)).await;
    }
}

#[tokio::test]
async fn what_the_service_ended_before_we_had_it_is_lost_and_known() {
    let office = Office::new().await;
    let id = office.fake.send(1, &hundesteuer(1));
    // Fetching fails once; meanwhile the service gives up.
    office.fake.break_call(Some(3), None);
    office.intake().round().await.unwrap();
    assert_eq!(office.step(id).await, Step::Listed);
    office.fake.give_up(id);
    office.settle().await;
    assert_eq!(office.step(id).await, Step::Lost);
    assert!(office.eingaenge(STEUERAMT).await.is_empty());
}

#[tokio::test]
async fn what_was_ended_while_we_accepted_is_held_for_people() {
    let office = Office::new().await;
    let id = office.fake.send(1, &hundesteuer(1));
    // The accept event is the last but one call; it fails, and then the service gives up.
    office.fake.break_call(Some(calls_of_a_good_round().await - 2), None);
    office.intake().round().await.unwrap();
    assert!(matches!(office.step(id).await, Step::Committed { .. }));
    office.fake.give_up(id);
    office.settle().await;
    let step = office.step(id).await;
    assert!(matches!(step, Step::Held { reason: Held::EndedBefore, .. }), "{step:?}");
    assert_eq!(office.eingaenge(STEUERAMT).await.len(), 1, "it is stored all the same");
}

#[tokio::test]
async fn alarms_are_raised_on_day_3_7_and_12() {
    let office = Office::new().await;
    let mut sending = hundesteuer(1);
    sending.metadata["$schema"] =
        "https://schema.fitko.de/fit-connect/metadata/3.0.0/metadata.schema.json".into();
    let id = office.fake.send(1, &sending);
    for (days, expected) in [(0, 0), (2, 0), (1, 3), (3, 3), (1, 7), (5, 12), (30, 12)] {
        office.wait_days(days);
        office.intake().round().await.unwrap();
        assert_eq!(office.record(id).await.alarm_days, expected);
    }
}
