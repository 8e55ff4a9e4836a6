#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/graph/hit.h"
#include "app/graph_layout/layout.h"
#include "app/graph_layout/node_parts.h"
#include "core/program/program.h"
#include "tests/app/graph/graph_programs.h"

namespace backstep {
namespace {

Rect rect_of(const Graph& graph, const GraphLayout& layout, const std::string& name) {
  return layout.nodes[static_cast<std::size_t>(graph.find(name))];
}

// The number of pairs of nodes that overlap, found by sweeping from left to right.
int overlaps(const GraphLayout& layout) {
  std::vector<Rect> rects = layout.nodes;
  std::sort(rects.begin(), rects.end(), [](const Rect& a, const Rect& b) { return a.x < b.x; });
  int count = 0;
  for (std::size_t i = 0; i < rects.size(); ++i)
    for (std::size_t j = i + 1; j < rects.size() && rects[j].x < rects[i].right(); ++j)
      count += rects[i].overlaps(rects[j]);
  return count;
}

Point on_curve(const Point* p, float t) {
  const float s = 1 - t;
  const float weights[] = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
  Point at;
  for (int k = 0; k < 4; ++k) at = {at.x + weights[k] * p[k].x, at.y + weights[k] * p[k].y};
  return at;
}

bool runs_through(const Route& route, const Rect& node) {
  for (std::size_t piece = 0; piece + 3 < route.size(); piece += 3)
    for (int i = 0; i <= 200; ++i)
      if (node.inset(1).contains(on_curve(&route[piece], static_cast<float>(i) / 200))) return true;
  return false;
}

int edges_through_nodes(const Graph& graph, const GraphLayout& layout) {
  int count = 0;
  for (std::size_t e = 0; e < layout.edges.size(); ++e)
    for (std::size_t n = 0; n < layout.nodes.size(); ++n) {
      const GraphEdge& edge = graph.edge(static_cast<int>(e));
      const int node = static_cast<int>(n);
      if (node != edge.from && node != edge.to)
        count += runs_through(layout.edges[e], layout.nodes[n]);
    }
  return count;
}

const std::string worked[] = {
    two_inputs, by_hand, skips, towers, chain_of_layers(10, 3), chain_of_layers(3, 200)};

TEST(GraphLayout, keeps_the_nodes_of_any_program_apart) {
  for (const std::string& text : worked) {
    const Graph graph = read_program(text);
    EXPECT_EQ(overlaps(lay_out(graph)), 0) << text;
  }
  for (unsigned seed = 0; seed < 400; ++seed) {
    const std::string text = random_program(seed, 3 + static_cast<int>(seed % 60));
    const Graph graph = read_program(text);
    ASSERT_EQ(overlaps(lay_out(graph)), 0) << "seed " << seed << "\n" << text;
  }
}

TEST(GraphLayout, runs_the_spine_in_one_line_from_the_data_to_the_loss) {
  for (const std::string& text : worked) {
    const Graph graph = read_program(text);
    const GraphLayout layout = lay_out(graph);
    ASSERT_GE(layout.spine.size(), 4u);
    EXPECT_EQ(layout.spine.back(), graph.loss());
    EXPECT_EQ(graph.node(layout.spine.front()).kind, NodeKind::input);
    for (std::size_t i = 1; i < layout.spine.size(); ++i) {
      const Rect& before = layout.nodes[static_cast<std::size_t>(layout.spine[i - 1])];
      const Rect& after = layout.nodes[static_cast<std::size_t>(layout.spine[i])];
      EXPECT_LT(before.right(), after.x);
      EXPECT_NEAR(before.center().y, after.center().y, 0.01);
    }
  }
}

TEST(GraphLayout, hangs_parameters_below_and_targets_above) {
  const Graph graph = read_program(two_inputs);
  const GraphLayout layout = lay_out(graph);
  const auto rect = [&](const char* name) { return rect_of(graph, layout, name); };
  for (const auto& [parameter, user] : {std::pair{"b1", "z1"}, {"b2", "z2"}}) {
    EXPECT_GT(rect(parameter).y, rect(user).bottom());
    EXPECT_NEAR(rect(parameter).center().x, rect(user).center().x, 0.01);
  }
  EXPECT_LT(rect("y").bottom(), rect("L").y);
  EXPECT_NEAR(rect("y").center().x, rect("L").center().x, 0.01);
  EXPECT_LT(rect("x").right(), rect("W1").x);
}

TEST(GraphLayout, goes_from_left_to_right_with_every_op) {
  int edges = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Graph graph = read_program(random_program(seed, 40));
    const GraphLayout layout = lay_out(graph);
    for (const GraphEdge& edge : graph.edges()) {
      if (!graph.node(edge.from).op) continue;
      ++edges;
      EXPECT_LT(layout.nodes[static_cast<std::size_t>(edge.from)].right(),
                layout.nodes[static_cast<std::size_t>(edge.to)].x);
    }
  }
  EXPECT_GT(edges, 1000);
}

bool lies_in(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x && inner.right() <= outer.right() && inner.y >= outer.y &&
         inner.bottom() <= outer.bottom();
}

TEST(GraphLayout, gives_layers_bands_that_never_meet) {
  int pairs = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Graph graph = read_program(random_program(seed, 50));
    const GraphLayout layout = lay_out(graph);
    for (std::size_t a = 0; a < layout.bands.size(); ++a) {
      EXPECT_FALSE(layout.bands[a].name.empty());
      for (std::size_t b = a + 1; b < layout.bands.size(); ++b, ++pairs)
        EXPECT_FALSE(layout.bands[a].rect.overlaps(layout.bands[b].rect)) << "seed " << seed;
    }
    // A node lies completely inside a band or completely outside.
    for (const Rect& node : layout.nodes)
      for (const LayerBand& band : layout.bands)
        EXPECT_TRUE(!node.overlaps(band.rect) || lies_in(node, band.rect)) << "seed " << seed;
  }
  EXPECT_GT(pairs, 100);
}

