// The setup panel as a person uses it: what each row asks for, by mouse and by
// keyboard; that networks stay valid; that labels are never cut.
#include "app/panels/setup_panel.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <fstream>

#include "app/commands/commands.h"
#include "app/draw/field_picture.h"
#include "app/draw/text_log.h"
#include "app/panels/data_dialog.h"
#include "app/panels/data_table.h"
#include "app/panels/dialogs.h"
#include "app/panels/imgui_font.h"
#include "app/panels/imgui_style.h"
#include "app/panels/probe.h"
#include "app/panels/setup_edit.h"
#include "app/pictures/interface_context.h"
#include "core/fitted_network.h"
#include "core/number_words.h"

namespace backstep {
namespace {

Document circle(int layers = 2, long samples = 40) {
  Document document;
  document.title = "Circle";
  document.network = Network();
  if (layers != 2)
    document.network =
        with_widths(with_layer_count(Network(), static_cast<std::size_t>(layers)), 8);
  document.source.kind = DataSource::Kind::built_in;
  document.source.set = "circle";
  document.source.options.samples = samples;
  document.samples = draw_samples(*find_data_set("circle"), document.source.options);
  document.program = program_of(document);
  return document;
}

// The panel on a session, with hands and eyes. Changes it asks for are made.
class Stage {
 public:
  explicit Stage(Document document = circle(), float width = 330, float scale = 1)
      : session(std::move(document)), scale_(scale), width_(width * scale) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {1600 * scale, 2400 * scale};
    io.DeltaTime = 1.0f / 60;
    io.MousePos = {-1e6f, -1e6f};
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
    view.mode = Mode::train;
    listen_to_probes(true);
    keep_text_log(true);
    frames(3);
  }
  ~Stage() {
    listen_to_probes(false);
    keep_text_log(false);
  }

  void frames(int count) {
    for (int i = 0; i < count; ++i) frame();
  }

  void click_at(Point at) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {at.x, at.y};
    frames(2);
    io.MouseDown[0] = true;
    frame();
    io.MouseDown[0] = false;
    frames(4);
  }
  void click(const std::string& name) { click_at(rect(name).center()); }
  void drag(Point from, float dx, float dy) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {from.x, from.y};
    frames(2);
    io.MouseDown[0] = true;
    frame();
    for (int i = 1; i <= 6; ++i) {
      io.MousePos = {from.x + dx * i / 6, from.y + dy * i / 6};
      frame();
    }
    io.MouseDown[0] = false;
    frames(3);
  }
  void key(ImGuiKey_ which) {
    ImGui::GetIO().KeysDown[which] = true;
    frame();
    ImGui::GetIO().KeysDown[which] = false;
    frames(4);
  }
  void type(const std::string& text) {
    for (const char letter : text) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(letter));
      frame();
    }
    key(ImGuiKey_Enter);
  }

  bool shows(const std::string& name) const { return probes().contains(name); }
  Rect rect(const std::string& name) const {
    const auto found = probes().find(name);
    if (found != probes().end()) return found->second;
    ADD_FAILURE() << "nothing called " << name << " is shown";
    return {};
  }
  std::string text_in(const std::string& name) const {
    std::string all;
    const Rect area = rect(name);
    for (const WrittenText& written : text_log())
      if (area.contains(written.rect.center())) all += (all.empty() ? "" : " ") + written.text;
    return all;
  }
  bool reads(const std::string& text) const {
    for (const WrittenText& written : text_log())
      if (written.text.find(text) != std::string::npos) return true;
    return false;
  }

  const Setup& setup() const { return session.setup(); }
  const Network& network() const { return *session.setup().network; }
  // The last action of a kind that was asked for, or null.
  template <typename Kind>
  const Kind* asked() const {
    for (std::size_t i = log.size(); i-- > 0;)
      if (const Kind* found = std::get_if<Kind>(&log[i])) return found;
    return nullptr;
  }

  InterfaceContext interface;
  Session session;
  Lab lab;
  ViewState view;
  Actions actions;
  Dialogs dialogs;
  std::vector<Action> log;
  std::function<void(const PanelContext&)> beside;  // drawn in a window of its own

 private:
  void frame() {
    clear_probes();
    clear_text_log();
    const Theme& theme = theme_of(view.theme);
    apply_imgui_style(theme, scale_);
    const PanelContext context = {session,           view, actions, theme,
                                  interface.fonts(), lab,  nullptr, scale_};
    ImGui::NewFrame();
    {
      const ImGuiFont font(context, Face::ui, 13);
      draw_setup_panel(context, {0, 0, width_, ImGui::GetIO().DisplaySize.y});
      if (beside) beside(context);
      draw_dialogs(context, dialogs,
                   {0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y}, {});
    }
    ImGui::Render();
    for (const Action& action : actions.take()) {
      log.push_back(action);
      apply(action);
    }
  }

  void apply(const Action& action) {
    if (const auto* change = std::get_if<action::ChangeSetup>(&action))
      session.change_setup(change->setup, change->burst);
    if (const auto* data = std::get_if<action::TakeData>(&action))
      session.set_data(data->samples, data->source, data->standardise, data->network, data->burst);
    if (std::holds_alternative<action::EndEdit>(action)) session.end_burst();
    if (const auto* pick = std::get_if<action::PickSample>(&action))
      session.pick_sample(pick->sample);
    if (const auto* by = std::get_if<action::CompareBy>(&action)) {
      std::string mistake;
      lab.compare(session, by->field, by->values, mistake);
      EXPECT_EQ(mistake, "");
    }
  }

  float scale_, width_;
};

