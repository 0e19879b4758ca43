//! Draws messages.

use std::collections::BTreeMap;

use kontor_domain::{
    AkteId, Akteur, Betreff, Conflict, Contest, DocumentHash, EinheitId, EntityRef, Feldwert,
    InstanceId, IntentId, Mandant, MandantId, Moment, PersonId, Refusal, Revision, Rolle, Scope,
    Side, Stamp, Status, VorgangId,
};
use kontor_wire::{
    ChainHash, ChunksResponse, CompleteRequest, Deferral, Digest, Epoch, FeedRow, Head, Hello,
    Limits, MissingRequest, MissingResponse, Outcome, Position, Problem, ProblemCode, Protocols,
    PullRequest, PullResponse, PushEntry, PushRequest, PushResponse, PushResult, ScopePage,
    ScopeRequest, SignIn, SignInProvider, StandRow, StandsRequest, StandsResponse, StateHash, Step,
    VerlaufPage, VerlaufRow,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

fn uuid() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn person() -> impl Strategy<Value = PersonId> {
    uuid().prop_map(PersonId::new)
}

fn intent_id() -> impl Strategy<Value = IntentId> {
    uuid().prop_map(IntentId::new)
}

fn moment() -> impl Strategy<Value = Moment> {
    any::<i64>().prop_map(Moment::from_unix_ms)
}

fn position() -> impl Strategy<Value = Position> {
    any::<u64>().prop_map(Position)
}

fn revision() -> impl Strategy<Value = Revision> {
    any::<u64>().prop_map(Revision::new)
}

fn hash() -> impl Strategy<Value = DocumentHash> {
    any::<[u8; 32]>().prop_map(DocumentHash::from_bytes)
}

fn state_hash() -> impl Strategy<Value = StateHash> {
    any::<[u8; 32]>().prop_map(StateHash::from_bytes)
}

fn entity() -> impl Strategy<Value = EntityRef> {
    (uuid(), 0..4_u8).prop_map(|(id, kind)| match kind {
        0 => PersonId::new(id).into(),
        1 => EinheitId::new(id).into(),
        2 => AkteId::new(id).into(),
        _ => VorgangId::new(id).into(),
    })
}

fn scope() -> impl Strategy<Value = Scope> {
    option::of(uuid())
        .prop_map(|id| id.map_or(Scope::Stammdaten, |id| Scope::Einheit(EinheitId::new(id))))
}

/// Text as people write it and as nobody should.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zäöüß „“\"\\\\/0-9]{0,20}", ".{0,20}"]
}

/// Anything, in bytes of its own: blanks and the order of fields stay.
fn raw() -> impl Strategy<Value = Box<RawValue>> {
    (text(), any::<i64>(), any::<bool>()).prop_map(|(text, number, spaced)| {
        let text = to_raw_value(&text).unwrap();
        let json = if spaced {
            format!("{{ \"z\" : {number},\n \"a\":[ {text} , 1.50e3, null ] }}")
        } else {
            format!("{{\"a\":{text},\"z\":{number}}}")
        };
        RawValue::from_string(json).unwrap()
    })
}

fn head() -> impl Strategy<Value = Head> {
    (position(), any::<[u8; 32]>()).prop_map(|(seq, hash)| Head { seq, hash: ChainHash(hash) })
}

fn digest() -> impl Strategy<Value = Digest> {
    (any::<u64>(), any::<u128>()).prop_map(|(rows, sum)| Digest { rows, sum })
}

fn akteur() -> impl Strategy<Value = Akteur> {
    let rollen = vec(select(vec![Rolle::Leitung, Rolle::Poststelle, Rolle::Revision]), 0..3);
    (person(), rollen, vec(uuid(), 0..3)).prop_map(|(person, rollen, einheiten)| Akteur {
        person,
        rollen: rollen.into_iter().collect(),
        einheiten: einheiten.into_iter().map(EinheitId::new).collect(),
    })
}

