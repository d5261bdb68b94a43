"""Names from files in a Plotly figure: shown as they are, never as Plotly's tags or templates."""

from __future__ import annotations

import html

__all__ = ["figure_text"]


def figure_text(name: str, *, most: int | None = None) -> str:
    """Write a name so that a figure shows it as it is, wherever it stands.

    Plotly takes tags in every text for markup (a link is one of them), and ``%{…}`` in what it shows on hover.

    Parameters
    ----------
    name : str
    most : int, optional
        Letters that there is room for; a longer name is cut and ends in an ellipsis.

    Examples
    --------
    >>> figure_text("<b>cat</b> %{x}"), figure_text("Abyssinian cat", most=8)
    ('&lt;b&gt;cat&lt;/b&gt; %&#123;x}', 'Abyssin…')
    """
    short = name if most is None or len(name) <= most else f"{name[: most - 1]}…"
    return html.escape(short, quote=False).replace("%{", "%&#123;")