// ---- what one setting means for the rest ------------------------------------------

TEST(SetupEdit, ALossBringsAnOutputItGoesWithAndBack) {
  const Network by_loss = with_loss(Network(), "cross_entropy");
  EXPECT_EQ(by_loss.output, "linear");
  EXPECT_EQ(mistake_in(by_loss), "");
  const Network by_output = with_output(by_loss, "tanh");
  EXPECT_EQ(by_output.output, "tanh");
  EXPECT_EQ(by_output.loss, "half_mse");
  for (const char* loss : all_losses())
    for (const char* output : all_outputs()) {
      EXPECT_EQ(mistake_in(with_output(with_loss(Network(), loss), output)), "");
      EXPECT_EQ(mistake_in(with_loss(with_output(Network(), output), loss)), "");
    }
}

TEST(SetupEdit, TargetsThatAreNumbersGetALinearOutput) {
  const Samples sine = draw_samples(*find_data_set("sine"), {});
  const Network network = fitted(with_loss(Network(), "bce"), sine);
  EXPECT_EQ(network.output, "linear");
  EXPECT_EQ(network.loss, "half_mse");
  const Samples classes = draw_samples(*find_data_set("circle"), {});
  EXPECT_EQ(fitted(network, classes).output, "tanh");
  EXPECT_EQ(fitted(Network(), classes), Network()) << "what fits stays";
}

TEST(SetupEdit, LayersComeAndGoAtTheEnd) {
  Network network;
  network.widths = {4, 2};
  network.activations = {"tanh", "relu"};
  const Network more = with_layer_count(network, 3);
  EXPECT_EQ(more.widths, (std::vector<int>{4, 2, 2}));
  EXPECT_EQ(more.activations, (std::vector<std::string>{"tanh", "relu", "relu"}));
  const Network none = with_layer_count(network, 0);
  EXPECT_TRUE(none.widths.empty());
  EXPECT_EQ(mistake_in(none), "");
  EXPECT_EQ(mistake_in(with_layer_count(none, 1)), "");
}

TEST(SetupEdit, SaysWhatThereIsInAFewWords) {
  Network network;
  network.widths = std::vector<int>(6, 8);
  EXPECT_EQ(words_of_layers(network), "6 × 8 neurons");
  network.widths = {4, 2};
  EXPECT_EQ(words_of_layers(network), "4, 2 neurons");
  network.widths = {};
  EXPECT_EQ(words_of_layers(network), "none");
  const Document document = circle();
  EXPECT_EQ(words_of_data(document, document.source), "Circle · 20 train");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(-12), "-12");
}

TEST(SetupEdit, PointsAreAddedToTheTrainingSamplesMovedAndErased) {
  Samples samples = draw_samples(*find_data_set("circle"), {10, 0, 0.5, 1});
  const double first_of_test = samples.inputs.entries[10];
  add_point(samples, 1.5, -2, 1);
  EXPECT_EQ(samples.count(), 11);
  EXPECT_EQ(samples.train, 6);
  EXPECT_EQ(samples.inputs.entries[10], 1.5);
  EXPECT_EQ(samples.inputs.entries[11], -2);
  EXPECT_EQ(samples.targets.entries[5], 1);
  EXPECT_EQ(samples.inputs.entries[12], first_of_test);
  move_point(samples, 5, 3, 4);
  EXPECT_EQ(samples.inputs.entries[10], 3);
  erase_point(samples, 5);
  EXPECT_EQ(samples.train, 5);
  EXPECT_EQ(samples.inputs.entries[10], first_of_test);
  EXPECT_EQ(samples.inputs.shape.rows, samples.targets.shape.rows);
}

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

