//! What the Zentrale may rely on, shown on every database it runs on.

#[cfg(test)]
mod storage_suite {
    mod damage;
    mod database;
    mod documents;
    mod einreichung;
    mod feed;
    mod instances;
    mod isolation;
    mod office;
    mod pushing;
    #[path = "sqlite.rs"]
    mod sqlite_only;
    mod stalling;
    mod statements;

    macro_rules! on_every_database {
        ($($module:ident::$name:ident)+) => {
            mod sqlite {
                $(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                    async fn $name() {
                        super::$module::$name(super::database::Database::sqlite().await).await;
                    }
                )+
            }
            mod postgres {
                $(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                    async fn $name() {
                        super::$module::$name(super::database::Database::postgres().await).await;
                    }
                )+
            }
        };
    }

    on_every_database! {
        pushing::a_repeated_push_gets_the_same_bytes
        pushing::an_id_that_comes_back_with_other_content_changes_nothing
        pushing::an_entry_waits_for_its_parents
        pushing::a_decision_goes_on_the_contradiction_it_decides
        pushing::a_batch_is_written_whole_or_not_at_all
        pushing::a_thing_that_exists_cannot_be_made_again
        pushing::nobody_writes_for_an_unknown_mandant
        pushing::a_mandant_is_set_up_once
        feed::positions_are_gapless_and_chained
        feed::a_reader_gets_its_scopes_page_by_page
        feed::a_pinned_thing_comes_once_wherever_it_goes
        feed::a_thing_that_moves_leaves_one_scope_and_enters_another
        feed::the_verlauf_of_a_thing_follows_it_everywhere
        feed::digests_are_those_of_the_things
        feed::a_scope_is_read_in_pages
        feed::every_slice_is_one_moment
        documents::a_document_belongs_to_those_who_uploaded_it
        documents::a_thing_refers_to_documents
        documents::a_device_signs_in_until_it_is_revoked
        einreichung::an_einreichung_is_remembered_once
        einreichung::of_two_that_go_on_one_is_too_late
        einreichung::what_is_due_comes_in_its_order
        einreichung::a_key_has_one_row
        isolation::two_mandanten_never_see_each_other
        damage::every_changed_byte_is_found
        damage::nothing_is_decided_on_damaged_ground
    }
}