TEST(GraphLayout, puts_a_layer_s_nodes_into_its_band_and_nothing_else) {
  const Graph graph = read_program(two_inputs);
  const GraphLayout layout = lay_out(graph);
  ASSERT_EQ(layout.bands.size(), 2u);
  EXPECT_EQ(layout.bands[0].name, "hidden");
  EXPECT_EQ(layout.bands[1].name, "output");
  for (const char* name : {"W1", "b1", "z1", "a1"})
    EXPECT_TRUE(lies_in(rect_of(graph, layout, name), layout.bands[0].rect)) << name;
  for (const char* name : {"W2", "b2", "z2", "p"})
    EXPECT_TRUE(lies_in(rect_of(graph, layout, name), layout.bands[1].rect)) << name;
  for (const char* name : {"x", "y", "L"})
    for (const LayerBand& band : layout.bands)
      EXPECT_FALSE(rect_of(graph, layout, name).overlaps(band.rect)) << name;
}

TEST(GraphLayout, leads_edges_around_nodes) {
  for (const std::string& text : worked) {
    const Graph graph = read_program(text);
    EXPECT_EQ(edges_through_nodes(graph, lay_out(graph)), 0) << text;
  }
}

TEST(GraphLayout, starts_and_ends_every_edge_at_its_nodes) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Graph graph = read_program(random_program(seed, 40));
    const GraphLayout layout = lay_out(graph);
    for (std::size_t e = 0; e < layout.edges.size(); ++e) {
      const GraphEdge& edge = graph.edge(static_cast<int>(e));
      const Route& route = layout.edges[e];
      ASSERT_EQ(route.size() % 3, 1u);
      const auto touches = [&](int node, Point p) {
        return layout.nodes[static_cast<std::size_t>(node)].inset(-0.5f).contains(p);
      };
      EXPECT_TRUE(touches(edge.from, route.front()));
      EXPECT_TRUE(touches(edge.to, route.back()));
    }
  }
}

TEST(GraphLayout, shows_both_uses_of_a_node_used_twice) {
  const Graph graph = read_program("x = param([[3.0]])\nL = x * x\n");
  const GraphLayout layout = lay_out(graph);
  ASSERT_EQ(layout.edges.size(), 2u);
  EXPECT_GT(std::abs(layout.edges[0][0].x - layout.edges[1][0].x) +
                std::abs(layout.edges[0][0].y - layout.edges[1][0].y),
            5);
}

TEST(GraphLayout, shows_leaves_that_nothing_uses) {
  const Graph graph = read_program("a = param([[1.0]])\nb = param([[2.0]])\nL = a * a\n");
  const GraphLayout layout = lay_out(graph);
  EXPECT_EQ(overlaps(layout), 0);
  for (const Rect& node : layout.nodes) EXPECT_GT(node.width, 0);
  EXPECT_GT(layout.bounds.width, 0);
}

TEST(GraphLayout, keeps_nodes_of_large_matrices_small) {
  const Graph graph = read_program(chain_of_layers(2, 200));
  for (const Node& node : graph.nodes()) {
    EXPECT_LT(size_of(node).width, 260);
    EXPECT_LT(size_of(node).height, 300);
  }
}

