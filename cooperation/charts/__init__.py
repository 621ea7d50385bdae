"""Charts drawn on the server: one scene per chart, drawn as SVG in the page, as an SVG file and as a PNG.

What lies along the first axis is given in percent of the width, heights and marks in pixels (decision 4), so that neither
letters nor marks shrink on a telephone. Ink is named by kind ("first", "second", "grid" …) and chosen by whoever draws.
"""