pub(crate) fn hello() -> impl Strategy<Value = Hello> {
    let limits = (1..5_000_usize, any::<u64>()).prop_map(|(rows_max, chunk_bytes)| Limits {
        rows_max,
        chunk_bytes,
        ..Limits::default()
    });
    let who = (uuid(), "[A-ZÄÖÜ][a-zäöüß]{1,12}", akteur());
    (any::<[u16; 2]>(), who, vec(scope(), 0..4), uuid(), head(), limits).prop_map(
        |([min, max], (id, name, akteur), scopes, epoch, head, limits)| Hello {
            protocols: Protocols { min, max },
            mandant: Mandant { id: MandantId::new(id), name: name.parse().unwrap() },
            akteur,
            scopes,
            epoch: Epoch(epoch),
            head,
            limits,
        },
    )
}

pub(crate) fn sign_in() -> impl Strategy<Value = SignIn> {
    let provider = (text(), text(), vec(text(), 0..3))
        .prop_map(|(issuer, client_id, scopes)| SignInProvider { issuer, client_id, scopes });
    vec(provider, 0..3).prop_map(|providers| SignIn { providers })
}

/// Every code there is.
pub(crate) const CODES: [ProblemCode; 15] = [
    ProblemCode::Unauthenticated,
    ProblemCode::Forbidden,
    ProblemCode::NotFound,
    ProblemCode::Malformed,
    ProblemCode::TooLarge,
    ProblemCode::ClientTooOld,
    ProblemCode::ClientTooNew,
    ProblemCode::IntentIdReused,
    ProblemCode::EpochChanged,
    ProblemCode::HashMismatch,
    ProblemCode::UploadIncomplete,
    ProblemCode::Busy,
    ProblemCode::Unavailable,
    ProblemCode::Internal,
    ProblemCode::Other,
];

pub(crate) fn problem() -> impl Strategy<Value = Problem> {
    (any::<u16>(), select(CODES.to_vec()), text(), option::of(any::<u64>())).prop_map(
        |(status, code, title, retry_after_seconds)| Problem {
            status,
            code,
            title,
            retry_after_seconds,
        },
    )
}

pub(crate) fn push_request() -> impl Strategy<Value = PushRequest> {
    let entry = (any::<u64>(), vec(intent_id(), 0..3), any::<bool>(), raw()).prop_map(
        |(number, parents, withdrawn, entry)| PushEntry { number, parents, withdrawn, entry },
    );
    (uuid(), vec(entry, 0..4)).prop_map(|(instance, entries)| PushRequest {
        instance: InstanceId::new(instance),
        entries,
    })
}

pub(crate) fn push_response() -> impl Strategy<Value = PushResponse> {
    let result = push_result().prop_map(|result| to_raw_value(&result).unwrap());
    vec(result, 0..4).prop_map(|results| PushResponse { results })
}

fn conflict() -> impl Strategy<Value = Conflict> {
    let side = |wert: BoxedStrategy<Feldwert>| {
        (wert, person(), moment()).prop_map(|(wert, by, at)| Side { wert, stamp: Stamp { by, at } })
    };
    let wert = prop_oneof![
        Just(
            "[A-Z][a-zäöü]{0,9}"
                .prop_map(|text| { Feldwert::Betreff(text.parse::<Betreff>().unwrap()) })
                .boxed()
        ),
        Just(option::of(person()).prop_map(Feldwert::Zuweisung).boxed()),
        Just(
            select(vec![Status::Offen, Status::InBearbeitung, Status::Wartet, Status::ZdA])
                .prop_map(Feldwert::Status)
                .boxed()
        ),
    ];
    let contest =
        wert.prop_flat_map(move |wert| {
            (wert.clone(), side(wert.clone()), side(wert))
                .prop_map(|(base, mine, theirs)| Contest { base, mine, theirs })
        });
    vec(contest, 1..4).prop_map(|contests| Conflict {
        contested: contests.into_iter().map(|it| (it.base.feld(), it)).collect::<BTreeMap<_, _>>(),
    })
}