// Long rows, wide sums and deep trees. The time limit is there to catch a hang.
TEST(GraphLayout, takes_twenty_thousand_nodes) {
  std::string row = "x = input([[1.0]])\na0 = tanh(x)\n", sum = "s0 = 1 * param([[1.0]])\n";
  for (int i = 1; i < 4900; ++i) {
    const std::string n = std::to_string(i), before = std::to_string(i - 1);
    const std::string earlier = std::to_string(std::max(0, i - 9));
    row +=
        replaced(replaced(replaced("a# = tanh(a<) * param([[0.1]]) + a~\n", "#", n), "<", before),
                 "~", earlier);
    sum += replaced(replaced("s# = s< + input([[1.0]]) * param([[0.1]])\n", "#", n), "<", before);
  }
  std::string tree;
  for (int i = 0; i < 4096; ++i) tree += "t" + std::to_string(i) + " = tanh(param([[0.1]]))\n";
  for (int i = 0; i < 4095; ++i)
    tree += "t" + std::to_string(4096 + i) + " = t" + std::to_string(2 * i) + " + t" +
            std::to_string(2 * i + 1) + "\n";
  for (const std::string& text : {row, sum, tree}) {
    const Graph graph = read_program(text);
    const auto start = std::chrono::steady_clock::now();
    const GraphLayout layout = lay_out(graph);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    EXPECT_GT(graph.nodes().size(), 12000u);
    EXPECT_EQ(overlaps(layout), 0);
  }
}

// ---- hit-testing --------------------------------------------------------------

const Rect area = {300, 60, 900, 560};

TEST(GraphHit, finds_every_entry_where_it_is_drawn) {
  for (const std::string& text : worked) {
    const Graph graph = read_program(text);
    const GraphLayout layout = lay_out(graph);
    for (float zoom : {0.4f, 1.0f, 3.3f}) {
      for (std::size_t n = 0; n < layout.nodes.size(); ++n) {
        const int node = static_cast<int>(n);
        const Point middle = layout.nodes[n].center();
        const Camera camera = {zoom, {450 - middle.x * zoom, 280 - middle.y * zoom}, false};
        const Canvas canvas = canvas_of(camera, layout, area, 1);
        for (HitPart part : {HitPart::value, HitPart::gradient}) {
          if (part == HitPart::gradient && !graph.node(node).has_gradient) continue;
          const Index size = graph.node(node).value.shape.size();
          for (Index entry = 0; entry < size; entry += 1 + size / 37) {
            const Rect cell = entry_rect(graph, layout, canvas, node, entry, part);
            const Hit hit = hit_test(graph, layout, canvas, cell.center());
            if (!area.contains(cell.center())) continue;
            EXPECT_EQ(hit.node, node);
            EXPECT_EQ(hit.part, part);
            EXPECT_EQ(hit.entry, entry);
          }
        }
      }
    }
  }
}

TEST(GraphHit, knows_the_head_of_a_node_and_empty_canvas) {
  const Graph graph = read_program(two_inputs);
  const GraphLayout layout = lay_out(graph);
  const Canvas canvas = canvas_of({}, layout, area, 1);
  const Rect card = canvas.to_pixels(rect_of(graph, layout, "z1"));
  const Hit head = hit_test(graph, layout, canvas, {card.x + 6, card.y + 6});
  EXPECT_EQ(head.node, graph.find("z1"));
  EXPECT_EQ(head.part, HitPart::card);
  EXPECT_EQ(hit_test(graph, layout, canvas, {card.center().x, card.y - 8}).node, -1);
  EXPECT_EQ(hit_test(graph, layout, canvas, {area.x - 5, card.center().y}).node, -1);
}

TEST(GraphCanvas, fits_everything_above_the_hints) {
  for (const std::string& text : worked) {
    const GraphLayout layout = lay_out(read_program(text));
    for (float scale : {1.0f, 2.0f}) {
      const Canvas canvas = canvas_of({}, layout, area, scale);
      const Rect all = canvas.to_pixels(layout.bounds);
      EXPECT_TRUE(lies_in(all, area));
      EXPECT_LE(all.bottom(), area.bottom() - 40 * scale);
      EXPECT_LE(canvas.zoom, 1.6f * scale + 0.001f);
    }
  }
}

TEST(GraphCanvas, zooms_about_the_pointer_within_limits) {
  const GraphLayout layout = lay_out(read_program(two_inputs));
  const Point at = {512, 333};
  Canvas canvas = canvas_of({}, layout, area, 1);
  const Point before = canvas.to_units(at);
  for (int i = 0; i < 40; ++i) {
    canvas = canvas_of(zoomed(canvas, i < 12 ? 1.3f : 0.8f, at), layout, area, 1);
    EXPECT_NEAR(canvas.to_units(at).x, before.x, 0.5);
    EXPECT_NEAR(canvas.to_units(at).y, before.y, 0.5);
    EXPECT_LE(canvas.zoom, 8.001f);
    EXPECT_GE(canvas.zoom, 0.099f);
  }
}

}  // namespace
}  // namespace backstep
