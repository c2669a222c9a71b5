"""hdclib/widgets/kit/maps.js and coarse_map.js: numbers where they are legible, colours of what is read."""


def test_counts_stand_in_the_cells_where_they_are_legible(node_page):
    told = node_page.run("hdclib/widgets/kit/maps.js", """
        const { paintCells } = await load();
        const colours = { low: "#ffffff", high: "#000000" };
        return given.cells.map((cell) => {
          const texts = [];
          const pen = { rects() {}, lines() {}, text: (x, y, words, { size }) => texts.push([words, size]) };
          paintCells(pen, colours, cell, [[0, 0, 7], [cell, 0, 1234]], 1234);
          return texts;
        });
    """, cells=[12, 13, 20, 60])  # fmt: skip
    assert told == [[], [["7", 6.5]], [["7", 10], ["1234", 6.5]], [["7", 16], ["1234", 16]]]


def test_a_large_map_has_what_is_read_in_its_colour_on_the_ground_of_holes(node_page):
    told = node_page.run("hdclib/widgets/kit/coarse_map.js", """
        const { paintCoarseMap } = await load();
        const filled = [];
        const pen = {
          rect: (x, y, width, height, { fill }) => filled.push([fill, [[x, y, width, height]]]),
          rects: (boxes, { fill }) => filled.push([fill, boxes]),
        };
        paintCoarseMap(pen, { width: 50, colours: { "hole-ground": "ground", high: "read" } }, given.counts);
        return filled;
    """, counts=[1, 0, 2, 2, 1])  # fmt: skip
    runs = [(0, 10), (20, 30)]
    blocks = [[x, y, wide, high] for y, high in runs for x, wide in runs]
    assert told == [["ground", [[0, 0, 50, 50]]], ["read", blocks]]
