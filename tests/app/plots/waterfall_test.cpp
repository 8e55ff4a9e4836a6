// The waterfall of the gradient: each bar starts where the one before it ended, and the picture
// stays readable however deep the network is.
#include "app/plots/waterfall.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "app/paint/svg_painter.h"
#include "app/platform/interface_context.h"

namespace backstep {
namespace {

// Builds steps one after the other, each with its factor on the norm before.
class Flow {
 public:
  void add(FlowKind kind, const std::string& label, int layer, double factor) {
    norm_ *= factor;
    FlowStep step;
    step.kind = kind;
    step.label = label;
    step.layer = layer;
    step.from = static_cast<int>(steps_.size()) - 1;
    step.factor = factor;
    step.norm = norm_;
    steps_.push_back(step);
  }
  const std::vector<FlowStep>& steps() const { return steps_; }
  std::vector<FlowStep>& steps() { return steps_; }

 private:
  std::vector<FlowStep> steps_;
  double norm_ = 1;
};

std::vector<std::string> layer_names(int count) {
  std::vector<std::string> names = {""};
  for (int i = 1; i <= count; ++i) names.push_back("layer " + std::to_string(i));
  return names;
}

// The flow through `hidden` layers whose activations all have this slope.
Flow deep(int hidden, double slope, double weights = 0.9) {
  Flow flow;
  flow.add(FlowKind::loss, "½MSE", hidden + 1, 0.56);
  for (int l = hidden; l >= 1; --l) {
    flow.add(FlowKind::weights, "W" + std::to_string(l + 1), l + 1, weights);
    flow.add(FlowKind::slope, "σ′ " + std::to_string(l), l, slope);
  }
  return flow;
}

class Waterfalls : public testing::Test {
 protected:
  Waterfalls() : painter_(800, 1000, interface_.fonts(), theme_of(ThemeName::dark)) {}
  Waterfall lay_out(const Flow& flow, Rect rect, float scale = 1) {
    return lay_out_waterfall(painter_, rect, scale, flow.steps(), layer_names(40));
  }
  InterfaceContext interface_;
  SvgPainter painter_;
};

const Rect tall{20, 10, 320, 500};

TEST_F(Waterfalls, EachBarStartsWhereTheOneBeforeItEnded) {
  const Waterfall w = lay_out(deep(6, 0.2), tall);
  ASSERT_EQ(w.rows.size(), 13u);
  for (std::size_t i = 1; i < w.rows.size(); ++i) {
    ASSERT_EQ(w.rows[i].bars.size(), 1u);
    EXPECT_NEAR(w.rows[i].bars[0].rect.x, w.rows[i - 1].bars[0].rect.right(), 2);
    EXPECT_GE(w.rows[i].rect.y, w.rows[i - 1].rect.bottom() - 0.01f);
  }
  EXPECT_EQ(w.rows[2].factor, "×0.20");
  EXPECT_EQ(w.rows[2].label, "σ′ 6");
}

TEST_F(Waterfalls, LengthsAreLogarithmsOfFactors) {
  Flow flow;
  flow.add(FlowKind::slope, "a", 1, 0.1);
  flow.add(FlowKind::slope, "b", 1, 0.01);
  const Waterfall w = lay_out(flow, tall);
  EXPECT_NEAR(w.rows[1].bars[0].rect.width, 2 * w.rows[0].bars[0].rect.width, 0.1);
  EXPECT_EQ(w.decades.size(), 4u);
}

TEST_F(Waterfalls, StepsThatEnlargeTheGradientAreMarked) {
  Flow flow;
  flow.add(FlowKind::loss, "MSE", 2, 0.5);
  flow.add(FlowKind::weights, "W2", 2, 8);
  flow.add(FlowKind::slope, "σ′ 1", 1, 0.2);
  const Waterfall w = lay_out(flow, tall);
  EXPECT_FALSE(w.rows[0].bars[0].grows);
  EXPECT_TRUE(w.rows[1].bars[0].grows);
  EXPECT_NEAR(w.rows[1].bars[0].rect.x, w.rows[2].bars[0].rect.x, 0.1);
  for (const WaterfallRow& row : w.rows) {
    EXPECT_GE(row.bars[0].rect.x, w.label_right);
    EXPECT_LE(row.bars[0].rect.right(), tall.right());
  }
}

TEST_F(Waterfalls, TheBranchToTheInputIsLeftOut) {
  Flow flow = deep(1, 0.2);
  flow.add(FlowKind::weights, "W1", 1, 0.5);
  flow.add(FlowKind::data, "x", 1, 3);
  flow.steps()[4].from = 2;
  flow.steps()[4].norm = flow.steps()[2].norm * 3;
  const Waterfall w = lay_out(flow, tall);
  ASSERT_EQ(w.rows.size(), 4u);
  EXPECT_EQ(w.rows[3].label, "x");
  EXPECT_NEAR(w.rows[3].bars[0].rect.right(), w.rows[2].bars[0].rect.right(), 1);
}

TEST_F(Waterfalls, SaysWhatArrivesAndWhere) {
  EXPECT_EQ(lay_out(deep(1, 0.5, 1), tall).arrives, "= 0.2800 arrives at layer 1");
  EXPECT_EQ(lay_out(deep(6, 0.1, 1), tall).arrives, "= 5.6e−7 arrives at layer 1");
  const Waterfall gone = lay_out(deep(1, 0), tall);
  EXPECT_EQ(gone.arrives, "nothing is left after σ′ 1");
  EXPECT_TRUE(gone.broken);
  EXPECT_EQ(gone.rows.back().factor, "×0");
  EXPECT_GT(gone.rows.back().bars[0].rect.width, 20);
  const Waterfall broken = lay_out(deep(1, std::numeric_limits<double>::quiet_NaN()), tall);
  EXPECT_EQ(broken.arrives, "not a number after σ′ 1");
  EXPECT_TRUE(broken.rows.back().bars.empty());
  EXPECT_EQ(lay_out(deep(1, std::numeric_limits<double>::infinity()), tall).arrives,
            "infinite after σ′ 1");
}

TEST_F(Waterfalls, LayersShareARowWhereThereIsNoRoom) {
  const Flow flow = deep(30, 0.25);
  const float least = least_waterfall_height(flow.steps(), 1);
  EXPECT_LT(least, full_waterfall_height(flow.steps(), 1));
  const Waterfall w = lay_out(flow, {0, 0, 300, least});
  ASSERT_EQ(w.rows.size(), 32u);  // the loss, W31, and 30 layers
  EXPECT_EQ(w.rows[2].label, "layer 30");
  EXPECT_EQ(w.rows[2].bars.size(), 2u);
  EXPECT_EQ(w.rows[2].factor, "×0.23");  // 0.25 · 0.9
  EXPECT_GE(w.rows[2].rect.height, 14);
  EXPECT_LE(w.arrives_rect.bottom(), w.key.front().rect.y + 1);
  EXPECT_LE(w.key.back().rect.bottom(), least + 0.1f);
}

TEST_F(Waterfalls, EverythingLiesInsideAtEverySize) {
  for (float scale : {1.0f, 2.0f}) {
    for (float width : {200.0f, 260.0f, 400.0f}) {
      for (int hidden : {1, 6, 30}) {
        const Flow flow = deep(hidden, 0.25);
        const Rect rect{0, 0, width * scale, least_waterfall_height(flow.steps(), scale)};
        const Waterfall w = lay_out(flow, rect, scale);
        ASSERT_EQ(w.rows.size(), static_cast<std::size_t>(hidden) + 2);
        for (const WaterfallRow& row : w.rows)
          for (const WaterfallBar& bar : row.bars) {
            EXPECT_GE(bar.rect.x, rect.x);
            EXPECT_GE(bar.rect.y, rect.y);
            EXPECT_LE(bar.rect.bottom(), rect.bottom() + 0.1f);
            const float text = painter_.text_width(row.factor, Face::mono, 12 * scale);
            EXPECT_LE(bar.rect.right() + 6 * scale + text, rect.right() + 1);
          }
        for (const WaterfallKey& key : w.key) EXPECT_LE(key.rect.right(), rect.right());
      }
    }
  }
}

TEST_F(Waterfalls, AnEmptyFlowDrawsNothing) {
  const Waterfall w = lay_out(Flow(), tall);
  EXPECT_TRUE(w.rows.empty());
  draw_waterfall(painter_, w, theme_of(ThemeName::dark));
  EXPECT_EQ(painter_.finish().find("<text"), std::string::npos);
}

TEST_F(Waterfalls, HaveTheirLabelsAndFactors) {
  draw_waterfall(painter_, lay_out(deep(6, 0.18), tall), theme_of(ThemeName::dark));
  const std::string document = painter_.finish();
  for (const char* text :
       {"½MSE", "σ′ 6", "W7", "×0.18", "arrives at layer 1", "weights", "activation slopes"})
    EXPECT_NE(document.find(text), std::string::npos) << text;
}

}  // namespace
}  // namespace backstep
