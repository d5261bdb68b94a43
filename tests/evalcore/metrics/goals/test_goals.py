"""Goals in words: the language, and every answer against trying all thresholds one by one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.goals.goal import Goal
from evalcore.metrics.goals.measures import ALIASES, MEASURES
from evalcore.metrics.goals.solving import InfeasibleGoalError, solve_goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.metrics.sweep.sweep import ThresholdSweep

CANONICAL = [
    "max precision where recall >= 0.9",
    "max f1 where flagged <= 200 per 10000 and fpr <= 1 %",
    "min flagged where recall >= 95 % with 95 % confidence",
    "flagged = 5 %",
    "flagged = 300 cases",
    "min cost (miss 50, false alarm 1)",
    "max fbeta(2) where kappa > 0.2",
    "max net benefit(0.2)",
    "missed < 3",
]


@pytest.mark.parametrize("text", CANONICAL)
def test_a_goal_is_written_as_it_was_read(text):
    assert str(Goal.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("MAXIMISE Precision WHERE Sensitivity ≥ 90%", "max precision where recall >= 90 %"),
        ("max ppv where tpr >= 0,9", "max precision where recall >= 0.9"),
        ("min fn where alerts <= 1,000", "min missed where flagged <= 1000"),
        ("recall >= 0.9 at precision >= 0.7", "recall >= 0.9 and precision >= 0.7"),
        ("max net benefit (20 %)", "max net benefit(0.2)"),
        ("min costs (false alarm = 1, miss costs 50)", "min cost (miss 50, false alarm 1)"),
        ("max recall, precision >= 90percent", "max recall where precision >= 90 %"),
        ("max recall; precision >= 0.9 and fpr <= 1 %", "max recall where precision >= 0.9 and fpr <= 1 %"),
        ("max specificity @ recall >= 0.9", "max specificity where recall >= 0.9"),
        ("sensitivity at least 95 %, with 95 % confidence", "recall >= 95 % with 95 % confidence"),
        ("recall at least 95 % with confidence 95 %", "recall >= 95 % with 95 % confidence"),
        ("max sens where alerts up to 200 per 10,000", "max recall where flagged <= 200 per 10000"),
        ("max recall where fpr no more than 1 in 1000", "max recall where fpr <= 1 per 1000"),
        (
            "max recall where precision above 0.5 and missed fewer than 3",
            "max recall where ppv > 0.5 and fn < 3",
        ),
        ("top 5 %", "flagged = 5 %"),
        ("top 300 cases", "flagged = 300 cases"),
        ("max f2", "max fbeta(2)"),
        ("max F0.5 where recall >= 0.5", "max fbeta(0.5) where recall >= 0.5"),
        ("max Cohen's kappa", "max cohen_kappa"),
        ("max Youden’s J", "max youden_j"),
        ("max matthews_corrcoef where false-positive rate <= 5 percent", "max mcc where fpr <= 5 %"),
    ],
)
def test_other_words_for_the_same_goal(text, same):
    assert Goal.parse(text) == Goal.parse(same)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("max precison where recall >= 0.9", "letter 5", "“precision”"),
        ("max precision where recal >= 0.9", "letter 21", "“recall”"),
        ("max precision recall >= 0.9", "letter 15", "“where”"),
        ("recall >= ", "is missing", "a number"),
        ("recall 0.9", "letter 8", ">="),
        ("recall >= 90", "letter 11", "90 %"),
        ("precision >= 0.5 or recall >= 0.5", "letter 18", "“and”"),
        ("max fbeta(-1)", "letter 11", "above 0"),
        ("max net benefit(1.2)", "letter 17", "between 0 and 1"),
        ("flagged <= 3 per 0", "“per”", "above 0"),
        ("recall >= 0.5 with 120 % confidence", "letter 20", "between 0 and 1"),
        ("min cost (dragon 3)", "letter 11", "miss"),
        ("recall >= 1e999", "letter 11", "finite"),
        ("max € where", "letter 5", "€"),
        ("", "is missing", "a measure"),
        ("max roc auc where recall >= 0.9", "letter 5", "all thresholds together"),
        ("max f0", "letter 5", "above 0"),
        ("top many", "letter 5", "a number"),
        ("recall at last 0.9", "letter 8", ">="),
        ("max recall" + " " * 600, "at most", "500"),
    ],
)
def test_a_slip_is_answered_with_its_place_and_the_nearest_word(text, place, hint):
    with pytest.raises(InputError) as caught:
        Goal.parse(text)
    assert place in str(caught.value)
    assert hint in str(caught.value)


@pytest.mark.parametrize("name", sorted({*MEASURES, *ALIASES}))
def test_every_name_of_a_measure_is_understood_and_kept(name):
    goal = Goal.parse(f"max {name}")
    assert goal.objective.measure.name == ALIASES.get(name, name)
    assert Goal.parse(str(goal)) == goal
    assert Goal.parse(f"MAX {name.upper().replace('_', '-')}") == goal


@given(st.text(max_size=80))
@settings(max_examples=300)
def test_any_text_is_a_goal_or_an_input_error(text):
    try:
        goal = Goal.parse(text)
    except InputError:
        return
    assert Goal.parse(str(goal)) == goal


# ------------------------------------------------------------------------ a slow obvious second implementation

RATES = {
    "recall": lambda c: c.tp / (c.tp + c.fn) if c.tp + c.fn else math.nan,
    "precision": lambda c: c.tp / (c.tp + c.fp) if c.tp + c.fp else math.nan,
    "fpr": lambda c: c.fp / (c.fp + c.tn) if c.fp + c.tn else math.nan,
    "accuracy": lambda c: (c.tp + c.tn) / c.total,
    "f1": lambda c: 2 * c.tp / (2 * c.tp + c.fp + c.fn) if c.tp + c.fp + c.fn else math.nan,
    "specificity": lambda c: c.tn / (c.fp + c.tn) if c.fp + c.tn else math.nan,
}
COUNTS = {
    "flagged": lambda c: c.tp + c.fp,
    "missed": lambda c: c.fn,
    "false alarms": lambda c: c.fp,
}


@st.composite
def cases(draw):
    size = draw(st.integers(2, 25))
    truth = np.array(draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    value = draw(
        st.sampled_from([st.sampled_from([0.1, 0.25, 0.5, 0.9]), st.floats(0, 1), st.integers(-3, 3)])
    )
    score = np.array(draw(st.lists(value, min_size=size, max_size=size)), dtype=float)
    return truth, score


@st.composite
def goals(draw):
    """A goal's text, with what it says spelt out for the slow way."""
    direction = draw(st.sampled_from(["max", "min"]))
    objective = draw(st.sampled_from([*RATES, *COUNTS, "cost"]))
    limits = []
    for _ in range(draw(st.integers(0, 3))):
        sign = draw(st.sampled_from([">=", "<=", ">", "<", "="]))
        if draw(st.booleans()):
            name, unit = draw(st.sampled_from(sorted(RATES))), ""
            value = draw(st.sampled_from([0, 0.1, 0.25, 0.5, 2 / 3, 0.75, 0.9, 1]))
        else:
            name, unit = draw(st.sampled_from(sorted(COUNTS))), draw(st.sampled_from(["", " cases", " %"]))
            value = draw(st.sampled_from([0, 1, 2, 5, 10, 20]))
        limits.append((name, sign, value, unit))
    where = " and ".join(f"{name} {sign} {value!r}{unit}" for name, sign, value, unit in limits)
    return f"{direction} {objective}" + (f" where {where}" if where else ""), direction, objective, limits