pub(crate) fn push_result() -> impl Strategy<Value = PushResult> {
    let refusals = vec![Refusal::Unknown, Refusal::NoRight, Refusal::Closed, Refusal::Newer];
    let reasons = vec![
        Deferral::Parent,
        Deferral::Document,
        Deferral::NotUnderstood,
        Deferral::IdReused,
        Deferral::Other,
    ];
    let outcome = prop_oneof![
        position().prop_map(|seq| Outcome::Accepted { seq }),
        position().prop_map(|seq| Outcome::Merged { seq }),
        (position(), conflict()).prop_map(|(seq, conflict)| Outcome::Conflict { seq, conflict }),
        select(refusals).prop_map(|refusal| Outcome::Rejected { refusal }),
        select(reasons).prop_map(|reason| Outcome::Deferred { reason }),
    ];
    (intent_id(), outcome).prop_map(|(id, outcome)| PushResult { id, outcome })
}

pub(crate) fn pull_request() -> impl Strategy<Value = PullRequest> {
    (uuid(), position(), option::of(head()), vec(scope(), 0..3), vec(entity(), 0..3)).prop_map(
        |(epoch, after, witness, scopes, pins)| PullRequest {
            epoch: Epoch(epoch),
            after,
            witness,
            scopes,
            pins,
        },
    )
}

pub(crate) fn feed_row() -> impl Strategy<Value = FeedRow> {
    let what = (intent_id(), person(), moment());
    let step = select(vec![Step::Change, Step::Enter, Step::Exit]);
    (position(), scope(), entity(), revision(), what, step, state_hash(), raw()).prop_map(
        |(seq, scope, entity, revision, (intent, author, received), step, state, events)| FeedRow {
            seq,
            scope,
            entity,
            revision,
            intent,
            author,
            received,
            step,
            state,
            events,
        },
    )
}

fn stand_row() -> impl Strategy<Value = StandRow> {
    (entity(), revision(), raw()).prop_map(|(entity, revision, state)| StandRow {
        entity,
        revision,
        state,
    })
}

pub(crate) fn pull_response() -> impl Strategy<Value = PullResponse> {
    let digests = vec((scope(), digest()), 0..3);
    let lists = (vec(feed_row(), 0..3), vec(stand_row(), 0..3), vec(entity(), 0..3));
    (lists, position(), head(), vec(scope(), 0..3), digests).prop_map(
        |((rows, stands, lost_pins), to, head, scopes, digests)| PullResponse {
            rows,
            stands,
            to,
            head,
            scopes,
            lost_pins,
            digests: digests.into_iter().collect(),
        },
    )
}

pub(crate) fn stands_request() -> impl Strategy<Value = StandsRequest> {
    vec(entity(), 0..4).prop_map(|entities| StandsRequest { entities })
}

pub(crate) fn stands_response() -> impl Strategy<Value = StandsResponse> {
    vec(stand_row(), 0..4).prop_map(|stands| StandsResponse { stands })
}

pub(crate) fn scope_request() -> impl Strategy<Value = ScopeRequest> {
    (scope(), option::of(entity()), any::<u32>()).prop_map(|(scope, after, rows_max)| {
        ScopeRequest { scope, after, rows_max: rows_max as usize }
    })
}

pub(crate) fn scope_page() -> impl Strategy<Value = ScopePage> {
    (vec(stand_row(), 0..4), any::<bool>()).prop_map(|(stands, more)| ScopePage { stands, more })
}

pub(crate) fn verlauf_page() -> impl Strategy<Value = VerlaufPage> {
    let row = (position(), revision(), intent_id(), person(), moment(), raw()).prop_map(
        |(seq, revision, intent, author, received, events)| VerlaufRow {
            seq,
            revision,
            intent,
            author,
            received,
            events,
        },
    );
    (vec(row, 0..4), any::<bool>()).prop_map(|(rows, more)| VerlaufPage { rows, more })
}

pub(crate) fn missing_request() -> impl Strategy<Value = MissingRequest> {
    vec(hash(), 0..4).prop_map(|hashes| MissingRequest { hashes })
}

pub(crate) fn missing_response() -> impl Strategy<Value = MissingResponse> {
    vec(hash(), 0..4).prop_map(|missing| MissingResponse { missing })
}

pub(crate) fn chunks_response() -> impl Strategy<Value = ChunksResponse> {
    vec(any::<u32>(), 0..6).prop_map(|received| ChunksResponse { received })
}

pub(crate) fn complete_request() -> impl Strategy<Value = CompleteRequest> {
    any::<u64>().prop_map(|size_bytes| CompleteRequest { size_bytes })
}