TEST(SetupPanel, ADropdownIsGoneThroughByKeyboard) {
  Stage stage;
  stage.click("setup.optimizer");
  ASSERT_TRUE(stage.shows("list"));
  EXPECT_TRUE(ImGui::GetIO().WantTextInput) << "keys are no commands meanwhile";
  stage.key(ImGuiKey_DownArrow);
  stage.key(ImGuiKey_Enter);
  EXPECT_EQ(stage.setup().training.optimizer, "momentum");
  EXPECT_TRUE(stage.shows("setup.momentum")) << "which is used now";
  stage.click("setup.optimizer");
  stage.key(ImGuiKey_End);
  stage.key(ImGuiKey_Escape);
  EXPECT_FALSE(stage.shows("list"));
  EXPECT_EQ(stage.setup().training.optimizer, "momentum");
}

TEST(SetupPanel, TabGoesFromFieldToFieldAndTypes) {
  Stage stage;
  stage.click("setup.width.0");
  EXPECT_TRUE(ImGui::GetIO().WantTextInput);
  ImGui::GetIO().AddInputCharacter('7');
  stage.frames(1);
  stage.key(ImGuiKey_Tab);
  EXPECT_EQ(stage.network().widths[0], 7) << "Tab takes what was typed";
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

TEST(SetupPanel, AWidthIsDraggedThroughManyNetworksAndUndoneAtOnce) {
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
    if (name == "momentum" || name == "seed") continue;  // they mean nothing here
    EXPECT_TRUE(stage.shows("setup." + name)) << name;
  }
  EXPECT_EQ(stage.text_in("setup.batch_size"), "all");
  EXPECT_EQ(stage.text_in("setup.clip_norm"), "off");
  stage.click("setup.batch_size");
  stage.type("10");
  EXPECT_EQ(stage.setup().training.batch_size, 10);
  stage.click("setup.shuffle");
  EXPECT_TRUE(stage.setup().training.shuffle);
  EXPECT_TRUE(stage.shows("setup.seed"));
  stage.click("setup.zero_gradients");
  EXPECT_FALSE(stage.setup().training.zero_gradients);
}

TEST(SetupPanel, ANumberOutOfRangeIsBroughtIntoIt) {
  Stage stage;
  stage.click("setup.dropout");
  stage.type("7");
  EXPECT_EQ(stage.network().dropout, 0.95);
  stage.click("setup.learning_rate");
  stage.type("-1");
  EXPECT_EQ(stage.setup().training.learning_rate, 0);
}

// ---- data ------------------------------------------------------------------------------