def slow_value(name, point):
    if name == "cost":
        return 3.0 * point.fn + point.fp
    return float((RATES | COUNTS)[name](point))


def slow_compared(limit, point):
    name, _, _, unit = limit
    return slow_value(name, point) / (point.total if unit == " %" else 1)


def slow_shortfall(limit, point):
    """By how much a point misses a limit, as a share of it."""
    _, sign, value, unit = limit
    value = value / 100 if unit == " %" else value
    found = slow_compared(limit, point)
    missed = abs(found - value) if sign == "=" else (value - found if sign[0] == ">" else found - value)
    return math.inf if math.isnan(found) else max(missed, 0.0) / (value or 1.0)


def slow_holds(limit, point):
    name, sign, value, unit = limit
    found = slow_value(name, point)
    if unit == " %":
        found, value = found / point.total, value / 100
    if math.isnan(found):
        return False
    if abs(found - value) < 1e-12:
        return sign in (">=", "<=")
    return found > value if sign[0] == ">" else found < value


@given(cases(), goals())
@settings(max_examples=2000)
def test_no_threshold_does_better(data, wanted):
    """2,000 random goals, a third of them infeasible and most with ties: about 17 s of one core."""
    truth, score = data
    text, direction, objective, limits = wanted
    sweep = ThresholdSweep.from_scores(truth, score)
    tried = [*np.unique(score), np.inf]
    points = []
    for threshold in tried:
        called = score >= threshold
        cells = [int(np.sum((truth == a) & (called == c))) for a, c in ((0, 0), (0, 1), (1, 0), (1, 1))]
        points.append(Confusion(*cells))
    holding = [keeping(limit, points) for limit in limits]
    kept = [point for point, *flags in zip(points, *holding, strict=True) if all(flags)]
    if not kept:
        with pytest.raises(InfeasibleGoalError) as caught:
            solve_goal(sweep, text, costs=Costs(fp=1, fn=3))
        check_infeasible(caught.value, Goal.parse(text), limits, holding, points)
        return
    values = [slow_value(objective, point) for point in kept]
    defined = [value for value in values if not math.isnan(value)]
    if not defined:
        with pytest.raises(InputError, match="undefined"):
            solve_goal(sweep, text, costs=Costs(fp=1, fn=3))
        return
    best = max(defined) if direction == "max" else min(defined)
    found = solve_goal(sweep, text, costs=Costs(fp=1, fn=3))
    assert slow_value(objective, found.confusion) == pytest.approx(best, abs=1e-11)
    assert found.confusion in kept
    assert found.confusion == sweep.at(found.threshold)
    # Ties: the fewest flagged.
    same = [p for p, v in zip(kept, values, strict=True) if abs(v - best) < 1e-13]
    assert found.confusion.predicted_positives == min(p.predicted_positives for p in same)


