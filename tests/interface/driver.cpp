#include "driver.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <optional>

#include "app/platform/imgui_keys.h"

namespace backstep {

Driver::Driver(float width, float height, float scale) : scale_(scale) {
  ImGuiIO& io = this->io();
  io.DisplaySize = {width, height};
  io.DeltaTime = 1.0f / 60;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // as the window's renderer does
  io.MousePos = {-1e6f, -1e6f};
  app_ = std::make_unique<App>(interface_.fonts(), nullptr, Settings{});
  app_->view().flow_phase = 1;
  app_->record_frames(&record_);
  frames(4);
}

// Every operation of a Driver starts here or in frame().
ImGuiIO& Driver::io() {
  interface_.make_current();
  return ImGui::GetIO();
}

void Driver::frame() {
  const ImGuiIO& io = this->io();
  ImGui::NewFrame();
  app_->frame(io.DisplaySize.x, io.DisplaySize.y, scale_, io.DeltaTime);
  ImGui::Render();
}

void Driver::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

// ---- input --------------------------------------------------------------------

void Driver::move_to(Point at) {
  io().MousePos = {at.x, at.y};
  frames(2);
}

void Driver::hold(bool down) {
  io().MouseDown[0] = down;
  frame();
}

void Driver::click_at(Point at) {
  move_to(at);
  hold(true);
  hold(false);
  frames(2);
}

void Driver::click(const std::string& probe) { click_at(rect(probe).center()); }

void Driver::double_click(const std::string& probe) {
  move_to(rect(probe).center());
  for (int i = 0; i < 2; ++i) {
    hold(true);
    hold(false);
  }
  frames(2);
}

void Driver::drag(const std::string& probe, float dx, float dy) {
  const Point from = rect(probe).center();
  constexpr int moves = 8;
  move_to(from);
  hold(true);
  for (int i = 1; i <= moves; ++i) {
    io().MousePos = {from.x + dx * i / moves, from.y + dy * i / moves};
    frame();
  }
  hold(false);
  frames(2);
}

void Driver::wheel(const std::string& probe, float notches) {
  move_to(rect(probe).center());
  io().MouseWheel = notches;
  frame();
  frames(1);
}

void Driver::type(const std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n')
      key(GLFW_KEY_ENTER);
    else
      io().AddInputCharacter(static_cast<unsigned char>(text[at]));
    frame();
  }
  frames(2);
}

namespace {

// The keys that ImGui itself handles in a text field.
std::optional<ImGuiKey> imgui_key(int key) {
  switch (key) {
    case GLFW_KEY_ENTER:
      return ImGuiKey_Enter;
    case GLFW_KEY_ESCAPE:
      return ImGuiKey_Escape;
    case GLFW_KEY_BACKSPACE:
      return ImGuiKey_Backspace;
    case GLFW_KEY_DELETE:
      return ImGuiKey_Delete;
    case GLFW_KEY_TAB:
      return ImGuiKey_Tab;
    case GLFW_KEY_HOME:
      return ImGuiKey_Home;
    case GLFW_KEY_END:
      return ImGuiKey_End;
    case GLFW_KEY_LEFT:
      return ImGuiKey_LeftArrow;
    case GLFW_KEY_RIGHT:
      return ImGuiKey_RightArrow;
    case GLFW_KEY_UP:
      return ImGuiKey_UpArrow;
    case GLFW_KEY_DOWN:
      return ImGuiKey_DownArrow;
    case GLFW_KEY_A:
      return ImGuiKey_A;
    case GLFW_KEY_Z:
      return ImGuiKey_Z;
    default:
      return std::nullopt;
  }
}

// The character that an American keyboard types.
unsigned character_of(int key, bool shift) {
  if (key == GLFW_KEY_KP_ADD || (key == GLFW_KEY_EQUAL && shift)) return '+';
  if (key == GLFW_KEY_KP_SUBTRACT) return '-';
  if (key == GLFW_KEY_SLASH && shift) return '?';
  return key > ' ' && key <= '~' ? static_cast<unsigned>(key) : 0;
}

}  // namespace

void Driver::key(int key, bool control, bool shift) {
  const std::optional<ImGuiKey> in_imgui = imgui_key(key);
  interface_.make_current();
  give_modifiers(control, shift);
  if (in_imgui) give_key(*in_imgui, true);
  app_->press({key, control, shift, false, false, character_of(key, shift)});
  frames(2);
  if (in_imgui) give_key(*in_imgui, false);
  give_modifiers(false, false);
  frames(2);
}

// ---- output -------------------------------------------------------------------

bool Driver::shows(const std::string& probe) { return record_.widgets().contains(probe); }

Rect Driver::rect(const std::string& probe) {
  const auto found = record_.widgets().find(probe);
  if (found == record_.widgets().end()) {
    ADD_FAILURE() << "nothing called " << probe << " is shown";
    return {};
  }
  return found->second;
}

std::vector<std::string> Driver::texts_in(const std::string& probe) {
  const Rect area = rect(probe);
  std::vector<std::string> texts;
  for (const WrittenText& written : record_.texts())
    if (area.contains(written.rect.center())) texts.push_back(written.text);
  return texts;
}

bool Driver::reads(const std::string& text) {
  for (const WrittenText& written : record_.texts())
    if (written.text.find(text) != std::string::npos) return true;
  return false;
}

bool Driver::reads_in(const std::string& probe, const std::string& text) {
  for (const std::string& written : texts_in(probe))
    if (written.find(text) != std::string::npos) return true;
  return false;
}

std::vector<std::string> Driver::flaws() {
  std::vector<std::string> found;
  const float screen = io().DisplaySize.x;
  std::vector<WrittenText> texts = record_.texts();
  // A dialog hides the texts behind it, so only its own are checked there.
  if (shows("dialog")) {
    const Rect dialog = rect("dialog").inset(-1);
    std::erase_if(texts, [&](const WrittenText& written) {
      return written.clip.x < dialog.x || written.clip.right() > dialog.right() ||
             written.clip.y < dialog.y || written.clip.bottom() > dialog.bottom();
    });
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Rect a = texts[i].rect.inset(1), clip = texts[i].clip;
    if (!a.overlaps(clip)) continue;
    // The program scrolls sideways and panels scroll down, so texts may reach beyond them there.
    const bool scrolls = shows("program.text") && rect("program.text").overlaps(a);
    if (scrolls) continue;
    if (a.x < std::max(0.0f, clip.x - 1) || a.right() > std::min(screen, clip.right() + 1))
      found.push_back("'" + texts[i].text + "' is cut");
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      if (a.overlaps(texts[j].rect.inset(1)) && texts[j].rect.overlaps(texts[j].clip))
        found.push_back("'" + texts[i].text + "' lies on '" + texts[j].text + "'");
  }
  return found;
}

double value_of(const Session& session, const std::string& name) {
  return session.graph().node(session.graph().find(name)).value[0];
}

double gradient_of(const Session& session, const std::string& name) {
  return session.graph().node(session.graph().find(name)).gradient[0];
}

}  // namespace backstep
