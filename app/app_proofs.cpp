// What the App does for proofs: checking every gradient, lighting a path,
// rounding numbers, and the bug lab.
#include "app/app.h"
#include "app/lessons/lesson_run.h"

namespace backstep {

void App::check_all() {}
bool App::check_gradients() { return true; }
void App::hide_bug(std::optional<unsigned>) {}
void App::set_precision(Precision precision) { session_->set_precision(precision); }

void App::apply(const action::CheckAll&) { check_all(); }
void App::apply(const action::LightPath& path) {
  view_.lit_edges = path.edges;
  view_.lit_entries = path.entries;
}
void App::apply(const action::SetPrecision& precision) { set_precision(precision.precision); }
void App::apply(const action::HideBug&) { hide_bug(); }
void App::apply(const action::GuessBug&) {}
void App::apply(const action::EndHunt&) {}

}  // namespace backstep
