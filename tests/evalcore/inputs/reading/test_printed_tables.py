"""Tables that were printed for people are read as the tables that they were."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import classification_report, confusion_matrix

from evalcore.inputs.opening import open_predictions
from evalcore.inputs.reading.reader import read_table

MARKDOWN = """Scores of the last run:

| truth | score |
|:------|------:|
| spam  |  0.90 |
| ham   |  0.20 |
"""
SPARK = """+-----+-----+
|truth|score|
+-----+-----+
| spam|  0.9|
|  ham|  0.2|
+-----+-----+
only showing top 2 rows
"""
PSQL = """ truth | score
-------+-------
 spam  |   0.9
 ham   |   0.2
(2 rows)
"""


@pytest.mark.parametrize("text", [MARKDOWN, SPARK, PSQL, MARKDOWN.replace("\n", "\r\n")])
def test_framed_tables(text: str) -> None:
    table = read_table(text.encode()).table
    assert table.to_dict("list") == {"truth": ["spam", "ham"], "score": [0.9, 0.2]}


@pytest.mark.parametrize("text", ["a|b\n1|2\n--|--\n3|4\n", "a|b\n1|2\n", "a,b\n--,--\n1,2\n"])
def test_no_row_of_a_plain_table_is_taken_for_a_rule(text: str) -> None:
    assert len(read_table(text.encode()).table) == text.count("\n") - 1


def test_a_printed_classification_report() -> None:
    random = np.random.default_rng(3)
    truth = random.choice(["no flood", "flood"], 400, p=[0.8, 0.2])
    called = np.where(random.random(400) < 0.9, truth, "flood")
    report = classification_report(truth, called, digits=6)
    opened = open_predictions(("report.txt", report.encode()))
    model = opened.predictions.models[0]
    wanted = confusion_matrix(truth, called, labels=["no flood", "flood"])
    assert opened.roles.positive == "flood"
    np.testing.assert_array_equal([model.negatives[::-1], model.positives[::-1]], wanted)


def test_predictions_of_openml() -> None:
    text = """% made by a test
@RELATION 'task 37'
@ATTRIBUTE row_id NUMERIC
@attribute 'confidence.not sick' REAL
@ATTRIBUTE confidence.sick REAL
@ATTRIBUTE prediction {'not sick',sick}
@ATTRIBUTE correct {'not sick',sick}

@DATA
0,0.9,0.1,'not sick','not sick'
1,0.3,0.7,sick,sick
% a comment
2,0.6,0.4,'not sick',sick
3,?,?,sick,'not sick'
"""
    opened = open_predictions(("predictions.arff", text.encode()))
    assert (opened.roles.truth, opened.roles.positive, opened.task) == ("correct", "sick", "binary")
    assert opened.roles.scores == ("confidence.not sick", "confidence.sick")
    assert opened.predictions.models[0].values.tolist() == [0.1, 0.7, 0.4]


@pytest.mark.parametrize("cells", ["20,8%", "20.8 %", "20,8 %"])
def test_percent_with_either_decimal_mark(cells: str) -> None:
    table = read_table(f"truth;chance\nyes;{cells}\nno;7%\n".encode()).table
    np.testing.assert_allclose(table["chance"], [0.208, 0.07])
