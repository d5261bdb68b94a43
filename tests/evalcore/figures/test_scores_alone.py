"""The picture of scores without a truth."""

from __future__ import annotations

import numpy as np
import pytest

from evalcore.figures.distributions.scores_alone import scores_alone_figure
from evalcore.metrics.sweep.sweep import ThresholdSweep

RNG = np.random.default_rng(8)


@pytest.mark.parametrize(
    "scores",
    [RNG.random(300).round(2), RNG.normal(size=5000), RNG.integers(0, 2, 40).astype(float), np.array([0.5]),
     np.r_[RNG.normal(size=50), np.inf]],
    ids=["probabilities", "many", "decisions", "one", "infinite"],
)  # fmt: skip
def test_bars_and_line_count_every_row(scores: np.ndarray) -> None:
    sweep = ThresholdSweep.from_scores(np.zeros(scores.size, dtype=np.uint8), scores)
    threshold = float(np.median(scores))
    below, above, line = scores_alone_figure(sweep, threshold=threshold).data
    assert below.y.sum() + above.y.sum() == scores.size
    assert (below.name, above.name) == ("not flagged", "flagged")
    for at, share in list(zip(line.x, line.y, strict=True))[:: max(1, len(line.x) // 20)]:
        assert share == pytest.approx((scores >= at).mean())
    assert line.x.size <= 2000
    assert line.y[-1] == 1.0
