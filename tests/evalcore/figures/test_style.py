import dataclasses

import plotly.graph_objects as go
import pytest

from evalcore.figures.style import DARK, DASHES, LIGHT, layout, style_line


def luminance(colour):
    """Relative luminance of a #RRGGBB colour (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
class TestPalette:
    def test_text_can_be_read(self, palette):
        for colour in (palette.ink, palette.muted, palette.accent):
            assert contrast(colour, palette.surface) >= 4.5

    def test_lines_and_bars_stand_out(self, palette):
        for colour in (palette.positive, palette.negative, *palette.models):
            assert contrast(colour, palette.surface) >= 3

    def test_right_and_wrong_calls_differ_in_strength(self, palette):
        assert contrast(palette.positive, palette.positive_pale) >= 2
        assert contrast(palette.negative, palette.negative_pale) >= 2

    def test_there_is_a_dash_for_each_model(self, palette):
        assert len(palette.models) == len(DASHES) == len(set(palette.models))


def test_palettes_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        LIGHT.ink = "#000000"


def test_twelve_models_differ_in_colour_or_dash():
    lines = [style_line(LIGHT, position) for position in range(36)]
    assert len({(line["color"], line["dash"]) for line in lines}) == 36


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_layout_is_transparent_and_in_the_font_of_the_page(palette):
    figure = layout(go.Figure(), palette, title="Title", x="Across", y="Up", subtitle="below")
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.font.family.startswith('"Source Sans"')
    assert figure.layout.font.color == palette.ink
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("Across", "Up")
    assert (figure.layout.legend.orientation, figure.layout.legend.yanchor) == ("h", "bottom")
    assert figure.layout.xaxis.automargin
    assert figure.layout.template.layout.to_plotly_json() == {}
