"""What a saved evaluation is, who may do what with it, and how it ends."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from evalcore.predictions.evaluation import Question, Roles
from evalcore.sharing.samples import read_samples

ME, YOU = "my browser's token", "your browser's token"
NOT_THERE = "there is no saved evaluation under this link"


def tables_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".parquet", ".part"))


def assert_same_evaluation(one, other) -> None:
    assert one.fingerprint == other.fingerprint
    assert (one.task, one.roles, one.title) == (other.task, other.roles, other.title)
    assert (one.decisions, one.questions, one.warnings) == (other.decisions, other.questions, other.warnings)
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.models == other.models


def test_saved_evaluation_opens_again_as_it_was(store, evaluation):
    saved = store.save(evaluation, owner=ME)
    assert saved.title == "some scores"
    assert (saved.roles, saved.task, saved.rows) == (evaluation.roles, "binary", 40)
    assert saved.fingerprint == evaluation.fingerprint
    assert saved.expires == saved.used + timedelta(days=30)
    again = store.open(saved.id)
    assert_same_evaluation(again, evaluation)
    np.testing.assert_array_equal(again.predictions.truth, evaluation.predictions.truth)
    np.testing.assert_array_equal(again.predictions.models[0].values, evaluation.predictions.models[0].values)


def test_reasons_questions_and_warnings_of_the_first_time_are_kept(store, evaluation):
    asked = Question("positive", "Which class?", ("spam", "ham"), "spam")
    first = replace(evaluation, questions=(asked,), warnings=("the file had 2 broken lines",))
    assert_same_evaluation(store.open(store.save(first, owner=ME).id), first)


def test_all_samples_survive_being_saved(store):
    for sample in read_samples(Path("sample_data")):
        if sample.hidden:
            continue
        evaluation = open_predictions(*sample.files, title=sample.title)
        assert_same_evaluation(store.open(store.save(evaluation, owner=ME).id), evaluation)


cells = st.one_of(st.none(), st.floats(), st.integers(), st.booleans(), st.text(max_size=4), st.just(b"abc"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cells, min_size=4, max_size=4), st.text(max_size=5))
def test_fingerprint_survives_whatever_a_column_holds(store, values, name):
    table = pd.DataFrame({"label": [0, 1, 0, 1], "prob": [0.1, 0.9, 0.4, 0.35]})
    table[f"more {name}"] = pd.Series(values, dtype=object)
    evaluation = open_predictions(table, truth="label", score="prob", positive="1")
    again = store.open(store.save(evaluation, owner=ME).id)
    assert again.fingerprint == evaluation.fingerprint
    assert list(map(repr, again.table.iloc[:, 2])) == list(map(repr, evaluation.table.iloc[:, 2]))


def test_saving_twice_gives_the_same_id_to_the_same_owner_only(store, evaluation, folder):
    first = store.save(evaluation, owner=ME)
    assert store.save(evaluation, owner=ME).id == first.id
    assert store.save(evaluation, owner=YOU).id != first.id
    assert len(tables_in(folder)) == 2


def test_title_given_by_hand_outlives_a_second_upload(store, evaluation):
    saved = store.save(evaluation, owner=ME)
    store.rename(saved.id, "March", owner=ME)
    assert store.save(evaluation, owner=ME).title == "March"


def test_recent_lists_the_owners_evaluations_last_used_first(store, make_evaluation, clock):
    ids = []
    for seed in range(3):
        ids.append(store.save(make_evaluation(seed), owner=ME).id)
        clock.forward(hours=2)
    store.save(make_evaluation(9), owner=YOU)
    store.open(ids[0])
    assert [saved.id for saved in store.recent(ME)] == [ids[0], ids[2], ids[1]]
    assert len(store.recent(ME, limit=2)) == 2
    assert store.recent("a third browser") == ()


def test_only_the_owner_may_rename_change_or_delete(store, evaluation):
    saved = store.save(evaluation, owner=ME)
    for action in (
        lambda: store.rename(saved.id, "x", owner=YOU),
        lambda: store.update_roles(saved.id, Roles(), owner=YOU),
        lambda: store.delete(saved.id, owner=YOU),
    ):
        with pytest.raises(InputError, match="only the browser that saved an evaluation can"):
            action()
    assert store.find(saved.id) == saved
    assert store.is_owner(saved.id, owner=ME)
    assert not store.is_owner(saved.id, owner=YOU)
    assert store.open(saved.id).title == "some scores"  # anyone may open


def test_owner_token_is_nowhere_on_disk(store, evaluation, folder):
    store.save(evaluation, owner=ME)
    store.close()
    assert all(ME.encode() not in path.read_bytes() for path in folder.iterdir())
    with pytest.raises(InputError, match="owner must be"):
        store.save(evaluation, owner="")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  A\tb\n c ", "A b c"),
        ("x" * 500, "x" * 200),
        ("<b>bold</b>", "<b>bold</b>"),  # text, for the page to show as text
        ("evil\u202etxt\ud800\0", "evil txt"),
        ("größe 🦩", "größe 🦩"),
    ],
)
def test_titles_are_one_line_of_text(store, evaluation, given, kept):
    saved = store.save(evaluation, owner=ME)
    assert store.rename(saved.id, given, owner=ME).title == kept
    assert store.open(saved.id).title == kept


def test_empty_title_is_refused_by_rename_and_replaced_by_save(store, make_evaluation):
    saved = store.save(make_evaluation(title=" \n"), owner=ME)
    assert saved.title == "Untitled evaluation"
    with pytest.raises(InputError, match="title must have at least one visible character"):
        store.rename(saved.id, " \t ", owner=ME)


def test_roles_put_right_keep_the_id_and_the_other_reasons(store, evaluation):
    asked = (
        Question("positive", "Which class?", ("spam", "ham"), "spam"),
        Question("weight", "Is it a weight?", ("none", "other"), "none"),
    )
    first = replace(evaluation, questions=asked, warnings=("the file had 2 broken lines",))
    saved = store.save(first, owner=ME)
    changed = store.update_roles(saved.id, replace(saved.roles, positive="ham"), owner=ME)
    assert changed.id == saved.id
    assert changed.roles.positive == "ham"
    assert changed.fingerprint != saved.fingerprint
    again = store.open(saved.id)
    assert again.predictions.positive == "ham"
    assert again.fingerprint == changed.fingerprint
    assert [question.role for question in again.questions] == ["weight"]
    assert again.warnings[0] == "the file had 2 broken lines"


def test_reason_that_still_holds_is_not_replaced_by_stated_by_you(store):
    table = pd.DataFrame(
        {"label": ["no", "yes"] * 20, "prob": np.linspace(0, 1, 40), "site": ["a", "a", "b", "b"] * 10}
    )
    saved = store.save(open_predictions(table), owner=ME)
    reasons = {each.role: each.reason for each in store.open(saved.id).decisions}
    store.update_roles(saved.id, replace(saved.roles, positive="no"), owner=ME)
    assert {each.role: each.reason for each in store.open(saved.id).decisions}["truth"] == reasons["truth"]


def test_roles_that_cannot_be_change_nothing(store, evaluation):
    saved = store.save(evaluation, owner=ME)
    with pytest.raises(InputError, match="no such column"):
        store.update_roles(saved.id, Roles(truth="no such column"), owner=ME)
    assert store.find(saved.id) == saved
    assert_same_evaluation(store.open(saved.id), evaluation)


def test_roles_changed_to_those_of_a_second_upload_stay_two_evaluations(store, evaluation):
    first = store.save(evaluation, owner=ME)
    changed = store.update_roles(first.id, replace(first.roles, positive="ham"), owner=ME)
    second = store.save(evaluation, owner=ME)
    assert second.id != first.id
    twin = store.update_roles(second.id, changed.roles, owner=ME)
    assert twin.fingerprint == changed.fingerprint
    assert store.save(store.open(second.id), owner=ME).id == first.id
    assert store.update_roles(second.id, second.roles, owner=ME).fingerprint == evaluation.fingerprint
    assert store.save(evaluation, owner=ME).id == second.id


def test_deletion_removes_row_and_bytes(store, evaluation, folder):
    saved = store.save(evaluation, owner=ME)
    store.rename(saved.id, "a very telling title", owner=ME)
    store.delete(saved.id, owner=ME)
    assert tables_in(folder) == []
    assert store.recent(ME) == ()
    for action in (store.open, store.find, lambda key: store.delete(key, owner=ME)):
        with pytest.raises(InputError, match=NOT_THERE):
            action(saved.id)
    store.close()  # writes the log back
    assert all(b"telling title" not in path.read_bytes() for path in folder.iterdir())


def test_evaluation_lives_as_long_as_it_is_used(store, make_evaluation, clock, folder):
    used, unused = (store.save(make_evaluation(seed), owner=ME) for seed in (1, 2))
    clock.forward(days=20)
    store.open(used.id)
    clock.forward(days=11)
    with pytest.raises(InputError, match=r"or not used for 30 days$"):
        store.open(unused.id)
    assert [saved.id for saved in store.recent(ME)] == [used.id]
    store.open(used.id)
    assert tables_in(folder) == [f"{used.id}.parquet"]  # opening cleans up now and then
    clock.forward(days=31)
    assert store.sweep_expired() == 1
    assert tables_in(folder) == []


def test_expired_evaluation_can_be_saved_anew(store, evaluation, clock, monkeypatch):
    old = store.save(evaluation, owner=ME)
    clock.forward(days=31)
    monkeypatch.setattr(store, "_sweep_when_due", lambda: None)
    new = store.save(evaluation, owner=ME)
    assert new.id != old.id
    assert store.find(new.id) == new


def test_sweep_takes_any_moment_and_nothing_expires_without_retention(make_store, evaluation, clock):
    store = make_store()
    store.save(evaluation, owner=ME)
    assert store.sweep_expired(clock.now + timedelta(days=29)) == 0
    assert store.sweep_expired(clock.now + timedelta(days=30)) == 1
    forever = make_store(retention=None)
    saved = forever.save(evaluation, owner=ME)
    assert saved.expires is None
    clock.forward(days=36_500)
    assert forever.sweep_expired() == 0
    assert forever.open(saved.id).task == "binary"


def test_last_use_is_written_at_most_once_an_hour(store, evaluation, clock):
    saved = store.save(evaluation, owner=ME)
    clock.forward(minutes=59)
    store.open(saved.id)
    assert store.find(saved.id).used == saved.used
    clock.forward(minutes=2)
    store.open(saved.id)
    assert store.find(saved.id).used == clock.now
    assert store.find(saved.id).created == saved.created


def test_size_limit_refuses_and_deletes_nothing(make_store, make_evaluation, folder):
    size = make_store().save(make_evaluation(0), owner=ME).size
    store = make_store(size_limit=int(size * 2.5))
    kept = store.save(make_evaluation(1), owner=YOU)
    with pytest.raises(
        InputError, match=r"^there is no room to save this evaluation: it takes 0\.0 MB, and .* free; delete"
    ):
        store.save(make_evaluation(2), owner=YOU)
    assert len(tables_in(folder)) == 2
    assert len(store.recent(ME)) == len(store.recent(YOU)) == 1
    assert store.save(make_evaluation(1), owner=YOU).id == kept.id  # what is there takes no more room
    store.delete(kept.id, owner=YOU)
    store.save(make_evaluation(2), owner=YOU)


def test_expired_evaluations_make_room(make_store, make_evaluation, clock, folder):
    size = make_store().save(make_evaluation(0), owner=ME).size
    store = make_store(size_limit=int(size * 1.5))
    store.sweep_expired()
    clock.forward(days=31)
    store._swept = clock.now  # no clean-up is due
    store.save(make_evaluation(1), owner=YOU)
    assert len(tables_in(folder)) == 1


def test_only_this_user_may_read(store, evaluation, folder):
    store.save(evaluation, owner=ME)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert len(modes) >= 2
    assert set(modes.values()) == {0o600}, modes


def test_folder_that_was_there_keeps_its_rights(make_store, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o770)
    make_store(path=shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o770


HOSTILE = [
    "",
    ".",
    "..",
    "../../../../etc/passwd",
    "/etc/passwd",
    "a/../../../../../../tmp",
    "..%2f..%2f..%2f..%2fetc",
    "A" * 21,
    "A" * 23,
    "A" * 22 + "\n",
    "A" * 21 + "\0",
    "A" * 21 + "/",
    "A" * 21 + "é",
    "evaluations.sqlite",
    "sample-mnist-5",
    "' OR 1=1 --aaaaaaaaaaaa",
    "%" * 22,
    "_" * 22,
    None,
    7,
    b"A" * 22,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=repr)
def test_hostile_ids_find_nothing_and_touch_nothing(store, evaluation, folder, hostile):
    store.save(evaluation, owner=ME)
    before = tables_in(folder)
    for action in (
        store.open,
        store.find,
        lambda key: store.rename(key, "x", owner=ME),
        lambda key: store.update_roles(key, Roles(), owner=ME),
        lambda key: store.delete(key, owner=ME),
    ):
        with pytest.raises(InputError, match=NOT_THERE):
            action(hostile)
    assert not store.is_owner(hostile, owner=ME)
    assert tables_in(folder) == before


def test_path_is_made_of_a_valid_id_only(store):
    for hostile in HOSTILE:
        if hostile == "_" * 22:  # well-formed, though nobody has it
            continue
        with pytest.raises(InputError, match="an evaluation's id must be 22 letters"):
            store._folder.remove(hostile)


def test_rows_without_a_partner_are_kept_through_saving_and_other_roles(store):
    truth = pd.DataFrame({"id": range(40), "label": [0, 1] * 20})
    scores = pd.DataFrame({"id": range(5, 47), "prob": np.linspace(0, 1, 42), "note": ["é", None] * 21})
    before = open_predictions(
        ("truth.csv", truth.to_csv(index=False).encode()), ("scores.csv", scores.to_csv(index=False).encode())
    )
    saved = store.save(before, owner="me")
    for after in (
        store.open(saved.id),
        store.open(store.update_roles(saved.id, Roles(positive="0"), owner="me").id),
    ):
        assert [each.count for each in after.unmatched] == [each.count for each in before.unmatched] != []
        for one, two in zip(before.unmatched, after.unmatched, strict=True):
            assert (one.source, one.other, one.key, one.reason) == (
                two.source,
                two.other,
                two.key,
                two.reason,
            )
            pd.testing.assert_frame_equal(one.rows, two.rows)


def test_the_same_rows_joined_of_mended_files_have_no_lost_rows_any_more(store):
    scores = pd.DataFrame({"id": range(40), "prob": np.linspace(0, 1, 40)})
    truth = pd.DataFrame({"id": range(44), "label": [0, 1] * 22})
    files = [("scores.csv", scores), ("truth.csv", truth)]
    for rows, lost in ((44, [4]), (40, []), (42, [2])):
        sources = [(name, table.head(rows).to_csv(index=False).encode()) for name, table in files]
        saved = store.save(open_predictions(*sources), owner="me")
        assert [each.count for each in store.open(saved.id).unmatched] == lost
    assert len(store.recent("me")) == 1