def keeping(limit, points):
    """Where a limit holds; an ``=`` holds at the nearest value."""
    if limit[1] != "=":
        return [slow_holds(limit, point) for point in points]
    away = [slow_shortfall(limit, point) for point in points]
    return [each < math.inf and each <= min(away) + 1e-11 for each in away]


def check_infeasible(error, goal, limits, holding, points):
    """What binds, how far each constraint is had while the others are kept, and the nearest point."""
    assert error.binding in goal.constraints
    alone = [
        constraint for constraint, flags in zip(goal.constraints, holding, strict=True) if not any(flags)
    ]
    assert not alone or error.binding == alone[0]
    for place, trade in enumerate(error.trades):
        others = [flags for other, flags in enumerate(holding) if other != place]
        free = [p for p, *flags in zip(points, *others, strict=True) if all(flags)]
        missed = [slow_shortfall(limits[place], p) for p in free]
        if not missed or min(missed) == math.inf:
            assert math.isnan(trade.best)
            continue
        nearest = min(missed)
        had = [
            slow_compared(limits[place], p) for p, m in zip(free, missed, strict=True) if m <= nearest + 1e-11
        ]
        assert any(trade.best == pytest.approx(value) for value in had)
    total = [sum(slow_shortfall(limit, p) for limit in limits) for p in points]
    mine = sum(slow_shortfall(limit, error.nearest.confusion) for limit in limits)
    assert mine == pytest.approx(min(total)) or (math.isinf(mine) and math.isinf(min(total)))


def test_the_share_nearest_to_what_is_asked_is_taken():
    sweep = ThresholdSweep.from_scores([0, 1, 0, 1, 1, 0, 0, 1], np.arange(8) / 8)
    assert solve_goal(sweep, "flagged = 26 %").confusion.predicted_positives == 2
    assert solve_goal(sweep, "flagged = 3 cases").confusion.predicted_positives == 3