TEST(SetupPanel, AnotherSetBringsANetworkThatFitsIt) {
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

TEST(SetupPanel, TheOptionsOfASetDrawItAnew) {
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

TEST(SetupPanel, AProgramByHandCanGiveWayToANetwork) {
  Document document;
  document.program = "x = input([[0.5]])\nw = param(0.5)\nL = mse(x * w, target([[1.0]]))\n";
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
constexpr FieldRange range = {-6, 6, -6, 6};

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
    std::string mistake;
    stage.lab.compare(stage.session, "activation", {"sigmoid", "tanh", "relu"}, mistake);
    EXPECT_EQ(mistake, "");
    stage.view.mode = Mode::compare;
    stage.frames(3);
  }
  Stage stage;
};

TEST_F(Comparing, TellsWhatTheRunsAre) {
  EXPECT_TRUE(stage.reads("ONE NETWORK, THREE ACTIVATIONS"));
  EXPECT_TRUE(stage.reads("activation differs."));
  EXPECT_FALSE(stage.shows("setup.activation")) << "it is what differs";
  EXPECT_NE(stage.text_in("setup.run.2").find("ReLU"), std::string::npos);
  EXPECT_EQ(stage.text_in("setup.hidden"), "6 × 8 neurons") << "folded away";
  EXPECT_FALSE(stage.shows("setup.layers.add"));
}

TEST_F(Comparing, ValuesAreTickedAndTwoStay) {
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

TEST_F(Comparing, AnotherFieldComparesItsFirstValues) {
  stage.click("setup.compare_by");
  stage.click("setup.compare_by.batch_norm");
  EXPECT_EQ(stage.lab.comparison()->field(), "batch_norm");
  EXPECT_TRUE(stage.reads("ONE NETWORK, WITH AND WITHOUT BATCH NORM"));
}

TEST_F(Comparing, TriesChangeTheWholeComparison) {
  stage.click("setup.try.depth");
  EXPECT_EQ(stage.network().widths.size(), 10u);
  stage.click("setup.try.batch_norm");
  ASSERT_TRUE(stage.asked<action::Replay>());
  EXPECT_EQ(stage.asked<action::Replay>()->change, (Change{"batch_norm", "on"}));
}

TEST(SetupPanel, TheFootStaysInSight) {
  for (const float height : {500.0f, 2400.0f}) {
    Stage stage;
    ImGui::GetIO().DisplaySize.y = height;
    stage.frames(3);
    const Rect train = stage.rect("setup.train");
    EXPECT_LE(stage.rect("setup.restart").bottom(), height);
    EXPECT_GT(train.y, 0);
    stage.click("setup.train");
    ASSERT_TRUE(stage.asked<action::Run>());
    EXPECT_EQ(stage.asked<action::Run>()->command, CommandId::train);
  }
}

// Nothing that is written in the panel is cut or lies on something else.
TEST(SetupPanel, NothingIsCutAtAnyWidthAndSize) {
  for (const float scale : {1.0f, 2.0f, 4.0f})
    for (const float width : {276.0f, 330.0f, 420.0f})
      for (const Mode mode : {Mode::train, Mode::compare}) {
        Stage stage(circle(6), width, scale);
        std::string mistake;
        stage.lab.compare(stage.session, "activation", {"sigmoid", "tanh", "relu"}, mistake);
        stage.view.mode = mode;
        stage.frames(3);
        stage.click("setup.more_training");
        stage.click("setup.start");
        ImGui::GetIO().MousePos = {-1e6f, -1e6f};
        stage.frames(3);
        const auto& texts = text_log();
        for (std::size_t i = 0; i < texts.size(); ++i) {
          const Rect a = texts[i].rect.inset(1);
          const bool asks = texts[i].text == "Table…" || texts[i].text == "Open CSV…";
          const bool listed =
              stage.shows("setup.compare_values") && stage.rect("setup.compare_values").overlaps(a);
          EXPECT_TRUE(listed || asks || !texts[i].text.ends_with("…"))
              << texts[i].text << " at " << width << " × " << scale;
          EXPECT_GE(a.x, 0) << texts[i].text;
          EXPECT_LE(a.right(), width * scale) << texts[i].text;
          for (std::size_t j = i + 1; j < texts.size(); ++j)
            EXPECT_FALSE(a.overlaps(texts[j].rect.inset(1)))
                << texts[i].text << " lies on " << texts[j].text << " at " << width;
        }
      }
}

// ---- dialogs ---------------------------------------------------------------------------

TEST(DataTable, ShowsAMillionSamplesAndPicksOne) {
  Stage stage;
  Samples samples = draw_samples(*find_data_set("circle"), {1000000, 0, 0.5, 1});
  backstep::Setup setup = stage.setup();
  setup.samples = std::move(samples);
  setup.training.batch_size = 10;
  stage.session.change_setup(std::move(setup), "");
  open_dialog(stage.dialogs, Dialog::data_table);
  stage.frames(3);
  EXPECT_TRUE(stage.shows("table.0"));
  EXPECT_FALSE(stage.shows("table.200"));
  EXPECT_TRUE(stage.reads("500,000 to train on"));
  stage.click("table.3");
  ASSERT_TRUE(stage.asked<action::PickSample>());
  EXPECT_EQ(stage.asked<action::PickSample>()->sample, 3);
  stage.key(ImGuiKey_End);
  ASSERT_TRUE(stage.shows("table.999999"));
  const Rect last = stage.rect("table.999999"), before = stage.rect("table.999998");
  EXPECT_FLOAT_EQ(last.y - before.y, last.height) << "rows are even at the far end too";
  EXPECT_LE(last.bottom(), stage.rect("table").bottom() + 1);
}

TEST(DataDialog, TakesTheColumnsChosen) {
  const auto path = std::filesystem::temp_directory_path() / "backstep_setup_panel_test.csv";
  std::ofstream(path) << "length,width,kind\n1,2,a\n2,1,b\n3,5,a\n4,4,b\n5,1,c\n6,2,c\n";
  Stage stage;
  open_data_dialog(stage.dialogs, path);
  stage.frames(3);
  EXPECT_EQ(stage.text_in("data.target"), "kind");
  EXPECT_TRUE(stage.reads("3 classes"));
  stage.click("data.input.width");
  EXPECT_EQ(stage.dialogs.data->choice.inputs, std::vector<std::string>{"length"});
  stage.click("data.input.length");
  EXPECT_FALSE(stage.dialogs.data->samples.has_value());
  EXPECT_TRUE(stage.reads("no column is chosen as an input"));
  stage.click("data.input.length");
  stage.click("data.take");
  ASSERT_TRUE(stage.asked<action::TakeData>());
  const auto* data = stage.asked<action::TakeData>();
  EXPECT_EQ(data->samples.count(), 6);
  EXPECT_EQ(data->samples.classes, 3);
  EXPECT_EQ(data->source.kind, DataSource::Kind::csv);
  EXPECT_EQ(data->source.target, "kind");
  ASSERT_TRUE(data->network.has_value());
  EXPECT_EQ(mistake_in(*data->network), "");
  EXPECT_EQ(stage.dialogs.open, Dialog::none);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace backstep
