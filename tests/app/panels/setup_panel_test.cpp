// The setup panel as a person uses it: the action of each row, by mouse and by keyboard, and
// that labels are never cut off.
#include <set>

#include "app/commands/commands.h"
#include "app/plots/field_picture.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"
#include "setup_stage.h"

namespace backstep {
namespace {

// ---- rows ---------------------------------------------------------------------------

TEST(SetupPanel, ADropdownSetsTheActivation) {
  Stage stage;
  EXPECT_EQ(stage.text_in("setup.activation"), "tanh");
  stage.click("setup.activation");
  ASSERT_TRUE(stage.shows("setup.activation.relu"));
  EXPECT_TRUE(stage.reads("1 / (1 + exp(−x))")) << "each with its formula";
  stage.click("setup.activation.relu");
  EXPECT_EQ(stage.network().activations, std::vector<std::string>{"relu"});
  EXPECT_EQ(stage.text_in("setup.activation"), "ReLU");
  EXPECT_FALSE(stage.shows("list"));
}

TEST(SetupPanel, ADropdownCanBeUsedByKeyboard) {
  Stage stage;
  stage.click("setup.optimizer");
  ASSERT_TRUE(stage.shows("list"));
  EXPECT_TRUE(ImGui::GetIO().WantTextInput) << "keys are not commands while the list is open";
  stage.key(ImGuiKey_DownArrow);
  stage.key(ImGuiKey_Enter);
  EXPECT_EQ(stage.setup().training.optimizer, "momentum");
  EXPECT_TRUE(stage.shows("setup.momentum")) << "the optimizer has a setting of its own";
  stage.click("setup.optimizer");
  stage.key(ImGuiKey_End);
  stage.key(ImGuiKey_Escape);
  EXPECT_FALSE(stage.shows("list"));
  EXPECT_EQ(stage.setup().training.optimizer, "momentum");
}

TEST(SetupPanel, TabMovesBetweenFieldsForTyping) {
  Stage stage;
  stage.click("setup.width.0");
  EXPECT_TRUE(ImGui::GetIO().WantTextInput);
  ImGui::GetIO().AddInputCharacter('7');
  stage.frames(1);
  stage.key(ImGuiKey_Tab);
  EXPECT_EQ(stage.network().widths[0], 7) << "Tab accepts the typed text";
  stage.type("5");
  EXPECT_EQ(stage.network().widths[1], 5);
  stage.key(ImGuiKey_Tab);
  stage.key(ImGuiKey_Enter);
  EXPECT_TRUE(stage.shows("setup.activation.relu")) << "the next field is the dropdown";
}

TEST(SetupPanel, LayersAreAddedRemovedAndSized) {
  Stage stage;
  EXPECT_TRUE(stage.shows("setup.width.1"));
  EXPECT_FALSE(stage.shows("setup.width.2"));
  stage.click("setup.layers.add");
  EXPECT_EQ(stage.network().widths.size(), 3u);
  EXPECT_TRUE(stage.shows("setup.width.2"));
  stage.click("setup.layers.remove");
  stage.click("setup.layers.remove");
  EXPECT_EQ(stage.network().widths.size(), 1u);
  stage.click("setup.layers");
  stage.type("30");
  EXPECT_EQ(stage.network().widths.size(), 30u);
  EXPECT_FALSE(stage.shows("setup.width.0"));
  stage.click("setup.width");
  stage.type("20");
  EXPECT_EQ(stage.network().widths, std::vector<int>(30, 20));
}

TEST(SetupPanel, DraggingAWidthIsUndoneInOneStep) {
  Stage stage;
  const int before = stage.network().widths[0];
  stage.drag(stage.rect("setup.width.0").center(), 60, 0);
  EXPECT_NEAR(stage.network().widths[0], before + 6, 1);
  stage.session.undo();
  EXPECT_EQ(stage.network().widths[0], before);
}

TEST(SetupPanel, EveryLayerCanHaveItsOwnActivation) {
  Stage stage;
  stage.click("setup.activation");
  stage.click("setup.activation.per layer");
  EXPECT_EQ(stage.network().activations.size(), 2u);
  stage.click("setup.activation.2");
  stage.click("setup.activation.2.sigmoid");
  EXPECT_EQ(stage.network().activations, (std::vector<std::string>{"tanh", "sigmoid"}));
}

TEST(SetupPanel, EverySettingOfTrainingHasARow) {
  Stage stage;
  stage.click("setup.more_training");
  for (const TrainingSetting& setting : all_training_settings()) {
    const std::string name = setting.name;
    const std::set<std::string> mean_nothing_here = {"momentum", "seed", "drop_last",
                                                     "l1_stops_at_zero", "weights_only"};
    EXPECT_EQ(stage.shows("setup." + name), !mean_nothing_here.contains(name)) << name;
  }
  EXPECT_EQ(stage.text_in("setup.batch_size"), "all");
  EXPECT_EQ(stage.text_in("setup.clip_norm"), "off");
  stage.click("setup.batch_size");
  stage.type("10");
  EXPECT_EQ(stage.setup().training.batch_size, 10);
  EXPECT_TRUE(stage.shows("setup.drop_last"));
  stage.click("setup.l1");
  stage.type("0.1");
  EXPECT_TRUE(stage.shows("setup.weights_only"));
  EXPECT_TRUE(stage.shows("setup.l1_stops_at_zero"));
  stage.click("setup.shuffle");
  EXPECT_TRUE(stage.setup().training.shuffle);
  EXPECT_TRUE(stage.shows("setup.seed"));
  stage.click("setup.zero_gradients");
  EXPECT_FALSE(stage.setup().training.zero_gradients);
}

TEST(SetupPanel, ANumberOutOfRangeIsClamped) {
  Stage stage;
  stage.click("setup.dropout");
  stage.type("7");
  EXPECT_EQ(stage.network().dropout, 0.95);
  EXPECT_TRUE(stage.reads("“7” is too large: the maximum is 0.95"));
  stage.click("setup.learning_rate");
  stage.type("-1");
  EXPECT_EQ(stage.setup().training.learning_rate, 0);
  EXPECT_TRUE(stage.reads("“-1” is too small: the minimum is 0"));
  stage.click("setup.layers");
  stage.type("100");
  EXPECT_EQ(stage.network().widths.size(), most_hidden_layers);
  EXPECT_TRUE(stage.reads("“100” is too large: the maximum is 60"));
}

// A number whose comma might separate thousands is not accepted.
TEST(SetupPanel, ACommaBeforeDecimalsIsRead) {
  const std::pair<const char*, double> numbers[] = {
      {"0,05", 0.05},   {"-0,5", -0.5}, {"−12,25", -12.25}, {",5", 0.5},
      {"0,125", 0.125}, {"3,", 3},      {"1,5e-3", 0.0015}, {"1,0000", 1}};
  for (const auto& [text, wanted] : numbers) {
    double value = 0;
    EXPECT_TRUE(read_typed_number(text, value)) << text;
    EXPECT_EQ(value, wanted) << text;
  }
  double value = 7;
  for (const char* text : {"1,000", "1,000,000", "1,5,2", "1.000,5", ",", "12,345"})
    EXPECT_FALSE(read_typed_number(text, value)) << text;
  EXPECT_EQ(value, 7);
  Stage stage;
  stage.click("setup.learning_rate");
  stage.type("0,05");
  EXPECT_EQ(stage.setup().training.learning_rate, 0.05);
}

// ---- data ------------------------------------------------------------------------------

TEST(SetupPanel, AnotherSetGetsANetworkThatFits) {
  Stage stage;
  stage.click("setup.set");
  stage.click("setup.set.sine");
  EXPECT_EQ(stage.session.source().set, "sine");
  EXPECT_EQ(stage.setup().samples->kind, TargetKind::numbers);
  EXPECT_EQ(stage.network().output, "linear");
  stage.session.undo();
  EXPECT_EQ(stage.session.source().set, "circle");
  EXPECT_EQ(stage.network().output, "tanh");
}

TEST(SetupPanel, ChangingTheOptionsOfASetDrawsItAgain) {
  Stage stage;
  stage.click("setup.samples");
  stage.type("100");
  EXPECT_EQ(stage.setup().samples->count(), 100);
  EXPECT_EQ(stage.text_in("setup.data"), "Circle · 50 train");
  const Matrix before = stage.setup().samples->inputs;
  stage.click("setup.data_seed.another");
  EXPECT_EQ(stage.session.source().options.seed, 2u);
  EXPECT_NE(stage.setup().samples->inputs, before);
  stage.click("setup.standardise");
  EXPECT_TRUE(stage.setup().standardise);
  EXPECT_EQ(stage.session.source().kind, DataSource::Kind::built_in);
}

TEST(SetupPanel, AProgramByHandCanBeReplacedByANetwork) {
  Document document;
  document.setup.program = "x = input([[0.5]])\nw = param(0.5)\nL = mse(x * w, target([[1.0]]))\n";
  Stage stage(document);
  EXPECT_TRUE(stage.shows("setup.optimizer"));
  EXPECT_FALSE(stage.shows("setup.activation"));
  stage.click("setup.build_network");
  ASSERT_TRUE(stage.setup().network.has_value());
  EXPECT_TRUE(stage.setup().samples.has_value());
  EXPECT_EQ(stage.session.source().set, "circle");
  EXPECT_TRUE(stage.shows("setup.activation"));
}

// ---- points ------------------------------------------------------------------------------

constexpr Rect field = {500, 100, 300, 300};
constexpr InputRange range = {-6, 6, -6, 6};

void draw_field_window(const PanelContext& context) {
  ImGui::SetNextWindowPos({480, 80});
  ImGui::SetNextWindowSize({400, 400});
  ImGui::Begin("field", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
  draw_points_with_mouse(context, field, range);
  ImGui::End();
}

TEST(SetupPoints, TheMousePicksAddsMovesAndErases) {
  Stage stage;
  stage.beside = draw_field_window;
  const auto place = [&](long sample) {
    const auto at = static_cast<std::size_t>(2 * sample);
    const auto& inputs = stage.setup().samples->inputs.entries;
    return place_in_field(field, range, inputs[at], inputs[at + 1]);
  };
  stage.frames(2);
  stage.click_at(place(0));
  ASSERT_TRUE(stage.asked<action::PickSample>());
  EXPECT_EQ(stage.asked<action::PickSample>()->sample, 0);

  stage.click("setup.points.add.0");
  EXPECT_EQ(stage.view.point_tool, PointTool::add);
  stage.click_at(place_in_field(field, range, 5.5, 5.5));
  EXPECT_EQ(stage.setup().samples->count(), 41);
  EXPECT_EQ(stage.setup().samples->train, 21);
  EXPECT_EQ(stage.setup().samples->targets.entries[20], 0);
  EXPECT_NEAR(stage.setup().samples->inputs.entries[40], 5.5, 0.05);
  EXPECT_EQ(stage.session.source().kind, DataSource::Kind::rows);

  stage.click("setup.points.move");
  stage.drag(place(20), -25, 0);
  EXPECT_NEAR(stage.setup().samples->inputs.entries[40], 4.5, 0.05);
  stage.session.undo();
  EXPECT_NEAR(stage.setup().samples->inputs.entries[40], 5.5, 0.05) << "a drag is one step";

  stage.click("setup.points.erase");
  stage.click_at(place(20));
  EXPECT_EQ(stage.setup().samples->count(), 40);
  stage.click("setup.points.erase");
  EXPECT_EQ(stage.view.point_tool, PointTool::pick) << "a second press puts the tool away";
}

// ---- compare -----------------------------------------------------------------------------

class Comparing : public testing::Test {
 protected:
  Comparing() : stage(circle(6)) {
    const std::string mistake =
        stage.lab.compared().compare(stage.session, "activation", {"sigmoid", "tanh", "relu"});
    EXPECT_EQ(mistake, "");
    stage.view.mode = Mode::compare;
    stage.frames(3);
  }
  Stage stage;
};

TEST_F(Comparing, SaysWhatTheRunsAre) {
  EXPECT_TRUE(stage.reads("ONE NETWORK, THREE ACTIVATIONS"));
  EXPECT_TRUE(stage.reads("activation differs."));
  EXPECT_FALSE(stage.shows("setup.activation")) << "the compared setting has no row";
  EXPECT_NE(stage.text_in("setup.run.2").find("ReLU"), std::string::npos);
  EXPECT_EQ(stage.text_in("setup.hidden"), "6 × 8 neurons") << "the section is folded";
  EXPECT_FALSE(stage.shows("setup.layers.add"));
}

// The sentence says what differs, and lists only what really stays the same.
TEST_F(Comparing, SaysForEverySettingWhatStaysTheSame) {
  const std::pair<const char*, const char*> sentences[] = {
      {"batch_norm", "Same data, same starting weights, same batches. Only batch norm differs."},
      {"skip_connections",
       "Same data, same starting weights, same batches. Only skip connections differ."},
      {"standardise",
       "Same samples, same starting weights, same batches. Only the scale of the inputs differs."},
      {"balance", "Same samples, same starting weights. Only the balance of the classes differs."},
      {"zero_gradients",
       "Same data, same starting weights, same batches. Only whether gradients are zeroed "
       "differs."},
      {"seed", "Same data, same batches. Only the seed of the weights differs."},
      {"weight_decay", "Same data, same starting weights, same batches. Only L2 differs."}};
  for (const auto& [by, wanted] : sentences) {
    const Changeable& row = *find_changeable(by);
    std::string said;
    EXPECT_EQ(stage.lab.compared().compare(stage.session, by, {row.values[0], row.values[1]}), "");
    stage.frames(2);
    for (const WrittenText& written : stage.record.texts()) said += written.text + " ";
    EXPECT_NE(said.find(wanted), std::string::npos) << by << ": " << said.substr(0, 300);
  }
  EXPECT_TRUE(stage.reads("ONE NETWORK, TWO STRENGTHS OF L2"));
}

TEST_F(Comparing, HasATitleForEverySetting) {
  for (const Changeable& row : all_changeables()) {
    EXPECT_EQ(
        stage.lab.compared().compare(stage.session, row.setting, {row.values[0], row.values[1]}),
        "");
    stage.frames(2);
    EXPECT_TRUE(stage.reads("ONE NETWORK, " +
                            (*row.both ? upper_case(row.both) : "TWO " + upper_case(row.many))))
        << row.setting;
    EXPECT_FALSE(stage.reads("TWO VALUES")) << row.setting << " has no words of its own";
    EXPECT_FALSE(stage.reads("one setting differs")) << row.setting;
  }
}

// Zero has several names, but it is a single value.
TEST_F(Comparing, ListsNoValueTwice) {
  for (const char* zero : {"0", "off"}) {
    const std::string mistake =
        stage.lab.compared().compare(stage.session, "clip_norm", {zero, "1"});
    stage.frames(2);
    stage.click("setup.compare_values");
    int count = 0;
    for (const WrittenText& written : stage.record.texts())
      count += written.text == "no clipping" && stage.rect("list").contains(written.rect.center());
    EXPECT_EQ(count, 1) << zero;
    stage.key(ImGuiKey_Escape);
  }
  const std::string mistake =
      stage.lab.compared().compare_with_base(stage.session, {"clip_norm", "1"});
  EXPECT_EQ(stage.lab.comparison()->values(), (std::vector<std::string>{"off", "1"}));
  EXPECT_EQ(stage.lab.comparison()->runs()[0].name, "no clipping");
}

TEST_F(Comparing, TicksValuesAndKeepsAtLeastTwo) {
  stage.click("setup.compare_values");
  stage.click("setup.compare_values.elu");
  ASSERT_TRUE(stage.asked<action::CompareBy>());
  EXPECT_EQ(stage.asked<action::CompareBy>()->values,
            (std::vector<std::string>{"sigmoid", "tanh", "relu", "elu"}));
  EXPECT_TRUE(stage.shows("list")) << "the list stays open";
  stage.click("setup.compare_values.sigmoid");
  stage.click("setup.compare_values.tanh");
  stage.click("setup.compare_values.relu");
  EXPECT_EQ(stage.lab.comparison()->runs().size(), 2u);
}

TEST_F(Comparing, AnotherSettingStartsWithItsFirstValues) {
  stage.click("setup.compare_by");
  stage.click("setup.compare_by.batch_norm");
  EXPECT_EQ(stage.lab.comparison()->setting(), "batch_norm");
  EXPECT_TRUE(stage.reads("ONE NETWORK, WITH AND WITHOUT BATCH NORM"));
}

TEST_F(Comparing, SuggestionsChangeTheWholeComparison) {
  stage.click("setup.try.depth");
  EXPECT_EQ(stage.network().widths.size(), 10u);
  stage.click("setup.try.batch_norm");
  ASSERT_TRUE(stage.asked<action::Replay>());
  EXPECT_EQ(stage.asked<action::Replay>()->change, (Change{"batch_norm", "on"}));
}

TEST(SetupPanel, TheFootStaysVisible) {
  for (const float height : {500.0f, 2400.0f}) {
    Stage stage;
    ImGui::GetIO().DisplaySize.y = height;
    stage.frames(3);
    const Rect train = stage.rect("setup.train");
    EXPECT_LE(stage.rect("setup.restart").bottom(), height);
    EXPECT_GT(train.y, 0);
    stage.click("setup.train");
    ASSERT_TRUE(stage.asked<action::RunCommand>());
    EXPECT_EQ(stage.asked<action::RunCommand>()->command, CommandId::train);
  }
}

// No text in the panel is cut off or overlaps another one.
TEST(SetupPanel, NoTextIsCutOffAtAnyWidthAndSize) {
  for (const float scale : {1.0f, 2.0f, 4.0f})
    for (const float width : {276.0f, 330.0f, 420.0f})
      for (const Mode mode : {Mode::train, Mode::compare}) {
        Stage stage(circle(6), width, scale);
        const std::string mistake =
            stage.lab.compared().compare(stage.session, "activation", {"sigmoid", "tanh", "relu"});
        stage.view.mode = mode;
        stage.frames(3);
        stage.click("setup.more_training");
        stage.click("setup.start");
        ImGui::GetIO().MousePos = {-1e6f, -1e6f};
        stage.frames(3);
        const auto& texts = stage.record.texts();
        for (std::size_t i = 0; i < texts.size(); ++i) {
          const Rect a = texts[i].rect.inset(1);
          const bool asks = texts[i].text == "Table…" || texts[i].text == "Open CSV…";
          // A list in a field may be cut off, as the pointer shows the rest.
          bool listed = false;
          for (const char* name : {"setup.compare_values", "setup.output_and_loss"})
            listed |= stage.shows(name) && stage.rect(name).overlaps(a);
          EXPECT_TRUE(listed || asks || !texts[i].text.ends_with("…"))
              << texts[i].text << " at " << width << " × " << scale;
          EXPECT_GE(a.x, 0) << texts[i].text;
          EXPECT_LE(a.right(), width * scale) << texts[i].text;
          for (std::size_t j = i + 1; j < texts.size(); ++j)
            EXPECT_FALSE(a.overlaps(texts[j].rect.inset(1)))
                << texts[i].text << " overlaps " << texts[j].text << " at " << width;
        }
      }
}

}  // namespace
}  // namespace backstep