def test_constraints_alone_mean_what_people_mean_by_them():
    sweep = ThresholdSweep.from_scores([0, 1, 0, 1, 1, 0, 0, 1], np.arange(8) / 8)
    few = solve_goal(sweep, "recall >= 0.75").confusion
    assert few.recall >= 0.75
    assert few.predicted_positives == min(
        sweep.at(t).predicted_positives for t in sweep.thresholds if sweep.at(t).recall >= 0.75
    )
    most = solve_goal(sweep, "flagged <= 3").confusion
    assert most.recall == max(p.recall for p in map(sweep.at, sweep.thresholds) if p.predicted_positives <= 3)


def test_the_limit_of_the_interval_is_what_confidence_asks_for():
    random = np.random.default_rng(5)
    truth = random.integers(0, 2, 1500)
    sweep = ThresholdSweep.from_scores(truth, random.normal(size=1500) + 1.5 * truth)
    point = solve_goal(sweep, "min flagged where recall >= 90 % with 95 % confidence").confusion
    assert confusion_interval(point, "recall").low >= 0.9
    assert point.recall > 0.9
    one_fewer = sweep.at(float(sweep.thresholds[np.searchsorted(-sweep.thresholds, -1e9) - 1]))
    assert one_fewer.recall == 1
    plain = solve_goal(sweep, "min flagged where recall >= 90 %").confusion
    assert plain.predicted_positives < point.predicted_positives


def test_too_few_cases_are_told_with_how_many_more_are_needed():
    truth = np.array([1] * 20 + [0] * 20)
    sweep = ThresholdSweep.from_scores(truth, truth + np.linspace(0, 0.5, 40))
    with pytest.raises(InfeasibleGoalError, match=r"about \d+ more positives") as caught:
        solve_goal(sweep, "recall >= 95 % with 95 % confidence")
    more = int(str(caught.value).split("about ")[1].split()[0])
    assert confusion_interval(Confusion(1, 0, 0, 20 + more), "recall").low >= 0.95
    assert confusion_interval(Confusion(1, 0, 0, 20 + more - 1), "recall").low < 0.95


def test_an_infeasible_goal_says_what_would_have_to_give():
    random = np.random.default_rng(1)
    truth = random.integers(0, 2, 500)
    sweep = ThresholdSweep.from_scores(truth, random.normal(size=500) + truth)
    with pytest.raises(InfeasibleGoalError) as caught:
        solve_goal(sweep, "max f1 where recall >= 0.95 and precision >= 0.9")
    error = caught.value
    first, second = error.trades
    points = [sweep.at(t) for t in sweep.thresholds]
    assert first.best == pytest.approx(max(p.recall for p in points if p.precision >= 0.9))
    assert second.best == pytest.approx(max(p.precision for p in points if p.recall >= 0.95))
    assert "with precision >= 0.9 kept, recall is at most" in str(error)


def test_confidence_is_refused_where_there_is_no_interval():
    sweep = ThresholdSweep.from_scores([0, 1], [0.1, 0.9])
    with pytest.raises(InputError, match="needs >= or <="):
        solve_goal(sweep, "missed <= 3 with 95 % confidence")


def test_weights_count_in_costs():
    sweep = ThresholdSweep.from_scores([1, 0, 1, 0], [0.9, 0.8, 0.3, 0.1], weight=[1, 10, 2, 1])
    found = solve_goal(sweep, "min cost (miss 4, false alarm 1)")
    assert Costs(fp=1, fn=4).of(found.confusion) == min(
        4 * p.fn + p.fp for p in (sweep.at(t) for t in [0.05, 0.1, 0.3, 0.8, 0.9, 1.0])
    )


@pytest.mark.parametrize(
    "text", ["min cost (miss 1e308, false alarm -1e308)", "recall >= 1e400", "flagged <= 1e16 cases"]
)
def test_numbers_beyond_all_counting_are_answered(text):
    with pytest.raises(InputError, match="a finite number was expected, at most 1e\\+15"):
        Goal.parse(text)
